"""Where the database of given settings is, and who works with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from userbot.config import Settings
from userbot.store.database import Database

DATABASE = "userbot.db"

DATA_LOCK = ".data.lock"
"""In the folder of the database; whoever holds it works with it."""


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database of these settings, made when there is none."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = await Database.open(settings.data_dir / DATABASE)
    try:
        yield database
    finally:
        await database.close()
