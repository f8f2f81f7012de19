"""`userbot doctor` finds what is wrong on this machine: names it, says what to do, and ends with 1."""

import os
import shutil
import socket
import sqlite3
import time
from contextlib import closing

import pytest

from tests.cli.conftest import Shop
from tests.cli.doctor.examining import change, examined, mentioned, written, wrong
from userbot.cli import doctor as examination
from userbot.core.model import Audience
from userbot.locks import alone
from userbot.store import facts, sendings
from userbot.store.place import DATA_LOCK
from userbot.telegram.client import SESSION

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_where_nothing_is_wrong(logged_in: Shop) -> None:
    async with written(logged_in):
        pass
    code, findings = await examined(logged_in)
    assert (code, {each[0] for each in findings}) == (0, {"✓"})
    for word in (
        "settings",
        "session",
        "alone",
        "disk",
        "database",
        "logged in",
        "clock",
        "write",
        "topics",
        "SpamBot",
    ):
        assert any(word in each for each in findings)


# Settings, files, and this machine.


async def test_before_anything_is_done(shop: Shop) -> None:
    assert await wrong(shop) == f"There is no session sessions/{SESSION}. | Run: userbot login"
    assert sorted(each.name for each in shop.shell.folder.iterdir()) == [".env"]


async def test_settings_that_are_wrong(shop: Shop) -> None:
    change(shop, RATE_PER_MINUTE="fast", API_HASH="short")
    code, findings = await examined(shop)
    assert (code, [each.split()[:2] for each in findings]) == (1, [["✗", "API_HASH"], ["✗", "RATE_PER_MINUTE"]])


async def test_a_folder_that_is_none_of_userbots(shop: Shop) -> None:
    (shop.shell.folder / ".env").unlink()
    code, findings = await examined(shop)
    assert (code, "userbot init makes one" in findings[-1]) == (1, True)


async def test_a_setting_that_is_misspelt(logged_in: Shop) -> None:
    change(logged_in, MONTHLY_LIMT=5, OTHER_PROGRAM=1)
    assert await wrong(logged_in) == ".env sets MONTHLY_LIMT, which is no setting. | Is MONTHLY_LIMIT meant? Rename it."


@pytest.mark.parametrize(
    "name", [".env", "sessions", "data", f"sessions/{SESSION}", "data/userbot.db", "data/userbot.log"]
)
async def test_what_others_may_read(logged_in: Shop, name: str) -> None:
    async with written(logged_in):
        (logged_in.shell.folder / "data" / "userbot.log").touch(0o600)
    path = logged_in.shell.folder / name
    right = path.stat().st_mode & 0o777
    path.chmod(right | 0o044)
    said = f"{name} has the rights {right | 0o044:o}: others may read it. | Run: chmod {right:o} {name}"
    assert await wrong(logged_in) == said


async def test_a_folder_that_cannot_be_written(logged_in: Shop) -> None:
    (logged_in.shell.folder / "file").touch()
    change(logged_in, DATA_DIR="file/data")
    assert (await wrong(logged_in)).startswith("file/data cannot be written: file is not this user's, or no folder. |")


async def test_a_disk_that_is_nearly_full(logged_in: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "ENOUGH_DISK", shutil.disk_usage("/").total)
    assert "GB of disk are free for data. | Make room: a full disk stops every sending." in await wrong(logged_in)


async def test_a_port_that_another_program_has(logged_in: Shop) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        change(logged_in, METRICS=f"127.0.0.1:{port}")
        said = f"METRICS: 127.0.0.1:{port} cannot be listened on: Address already in use."
        assert (await wrong(logged_in)).startswith(said)
    code, findings = await examined(logged_in)
    assert (code, "✓ METRICS: the figures can be served there." in findings) == (0, True)


# The database, and what waits in it.


async def test_a_database_that_is_none(logged_in: Shop) -> None:
    folder = logged_in.shell.folder / "data"
    folder.mkdir(0o700)
    (folder / "userbot.db").touch(0o600)
    (folder / "userbot.db").write_bytes(b"nothing" * 1000)
    assert "data/userbot.db is damaged (file is not a database). Nothing was changed: move" in await wrong(logged_in)


async def test_a_database_that_is_damaged_within(logged_in: Shop) -> None:
    async with written(logged_in) as on:
        await facts.remember(on, "large", "x" * 100_000)
    path = logged_in.shell.folder / "data" / "userbot.db"
    with closing(sqlite3.connect(path)) as database:
        [[page]] = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sending_open'").fetchall()
        [[size]] = database.execute("PRAGMA page_size").fetchall()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    said = await wrong(logged_in)
    assert said.startswith("The database is damaged: ")
    assert said.endswith(" | Stop userbot and put a backup in its place.")


async def test_a_database_of_a_newer_version(logged_in: Shop) -> None:
    async with written(logged_in):
        pass
    with closing(sqlite3.connect(logged_in.shell.folder / "data" / "userbot.db")) as database:
        database.execute("PRAGMA user_version = 9999")
    assert "was written by a newer version of userbot: update the program" in await wrong(logged_in)


async def test_a_database_of_another_account(logged_in: Shop) -> None:
    async with written(logged_in) as on:
        await facts.remember(on, "owner", {"account": 1, "group": -1002})
    assert "belongs to account 1 in group -1002, and this is account" in await wrong(logged_in)


async def test_a_sending_that_nobody_looks_after(logged_in: Shop) -> None:
    now = time.time()
    async with written(logged_in) as on:
        await sendings.order(
            on,
            audience=Audience.ALL,
            what="News",
            topic=1,
            ordered_by=1,
            orderer="Boss",
            now=now,
            start_at=now,
            seed=b"-",
        )
    assert await wrong(logged_in) == "userbot run is not running. sid1 waits for it. | Run: userbot run"


async def test_a_program_that_is_stuck(logged_in: Shop) -> None:
    async with written(logged_in):
        pass
    data = logged_in.shell.folder / "data"
    with alone(data, "the data in", lock=DATA_LOCK):
        os.utime(data / DATA_LOCK, (0, 0))
        said = await wrong(logged_in)
    assert said.startswith("userbot run has written nothing for ")
    assert said.endswith(" | End it and start it again; data/userbot.log says what it did last.")


async def test_a_pause_that_telegram_asks_for(logged_in: Shop) -> None:
    async with written(logged_in) as on:
        await facts.remember(on, "pace", {"saved_at": time.time(), "flood_left": 300})
    assert (await mentioned(logged_in)).startswith("Telegram asks for a pause until 20")


async def test_a_month_that_is_used_up(logged_in: Shop) -> None:
    async with written(logged_in) as on:
        await facts.count_delivered(on, facts.month(time.time()), 500)
    assert (await mentioned(logged_in)).startswith("This month's 500 messages are used up (MONTHLY_LIMIT): ")
