"""The file: its schema, from whatever version it comes, and what is refused."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.making import names, opened, remember
from userbot.errors import StoreError
from userbot.store import database as module
from userbot.store.database import Database, migrations

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
