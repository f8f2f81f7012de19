"""Lanes: whose turn it is, and that nothing is handed out twice or forgotten."""

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.making import NOW, ONE_STEP, known, opened, running
from userbot.core.circuit_breaker import TRYING
from userbot.core.delivery import Outcome, Refused, Sent
from userbot.core.model import Audience, Delivery, DeliveryStatus, Sending, Step
from userbot.core.settling import Settled, settle
from userbot.core.timing import Delay, Now
from userbot.errors import StoreError
from userbot.service import lanes as module
from userbot.service.lanes import Lane, Lanes
from userbot.store import journal
from userbot.store.database import Connection, Database

PATIENCE = 60  # seconds a test waits for what must happen
TWO_STEPS = (Step((10,), Now(), "text"), Step((11,), Now(), "text"))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path / "userbot.db") as database:
        yield database


async def taken(lanes: Lanes, database: Database, now: float = NOW) -> Delivery | None:
    """The next delivery, as the sender takes it."""
    lane = await lanes.next(database.reader, now)
    if lane is None:
        return None
    lanes.had_its_turn(lane)
    return lane.take()


async def written(database: Database, lanes: Lanes, settled: Settled) -> None:
    """The outcome goes into the journal and its delivery is free, as the recorder and the sender do it."""
    async with database.transaction() as on:
        await journal.record(on, [settled])
    lane = lanes.release(settled.delivery)
    assert lane is not None
    due_at = settled.next_due if settled.next_due is not None else settled.at
    if settled.next_due is not None or not settled.status:
        lane.expect(due_at)


def sent(delivery: Delivery, steps: tuple[Step, ...] = ONE_STEP, now: float = NOW) -> Settled:
    settled = settle(delivery, Sent(1), now=now, times=[step.time for step in steps])
    assert settled is not None
    return settled


async def two(database: Database) -> tuple[Sending, Sending]:
    return await running(database, range(1, 4)), await running(database, range(1, 4))


async def test_lanes_take_turns(database: Database) -> None:
    lanes = Lanes()
    first, second = await two(database)
    for sending in (first, second):
        lanes.open(sending, ONE_STEP)
    order = [each.sending_id for _ in range(6) if (each := await taken(lanes, database))]
    assert order == [first.id, second.id] * 3
    assert await taken(lanes, database) is None


async def test_a_new_lane_does_not_wait_for_an_old_one_to_end(database: Database) -> None:
    lanes = Lanes()
    first, second = await two(database)
    lanes.open(first, ONE_STEP)
    await taken(lanes, database)
    lanes.open(second, ONE_STEP)
    order = [each.sending_id for _ in range(4) if (each := await taken(lanes, database))]
    assert sorted(order[:2]) == [first.id, second.id]
    assert sorted(order[2:]) == [first.id, second.id]


async def test_a_word_to_one_person_goes_before_every_mailing(database: Database) -> None:
    lanes = Lanes()
    mailing, word = await two(database)
    lanes.open(mailing, ONE_STEP)
    await taken(lanes, database)
    lanes.open(replace(word, audience=Audience.TOPIC), ONE_STEP)
    order = [each.sending_id for _ in range(5) if (each := await taken(lanes, database))]
    assert order == [word.id] * 3 + [mailing.id] * 2


async def test_the_lane_whose_turn_it_is_keeps_it_until_it_had_it(database: Database) -> None:
    """The pace may say wait after a lane was chosen."""
    lanes = Lanes()
    for sending in await two(database):
        lanes.open(sending, ONE_STEP)
    assert await lanes.next(database.reader, NOW) is await lanes.next(database.reader, NOW)


async def test_what_is_under_way_is_never_handed_out_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the pages: they begin with what is under way, every time."""
    monkeypatch.setattr(module, "PAGE", 2)
    monkeypatch.setattr(module, "TRYING", 100)
    lanes = Lanes()
    sending = await running(database, range(1, 21))
    lanes.open(sending, ONE_STEP)
    handed = [each.peer_id for _ in range(25) if (each := await taken(lanes, database))]
    assert handed == list(range(1, 21))
    assert not lanes.drained()


async def test_pages_bring_everything_once_while_outcomes_come_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 3)
    lanes = Lanes()
    sending = await running(database, range(1, 31), TWO_STEPS)
    lanes.open(sending, TWO_STEPS)
    handed = []
    under_way: list[Delivery] = []
    while delivery := await taken(lanes, database):
        handed.append((delivery.peer_id, delivery.step))
        under_way.append(delivery)
        if len(under_way) == 5:
            await written(database, lanes, sent(under_way.pop(2), TWO_STEPS))
    while under_way:
        await written(database, lanes, sent(under_way.pop(), TWO_STEPS))
        while delivery := await taken(lanes, database):
            handed.append((delivery.peer_id, delivery.step))
            under_way.append(delivery)
    assert sorted(handed) == [(peer, step) for peer in range(1, 31) for step in (1, 2)]
    assert [each.id for each in lanes.drained()] == [sending.id]


async def test_what_is_given_back_goes_first_again(database: Database) -> None:
    lanes = Lanes()
    sending = await running(database, range(1, 4))
    lanes.open(sending, ONE_STEP)
    first = await taken(lanes, database)
    assert first is not None
    await taken(lanes, database)
    lanes.give_back(first)
    assert await taken(lanes, database) == first


async def test_a_lane_is_drained_only_when_nothing_is_under_way_and_nothing_will_come(database: Database) -> None:
    lanes = Lanes()
    steps = (Step((10,), Now(), "text"), Step((11,), Delay(60), "text"))
    sending = await running(database, [1], steps)
    lanes.open(sending, steps)
    assert not lanes.drained()
    delivery = await taken(lanes, database)
    assert delivery is not None
    assert await taken(lanes, database) is None
    assert not lanes.drained()
    await written(database, lanes, sent(delivery, steps))
    assert not lanes.drained()
    assert lanes.next_due() == NOW + 60
    assert await taken(lanes, database, NOW + 59) is None
    last = await taken(lanes, database, NOW + 60)
    assert last is not None
    assert last.step == 2
    await written(database, lanes, sent(last, steps, NOW + 60))
    assert await taken(lanes, database, NOW + 61) is None
    assert [each.id for each in lanes.drained()] == [sending.id]


async def test_a_retry_comes_when_its_time_comes(database: Database) -> None:
    lanes = Lanes()
    lanes.open(await running(database, [1, 2]), ONE_STEP)
    delivery = await taken(lanes, database)
    assert delivery is not None
    again = settle(delivery, Refused("SLOWMODE_WAIT", 30), now=NOW, times=[Now()])
    assert again is not None
    await written(database, lanes, again)
    other = await taken(lanes, database)
    assert other is not None
    assert other.peer_id == 2
    assert await taken(lanes, database, NOW + 29) is None
    repeated = await taken(lanes, database, NOW + 30)
    assert repeated == replace(delivery, tries=1, due_at=NOW + 30, met="SLOWMODE_WAIT")


async def test_what_is_expected_while_a_page_is_read_is_not_forgotten(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outcome may be written just after the page was read, and its next step be due before the page's moment."""
    lanes = Lanes()
    lanes.open(await running(database, [1, 2], TWO_STEPS), TWO_STEPS)
    first, other = await taken(lanes, database), await taken(lanes, database)
    assert first is not None
    assert other is not None
    await written(database, lanes, sent(other, TWO_STEPS, NOW + 0.5))
    due = journal.due

    async def overtaken(on: Connection, sending_id: int, now: float, limit: int) -> list[Delivery]:
        page = await due(on, sending_id, now, limit)
        await written(database, lanes, sent(first, TWO_STEPS, now - 0.1))
        return page

    with monkeypatch.context() as patch:
        patch.setattr(journal, "due", overtaken)
        assert await taken(lanes, database, NOW + 1) == Delivery(1, 2, 2, NOW + 0.5, 0, other.access_hash)
    assert await taken(lanes, database, NOW + 2) == Delivery(1, 1, 2, NOW + 0.9, 0, first.access_hash)


async def test_a_page_that_cannot_be_read_is_read_later(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    lanes = Lanes()
    lanes.open(await running(database, [1]), ONE_STEP)

    async def refuse(*_: object) -> list[Delivery]:
        raise StoreError("The database cannot be used now.")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "due", refuse)
        with pytest.raises(StoreError):
            await taken(lanes, database)
    assert not lanes.drained()
    assert await taken(lanes, database) is not None


async def test_a_closed_lane_hands_nothing_out_and_keeps_what_is_under_way(database: Database) -> None:
    lanes = Lanes()
    sending = await running(database, [1, 2])
    lanes.open(sending, ONE_STEP)
    delivery = await taken(lanes, database)
    assert delivery is not None
    assert lanes.close(sending.id)
    assert not lanes.close(sending.id)
    assert await taken(lanes, database) is None
    assert lanes.has(sending.id)
    lanes.open(sending, ONE_STEP)
    rest = [each.peer_id for _ in range(5) if (each := await taken(lanes, database))]
    assert rest == [2]
    await written(database, lanes, sent(delivery))
    assert lanes.next_due() is None


async def test_a_closed_lane_goes_with_the_last_that_was_under_way(database: Database) -> None:
    lanes = Lanes()
    sending = await running(database, [1, 2])
    lanes.open(sending, ONE_STEP)
    delivery, other = await taken(lanes, database), await taken(lanes, database)
    assert delivery is not None
    assert other is not None
    lanes.close(sending.id)
    assert lanes.give_back(other).under_way == 1
    assert lanes.has(sending.id)
    await written(database, lanes, sent(delivery))
    assert not lanes.has(sending.id)
    lanes.open(sending, ONE_STEP)
    again = await taken(lanes, database)
    assert again is not None
    assert again.peer_id == other.peer_id


async def test_a_lane_closed_while_its_page_is_read_has_no_turn(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lanes = Lanes()
    sending = await running(database, [1])
    lanes.open(sending, ONE_STEP)
    due = journal.due

    async def closed_meanwhile(on: Connection, sending_id: int, now: float, limit: int) -> list[Delivery]:
        lanes.close(sending_id)
        return await due(on, sending_id, now, limit)

    monkeypatch.setattr(journal, "due", closed_meanwhile)
    assert await lanes.next(database.reader, NOW) is None


async def test_only_what_runs_is_kept(database: Database) -> None:
    lanes = Lanes()
    first, second = await two(database)
    for sending in (first, second):
        lanes.open(sending, ONE_STEP)
    lanes.keep([second.id])
    assert not lanes.has(first.id)
    assert lanes.has(second.id)
    assert lanes.close_all()
    assert not lanes.close_all()
    assert lanes.next_due() is None


async def test_opening_twice_changes_nothing(database: Database) -> None:
    lanes = Lanes()
    sending = await running(database, range(1, 4))
    lanes.open(sending, ONE_STEP)
    await taken(lanes, database)
    lanes.open(sending, ONE_STEP)
    rest = [each.peer_id for _ in range(5) if (each := await taken(lanes, database))]
    assert rest == [2, 3]


async def test_memory_holds_one_page(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 5)
    limits = []
    due = journal.due

    async def watched(on: Connection, sending_id: int, now: float, limit: int) -> list[Delivery]:
        limits.append(limit)
        return await due(on, sending_id, now, limit)

    monkeypatch.setattr(journal, "due", watched)
    lane = Lane(await running(database, range(1, 50)), ONE_STEP)
    for _ in range(5):
        assert await lane.has_ready(database.reader, NOW)
        lane.take()
    assert limits == [5]
    assert await lane.has_ready(database.reader, NOW)
    assert limits == [5, 10]


@pytest.mark.parametrize("seed", range(3))
async def test_many_workers_send_every_step_of_every_sending_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Outcomes are written while pages are read, as they are in the sender; nothing is lost between the two."""
    monkeypatch.setattr(module, "PAGE", 4)
    steps = tuple(Step((number,), Now(), "text") for number in range(10, 14))
    lanes, dice, turnstile, ticks = Lanes(), random.Random(seed), asyncio.Lock(), itertools.count()
    sendings = [await running(database, range(1, people + 1), steps) for people in (12, 3, 2, 2, 2, 1)]
    for sending in sendings:
        lanes.open(sending, steps)
    outcomes: list[Outcome] = [Sent(1), Sent(1), Sent(1), Refused("FLOOD_WAIT", 1), Refused("PEER_ID_INVALID")]
    reached: Counter[tuple[int, int, int]] = Counter()

    def now() -> float:
        return NOW + next(ticks) / 1000

    async def work() -> None:
        while len(lanes.drained()) < len(sendings):
            async with turnstile:
                delivery = await taken(lanes, database, now())
            await asyncio.sleep(dice.choice([0, 0, 0.001, 0.003]))
            if delivery is None:
                continue
            settled = settle(delivery, dice.choice(outcomes), now=now(), times=[step.time for step in steps])
            if settled is None:
                lanes.give_back(delivery)
            else:
                if settled.status is DeliveryStatus.FAILED:
                    settled = sent(delivery, steps, now())
                reached[delivery.sending_id, delivery.peer_id, delivery.step] += settled.status is DeliveryStatus.SENT
                await written(database, lanes, settled)

    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        for _ in range(8):
            tasks.create_task(work())
    assert len(reached) == 22 * len(steps)
    assert set(reached.values()) == {1}
    for sending in sendings:
        assert (await known(database.reader, sending.id)).counts.pending == 0


async def test_few_calls_are_under_way_until_somebody_has_the_message(database: Database) -> None:
    lanes = Lanes()
    lanes.open(await running(database, range(1, 101)), ONE_STEP)
    handed = [each for _ in range(50) if (each := await taken(lanes, database))]
    assert len(handed) == TRYING
    assert lanes.next_due() is None  # it depends on what is under way, not on the time
    lane = lanes.release(handed[0])
    assert lane is not None
    assert not lane.learn(handed[0], Refused("NEVER_HEARD_OF"))
    assert await taken(lanes, database) is not None
    assert await taken(lanes, database) is None
    lane.learn(handed[1], Sent(1))
    assert [await taken(lanes, database) for _ in range(50)].count(None) == 0


async def test_whoever_resumes_a_message_that_was_to_blame_sees_it_tried_again(database: Database) -> None:
    lanes = Lanes()
    lanes.open(await running(database, range(1, 101)), ONE_STEP)
    handed = [each for _ in range(50) if (each := await taken(lanes, database))]
    lane = lanes.release(handed[0])
    assert lane is not None
    assert [lane.learn(each, Refused("NEVER_HEARD_OF")) for each in handed] == [False] * 4 + [True] + [False] * 3
