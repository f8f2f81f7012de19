"""The rate limiter: keeps the account's pace, learns from what calls bring, and remembers across restarts."""

import asyncio
import logging
import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from userbot.core import pacing, timing
from userbot.core.acts import Act
from userbot.core.delivery import Meaning, Outcome, Sent
from userbot.core.model import Sending, Step
from userbot.core.ports import Clock
from userbot.core.prospect import Prospect
from userbot.core.quiet_hours import QuietHours
from userbot.core.settling import TOGETHER
from userbot.errors import StoreError
from userbot.store import facts
from userbot.store.database import Database

log = logging.getLogger(__name__)

REMEMBER_SECONDS = 10.0
"""How often the pace is remembered while nothing special happens: what a kill loses has to be climbed again."""

PACE = "pace"
"""The fact that holds what was learnt: the fields of `pacing.Learnt`, and when it was taken, `saved_at` in Unix
seconds. Together they say until when Telegram asks for a pause, and what is left of the window now."""


class RateLimiter:
    """The pace of the account over time. `core.pacing` holds the rules."""

    def __init__(
        self, database: Database, clock: Clock, ceiling: float | None, hours: QuietHours | None = None
    ) -> None:
        """`ceiling` is in messages a second, None for none; in `hours` mailings rest."""
        self.hours = hours
        self.pace = pacing.fresh(ceiling, clock.monotonic())
        self.floods = 0
        """Flood waits since the start …"""
        self.flood_seconds = 0
        """… and what they asked for in all."""
        self._database = database
        self._clock = clock
        self._ceiling = ceiling
        self._flooded = asyncio.Event()
        self._told_until = -math.inf

    def prospect(self, sending: Sending, steps: Sequence[Step]) -> Prospect:
        """What can be hoped for of a sending; one to a single person does not wait for the pace."""
        times, start = [step.time for step in steps], sending.started_at or sending.start_at
        if sending.urgent:
            return Prospect(chain=timing.chain_seconds(times, start))
        if not sending.sends:
            together = TOGETHER if sending.act is Act.RECALL else 1
            hope = self.hope((), start, math.ceil(sending.counts.pending / together))
            return replace(hope, rate=hope.rate and hope.rate * together, hours=None)
        return self.hope(times, start, sending.counts.pending)

    def hope(self, times: Sequence[timing.Time], start: float, messages: int) -> Prospect:
        """What can be hoped for of a mailing of so many messages in steps with these times."""
        chain = timing.chain_seconds(times, start, float if self.hours is None else self.hours.opens)
        now = self._clock.monotonic()
        rate = pacing.expected_rate(self.pace, now)
        work = pacing.expected_seconds(self.pace, messages, now)
        return Prospect(None if math.isinf(rate) else rate, work, chain, self.hours)

    @property
    def flood_until(self) -> float | None:
        """When the flood wait ends, in Unix seconds; None when there is none."""
        left = self.pace.blocked_until - self._clock.monotonic()
        return self._clock.now() + left if left > 0 else None

    @property
    def unlimited(self) -> bool:
        """Whether nothing holds calls back, once a flood wait is over."""
        return math.isinf(self.pace.rate)

    def wait(self, *, urgent: bool) -> float | None:
        """Seconds until a call may go out; None when it may now, and then it is to be `sent`."""
        moment = self._clock.monotonic()
        decision = pacing.decide(self.pace, moment, urgent=urgent)
        return decision.until - moment if isinstance(decision, pacing.Wait) else None

    def sent(self, calls: int = 1) -> None:
        """Calls go out: one, or more where the pace is unlimited."""
        self.pace = pacing.sent(self.pace, self._clock.monotonic(), calls)

    def learn(self, outcome: Outcome, calls: int = 1) -> float:
        """Take in what a call brought, or so many that succeeded.

        Returns the seconds of a flood wait that it was the first to meet, else 0.
        """
        moment = self._clock.monotonic()
        if isinstance(outcome, Sent):
            self.pace = pacing.succeeded(self.pace, moment, calls)
        elif outcome.meaning is Meaning.ACCOUNT_LATER:
            first = self.pace.out > 0
            taught = pacing.held_up if outcome.looking else pacing.flooded
            self.pace = taught(self.pace, outcome.seconds, moment)
            if moment + outcome.seconds > self._told_until + 1:
                # Calls that were in flight together meet one flood wait.
                self._told_until = moment + outcome.seconds
                log.info("Telegram asks for a pause of %s s", outcome.seconds)
            self.floods += 1
            self.flood_seconds += outcome.seconds
            self._flooded.set()
            return outcome.seconds if first else 0
        return 0

    async def restore(self) -> None:
        """Take up what earlier runs learnt, and the rest of a flood wait."""
        kept = await facts.recall(self._database.reader, PACE)
        if kept is not None:
            learnt = pacing.recalled(kept, max(0.0, self._clock.now() - kept["saved_at"]))
            self.pace = pacing.fresh(self._ceiling, self._clock.monotonic(), learnt)

    async def run(self) -> None:
        """Remember what was learnt until cancelled: at once when Telegram spoke, else now and then."""
        while True:
            await self._clock.wait(self._flooded, REMEMBER_SECONDS)
            self._flooded.clear()
            await self.save()

    async def save(self) -> None:
        """Remember now, if the database can be written."""
        kept = pacing.kept(self.pace, self._clock.monotonic())
        with suppress(StoreError):
            async with self._database.transaction() as on:
                await facts.remember(on, PACE, kept | {"saved_at": self._clock.now()})
