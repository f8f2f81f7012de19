"""Old deliveries go in slices; what is younger, what runs, and all figures stay."""

import sqlite3
from contextlib import closing

import pytest

from tests.store.making import (
    NOW,
    ONE_STEP,
    all_due,
    customer,
    freeze,
    known,
    ordered,
    outcome,
    record,
    report,
    running,
)
from userbot.core.acts import Act
from userbot.core.delivery import Sent
from userbot.core.desk import Fate, Side
from userbot.core.lifecycle import Event
from userbot.core.model import Audience, Sending, Template, Written
from userbot.core.news import Said
from userbot.store import announcements, desk, follow_ups, outbox, peers, pruning, receipts, sendings, versions
from userbot.store.database import Database


async def ended(database: Database, people: range, at: float) -> Sending:
    sending = await running(database, people)
    async with database.transaction() as on:
        return await sendings.transit(on, sending.id, Event.STOP, at)


async def pruned(database: Database, before: float) -> int:
    """How many slices there were to prune."""
    slices = 0
    while True:
        async with database.transaction() as on:
            if not await pruning.prune(on, before):
                return slices
        slices += 1


async def test_only_what_is_old_goes(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "SLICE", 4)
    old = await ended(database, range(1, 11), NOW + 10)
    young = await ended(database, range(1, 6), NOW + 100)
    runs = await running(database, range(1, 6))
    assert await pruned(database, NOW + 50) == 3
    assert await report(database, old) == []
    assert len(await report(database, young)) == len(await report(database, runs)) == 5
    gone = await known(database.reader, old.id)
    assert gone.pruned
    assert gone.counts == old.counts
    assert gone.recipients == 10
    assert not (await known(database.reader, young.id)).pruned
    assert await pruned(database, NOW + 50) == 0


async def test_a_sending_that_fits_a_slice_exactly(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "SLICE", 5)
    await ended(database, range(1, 6), NOW)
    assert await pruned(database, NOW + 1) == 2


async def test_who_is_sent_to_meanwhile_is_not_touched(database: Database) -> None:
    await ended(database, range(1, 4), NOW)
    runs = await running(database, range(1, 4))
    [first, *_] = await all_due(database, runs)
    await record(database, outcome(first, Sent(7)))
    await pruned(database, NOW + 1)
    assert [row.message_id for row in await report(database, runs)] == [7, None, None]


async def test_the_oldest_is_found_by_its_index(database: Database) -> None:
    with closing(sqlite3.connect(database.path)) as on:
        plan = on.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM sending WHERE ended_at < 5 AND NOT pruned ORDER BY ended_at LIMIT 1"
        ).fetchall()
    assert "USING INDEX sending_to_prune" in plan[0][3] or "USING COVERING INDEX sending_to_prune" in plan[0][3]


async def test_what_another_sending_goes_back_to_stays_until_that_one_has_ended(database: Database) -> None:
    origin = await ended(database, range(1, 4), NOW)
    async with database.transaction() as on:
        back = await ordered(on)
        await follow_ups.go_back(on, back.id, Act.RECALL, origin.id, None)
    assert await pruned(database, NOW + 1) == 0
    async with database.transaction() as on:
        await sendings.transit(on, back.id, Event.CANCEL, NOW)
    assert await pruned(database, NOW + 1) == 2
    assert (await known(database.reader, origin.id)).pruned


async def test_what_a_comparison_came_to_stays(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(each) for each in range(1, 41)])
        sending = await ordered(on, Audience.LIST, to=range(1, 41))
        await sendings.put_steps(on, sending.id, ONE_STEP, version=1)
        await versions.put(on, sending.id, [Template(1, "red", ONE_STEP), Template(2, "blue", ONE_STEP)])
        await freeze(on, await known(on, sending.id))
        compared = await sendings.transit(on, sending.id, Event.START, NOW)
    await record(database, *(outcome(each, Sent(each.peer_id)) for each in await all_due(database, compared)))
    async with database.transaction() as on:
        await receipts.answered(on, {each: Written(100, NOW) for each in range(1, 11)}, NOW)
        await sendings.transit(on, compared.id, Event.STOP, NOW)
    before = await versions.figures(database.reader, compared)
    assert sum(each.sent for each in before) == 40
    assert sum(each.answered for each in before) == 10
    await pruned(database, NOW + 1)
    assert await report(database, compared) == []
    assert await versions.figures(database.reader, compared) == before


async def test_only_what_nobody_reads_any_more_is_left_of_a_sending(database: Database) -> None:
    old = await ended(database, range(1, 3), NOW)
    async with database.transaction() as on:
        await announcements.begin(on, old.id, "Started.")
        await announcements.stands(on, old.id, 5, "Started.")
    await pruned(database, NOW + 1)
    assert await announcements.told(database.reader, old.id) is None
    assert await sendings.steps_of(database.reader, old.id) == ()


async def test_commands_that_may_be_read_again_are_known(database: Database) -> None:
    async with database.transaction() as on:
        for number in range(1, 11):
            assert await outbox.claim(on, number, NOW + number)
        assert not await pruning.forget_commands(on, NOW + 9, up_to=5)
        handled = [number for number in range(1, 11) if await outbox.was_handled(on, number)]
    assert handled == [6, 7, 8, 9, 10]


async def test_the_desk_forgets_what_is_over(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "SLICE", 2)
    async with database.transaction() as on:
        for number in range(1, 6):
            await desk.note(on, 7, Side.DIALOG, said(number, NOW + number))
        first, second, third, *_ = await desk.head(on, 7, Side.DIALOG)
        await desk.settle(on, first, Fate.DONE, message_id=50)
        await desk.settle(on, second, Fate.DROPPED)
        await desk.settle(on, third, Fate.DONE, message_id=51)
        assert await pruning.forget_mirrored(on, NOW + 2, dropped_before=NOW + 3)
        assert not await pruning.forget_mirrored(on, NOW + 2, dropped_before=NOW + 3)
        assert await desk.in_topic(on, 7, 1) is None
        assert await desk.in_topic(on, 7, 3) == 51
        assert [each.dialog_id for each in await desk.head(on, 7, Side.DIALOG)] == [4, 5]


def said(number: int, date: float) -> Said:
    return Said(7, number, 7, out=False, date=date, text="Hello", kind="text", content=b"")
