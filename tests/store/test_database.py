"""The file: its schema, its transactions, and what becomes of it when somebody is killed or it is damaged."""

import asyncio
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.store.making import names, opened, remember, somebody_writing
from userbot.errors import StoreError
from userbot.store import database as module
from userbot.store.database import Database, migrations, row, rows, run

NOW = migrations()[-1][0]


# Files that cannot be used.


# Transactions.


async def test_what_is_committed_is_seen_and_what_failed_is_not(database: Database) -> None:
    await remember(database, "kept")

    async def fail() -> None:
        async with database.transaction() as on:
            await run(on, "INSERT INTO fact (name, value) VALUES ('lost', '1')")
            assert await names(database) == {"kept"}
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await names(database) == {"kept"}


async def test_the_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StoreError, match="readonly"):
        await run(database.reader, "INSERT INTO fact (name, value) VALUES ('x', '1')")


async def test_a_broken_rule_of_the_schema_is_a_store_error(database: Database) -> None:
    await remember(database, "once")
    with pytest.raises(StoreError, match="UNIQUE"):
        await remember(database, "before", "once")
    assert await names(database) == {"once"}


async def test_what_is_to_follow_happens_after_the_commit_and_only_then(database: Database) -> None:
    happened: list[str] = []
    async with database.transaction():
        database.afterwards(lambda: happened.append("first"))
        assert not happened
    assert happened == ["first"]

    async def fail() -> None:
        async with database.transaction():
            database.afterwards(lambda: happened.append("never"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.transaction():
        database.afterwards(lambda: happened.append("second"))
    assert happened == ["first", "second"]


async def test_transactions_take_turns(database: Database) -> None:
    async def count_up() -> None:
        async with database.transaction() as on:
            found = await row(on, "SELECT value FROM fact WHERE name = 'count'")
            await asyncio.sleep(0)
            count = int(found["value"]) + 1 if found else 1
            await run(on, "INSERT OR REPLACE INTO fact VALUES ('count', ?)", str(count))

    await asyncio.gather(*(count_up() for _ in range(50)))
    found = await row(database.reader, "SELECT value FROM fact")
    assert found is not None
    assert found["value"] == "50"


async def test_no_cancellation_leaves_a_transaction_open_or_half_done(database: Database) -> None:
    dice = random.Random(4)

    async def write(number: int) -> None:
        await remember(database, f"{number}a", f"{number}b", f"{number}c")

    for number in range(300):
        task = asyncio.create_task(write(number))
        # Some moments lie between the loop's steps, some in the middle of what the thread does.
        for _ in range(dice.randrange(12)):
            await asyncio.sleep(0 if dice.random() < 0.7 else dice.random() * 0.0005)
        task.cancel()
        await asyncio.wait([task])
        if number % 3 == 0:
            await remember(database, f"after {number}")
    assert not database._writer.in_transaction
    found = await names(database)
    assert {f"after {number}" for number in range(0, 300, 3)} <= found
    whole = [sum(f"{number}{letter}" in found for letter in "abc") for number in range(300)]
    assert set(whole) == {0, 3}


async def test_a_file_that_somebody_else_holds_is_a_store_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    path = tmp_path / "userbot.db"
    async with opened(path) as database:
        with somebody_writing(path):
            with pytest.raises(StoreError, match="locked"):
                await remember(database, "too early")
            assert await names(database) == set()
        await remember(database, "in time")
        assert await names(database) == {"in time"}


async def test_a_short_wait_for_somebody_else_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "userbot.db"
    async with opened(path) as database:
        with somebody_writing(path) as other:
            writing = asyncio.create_task(remember(database, "patient"))
            await asyncio.sleep(0.05)
            other.execute("ROLLBACK")
            await writing
        assert await names(database) == {"patient"}


async def test_a_full_disk_is_a_store_error_and_passes(database: Database) -> None:
    await run(database._writer, "PRAGMA max_page_count = 1")  # SQLite takes the present size as the least
    with pytest.raises(StoreError, match="full"):
        await remember(database, *(f"{number:0200}" for number in range(1000)))
    assert await names(database) == set()
    await run(database._writer, "PRAGMA max_page_count = 100000")
    await remember(database, "there is room")
    assert await names(database) == {"there is room"}


WRITER = """
import asyncio, itertools, sys
from pathlib import Path
from userbot.store.database import Database, run

async def write_for_ever(path):
    database = await Database.open(path)
    for number in itertools.count():
        async with database.transaction() as on:
            for letter in "abcdefgh":
                await run(on, "INSERT INTO fact (name, value) VALUES (?, '1')", f"{number:09}{letter}")
        print(number, flush=True)

asyncio.run(write_for_ever(Path(sys.argv[1])))
"""


async def test_a_process_killed_in_the_middle_leaves_whole_transactions(tmp_path: Path) -> None:
    path = tmp_path / "userbot.db"
    for round_ in range(3):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            told = [int(writer.stdout.readline()) for _ in range(20 + 7 * round_)]
            writer.send_signal(signal.SIGKILL)
            told += [int(line) for line in writer.stdout if line.endswith("\n")]
        async with opened(path) as database:
            found = await names(database)
            assert await rows(database.reader, "PRAGMA integrity_check") is not None
        assert {f"{number:09}{letter}" for number in told for letter in "abcdefgh"} <= found
        assert len(found) % 8 == 0
        assert len(found) // 8 in {len(told), len(told) + 1}
        path.unlink()


async def test_what_is_to_happen_otherwise_happens_when_nothing_is_committed(tmp_path: Path) -> None:
    done: list[str] = []
    async with opened(tmp_path / "userbot.db") as database:
        async with database.transaction():
            database.afterwards(lambda: done.append("after"))
            database.otherwise(lambda: done.append("instead"))
        with suppress(ZeroDivisionError):
            async with database.transaction():
                database.afterwards(lambda: done.append("never"))
                database.otherwise(lambda: done.append("undone"))
                raise ZeroDivisionError
    assert done == ["after", "undone"]
