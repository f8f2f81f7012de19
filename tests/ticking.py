"""Lets the time of a test pass by itself, a thousand times as fast as outside."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.office import HandClock

TICK = 0.005
"""Seconds outside between two ticks: enough for a call to come back over the embedded Telegram."""


@asynccontextmanager
async def ticking(clock: HandClock, seconds: float = 5.0) -> AsyncIterator[None]:
    """Move the clock on by so many seconds at every tick."""

    async def tick() -> None:
        while True:
            await asyncio.sleep(TICK)
            clock.advance(seconds)

    task = asyncio.create_task(tick())
    try:
        yield
    finally:
        task.cancel()
