"""The rate limiter: keeps the account's pace, learns from what calls bring, and remembers across restarts."""

import asyncio
import logging
import math
from contextlib import suppress
from dataclasses import asdict

from userbot.core import pacing
from userbot.core.delivery import Meaning, Outcome, Sent
from userbot.core.ports import Clock
from userbot.errors import StoreError
from userbot.store import facts
from userbot.store.database import Database

log = logging.getLogger(__name__)

REMEMBER_SECONDS = 60.0
"""How often the pace is remembered while nothing special happens."""

_PACE = "pace"


class RateLimiter:
    """The pace of the account over time. `core.pacing` holds the rules."""

    def __init__(self, database: Database, clock: Clock, ceiling: float | None) -> None:
        """`ceiling` is in messages a second, None for none."""
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

    @property
    def expected_rate(self) -> float | None:
        """Messages a second that can be hoped for; None when nobody knows.

        Until a flood wait has shown the limit, the pace climbs towards its ceiling, so that is the best guess.
        """
        hoped = self.pace.ceiling if self.pace.burst is None else self.pace.rate
        return None if math.isinf(hoped) else hoped

    def wait(self, *, urgent: bool) -> float | None:
        """Seconds until a call may go out; None when it may now, and then it counts as handed out."""
        moment = self._clock.monotonic()
        decision = pacing.decide(self.pace, moment, urgent=urgent)
        if isinstance(decision, pacing.Wait):
            return decision.until - moment
        self.pace = pacing.sent(self.pace, moment)
        return None

    def learn(self, outcome: Outcome) -> None:
        """Take in what a call brought."""
        moment = self._clock.monotonic()
        if isinstance(outcome, Sent):
            self.pace = pacing.succeeded(self.pace, moment)
        elif outcome.meaning is Meaning.ACCOUNT_LATER:
            self.pace = pacing.flooded(self.pace, outcome.seconds, moment)
            if moment + outcome.seconds > self._told_until + 1:
                # Calls that were in flight together meet one flood wait.
                self._told_until = moment + outcome.seconds
                log.info("Telegram asks for a pause of %s s", outcome.seconds)
            self.floods += 1
            self.flood_seconds += outcome.seconds
            self._flooded.set()

    async def restore(self) -> None:
        """Take up what earlier runs learnt, and the rest of a flood wait."""
        known = await facts.recall(self._database.reader, _PACE)
        if known is not None:
            away = max(0.0, self._clock.now() - known.pop("saved_at"))
            learnt = pacing.Learnt(**known | {"flood_left": max(0.0, known["flood_left"] - away)})
            self.pace = pacing.fresh(self._ceiling, self._clock.monotonic(), learnt)

    async def run(self) -> None:
        """Remember what was learnt until cancelled: at once when Telegram spoke, else now and then."""
        while True:
            await self._clock.wait(self._flooded, REMEMBER_SECONDS)
            self._flooded.clear()
            await self.save()

    async def save(self) -> None:
        """Remember now, if the database can be written."""
        learnt = asdict(pacing.learnt(self.pace, self._clock.monotonic()))
        with suppress(StoreError):
            async with self._database.transaction() as on:
                await facts.remember(on, _PACE, learnt | {"saved_at": self._clock.now()})
