"""Trouble that passes: sending goes on by itself where it stopped, nothing twice, and General hears of it once."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.office import HandClock, Office, office, until
from tests.ticking import ticking
from userbot.core.congestion import LARGEST
from userbot.core.model import DeliveryStatus
from userbot.service.recorder import BACKLOG
from userbot.store.place import DATABASE
from userbot.telegram import calls
from userbot.telegram.client import Session

WARNING = "⚠ Sending rests"
ALL_CLEAR = "✔ Sending goes on"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An outage is noticed after a second, not after ten."""
    monkeypatch.setattr(calls, "ANSWER_SECONDS", 1.0)
    monkeypatch.setattr("userbot.store.database.BUSY_SECONDS", 0.2)


async def begin(team: Office, customers: int = 300) -> None:
    """Get a mailing under way, slowly enough to be met in the middle."""
    team.customers(customers)
    await team.open()
    message = team.say("News")
    team.telegram.latency(0.1)
    await team.ask("/send all", reply_to=message)
    await until(lambda: len(team.sent()) > customers / 10)


async def finished(team: Office, customers: int = 300) -> None:
    """It comes to its end, and everybody got it once."""
    await team.notice(f"Finished. {customers:,} sent.")
    assert len({line.peer for line in team.sent()}) == len(team.sent()) == customers
    assert {row["status"] for row in team.report_rows("Finished")} == {"sent"}


async def at_rest(team: Office) -> int:
    """Wait until what was in flight has come back and nothing more goes out; returns how much has gone out by then."""
    before, now = -1, len(team.sent())
    while before != now:
        await asyncio.sleep(0.3)
        before, now = now, len(team.sent())
    return now


def chains(team: Office) -> dict[int, list[int | None]]:
    """What everybody got, in order."""
    got: dict[int, list[int | None]] = {}
    for line in team.sent():
        got.setdefault(line.peer, []).append(line.source)
    return got


def times_said(team: Office, words: str) -> int:
    return sum(words in text for text in team.said())


async def test_an_hour_without_a_network(slow: Office, clock: HandClock) -> None:
    await begin(slow)
    await slow.telegram.go_away()
    began = clock.now()
    async with ticking(clock, seconds=20):
        await until(lambda: clock.now() > began + 3600)
        went_out = len(slow.sent())
        await slow.telegram.come_back()
        await finished(slow)
        await slow.notice(ALL_CLEAR)
    assert went_out < 300
    assert (times_said(slow, WARNING), times_said(slow, ALL_CLEAR)) == (1, 1)


async def test_storms_of_server_errors_are_one_trouble(slow: Office, clock: HandClock) -> None:
    await begin(slow)
    async with ticking(clock, seconds=1):
        for _ in range(4):
            slow.telegram.refuse("INTERNAL", 500, times=40)
            await until(lambda: not slow.telegram.world.faults.orders)
        await finished(slow)
        await slow.notice(ALL_CLEAR)
    assert (times_said(slow, WARNING), times_said(slow, ALL_CLEAR)) == (1, 1)


@asynccontextmanager
async def full_disk() -> AsyncIterator[None]:
    """No file of this process can grow beyond a page."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@asynccontextmanager
async def locked(database: Path) -> AsyncIterator[None]:
    """Another process writes into the database and does not come to an end."""
    with closing(sqlite3.connect(database, isolation_level=None, timeout=0)) as other:
        while not other.in_transaction:
            with suppress(sqlite3.OperationalError):
                other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(0.001)
        yield


@pytest.mark.parametrize("trouble", ["full disk", "lock"])
async def test_nothing_runs_ahead_of_a_journal_that_cannot_be_written(
    slow: Office, clock: HandClock, trouble: str
) -> None:
    await begin(slow, customers=1500)
    path = slow.settings().data_dir / DATABASE
    async with full_disk() if trouble == "full disk" else locked(path):
        notice = await slow.notice(WARNING)
        assert "The database cannot be used now" in notice
        stopped_at = await at_rest(slow)
        written_down = sum(status is DeliveryStatus.SENT for _, _, status, _ in slow.journal(1))
        assert stopped_at - written_down <= BACKLOG + LARGEST
        clock.advance(60)
        assert await at_rest(slow) == stopped_at < 1500
    async with ticking(clock, seconds=1):
        await finished(slow, 1500)
        await slow.notice(ALL_CLEAR)
    assert (times_said(slow, WARNING), times_said(slow, ALL_CLEAR)) == (1, 1)


async def test_a_command_given_while_the_disk_is_full_is_carried_out_later(slow: Office, clock: HandClock) -> None:
    [customer] = slow.customers(1)
    await slow.open()
    message = slow.say("News")
    async with full_disk():
        command = slow.say(f"/send list {customer}", reply_to=message)
        clock.advance(60)
    async with ticking(clock, seconds=1):
        await slow.answer(command)
        await finished(slow, 1)


class SetClock(HandClock):
    """A clock that somebody sets: what it shows jumps, the time that passes does not."""

    offset = 0.0

    def now(self) -> float:
        return self._now + self.offset

    def monotonic(self) -> float:
        return self._now

    def set_by(self, seconds: float) -> None:
        self.offset += seconds
        self.advance(0)


@pytest.mark.parametrize("jump", [-1800.0, 1800.0])
async def test_a_clock_that_is_set_sends_nothing_twice_and_leaves_nothing_out(
    tmp_path: Path, keys: Path, jump: float
) -> None:
    clock = SetClock()
    async with office(tmp_path, keys, clock) as team:
        customers = team.customers(50)
        await team.open()
        first, second = await team.template("chain", "now", "10m")
        await team.ask("/send all chain")
        await team.written_down(1, 50)
        clock.set_by(jump)
        async with ticking(clock, seconds=20):
            await team.notice("Finished. 100 sent.")
        assert chains(team) == {each: [first, second] for each in customers}


async def test_a_clock_set_back_in_mid_run_stops_nothing_and_hurries_nothing(tmp_path: Path, keys: Path) -> None:
    clock = SetClock()
    async with office(tmp_path, keys, clock) as team:
        customers = team.customers(600)  # more than are read at once
        await team.open()
        first, second = await team.template("chain", "now", "20m")
        team.telegram.latency(0.1)
        await team.ask("/send all chain")
        await until(lambda: len(team.sent()) > 100)
        clock.set_by(-3600)
        team.telegram.latency(0)
        await team.written_down(1, 600)
        clock.advance(1199)
        assert "600 sent" in await team.ask("/send sid1")
        async with ticking(clock, seconds=20):
            await team.notice("Finished. 1,200 sent.")
        assert chains(team) == {each: [first, second] for each in customers}


async def test_a_connection_that_ends_for_good_is_opened_anew(
    slow: Office, clock: HandClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Telethon hangs up when it cannot write its session file; the session itself is as good as before."""
    await begin(slow)

    def fail(session: Session, _: Any) -> None:
        monkeypatch.undo()
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Session, "process_entities", fail)
    async with ticking(clock):
        await finished(slow)
    assert "it begins anew" in caplog.text
    assert times_said(slow, "began anew") == 1
