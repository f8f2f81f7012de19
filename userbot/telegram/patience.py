"""Flood waits of calls without which nothing can begin: they are slept through."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telethon import errors

log = logging.getLogger(__name__)

T = TypeVar("T")


async def patiently(call: Callable[[], Awaitable[T]], longest: float = math.inf) -> T:
    """What a call brings, made again after every flood wait that Telegram asks for, up to `longest` seconds."""
    while True:
        try:
            return await call()
        except errors.FloodWaitError as error:
            if error.seconds > longest:
                raise
            log.info("Telegram asks for a pause of %s s", error.seconds)
            await asyncio.sleep(error.seconds + 1)
