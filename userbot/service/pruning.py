"""Keeps the deliveries, the desk's journal and the handled commands of KEEP_DAYS, and every sending's figures for ever.

Nothing goes that is still asked for, however short KEEP_DAYS is: by the cap on mailings to one person, by figures that
are live yet.
"""

import asyncio

from userbot.service.context import Context
from userbot.service.inbox import OVERLAP
from userbot.store import facts, pruning
from userbot.store.receipts import WATCHED_SECONDS

DAY = 86400.0

PAUSE = 0.2
"""Seconds between two slices."""


class Pruning:
    """Removes what is old, once a day."""

    def __init__(self, context: Context, keep_days: int) -> None:
        self._database = context.database
        self._clock = context.clock
        cap = context.limits.cap
        self._arrivals = context.arrivals
        self._keep = max(keep_days * DAY, WATCHED_SECONDS, 0.0 if cap is None else float(cap.seconds))

    async def run(self) -> None:
        """Prune until cancelled.

        Not before the news are read: what mailings delivered is known by the deliveries, and is no word of the owner.
        """
        await self._arrivals.known.wait()
        while True:
            while await self._prune():
                await self._clock.wait(asyncio.Event(), PAUSE)
            await self._clock.wait(asyncio.Event(), DAY)

    async def _prune(self) -> bool:
        """Remove a slice of everything that is old; False when there is no more."""
        now = self._clock.now()
        before = now - self._keep
        async with self._database.transaction() as on:
            _, heard = await facts.recall(on, facts.LISTENED)
            return any(
                [
                    await pruning.prune(on, before),
                    await pruning.forget_commands(on, before, heard - OVERLAP),
                    await pruning.forget_mirrored(on, before, dropped_before=now - DAY),
                ]
            )
