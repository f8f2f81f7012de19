"""A pace of its own for one kind of call: when Telegram asks for a pause there, nothing else waits for it."""

import asyncio
import math

from userbot.core.ports import Clock


class Gate:
    """Closed while a flood wait lasts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._free_at = -math.inf

    @property
    def rest(self) -> float:
        """Seconds until it is open."""
        return max(0.0, self._free_at - self._clock.monotonic())

    def close(self, seconds: float) -> None:
        """Telegram asks for a pause."""
        self._free_at = max(self._free_at, self._clock.monotonic() + seconds)

    async def opened(self) -> None:
        """Return once it is open."""
        while self.rest:
            await self._clock.wait(asyncio.Event(), self.rest)
