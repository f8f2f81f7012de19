"""Lanes read what is due page by page, and nothing is handed out twice or forgotten."""

import asyncio
import itertools
import random
from collections import Counter
from typing import Any

import pytest

from tests.service.laning import TWO_STEPS, sent, taken, written
from tests.store.making import NOW, ONE_STEP, known, running
from userbot.core.delivery import Outcome, Refused, Sent
from userbot.core.model import Delivery, DeliveryStatus, Step
from userbot.core.settling import later, settle
from userbot.core.timing import Now
from userbot.errors import StoreError
from userbot.service import lanes as module
from userbot.service.lanes import Lane, Lanes
from userbot.store import journal
from userbot.store.database import Connection, Database, run

PATIENCE = 60  # seconds a test waits for what must happen


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

    async def overtaken(on: Connection, sending_id: int, now: float, limit: int, **more: Any) -> list[Delivery]:
        page = await due(on, sending_id, now, limit, **more)
        await written(database, lanes, sent(first, TWO_STEPS, now - 0.1))
        return page

    with monkeypatch.context() as patch:
        patch.setattr(journal, "due", overtaken)
        assert await taken(lanes, database, NOW + 1) == Delivery(1, 2, 2, NOW + 0.5, 0, other.access_hash)
    assert await taken(lanes, database, NOW + 2) == Delivery(1, 1, 2, NOW + 0.9, 0, first.access_hash)


async def test_a_page_that_cannot_be_read_is_read_later(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    lanes = Lanes()
    lanes.open(await running(database, [1]), ONE_STEP)

    async def refuse(*_: object, **__: object) -> list[Delivery]:
        raise StoreError("The database cannot be used now.")

    with monkeypatch.context() as patch:
        patch.setattr(journal, "due", refuse)
        with pytest.raises(StoreError):
            await taken(lanes, database)
    assert not lanes.drained()
    assert await taken(lanes, database) is not None


async def test_a_lane_closed_while_its_page_is_read_has_no_turn(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    lanes = Lanes()
    sending = await running(database, [1])
    lanes.open(sending, ONE_STEP)
    due = journal.due

    async def closed_meanwhile(on: Connection, sending_id: int, now: float, limit: int, **more: Any) -> list[Delivery]:
        lanes.close(sending_id)
        return await due(on, sending_id, now, limit, **more)

    monkeypatch.setattr(journal, "due", closed_meanwhile)
    assert await lanes.next(database.reader, NOW) is None


async def test_memory_holds_one_page_and_reads_the_next_one_before_it_is_empty(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 5)
    monkeypatch.setattr(module, "TRYING", 100)
    pages = []
    due = journal.due

    async def watched(*given: Any, **more: Any) -> list[Delivery]:
        page = await due(*given, **more)
        pages.append([each.peer_id for each in page])
        return page

    monkeypatch.setattr(journal, "due", watched)
    lane = Lane(await running(database, range(1, 12)), ONE_STEP)
    for people in range(1, 12):
        assert await lane.has_ready(database.reader, NOW)
        assert lane.take().peer_id == people
        while people == 3 and len(pages) < 2:
            await asyncio.sleep(0)
            await lane.has_ready(database.reader, NOW)
    assert pages == [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11]]
    assert not await lane.has_ready(database.reader, NOW)
    # Once more from the beginning, where all are under way.
    assert not await lane.has_ready(database.reader, NOW)
    assert pages[3:] == [list(range(1, 12))]
    assert lane.next_due is None


async def test_what_comes_due_before_the_place_that_was_reached_is_found(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the lane was told of it or not."""
    monkeypatch.setattr(module, "PAGE", 4)
    monkeypatch.setattr(module, "TRYING", 100)
    lanes = Lanes()
    lanes.open(await running(database, range(1, 10)), ONE_STEP)
    first, second = await taken(lanes, database), await taken(lanes, database)
    for delivery, told in ((first, True), (second, False)):
        assert delivery is not None
        async with database.transaction() as on:
            await run(on, "UPDATE delivery SET due_at = ? WHERE peer_id = ?", NOW - 1, delivery.peer_id)
        lanes.release(delivery.sending_id, [later(delivery, NOW - 1) if told else sent(delivery)])
    handed = [each.peer_id for _ in range(20) if (each := await taken(lanes, database))]
    assert sorted(handed) == list(range(1, 10))


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
