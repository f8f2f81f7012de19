"""The recorder: everything is written once, in groups, whatever happens to the database meanwhile."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.office import HandClock
from tests.store.making import NOW, all_due, known, opened, running, somebody_writing
from userbot.core.delivery import LOST, Outcome, Refused, Sent
from userbot.core.figures import Counts
from userbot.core.model import Delivery, DeliveryStatus
from userbot.core.settling import Settled, left_out, settle
from userbot.core.timing import Now
from userbot.service.recorder import BACKLOG, BUSY, RETRY_SECONDS, Recorder
from userbot.store import database as database_module, facts
from userbot.store.database import Database

SENT = Sent(5)
PATIENCE = 60  # seconds a test waits for what must happen


@pytest.fixture
async def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.01)
    async with opened(tmp_path / "userbot.db") as database:
        yield database


class Witness:
    """Hears what the recorder says."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.groups: list[Sequence[Settled]] = []
        self.complaints: list[str | None] = []
        self.heard = asyncio.Event()
        self.clock = HandClock(NOW)
        self.recorder = Recorder(database, self.clock, {}, written=self.written, stuck=self.stuck)

    def written(self, group: Sequence[Settled]) -> None:
        with closing(sqlite3.connect(self.database.path)) as other:
            for settled in group:
                place = (settled.delivery.sending_id, settled.delivery.peer_id, settled.delivery.step)
                sql = "SELECT status, tries FROM delivery WHERE (sending_id, peer_id, step) = (?, ?, ?)"
                assert other.execute(sql, place).fetchone() == (settled.status, 1), "it is not there yet"
        self.groups.append(group)
        self.heard.set()

    def stuck(self, why: str | None) -> None:
        self.complaints.append(why)
        self.heard.set()

    def note(self, delivery: Delivery, outcome: Outcome = SENT, now: float = NOW, *, counted: bool = True) -> None:
        settled = settle(delivery, outcome, now=now, times=[Now()])
        assert settled is not None
        self.recorder.note([settled], counted=counted)

    async def hears(self) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.heard.wait()
        self.heard.clear()

    @asynccontextmanager
    async def recording(self) -> AsyncIterator[None]:
        """The recorder at work; afterwards it is closed and has ended."""
        run = asyncio.create_task(self.recorder.run())
        try:
            yield
        finally:
            self.recorder.close()
            async with asyncio.timeout(PATIENCE):
                await run


@pytest.fixture
def witness(database: Database) -> Witness:
    return Witness(database)


async def test_what_comes_together_is_written_together(database: Database, witness: Witness) -> None:
    due = await all_due(database, await running(database, range(1, 8)))
    async with witness.recording():
        async with database.transaction():
            witness.note(due[0])
            await asyncio.sleep(0.01)  # the first is in the recorder's hands and waits for its turn
            for delivery in due[1:]:
                witness.note(delivery)
        await witness.hears()
        if len(witness.groups) < 2:
            await witness.hears()
    assert [[each.delivery for each in group] for group in witness.groups] == [due[:1], due[1:]]


async def test_everything_is_counted_once(database: Database, witness: Witness) -> None:
    sending = await running(database, range(1, 6))
    due = await all_due(database, sending)
    async with witness.recording():
        witness.note(due[0])
        witness.note(due[1], Refused("USER_IS_BOT"))
        witness.note(due[2], LOST)
        witness.recorder.note([left_out(due[3], "gone", NOW)], counted=True)
        await witness.hears()
        witness.note(due[4])
    assert (await known(database.reader, sending.id)).counts == Counts(5, sent=2, failed=1, skipped=1)
    assert await facts.delivered(database.reader, facts.month(NOW)) == 2
    assert not witness.complaints


async def test_only_what_counts_and_was_sent_counts_for_the_month_it_was_sent_in(
    database: Database, witness: Witness
) -> None:
    due = await all_due(database, await running(database, range(1, 7)))
    turn = datetime(2026, 12, 1, tzinfo=UTC).timestamp()
    async with witness.recording():
        for delivery, moment in zip(due, (turn - 0.5, turn, turn + 1, turn + 2), strict=False):
            witness.note(delivery, now=moment)
        witness.note(due[4], counted=False)
        witness.note(due[5], Refused("USER_IS_BOT"))
    assert await facts.delivered(database.reader, "2026-11") == 1
    assert await facts.delivered(database.reader, "2026-12") == 3


async def test_it_goes_on_when_the_database_can_be_written_again(database: Database, witness: Witness) -> None:
    sending = await running(database, range(1, 4))
    due = await all_due(database, sending)
    async with witness.recording():
        with somebody_writing(database.path):
            witness.note(due[0])
            await witness.hears()
            assert not witness.recorder.keeps_up
            witness.note(due[1])
            for _ in range(3):
                witness.clock.advance(RETRY_SECONDS)
                await asyncio.sleep(0.03)
            assert not witness.groups
        witness.clock.advance(RETRY_SECONDS)
        while witness.recorder.failing:
            await witness.hears()
        witness.note(due[2])
    assert len(witness.complaints) == 2
    assert "locked" in (witness.complaints[0] or "")
    assert witness.complaints[1] is None
    assert witness.recorder.keeps_up
    assert (await known(database.reader, sending.id)).counts == Counts(3, sent=3)


async def test_close_writes_the_rest(database: Database, witness: Witness) -> None:
    sending = await running(database, range(1, 101))
    async with witness.recording():
        for delivery in await all_due(database, sending):
            witness.note(delivery)
    assert (await known(database.reader, sending.id)).counts == Counts(100, sent=100)
    assert sum(map(len, witness.groups)) == 100


async def test_close_does_not_wait_for_a_database_that_cannot_be_written(database: Database, witness: Witness) -> None:
    """What is not written is still pending: the next start sends it again with the same random id."""
    sending = await running(database, range(1, 4))
    due = await all_due(database, sending)
    with somebody_writing(database.path):
        async with witness.recording():
            witness.note(due[0])
            await witness.hears()
            witness.note(due[1])
    assert not witness.groups
    assert await all_due(database, sending) == due


async def test_close_without_anything_to_write_ends_at_once(witness: Witness) -> None:
    async with witness.recording():
        pass
    assert not witness.groups


async def test_nobody_may_run_far_ahead_of_the_journal(database: Database, witness: Witness) -> None:
    due = await all_due(database, await running(database, range(1, BACKLOG + 2)))
    for delivery in due[: BACKLOG - 1]:
        witness.note(delivery)
    assert witness.recorder.keeps_up
    witness.note(due[BACKLOG - 1])
    assert not witness.recorder.keeps_up
    async with witness.recording():
        await witness.hears()
        assert witness.recorder.keeps_up
        witness.note(due[BACKLOG])
    assert sum(map(len, witness.groups)) == BACKLOG + 1


async def test_after_a_large_group_the_next_ones_may_gather(database: Database, witness: Witness) -> None:
    due = await all_due(database, await running(database, range(1, BUSY + 5)))
    async with witness.recording():
        for delivery in due[:BUSY]:
            witness.note(delivery)
        await witness.hears()
        for delivery in due[BUSY:]:
            witness.note(delivery)
            await asyncio.sleep(0)
    assert [len(group) for group in witness.groups] == [BUSY, 4]
    assert {each.status for group in witness.groups for each in group} == {DeliveryStatus.SENT}
