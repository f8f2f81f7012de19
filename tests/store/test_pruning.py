"""Old deliveries go in slices; what is younger, what runs, and all figures stay."""

import sqlite3
from contextlib import closing

import pytest

from tests.store.making import NOW, all_due, known, outcome, record, report, running
from userbot.core.delivery import Sent
from userbot.core.lifecycle import Event
from userbot.core.model import Sending
from userbot.store import pruning, sendings
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
