"""One writer for all outcomes. It takes whatever has come together while it wrote, and writes that as one group."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from userbot.core.model import DeliveryStatus
from userbot.core.ports import Clock
from userbot.core.settling import Settled
from userbot.errors import StoreError
from userbot.store import facts, journal, receipts
from userbot.store.database import Database

log = logging.getLogger(__name__)

BACKLOG = 4_096
"""With so many outcomes unwritten nobody sends: what goes out must not run ahead of the journal."""

BUSY = 16
GATHER_SECONDS = 0.04
"""After a group of so many outcomes the next ones may gather for a moment: a transaction costs the same for all."""

DAY = 86_400

RETRY_SECONDS = 5.0
"""How long a write that failed (a full disk, a lock) waits for its next try."""


class Recorder:
    """Writes outcomes into the journal. `written` is called with each group once it is there."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        heard: Mapping[int, int],
        *,
        written: Callable[[Sequence[Settled]], None],
        stuck: Callable[[str | None], None],
    ) -> None:
        """`heard` is the id of the last message of each who wrote since this process began.

        `stuck` is told why nothing can be written, and None when it can again.
        """
        self._database = database
        self._clock = clock
        self._heard = heard
        self._written = written
        self._stuck = stuck
        self._outcomes: list[Settled] = []
        self._delivered: Counter[float] = Counter()
        """Of those, by days, how many count towards the monthly limit."""
        self._waiting: list[asyncio.Future[None]] = []
        self._news = asyncio.Event()
        self._closing = asyncio.Event()
        self.failing = False

    @property
    def keeps_up(self) -> bool:
        """Whether it can take more."""
        return not self.failing and len(self._outcomes) < BACKLOG

    def note(self, settled: Sequence[Settled], *, counted: bool) -> None:
        """Take outcomes; `counted` when they count towards the monthly limit."""
        self._outcomes.extend(settled)
        if counted:
            self._delivered.update(each.at // DAY for each in settled if each.status is DeliveryStatus.SENT)
        self._news.set()

    async def caught_up(self) -> None:
        """Return once everything is written that was noted until now."""
        self._waiting.append(reached := asyncio.get_running_loop().create_future())
        self._news.set()
        await reached

    async def run(self) -> None:
        """Write until `close`, and then what is left."""
        while not (self._closing.is_set() and not self._outcomes):
            await self._news.wait()
            self._news.clear()
            group, self._outcomes = self._outcomes, []
            delivered, self._delivered = self._delivered, Counter()
            waiting, self._waiting = self._waiting, []
            if group and await self._write_whatever_it_takes(group, delivered):
                self._written(group)
            for reached in waiting:
                if not reached.done():
                    reached.set_result(None)
            if len(group) >= BUSY:
                await asyncio.sleep(GATHER_SECONDS)

    def close(self) -> None:
        """Let `run` end once everything is written."""
        self._closing.set()
        self._news.set()

    async def _write_whatever_it_takes(self, group: Sequence[Settled], delivered: Mapping[float, int]) -> bool:
        """Whether it is written in the end.

        What is not, at a close, is sent again after the next start, with the same random ids.
        """
        while True:
            try:
                await self._write(group, delivered)
            except StoreError as error:
                log.warning("outcomes cannot be written: %s", error)
                if not self.failing:
                    self.failing = True
                    self._stuck(str(error))
                if self._closing.is_set():
                    return False
                await self._clock.wait(self._closing, RETRY_SECONDS)
            else:
                if self.failing:
                    self.failing = False
                    self._stuck(None)
                return True

    async def _write(self, group: Sequence[Settled], delivered: Mapping[float, int]) -> None:
        async with self._database.transaction() as on:
            await journal.record(on, group)
            answered = [settled.delivery.peer_id for settled in group if self._is_answered(settled)]
            if answered:
                await receipts.answered_before(on, answered, self._clock.now())
            for day, messages in delivered.items():
                await facts.count_delivered(on, facts.month(day * DAY), messages)

    def _is_answered(self, settled: Settled) -> bool:
        """Whether somebody has written since they got this: the call was made again, or its answer came late."""
        delivery = settled.delivery
        wrote_id = max(delivery.wrote_id, self._heard.get(delivery.peer_id, 0))
        return settled.message_id is not None and settled.message_id < wrote_id
