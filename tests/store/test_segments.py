"""Computed labels as SQL: whom an expression holds of, and that the customers are gone over once."""

import pytest

from tests.store.making import NOW, counted, customer, labelled, ordered, outcome, record, running
from userbot.core.delivery import Refused, Sent
from userbot.core.grammar import expressions
from userbot.core.labels import Label
from userbot.core.model import Audience, Written
from userbot.store import audiences, journal, marks, peers, segments
from userbot.store.audiences import Limit, Question
from userbot.store.database import Database, rows, run

DAY = 86400.0


async def people(database: Database) -> None:
    """1 and 2 are vip, 2 and 3 new; 1 wrote yesterday, 2 a year ago, 3 never; 1 got and read sid1, 2 did not."""
    sending = await running(database, [1, 2])
    first, second = await journal.due(database.reader, sending.id, NOW, 10)
    await record(database, outcome(first, Sent(1)), outcome(second, Refused("USER_PRIVACY_RESTRICTED")))
    async with database.transaction() as on:
        await run(on, "UPDATE delivery SET read_at = sent_at WHERE peer_id = 1")
        await peers.learn(on, [customer(3), customer(4, has_dialog=False), customer(-100123)])
        await labelled(on, "vip", 1, 2, 4)
        await labelled(on, "new", 2, 3)
        await peers.wrote(on, {1: Written(5, NOW - DAY), 2: Written(6, NOW - 365 * DAY)})
        for name, text in (("warm", "vip or new"), ("hot", "WARM and not wrote 2d")):
            await marks.compute(on, await labelled(on, name), expressions.read(text))


async def computed(database: Database, text: str) -> Label:
    async with database.transaction() as on:
        await marks.compute(on, await labelled(on, "asked"), expressions.read(text))
    found = await marks.find(database.reader, "asked")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("vip", [1, 2]),
        ("VIP and new", [2]),
        ("vip or new", [1, 2, 3]),
        ("not vip", [3]),
        ("not (vip or new)", []),
        ("wrote 2d", [1]),
        ("wrote 366d", [1, 2]),
        ("silent 2d", [2, 3]),
        ("not silent 2d", [1]),
        ("met 2d", [1]),
        ("not met 2d", [2, 3]),
        ("got sid1", [1]),
        ("failed sid1", [2]),
        ("read sid1", [1]),
        ("answered sid1", []),
        ("got sid1 and not answered sid1", [1]),
        ("not got sid1", [2, 3]),
        ("warm and not got sid1", [2, 3]),
        ("hot", [2, 3]),
        ("(vip or new) and wrote 30d and not failed sid1", [1]),
    ],
)
async def test_whom_it_holds_of(database: Database, text: str, meant: list[int]) -> None:
    await people(database)
    label = await computed(database, text)
    found = await rows(database.reader, await segments.members(database.reader, label, NOW))
    assert [each["id"] for each in found] == meant
    assert await segments.count(database.reader, label, NOW) == len(meant)


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("not hot or new or not got sid1 or silent 3d", "SEARCH peer USING INTEGER PRIMARY KEY (rowid>?)"),
        ("vip and not got sid1 and silent 3d", "SEARCH peer USING INTEGER PRIMARY KEY (rowid=?)"),
    ],
)
async def test_the_customers_are_gone_over_once(database: Database, text: str, over: str) -> None:
    """All of them, or only those with a label that everybody who is meant has."""
    await people(database)
    sql = await segments.members(database.reader, await computed(database, text), NOW)
    plan = [each["detail"] for each in await rows(database.reader, f"EXPLAIN QUERY PLAN {sql}")]
    assert [each for each in plan if " peer" in each] == [over]
    assert all("PRIMARY KEY" in each for each in plan if each.startswith("SEARCH")), plan
    assert not any("CORRELATED" in each for each in plan), plan


async def test_it_is_worked_out_at_the_start_of_a_sending_and_never_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people(database)
    async with database.transaction() as on:
        sending = await ordered(on, Audience.MARK, mark="warm")
        assert await audiences.expected(on, Question(Audience.MARK, "Warm"), Limit(None, NOW)) == 3
        assert await journal.freeze_page(on, sending, NOW, size=1)
    async with database.transaction() as on:
        await peers.learn(on, [customer(9)])
        await labelled(on, "new", 9)
        await marks.take(on, ["new"], [3])
        while await journal.freeze_page(on, sending, NOW, size=1):
            pass
        assert await counted(on, sending.id) == {}
    found = await rows(database.reader, "SELECT peer_id FROM delivery WHERE sending_id = ?", sending.id)
    assert [each["peer_id"] for each in found] == [1, 2, 3]
