"""Nobody gets more mailings than the cap in any stretch of time, whatever starts, ends and is delivered when."""

from collections import defaultdict

import pytest
from hypothesis import given, settings, strategies as st

from tests.store.making import NOW, ONE_STEP, TWO_STEPS, all_due, counted, customer, known, opened, ordered
from userbot.core import caps
from userbot.core.caps import Cap
from userbot.core.delivery import Sent
from userbot.core.lifecycle import Event
from userbot.core.model import Audience
from userbot.core.settling import settle
from userbot.store import audiences, journal, peers, sendings
from userbot.store.audiences import Limit, Question
from userbot.store.database import Database, rows

DAY = 86400.0
CAP = Cap(2, 7 * 86400)


@pytest.mark.parametrize(
    ("text", "cap", "reason"),
    [
        ("2/7d", CAP, "had 2 mailings in 7 d"),
        (" 1 / 12h ", Cap(1, 43200), "had 1 mailing in 12 h"),
        ("3/1d 12h", Cap(3, 129600), "had 3 mailings in 1 d 12 h"),
    ],
)
def test_forms(text: str, cap: Cap, reason: str) -> None:
    assert caps.read(text) == cap
    assert cap.reason == reason


@pytest.mark.parametrize("text", ["2", "2/7", "0/7d", "2/0d", "/7d", "-1/7d", "2/now", "2/week", "2/2026-01-01 10:00"])
def test_what_is_no_cap(text: str) -> None:
    with pytest.raises(ValueError, match="2/7d"):
        caps.read(text)


async def started(database: Database, now: float, whom: Audience = Audience.ALL, *, steps: int = 1) -> int:
    """A sending that starts now; with nothing delivered yet."""
    async with database.transaction() as on:
        to = [] if whom is Audience.ALL else [1, 2]
        sending = await ordered(on, whom, ONE_STEP if steps == 1 else TWO_STEPS, to=to)
        while await journal.freeze_page(on, sending, now, Limit(CAP, now)):
            pass
        await counted(on, sending.id)
        await sendings.transit(on, sending.id, Event.START, now)
    return sending.id


async def delivered(database: Database, number: int, now: float) -> None:
    """Whatever is due of it goes out now."""
    async with database.transaction() as on:
        sending = await known(on, number)
    times = [step.time for step in await sendings.steps_of(database.reader, number)]
    settled = [settle(each, Sent(7), now=now, times=times) for each in await all_due(database, sending, now)]
    async with database.transaction() as on:
        await journal.record(on, [each for each in settled if each is not None])


async def left_out(database: Database, number: int) -> dict[str, int]:
    found = await rows(
        database.reader,
        "SELECT reason, count(*) FROM delivery WHERE sending_id = ? AND step = 1 AND status = 3 GROUP BY 1",
        number,
    )
    return {each[0]: each[1] for each in found}


async def test_the_third_in_a_week_is_left_out(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(1), customer(2)])
    chain = await started(database, NOW, steps=2)
    await delivered(database, chain, NOW)
    await delivered(database, chain, NOW + 60)  # a chain counts once
    await delivered(database, await started(database, NOW, Audience.TEST), NOW)
    await delivered(database, await started(database, NOW, Audience.TOPIC), NOW)
    second = await started(database, NOW + DAY)
    assert await left_out(database, second) == {}
    third = await started(database, NOW + 2 * DAY)  # the second is still to come
    assert await left_out(database, third) == {"had 2 mailings in 7 d": 2}
    await delivered(database, second, NOW + 3 * DAY)
    assert await left_out(database, await started(database, NOW + 2 * DAY, Audience.TOPIC)) == {}
    question, limit = Question(Audience.ALL), Limit(CAP, NOW + 7 * DAY)
    assert await audiences.expected(database.reader, question, limit) == 0
    assert await audiences.reasons(database.reader, question, limit) == {"had 2 mailings in 7 d": 2}
    later = Limit(CAP, NOW + 7 * DAY + 61)
    assert await audiences.expected(database.reader, question, later) == 2
    listed = Question(Audience.LIST, ids=(1, 3, 1))
    assert await audiences.reasons(database.reader, listed, limit) == {"had 2 mailings in 7 d": 1, "no dialog": 1}
    pages = [page async for page in audiences.everybody(database.reader, listed, limit)]
    assert pages == [[(1, None, "Name 1", "had 2 mailings in 7 d"), (3, None, None, "no dialog")]]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.floats(0, 4 * DAY), st.floats(0, 9 * DAY), st.booleans()), max_size=9))
async def test_no_window_holds_more(
    tmp_path_factory: pytest.TempPathFactory, plan: list[tuple[float, float, bool]]
) -> None:
    """Each sending starts so long after the last one, and its deliveries go out so much later."""
    got: dict[int, list[float]] = defaultdict(list)
    async with opened(tmp_path_factory.mktemp("caps") / "userbot.db") as database:
        async with database.transaction() as on:
            await peers.learn(on, [customer(1), customer(2)])
        now, waiting = NOW, list[tuple[float, int]]()
        for pause, lag, everybody in plan:
            now += pause
            for when, number in [each for each in waiting if each[0] <= now]:
                waiting.remove((when, number))
                await delivered(database, number, when)
            waiting.append((now + lag, await started(database, now, Audience.ALL if everybody else Audience.LIST)))
        for when, number in waiting:
            await delivered(database, number, when)
        for each in await rows(database.reader, "SELECT peer_id, sent_at FROM delivery WHERE status = 1 ORDER BY 2"):
            got[each[0]].append(each[1])
    for times in got.values():
        assert all(later - earlier >= CAP.seconds for earlier, later in zip(times, times[2:], strict=False))
