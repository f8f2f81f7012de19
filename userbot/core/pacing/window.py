"""The limit of hours: so many messages, and then a wait that is longer than any burst explains.

In public one reads of about 2,200 forwards at once and then a wait of 2,983 s, and of one a second for 2,000 to 3,000
and then 1,386 s. That may be 2,200 in each hour (both add up to one), or a large token bucket that refills slowly.
This module is fit for either. Each time it runs dry there are three figures of the *stretch* before: how many `calls`
passed, in how many `seconds`, and what `wait` was asked for. What they say, by what the limit is:

    a number for each window     calls / (seconds + wait)                       whatever the pace was
    a bucket, full after a wait  (calls2 - calls1) / (seconds2 - seconds1)      calls = burst + refill x seconds
    a bucket, not full then      calls2 / (wait1 + seconds2)                    what came in from dry to dry went out

After the first of these waits only the first line can be computed. It is never more than a full bucket's refill, so
the pace begins there and climbs, doubling in a window, to the second wait. By then the two stretches were sent at
paces so different that they tell which line holds (see `_model`), and the pace settles just below it.

A bucket also has a *burst*, and what is left of it is spread: the pace is the refill, and on top of it a share of
what is left, such that a full bucket is sent at twice the refill and an empty one at the refill. So what was saved
up is spent over a window, most of it in the first half, and what is going on never ends in a wait.

The account settles; the limit may still change. One that fell brings another long wait, and with it a lower model.
For one that rose the pace climbs again after a calm of twelve windows, and twice as long each time in vain: being
wrong costs a long pause, for operators too.
"""

import math
from typing import NamedTuple

LONG = 300.0
"""Seconds of a flood wait from which on it is the window's."""

_TRICKLE = 0.2  # calls a second: whoever sends less than this on average has sent nothing that still counts
_ENOUGH = 20  # calls: a wait after fewer of them has reasons that lie before them
_LOWEST = 1 / 60  # calls a second

_MARGIN = 0.97  # of the refill
_RESERVE = 0.9  # of the burst: that much is used of it
_DIFFERENT = 1.5  # how much longer the second stretch must be, for a difference between the two to mean something
_REFILLED = 0.9  # of the first stretch: with fewer calls in the second, its bucket was not full

_CALM = 12.0  # windows of sending at the full pace before it climbs again
_PATIENCE = 2.0  # how much longer the next calm is after a climb in vain
_LONGEST_CALM = 192.0


class Stretch(NamedTuple):
    """From a full window, or from a wait's end, to a wait: `calls` passed in `seconds`, then `wait` was asked for."""

    calls: int
    seconds: float
    wait: float

    @property
    def sustained(self) -> float:
        """Calls a second on average, the wait included."""
        return self.calls / max(1.0, self.seconds + self.wait)


class Window(NamedTuple):
    """What is known of the window, and how much of it is used. A value: methods return a new one.

    Moments are seconds of whatever clock the caller uses; `shifted` takes them to another one.
    """

    calls: int = 0
    """How many have passed in this stretch."""
    began: float = 0.0
    """When the first of them did."""
    stock: float = 0.0
    """What was left of the burst then."""
    first: Stretch | None = None
    """The first stretch, while the second one is under way."""
    refill: float | None = None
    """Calls a second that may go out for ever; None while no long wait was met."""
    burst: float = 0.0
    """Calls beyond the refill that a rested account may make."""
    left: float = 0.0
    """What is left of the burst at the moment `at`."""
    at: float = 0.0
    span: float = LONG
    """Seconds in which the pace doubles when it climbs: about a window."""
    held: int = 0
    """Calls since the last change of mind that could have gone out earlier but for this pace."""
    calm: float = 0.0
    """How many such calls it takes before it climbs."""

    @property
    def rate(self) -> float:
        """Calls a second; infinite while nothing is known."""
        if self.refill is None:
            return math.inf
        return self.refill * (1 + self.left / self.burst) if self.burst else self.refill

    @property
    def climbs(self) -> bool:
        """Whether it is on the way up, to see whether more is allowed."""
        return self.refill is not None and self.held >= self.calm

    def explains(self, wait: float, *, held: bool) -> bool:
        """Whether a flood wait is the window's: a long one, if enough has passed to run it dry.

        Or any, when this pace `held` the calls back and half of what a window brings has passed.
        """
        if self.refill is None:
            return wait >= LONG and self.calls >= _ENOUGH
        return wait >= LONG or (held and self.calls >= self.refill * self.span / 2)

    def rested(self, now: float) -> "Window":
        """The same, with what has come back until now."""
        if self.refill is None:
            return self
        came = max(0.0, now - self.at) * self.refill
        return self._replace(left=min(self.burst, self.left + came), at=max(self.at, now))

    def succeeded(self, now: float, calls: int = 1) -> "Window":
        """Calls passed."""
        rested = self.rested(now)
        if self.calls <= min(_TRICKLE, rested.rate / 2) * (now - self.began):
            rested = rested._replace(calls=0, began=now, stock=rested.left)
        return rested._replace(calls=rested.calls + calls, left=max(0.0, rested.left - calls))

    def raised(self, now: float) -> "Window":
        """The last call that passed would have gone out earlier but for this pace, which has shown that it holds."""
        assert self.refill is not None
        after = self._replace(held=self.held + 1)
        if self.climbs:
            return after._replace(refill=self.refill + math.log(2) / self.span)
        if not after.climbs:
            return after
        # From here on the climb is what is measured. What the calm left unused by its margin has come together.
        stock = min(self.burst, self.left + self.held * (1 - _MARGIN))
        return after._replace(calls=1, began=now, stock=stock)

    def flooded(self, wait: float, now: float) -> "Window":
        """It ran dry now, and wants a wait."""
        stretch = Stretch(self.calls, max(0.0, now - self.began) if self.calls else 0.0, wait)
        if self.refill is None:
            return Window(
                first=stretch, refill=max(_LOWEST, stretch.sustained), at=now, span=stretch.seconds + stretch.wait
            )
        if self.first is not None:
            return self._settled(stretch, *_model(self.first, stretch), now)
        settled = self._settled(stretch, self._corrected(stretch), self.burst / _RESERVE, now)
        if not self.climbs:
            return settled
        longest = settled.calm * _LONGEST_CALM / _CALM
        return settled._replace(calm=min(longest, max(settled.calm, self.calm * _PATIENCE)))

    def _corrected(self, stretch: Stretch) -> float:
        """The refill by one more stretch, given that its bucket is as large as before. At most halved at a time."""
        assert self.refill is not None
        measured = (stretch.calls - self.stock) / max(1.0, stretch.seconds) if self.burst else stretch.sustained
        return max(self.refill / 2, min(self.refill, measured))

    def _settled(self, stretch: Stretch, refill: float, burst: float, now: float) -> "Window":
        """Go on just below a model, once the wait is over."""
        refill, burst = max(_LOWEST, refill * _MARGIN), burst * _RESERVE
        span = max(LONG, stretch.seconds + stretch.wait)
        stock = min(burst, refill * stretch.wait)
        return Window(stock=stock, refill=refill, burst=burst, at=now, span=span, calm=_CALM * span * refill)

    def shifted(self, seconds: float) -> "Window":
        """The same by a clock that shows so many seconds more."""
        return self._replace(began=self.began + seconds, at=self.at + seconds)

    def seconds_for(self, calls: float) -> float:
        """How long so many calls take from `at` on, at least."""
        if self.refill is None:
            return 0.0
        if not self.burst:
            return calls / self.refill
        # The extra decays as exp(-time x refill / burst): what goes out rises with time, and is found by halving.
        low, high = 0.0, calls / self.refill
        for _ in range(40):
            middle = (low + high) / 2
            out = self.refill * middle + self.left * -math.expm1(-middle * self.refill / self.burst)
            low, high = (middle, high) if out < calls else (low, middle)
        return high


def _model(first: Stretch, second: Stretch) -> tuple[float, float]:
    """Refill and burst that explain both stretches. See the table at the top."""
    if second.calls < _REFILLED * first.calls:
        refill = second.calls / max(1.0, first.wait + second.seconds)
        return refill, max(0.0, first.calls - refill * first.seconds)
    longer = second.seconds - first.seconds
    slope = (second.calls - first.calls) / longer if second.seconds > _DIFFERENT * first.seconds else 0.0
    if slope > second.sustained:
        return slope, max(0.0, first.calls - slope * first.seconds)
    return second.sustained, 0.0
