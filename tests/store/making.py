"""Makes databases, peers and sendings for the tests of the store and of what stands on it."""

import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

from userbot.core.delivery import Outcome
from userbot.core.labels import Label
from userbot.core.lifecycle import Event
from userbot.core.model import GENERAL, Audience, Delivery, Peer, Sending, Step
from userbot.core.report import ReportRow
from userbot.core.settling import Settled, settle
from userbot.core.timing import At, Delay, Now
from userbot.store import frozen, journal, marks, peers, sendings
from userbot.store.database import Connection, Database, rows, run

NOW = 1_795_000_000.0
ONE_STEP = (Step((10,), Now(), "text"),)
TWO_STEPS = (Step((10,), Now(), "text"), Step((11, 12), Delay(60), "album"))
THREE_STEPS = (*TWO_STEPS, Step((13,), At(int(NOW) + 500), "text"))
SEED = b"seed of sixteen."


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Database]:
    """An open database that is closed in any case: aiosqlite's threads would keep the process alive."""
    database = await Database.open(path)
    try:
        yield database
    finally:
        await database.close()


@contextmanager
def somebody_writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Another process's connection in the middle of a transaction."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield other
        if other.in_transaction:
            other.execute("ROLLBACK")


def customer(peer_id: int, **changes: object) -> Peer:
    """Somebody with a dialog."""
    told = {"access_hash": peer_id * 1000 + 7, "name": f"Name {peer_id}", "has_dialog": True}
    return Peer(peer_id, **told | changes)  # type: ignore[arg-type]  # the changes are the test's


async def ordered(
    on: Connection,
    audience: Audience = Audience.ALL,
    steps: Sequence[Step] = ONE_STEP,
    *,
    to: Iterable[int] = (),
    mark: str | None = None,
    topic: int = GENERAL,
) -> Sending:
    """A sending that awaits its start."""
    number = await sendings.order(
        on,
        audience=audience,
        what="text",
        topic=topic,
        ordered_by=1,
        orderer="Boss",
        now=NOW,
        start_at=NOW,
        seed=SEED,
        mark=mark,
    )
    await sendings.put_steps(on, number, steps)
    await sendings.address(on, number, to)
    return await known(on, number)


async def labelled(on: Connection, name: str, *peer_ids: int) -> Label:
    """A label on these, made when there is none of that name."""
    if await marks.find(on, name) is None:
        await marks.create(on, name)
    label = await marks.find(on, name)
    assert label is not None
    await marks.put(on, label, peer_ids)
    return label


async def freeze(on: Connection, sending: Sending) -> dict[str, int]:
    """Write down who gets it; returns who is left out."""
    while await journal.freeze_page(on, sending, sending.start_at):
        pass
    return await counted(on, sending.id)


async def counted(on: Connection, sending_id: int) -> dict[str, int]:
    """Count what was frozen; returns who is left out."""
    found = await frozen.count(on, sending_id)
    await frozen.note(on, sending_id, found)
    while await frozen.forget_addressed(on, sending_id, 1000):
        pass
    return dict(found.left_out)


async def running(database: Database, peer_ids: Iterable[int], steps: Sequence[Step] = ONE_STEP) -> Sending:
    """A sending to these customers that has just started."""
    async with database.transaction() as on:
        ids = list(peer_ids)
        await peers.learn(on, [customer(each) for each in ids])
        sending = await ordered(on, Audience.LIST, steps, to=ids)
        await freeze(on, sending)
        return await sendings.transit(on, sending.id, Event.START, NOW)


async def known(on: Connection, number: int) -> Sending:
    """A sending as it is stored now."""
    found = await sendings.find(on, number)
    assert found is not None
    return found


async def all_due(database: Database, sending: Sending, now: float = NOW) -> list[Delivery]:
    """Everything of a sending whose time has come."""
    return await journal.due(database.reader, sending.id, now, 10_000)


async def record(database: Database, *settled: Settled | None) -> None:
    """Write outcomes down; None for one that was not really tried."""
    async with database.transaction() as on:
        await journal.record(on, [each for each in settled if each is not None])


def outcome(delivery: Delivery, what: Outcome, steps: Sequence[Step] = ONE_STEP, now: float = NOW) -> Settled:
    """What becomes of a delivery with this answer."""
    settled = settle(delivery, what, now=now, times=[step.time for step in steps])
    assert settled is not None
    return settled


async def report(database: Database, sending: Sending) -> list[ReportRow]:
    """The whole report of a sending."""
    return [each async for page in journal.report(database.reader, sending.id) for each in page]


async def remember(database: Database, *names: str) -> None:
    async with database.transaction() as on:
        for name in names:
            await run(on, "INSERT INTO fact (name, value) VALUES (?, '1')", name)


async def names(database: Database) -> set[str]:
    return {each["name"] for each in await rows(database.reader, "SELECT name FROM fact")}
