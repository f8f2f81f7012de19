"""A database in use for years: what is asked all the time goes by indexes, and what was removed makes room."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.store.making import NOW, all_due, opened, outcome, record, running
from userbot.core.delivery import Sent
from userbot.core.desk import Side
from userbot.core.lifecycle import Event
from userbot.core.model import Written
from userbot.core.news import Arrived, Said
from userbot.store import arrivals, database as module, desk, journal, mailed, pruning, receipts, sendings
from userbot.store.database import Connection, Database

GROWING = {"sending", "sending_step", "delivery", "mirror", "posted", "handled", "arrival"}


@asynccontextmanager
async def by_indexes(on: Connection) -> AsyncIterator[None]:
    """Everything that is asked meanwhile looks at no table as a whole that grows with the years."""
    asked: list[str] = []
    await on.set_trace_callback(asked.append)
    yield
    await on.set_trace_callback(None)  # type: ignore[arg-type]  # as sqlite3 takes it
    assert asked
    for sql in asked:
        if sql.split()[0] in {"BEGIN", "COMMIT"}:
            continue
        for step in await on.execute_fetchall(f"EXPLAIN QUERY PLAN {sql}"):
            words = step["detail"].split()
            assert words[:1] != ["SCAN"] or words[1] not in GROWING or "USING" in words, f"{step['detail']}: {sql}"


async def test_what_comes_with_every_message(database: Database) -> None:
    sending = await running(database, range(1, 4))
    [first, *_] = await all_due(database, sending)
    await record(database, outcome(first, Sent(5)))
    said = Said(1, 6, 1, out=False, date=NOW, text="Thanks", kind="text", content=b"")
    async with database.transaction() as on, by_indexes(on):
        await desk.note(on, 1, Side.DIALOG, said)
        [item] = await desk.head(on, 1, Side.DIALOG)
        await mailed.delivered(on, [said])
        await mailed.may_be_delivered(on, 1, NOW)
        assert await mailed.answered(on, item, 7 * 86400) == sending.id
        await receipts.answered(on, {1: Written(6, NOW)}, NOW)
        await receipts.read(on, {1: 6}, NOW)
        await arrivals.note(on, [Arrived(1, 5, 77, NOW)])


async def test_what_comes_with_every_look_and_every_page(database: Database) -> None:
    sending = await running(database, range(1, 4))
    async with database.transaction() as on, by_indexes(on):
        await sendings.stopping(on)
        await journal.due(on, sending.id, NOW, 100)
        await journal.next_due(on, sending.id, NOW)
        await pruning.prune(on, NOW)
        await pruning.forget_commands(on, NOW, up_to=100)
        await pruning.forget_mirrored(on, NOW, dropped_before=NOW)


async def test_what_was_removed_makes_room(database: Database) -> None:
    async def a_mailing_and_its_end() -> int:
        sending = await running(database, range(1, 2001))
        async with database.transaction() as on:
            await sendings.transit(on, sending.id, Event.STOP, NOW)
            while await pruning.prune(on, NOW + 1):
                pass
        [pages] = await database.reader.execute_fetchall("PRAGMA page_count")
        return int(pages[0])

    sizes = [await a_mailing_and_its_end() for _ in range(10)]
    assert sizes[-1] <= sizes[1] + 2


async def test_the_wal_shrinks_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have become long while somebody read."""
    monkeypatch.setattr(module, "LONGEST_WAL", 100_000)
    path = tmp_path / "userbot.db"
    async with opened(path) as database:
        reading = sqlite3.connect(path, isolation_level=None)
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM peer").fetchall()
        await running(database, range(1, 50_001))
        wal = path.with_name("userbot.db-wal")
        assert wal.stat().st_size > 1_000_000
        reading.close()
        for _ in range(3):
            await running(database, range(1, 3))
        assert wal.stat().st_size <= 100_000
