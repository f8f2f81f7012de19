"""What nearly every service works with. Made once, in the composition root."""

from dataclasses import dataclass

from userbot.core.ports import Clock, Telegram
from userbot.service.quota import Quota
from userbot.service.rate_limiter import RateLimiter
from userbot.service.voice import Voice
from userbot.store.database import Database


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be sent: by the minute and by the month."""

    limiter: RateLimiter
    quota: Quota


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things wait, in seconds."""

    restart_delay: float
    """Until what met trouble goes on."""
    misfire_grace: float
    """By which a start or a command may be late and still count."""


@dataclass(frozen=True, slots=True)
class Context:
    """The database, the account, the time, the way to say something in the group, and what the settings allow."""

    database: Database
    telegram: Telegram
    clock: Clock
    voice: Voice
    limits: Limits
    patience: Patience
