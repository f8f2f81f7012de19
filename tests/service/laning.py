"""Lanes as the sender and the recorder work with them."""

from tests.store.making import NOW, ONE_STEP
from userbot.core.delivery import Sent
from userbot.core.model import Delivery, Step
from userbot.core.settling import Settled, settle
from userbot.core.timing import Now
from userbot.service.lanes import Lanes
from userbot.store import journal
from userbot.store.database import Database

TWO_STEPS = (Step((10,), Now(), "text"), Step((11,), Now(), "text"))


async def taken(lanes: Lanes, database: Database, now: float = NOW) -> Delivery | None:
    """The next delivery, as the sender takes it."""
    lane = await lanes.next(database.reader, now)
    if lane is None:
        return None
    lanes.had_its_turn(lane)
    return lane.take()


async def written(database: Database, lanes: Lanes, settled: Settled) -> None:
    """The outcome goes into the journal and its delivery is free, as the recorder and the sender do it."""
    async with database.transaction() as on:
        await journal.record(on, [settled])
    lanes.release(settled.delivery.sending_id, [settled])


def sent(delivery: Delivery, steps: tuple[Step, ...] = ONE_STEP, now: float = NOW) -> Settled:
    settled = settle(delivery, Sent(1), now=now, times=[step.time for step in steps])
    assert settled is not None
    return settled
