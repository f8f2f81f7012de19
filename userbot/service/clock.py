"""The machine's clock, and the one interruptible sleep."""

import asyncio
import math
import time

from userbot.core.ports import Alarm, Clock

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


SET_BACK = 5.0
"""Seconds by which the clock may fall back without anybody minding."""


class Falls:
    """Notices when somebody sets the machine's clock back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = -math.inf

    def look(self) -> float:
        """Seconds by which the clock was set back since the last look; 0 when it was not."""
        ahead = self._clock.now() - self._clock.monotonic()
        fell = self._ahead - ahead
        self._ahead = ahead if fell > SET_BACK else max(self._ahead, ahead)
        return fell if fell > SET_BACK else 0.0
