"""The file: its schema, its transactions, and what becomes of it when somebody is killed or it is damaged."""

import asyncio
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.making import opened, somebody_writing
from userbot.errors import StoreError
from userbot.store import database as module
from userbot.store.database import Database, migrations, row, rows, run

NOW = migrations()[-1][0]
LATER = [
    (
        NOW + 1,
        "CREATE TABLE extra (id INTEGER PRIMARY KEY, word TEXT) STRICT;\nINSERT INTO extra (word) VALUES ('a;b');\n",
    ),
    (NOW + 2, "-- a comment; with a semicolon\nALTER TABLE extra ADD COLUMN more TEXT;\n"),
]


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def value(path: Path, sql: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchone()[0]


async def made(path: Path) -> None:
    async with opened(path):
        pass


async def remember(database: Database, *names: str) -> None:
    async with database.transaction() as on:
        for name in names:
            await run(on, "INSERT INTO fact (name, value) VALUES (?, '1')", name)


async def names(database: Database) -> set[str]:
    return {each["name"] for each in await rows(database.reader, "SELECT name FROM fact")}


# The schema.


async def test_a_new_file_has_the_newest_schema(tmp_path: Path) -> None:
    path = tmp_path / "userbot.db"
    await made(path)
    assert value(path, "PRAGMA user_version") == migrations()[-1][0]
    assert value(path, "PRAGMA journal_mode") == "wal"
    assert {"peer", "delivery", "sending", "notice"} <= {name for name, _ in schema(path)}


def test_migrations_have_a_number_each_and_no_statement_is_cut_off() -> None:
    numbers = [number for number, _ in migrations()]
    assert numbers == sorted(set(numbers))
    for _, script in migrations():
        assert "".join(module._statements(script)).strip() == script.strip()


async def test_each_migration_is_applied_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "userbot.db"
    await made(path)
    monkeypatch.setattr(module, "migrations", lambda: [*migrations(), *LATER])
    for _ in range(3):
        await made(path)
    assert value(path, "SELECT count(*) FROM extra") == 1
    assert value(path, "SELECT word FROM extra") == "a;b"
    assert value(path, "PRAGMA user_version") == NOW + 2


async def test_a_migrated_schema_equals_a_fresh_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = [*migrations(), *LATER]
    for upto in range(1, len(scripts) + 1):
        monkeypatch.setattr(module, "migrations", lambda upto=upto: scripts[:upto])
        await made(tmp_path / "migrated.db")
    await made(tmp_path / "fresh.db")
    assert schema(tmp_path / "migrated.db") == schema(tmp_path / "fresh.db")


async def test_a_copy_is_kept_as_it_was_before_a_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "userbot.db"
    path.touch(mode=0o600)
    async with opened(path) as database:
        await remember(database, "old")
        before = schema(path)
        # The old program still has it open, so what it wrote last is in the WAL alone.
        monkeypatch.setattr(module, "migrations", lambda: [*migrations(), *LATER])
        await made(path)
    copy = tmp_path / f"userbot.v{NOW}.bak"
    assert schema(copy) == before
    assert value(copy, "SELECT name FROM fact") == "old"
    assert value(copy, "PRAGMA user_version") == NOW
    assert copy.stat().st_mode & 0o777 == 0o600


async def test_no_copy_without_a_migration(tmp_path: Path) -> None:
    for _ in range(2):
        await made(tmp_path / "userbot.db")
    assert not list(tmp_path.glob("*.bak"))


async def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "userbot.db"
    await made(path)
    before = schema(path)
    broken = (NOW + 1, "CREATE TABLE half (id INTEGER) STRICT;\nINSERT INTO nowhere VALUES (1);\n")
    monkeypatch.setattr(module, "migrations", lambda: [*migrations(), broken])
    with pytest.raises(StoreError, match="nowhere"):
        await Database.open(path)
    assert schema(path) == before
    assert value(path, "PRAGMA user_version") == NOW


async def test_of_several_who_migrate_at_once_one_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update, somebody may look with one command while another starts."""
    path = tmp_path / "userbot.db"
    await made(path)
    monkeypatch.setattr(module, "migrations", lambda: [*migrations(), *LATER])
    await asyncio.gather(*(made(path) for _ in range(4)))
    assert value(path, "SELECT count(*) FROM extra") == 1
    assert value(path, "PRAGMA user_version") == NOW + 2


# Files that cannot be used.


async def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "userbot.db"
    await made(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreError, match="newer version of userbot: update the program"):
        await Database.open(path)
    assert value(path, "PRAGMA user_version") == 999


@pytest.mark.parametrize(
    "content",
    [b"this is no database, but somebody's letter" * 100, bytes(range(256)) * 32, b"SQLite format 3\0" + b"?" * 4080],
)
async def test_a_damaged_file_is_refused_and_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "userbot.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"userbot\.db is damaged .* Nothing was changed"):
        await Database.open(path)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["userbot.db"]


async def test_damage_inside_is_said_when_it_is_met(tmp_path: Path) -> None:
    path = tmp_path / "userbot.db"
    async with opened(path) as database:
        await remember(database, *(f"{number:0100}" for number in range(500)))
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="malformed"):
        async with opened(path) as database:
            await names(database)


async def test_a_place_where_no_file_can_be_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"missing/userbot\.db cannot be opened"):
        await Database.open(tmp_path / "missing" / "userbot.db")


async def test_a_python_with_an_old_sqlite_is_refused_before_it_breaks_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 37, 2))
    with pytest.raises(StoreError, match=r"3\.38 or newer is needed"):
        await Database.open(tmp_path / "userbot.db")
    assert not list(tmp_path.iterdir())


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
