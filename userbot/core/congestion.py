"""How many calls may be in flight: as many as keep the way to Telegram full, and few that wait at its end.

Whatever waits there stands before the answer to an operator. After LEDBAT (RFC 6817): the quickest of the latest calls
shows how long the way is, what a call takes beyond that is waiting, and the window grows or shrinks with how far the
waiting is from what is aimed at.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

SMALLEST = 32
LARGEST = 256
"""Enough for 1,000 a second at 250 ms."""

WAITING = 0.02
"""Seconds of waiting aimed at, beside half the way."""

GAIN = 0.25
"""By how much of itself the window grows while its calls are answered, if none of them waits."""

MEMORY = 60.0
"""Seconds after which a quick call is forgotten, and twice that at the latest: the way may have become longer."""


class CongestionWindow(NamedTuple):
    """A value: `after` returns a new one."""

    size: float = SMALLEST
    quickest: float = math.inf
    """Seconds of the quickest call lately …"""
    before: float = math.inf
    """… and of the time before."""
    until: float = -math.inf
    """When what is lately becomes the time before."""

    def after(self, answered: Iterable[float], now: float) -> "CongestionWindow":
        """The window after calls that were answered in so many seconds each."""
        size, quickest, before, until = self
        for seconds in answered:
            if now >= until:
                quickest, before, until = seconds, quickest, now + MEMORY
            elif seconds < quickest:
                quickest = seconds
            way = min(quickest, before)
            aim = WAITING + way / 2
            size += GAIN * max(-1.0, (aim - seconds + way) / aim)
            size = min(LARGEST, max(SMALLEST, size))
        return CongestionWindow(size, quickest, before, until)
