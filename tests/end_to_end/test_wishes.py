"""What is asked for where the program runs is done once, whenever it is read, and never long after it was asked for."""

import asyncio
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.office import HandClock, Office, until
from tests.torture.scene import Scene, scene
from userbot.store import wishes
from userbot.store.place import DATABASE, opened


async def wish(team: Office, command: str, ago: float = 0.0) -> None:
    """As another process writes it."""
    async with opened(team.settings()) as database, database.transaction() as on:
        await wishes.make(on, command, team.clock.now() - ago)


async def done(team: Office) -> bool:
    async with opened(team.settings()) as database:
        return not await wishes.waiting(database.reader)


def asked(team: Office) -> list[str]:
    return [each.splitlines()[0] for each in team.said() if "Asked for where userbot runs" in each]


async def test_it_is_done_once_after_a_restart(slow: Office, clock: HandClock) -> None:
    slow.customers(3)
    await slow.open()
    await slow.ask("/send all 1d", reply_to=slow.say("An offer"))
    await slow.close()
    for command in ("/send sid1 del", "/send sid1 del", "/send sid1 stop", "/send sid9 stop", "/send all", "rubbish"):
        await wish(slow, command)
    await slow.open()
    await until(lambda: asked(slow))
    assert asked(slow) == ["sid1: “An offer” to all customers. Cancelled."]
    while not await done(slow):
        clock.advance(1)
    await slow.close()
    await slow.open()
    assert asked(slow) == ["sid1: “An offer” to all customers. Cancelled."]


async def test_what_was_asked_for_long_ago_is_not_done(slow: Office) -> None:
    slow.customers(3)
    await slow.open()
    await slow.ask("/send all 1d", reply_to=slow.say("An offer"))
    await slow.close()
    await wish(slow, "/send sid1 del", ago=7200)
    await slow.open()
    while not await done(slow):
        pass
    assert asked(slow) == []
    assert "Awaits" in await slow.ask("/send sid1")


def change(at: Scene, *statements: str) -> None:
    """Write into the database beside the program. Raises OperationalError when it holds it for a second."""
    with closing(sqlite3.connect(at.folder / "data" / DATABASE, timeout=1)) as database, database:
        for each in statements:
            database.execute(each)


async def stuck(at: Scene) -> None:
    """Wait until the program is in the middle of a transaction that does not end."""
    with suppress(sqlite3.OperationalError):  # that it is locked
        while True:
            await asyncio.to_thread(change, at, "UPDATE wish SET id = id")


async def unsaid(at: Scene) -> None:
    """Wait until it is done and not yet said."""
    while at.look("SELECT 1 FROM wish"):
        await asyncio.sleep(0.02)


ENDLESS = (
    "CREATE TABLE scrap AS SELECT value FROM json_each(json_array(1, 2, 3, 4, 5, 6, 7, 8, 9))",
    "CREATE TRIGGER endless AFTER UPDATE OF status ON sending BEGIN SELECT count(*) FROM "
    + ", ".join(f"scrap AS s{number}" for number in range(20))
    + "; END",
)


@pytest.mark.parametrize(("command", "status"), [("pause", "paused"), ("stop", "stopped")])
async def test_it_is_done_once_whenever_the_program_is_killed(tmp_path: Path, command: str, status: str) -> None:
    """In the middle of doing it, and once it is done and before it is said."""
    async with asyncio.timeout(120), scene(tmp_path, 5, contrary=False, RATE_PER_MINUTE="1") as at:
        await at.program.start()
        await at.program.ready()
        await at.ask("/send all", reply_to=await at.say("An offer"))
        await at.written_down(1)
        change(at, *ENDLESS, f"INSERT INTO wish (command, asked_at) VALUES ('/send sid1 {command}', unixepoch())")
        await stuck(at)
        await at.program.kill()
        assert at.look("SELECT status FROM sending") == [("running",)]
        change(at, "DROP TRIGGER endless", "DROP TABLE scrap")
        await at.telegram.call("refuse", error="FLOOD_WAIT_1", code=420, times=None, method="messages.sendMessage")
        await at.program.start()
        await unsaid(at)
        await at.program.kill()
        assert at.look("SELECT status FROM sending") == [(status,)]
        await at.telegram.call("clear_faults")
        await at.program.start()
        await at.notice("Asked for where userbot runs")
        await at.ask("/send sid1")
        assert sum("Asked for where userbot runs" in each["text"] for each in await at.notices()) == 1
