"""A copy is consistent and whole, or there is none."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.making import opened, ordered
from userbot.errors import StoreError
from userbot.store import backup, facts
from userbot.store.backup import Contents
from userbot.store.database import Database


async def test_what_stands_in_the_wal_is_in_the_copy(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "userbot.db")
    async with database.transaction() as on:
        await facts.remember(on, "late", 1)
    assert (tmp_path / "userbot.db-wal").stat().st_size
    assert backup.make(tmp_path / "userbot.db", tmp_path / "copy") == Contents(sendings=0, customers=0)
    await database.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy", "userbot.db"]
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    restored = await Database.open(tmp_path / "copy")
    assert await facts.recall(restored.reader, "late") == 1
    await restored.close()


async def test_a_copy_made_while_somebody_writes_is_of_one_moment(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "userbot.db")
    writing = True

    async def write() -> int:
        turn = 0
        while writing or not turn:
            turn += 1
            async with database.transaction() as on:
                for name in ("one", "two"):
                    await facts.remember(on, name, turn)
        return turn

    task = asyncio.create_task(write())
    for number in range(5):
        await asyncio.to_thread(backup.make, tmp_path / "userbot.db", tmp_path / f"{number}")
    writing = False
    last = await task
    await database.close()
    seen = []
    for number in range(5):
        with closing(sqlite3.connect(tmp_path / f"{number}")) as copy:
            pairs = dict(copy.execute("SELECT name, value FROM fact"))
        assert pairs.get("one") == pairs.get("two")
        seen.append(int(pairs.get("one", 0)))
    assert seen == sorted(seen)
    assert seen[-1] <= last


async def test_what_only_the_original_may_know_is_not_in_the_copy(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "userbot.db")
    async with database.transaction() as on:
        for name in (facts.LISTENED, facts.VOICE, "pace"):
            await facts.remember(on, name, 1)
    backup.make(tmp_path / "userbot.db", tmp_path / "copy")
    assert await facts.recall(database.reader, facts.VOICE) == 1
    await database.close()
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("SELECT name FROM fact").fetchall() == [("pace",)]


async def test_a_number_given_out_after_the_copy_does_not_mean_another_sending_in_it(tmp_path: Path) -> None:
    async with opened(tmp_path / "userbot.db") as database:
        async with database.transaction() as on:
            before = await ordered(on)
        backup.make(tmp_path / "userbot.db", tmp_path / "copy")
        async with database.transaction() as on:
            later = [(await ordered(on)).id for _ in range(5)]
        assert later[0] == before.id + 1
    async with opened(tmp_path / "copy") as database, database.transaction() as on:
        assert (await ordered(on)).id == before.id + backup.LEFT_OUT + 1 > later[-1]


async def opened_and_closed(path: Path) -> None:
    await (await Database.open(path)).close()


async def test_no_copy_of_what_is_damaged(tmp_path: Path) -> None:
    source = tmp_path / "userbot.db"
    await opened_and_closed(source)
    source.write_bytes(source.read_bytes()[:-4096])
    with pytest.raises(StoreError):
        backup.make(source, tmp_path / "copy")
    assert [each.name for each in tmp_path.iterdir()] == ["userbot.db"]


async def test_no_copy_of_what_a_newer_version_wrote(tmp_path: Path) -> None:
    source = tmp_path / "userbot.db"
    await opened_and_closed(source)
    with closing(sqlite3.connect(source)) as database:
        database.execute("PRAGMA user_version = 9999")
    with pytest.raises(StoreError, match="version 9999"):
        backup.make(source, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


async def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    await opened_and_closed(tmp_path / "userbot.db")
    (tmp_path / "copy").write_text("precious")
    with pytest.raises(StoreError, match="not overwritten"):
        backup.make(tmp_path / "userbot.db", tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "precious"


@pytest.mark.parametrize(("source", "target"), [("none", "copy"), ("userbot.db", "none/copy")])
async def test_what_is_not_there(tmp_path: Path, source: str, target: str) -> None:
    await opened_and_closed(tmp_path / "userbot.db")
    with pytest.raises(StoreError, match="There is no"):
        backup.make(tmp_path / source, tmp_path / target)
