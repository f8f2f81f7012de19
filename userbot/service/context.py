"""What nearly every service works with. Made once, in the composition root."""

import logging
from dataclasses import dataclass

from userbot.core import wording
from userbot.core.caps import Cap
from userbot.core.lifecycle import Event
from userbot.core.model import Sending
from userbot.core.ports import Clock, Telegram
from userbot.service.arrivals import Arrivals
from userbot.service.guard import Guard
from userbot.service.quota import Quota
from userbot.service.rate_limiter import RateLimiter
from userbot.service.voice import Voice
from userbot.store import sendings
from userbot.store.database import Connection, Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be sent: by the minute, by the month, and to one person."""

    limiter: RateLimiter
    quota: Quota
    cap: Cap | None = None
    confirm_above: int = 0
    """Recipients from which on a run wants a second word; 0 is never."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things wait, in seconds."""

    restart_delay: float
    """Until what met trouble goes on."""
    misfire_grace: float
    """By which a start or a command may be late and still count."""


@dataclass(frozen=True, slots=True)
class Context:
    """The database, the account, the time, the way to speak in the group, what the settings allow, and so on."""

    database: Database
    telegram: Telegram
    clock: Clock
    voice: Voice
    limits: Limits
    patience: Patience
    guard: Guard
    arrivals: Arrivals

    async def transit(
        self,
        on: Connection,
        number: int,
        event: Event,
        *,
        by: int | None = None,
        hold: str | None = None,
        resume_at: float | None = None,
    ) -> Sending:
        """Let an event happen to a sending, with a line in the log once it is written; `by` is whoever asked for it.

        Raises IllegalTransitionError.
        """
        sending = await sendings.transit(on, number, event, self.clock.now(), hold=hold, resume_at=resume_at)
        whose = f" by {by}" if by is not None else ""
        why = f" ({' '.join(hold.split())})" if hold is not None else ""
        line = f"sid{number}: {event}{whose}{why}, {sending.status} now, {wording.counts(sending)}"
        self.database.afterwards(lambda: log.info(line))
        return sending
