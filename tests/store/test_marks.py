"""Labels as they are stored: one label however it is spelt, what depends on it, and who gets what it sends."""

from tests.store.making import NOW, customer, known, labelled, ordered
from userbot.core.grammar import expressions
from userbot.core.lifecycle import Event
from userbot.core.model import Audience
from userbot.store import marks, peers, pruning, sendings
from userbot.store.database import Connection, Database, row, run


async def test_a_label_keeps_its_first_spelling(database: Database) -> None:
    async with database.transaction() as on:
        label = await labelled(on, "VIP", 1)
        assert await marks.put(on, label, [1, 2]) == [2]
    assert await marks.spelling(database.reader, "viP") == "VIP"
    assert await marks.spelling(database.reader, "other") is None
    assert await marks.counts(database.reader) == {label.id: 2}


async def test_what_depends_on_a_label_follows_a_rename(database: Database) -> None:
    async with database.transaction() as on:
        vip, warm, new = [await labelled(on, name) for name in ("VIP", "warm", "new")]
        await marks.compute(on, warm, expressions.read("not vip and (VIP or new)"))
        await marks.follow(on, new, [vip])
        awaits = await ordered(on, Audience.MARK, mark="VIP")
        ended = await ordered(on, Audience.MARK, mark="VIP")
        await sendings.transit(on, ended.id, Event.CANCEL, NOW)
        await marks.rename(on, vip, "Best")
        found = await marks.all_of(on)
        assert found["warm"].expression == expressions.read("not Best and (Best or new)")
        assert found["new"].after == ("Best",)
        assert (await known(on, awaits.id)).mark == "Best"
        assert (await known(on, ended.id)).mark == "VIP"


async def _sends(on: Connection, label: int, peer_id: int) -> int:
    sending = await ordered(on, Audience.LIST, to=[peer_id])
    await run(on, "UPDATE sending SET begun_by = ? WHERE id = ?", label, sending.id)
    return sending.id


async def test_to_whom_a_label_is_sending_already(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(each) for each in (1, 2, 3)])
        vip, other = await labelled(on, "vip"), await labelled(on, "other")
        first, _ = await _sends(on, vip.id, 1), await _sends(on, other.id, 2)
        assert await marks.without_sending(on, vip, [1, 2, 3]) == [2, 3]
        await sendings.transit(on, first, Event.CANCEL, NOW)
        assert await marks.without_sending(on, vip, [1, 2, 3]) == [1, 2, 3]


async def test_deliveries_that_a_label_asks_about_stay(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(1)])
        sending = await ordered(on, Audience.LIST, to=[1])
        await sendings.transit(on, sending.id, Event.CANCEL, NOW)
        warm = await labelled(on, "warm")
        await marks.compute(on, warm, expressions.read(f"got sid{sending.id}"))
        assert not await pruning.prune(on, NOW + 1)
        await marks.delete(on, warm)
        assert await pruning.prune(on, NOW + 1)
        assert await row(on, "SELECT 1 FROM asked") is None


async def test_first_and_last_contact(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(1)])
        for moment in (200.0, 100.0, 150.0):
            await peers.in_contact(on, {1: moment})
        found = await row(on, "SELECT first_contact, last_contact, wrote_at FROM peer")
        assert found is not None
        assert tuple(found) == (100.0, 200.0, None)
