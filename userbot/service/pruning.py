"""Keeps the deliveries of the last KEEP_DAYS, and every sending's figures for ever."""

import asyncio

from userbot.service.context import Context
from userbot.store import pruning

DAY = 86400.0

PAUSE = 0.2
"""Seconds between two slices."""


class Pruning:
    """Removes what is old, once a day."""

    def __init__(self, context: Context, keep_days: int) -> None:
        self._database = context.database
        self._clock = context.clock
        self._keep = keep_days * DAY

    async def run(self) -> None:
        """Prune until cancelled."""
        while True:
            while await self._prune():
                await self._clock.wait(asyncio.Event(), PAUSE)
            await self._clock.wait(asyncio.Event(), DAY)

    async def _prune(self) -> bool:
        async with self._database.transaction() as on:
            return await pruning.prune(on, self._clock.now() - self._keep)
