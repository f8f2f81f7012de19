"""The desk as a service: takes down what is new, and works through the lanes of all dialogs at once."""

import asyncio
import logging

from userbot.core.desk import Side
from userbot.core.settling import retry_delay
from userbot.errors import StoreError
from userbot.service.context import Context
from userbot.service.customers import Customers
from userbot.service.desk.gate import Gate
from userbot.service.desk.intake import Intake
from userbot.service.desk.inward import Inward
from userbot.service.desk.lane import Desktop, Mailings
from userbot.service.desk.outward import Outward
from userbot.service.desk.topics import Topics
from userbot.store import desk, facts

log = logging.getLogger(__name__)


class Desk:
    """Customers' dialogs and their topics."""

    def __init__(self, context: Context, customers: Customers, mailings: Mailings) -> None:
        self._context = context
        self._customers = customers
        self._mailings = mailings
        self._database = context.database
        self._clock = context.clock
        intake = Intake(context.telegram, context.clock.now, lambda: self._database.afterwards(self._look))
        self.note = intake.note
        self._more = asyncio.Event()
        self._busy: set[tuple[int, Side]] = set()

    def _look(self) -> None:
        self._more.set()

    async def run(self) -> None:
        """Work until cancelled."""
        async with self._database.transaction() as on:
            seed = await facts.seed(on, facts.DESK)
        topics = Topics(self._context, seed)
        now = self._clock.now()
        shows, changes = Gate(self._clock), Gate(self._clock)
        desktop = Desktop(self._context, self._customers, topics, self._mailings, seed, now, shows, changes)
        sides: dict[Side, Inward | Outward] = {Side.DIALOG: Inward(desktop), Side.TOPIC: Outward(desktop)}
        self._busy.clear()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(topics.run())
            while True:
                self._more.clear()
                for peer_id, side in await desk.waiting(self._database.reader):
                    if (peer_id, side) not in self._busy:
                        self._busy.add((peer_id, side))
                        tasks.create_task(self._work(peer_id, side, sides[side]))
                await self._more.wait()

    async def _work(self, peer_id: int, side: Side, lane: Inward | Outward) -> None:
        """Work through one lane until it is empty. What fails inside is tried again, and holds up no other."""
        failures = 0
        try:
            while items := await desk.head(self._database.reader, peer_id, side):
                try:
                    await lane.do(items)
                    failures = 0
                except Exception as error:
                    log.log(logging.WARNING if isinstance(error, StoreError) else logging.ERROR, "desk", exc_info=error)
                    await self._clock.wait(asyncio.Event(), retry_delay(failures))
                    failures += 1
        finally:
            self._busy.discard((peer_id, side))
            self._look()
