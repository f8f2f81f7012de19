"""The machine's clock, and the one interruptible sleep."""

import asyncio
import time

from userbot.core.ports import Alarm

LOOK_AGAIN = 30.0
"""Seconds after which whoever waits for a moment of the calendar looks at the clock again: somebody may have set it."""


class SystemClock:
    """`core.ports.Clock` by the machine's time."""

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    async def wait(self, alarm: Alarm, seconds: float | None) -> None:
        """Return when `alarm` is set or `seconds` have passed."""
        if alarm.is_set():
            return
        try:
            async with asyncio.timeout(None if seconds is None else max(seconds, 0)):
                await alarm.wait()
        except TimeoutError:
            pass
