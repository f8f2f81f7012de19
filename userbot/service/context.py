"""What nearly every service works with. Made once, in the composition root."""

from dataclasses import dataclass

from userbot.core.ports import Clock, Telegram
from userbot.service.voice import Voice
from userbot.store.database import Database


@dataclass(frozen=True, slots=True)
class Context:
    """The database, the account, the time, and the way to say something in the group."""

    database: Database
    telegram: Telegram
    clock: Clock
    voice: Voice
