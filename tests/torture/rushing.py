"""A clock that runs many times as fast as the one outside, and leaps when somebody lets it."""

import asyncio
import math
import time

from userbot.core.ports import Alarm


class RushingClock:
    """`core.ports.Clock`: so many seconds of it pass in every second outside."""

    def __init__(self, now: float, speed: float) -> None:
        self.speed = speed
        self._now = now
        self._since = time.monotonic()
        self._waiting: dict[asyncio.Timeout, float] = {}

    def now(self) -> float:
        return self._now + (time.monotonic() - self._since) * self.speed

    def settings(self, leap: float = 0.0) -> dict[str, float]:
        """What another clock has to know to go with this one, once it has leapt."""
        return {"moment": self._now + leap, "since": self._since, "speed": self.speed}

    def monotonic(self) -> float:
        return self.now()

    async def wait(self, alarm: Alarm, seconds: float | None) -> None:
        if alarm.is_set():
            return
        end = math.inf if seconds is None else self.now() + max(seconds, 0.0)
        try:
            async with asyncio.timeout_at(self._outside(end)) as timeout:
                self._waiting[timeout] = end
                try:
                    await alarm.wait()
                finally:
                    del self._waiting[timeout]
        except TimeoutError:
            pass

    def leap(self, seconds: float) -> None:
        """So much time has passed; whoever waited for a moment in it wakes up."""
        self._now += seconds
        self._wake()

    def rush(self, speed: float) -> None:
        """Time passes so many times as fast from now on."""
        self._now, self._since = self.now(), time.monotonic()
        self.speed = speed
        self._wake()

    def _wake(self) -> None:
        for timeout, end in self._waiting.items():
            if not timeout.expired():
                timeout.reschedule(self._outside(end))

    def _outside(self, moment: float) -> float | None:
        """When it will be that moment, by the clock of the event loop."""
        left = (moment - self.now()) / self.speed
        return None if math.isinf(moment) else asyncio.get_running_loop().time() + left
