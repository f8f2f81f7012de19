"""The limit of seconds: a token bucket, found by running it dry twice.

A number of messages (the *burst*) leaves at once, and the bucket refills at a steady rate (the *limit*). A flood wait
is the moment at which it ran dry:

    burst = messages sent since the pace passed the limit - limit x the time that took

That is one equation with two unknowns. So the pace climbs to a flood wait twice, fast and then carefully: the two
climbs overshoot differently, and only the true limit explains both by the same burst. From then on every single flood
wait yields the limit. The pace stays a little below it, drifting up slowly because the estimate may be low. After a
calm, longer each time the answer was no, it probes upwards: a limit that rose lets it through and is climbed to; one
that did not costs one flood wait. A limit that fell floods a steady pace, and the same equation says how far it fell.

Rates are in calls a second, times in seconds. Time itself is counted in successes, so pauses of the sender do not
count.

Without a ceiling nothing holds the first calls back. What passes before the first flood wait is then nearly all
burst: it stands for the first climb, and the second one may be brisk.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

START = 1.0  # a second, while nothing is known
FLOOR = 1 / 60

# How much a success adds to the pace, in calls a second. Each is thereby exponential growth: e-fold in so many seconds.
_BRISK = 0.25  # 4 s: the burst is known already, so overshooting tells more than it costs
_FAST = 0.15  # 7 s
_CAREFUL = 0.015  # 67 s
_DRIFT = 0.00003  # 9 h

_MARGIN = 0.98  # of the limit, once it is known
_ABOVE = 3.0  # times what was sustained from a start at full speed: begin there to climb
_FIRST = 0.9  # of the limit as guessed from the first flood wait
_GUESS = 20  # messages of burst, for that guess
_BELIEVED = 0.5  # of the pace that failed: an estimate below is checked by climbing from there

CALM = 120.0  # seconds before a probe, at least
_CALM_PER_WAIT = 12  # and times the flood wait that a failed probe costs
_PATIENCE = 1.5  # how much longer the next calm is after a failed probe
_LONGEST_CALM = 4 * 3600.0


class Stretch(NamedTuple):
    """Steady sending since the last change of mind: from `start` up to `rate`, `step` for each of `calls` successes."""

    start: float
    step: float
    rate: float
    calls: int = 0
    lag: float = 1.0
    """How much longer the climb took than the steps say: they follow the answers, and answers come late."""

    @property
    def level(self) -> float:
        """Seconds at the ceiling, where successes no longer raise the pace."""
        return max(0.0, self.calls - (self.rate - self.start) / self.step) / self.rate

    def timed(self, took: float) -> "Stretch":
        """The same, given that it took so many seconds without a pause."""
        climb = math.log(self.rate / self.start) / self.step
        return self._replace(lag=min(2.0, max(1.0, (took - self.level) / climb))) if climb else self

    @property
    def seconds(self) -> float:
        """How long it took. Counted in successes, so that pauses of the sender do not count."""
        return math.log(self.rate / self.start) / self.step * self.lag + self.level

    def spent(self, limit: float) -> float:
        """The burst that this used up, if `limit` is the limit. Falls with it, to 0 at the final pace."""
        passed = max(self.start, limit)
        if passed >= self.rate:
            return max(0.0, self.rate - limit) * self.level
        climb = self.rate - passed - limit * math.log(self.rate / passed) * self.lag
        return climb / self.step + (self.rate - limit) * self.level


class Bucket(NamedTuple):
    """What is known of the limit, and the pace that follows from it. A value: methods return a new one."""

    ceiling: float
    stretch: Stretch
    calm: float = CALM
    burst: float | None = None
    failed: Stretch | None = None
    """The first climb, while the second one is under way."""

    @classmethod
    def fresh(cls, ceiling: float, rate: float, burst: float | None, calm: float) -> "Bucket":
        """One that goes on with what is known of it; without a burst it climbs."""
        step = _FAST if burst is None else _DRIFT
        return cls(ceiling, Stretch(rate, step, rate), calm, burst)

    @property
    def rate(self) -> float:
        """Calls a second; infinite while there is neither a ceiling nor a flood wait."""
        return self.stretch.rate

    @property
    def steady(self) -> float:
        """The rate worth remembering. Once something is known, that is where it climbed from."""
        run = self.stretch
        return run.rate if run.step in {_FAST, _BRISK} else run.start

    def succeeded(self) -> "Bucket":
        """A call passed, and none could have gone out earlier."""
        old = self.stretch
        run = old._replace(rate=min(self.ceiling, old.rate + old.step), calls=old.calls + 1)
        if run.step == _DRIFT and run.seconds >= self.calm:
            return _go_on(self, run.rate, _CAREFUL)
        return self._replace(stretch=run)

    def flooded(self, wait: float, passed: int, took: float) -> "Bucket":
        """It ran dry, and wants a wait. Since the one before, `passed` calls were answered in `took` seconds."""
        sustained = passed / max(1.0, took + wait)
        calm = max(CALM, _CALM_PER_WAIT * wait)
        if math.isinf(self.rate):
            return _from_full_speed(self, passed, took, sustained)._replace(calm=calm)
        run = self.stretch
        if run.step == _BRISK and passed == run.calls:
            run = run.timed(took)
        lower = _fall(self._replace(stretch=run), sustained)
        if self.burst is not None and abs(lower.rate / run.start - 1) < 0.1:
            calm = max(calm, min(_LONGEST_CALM, self.calm * _PATIENCE))
        return lower._replace(calm=calm)


def _go_on(bucket: Bucket, rate: float, step: float) -> Bucket:
    """Begin a new stretch."""
    rate = min(bucket.ceiling, max(rate, FLOOR))
    return bucket._replace(stretch=Stretch(rate, step, rate))


def _fall(bucket: Bucket, sustained: float) -> Bucket:
    """The pace after a flood wait. `sustained` was it on average since the one before, that wait included."""
    run, first, burst = bucket.stretch, bucket.failed, bucket.burst
    lowest = run.start * _BELIEVED
    if burst is not None:
        return _below(bucket, _root(lambda limit: run.spent(limit) - burst, lowest, run.rate), sustained)
    if first is not None:
        limit = _root(lambda limit: run.spent(limit) - first.spent(limit), lowest, run.rate)
        if limit > lowest:
            bucket = bucket._replace(burst=max(1.0, run.spent(limit)), failed=None)
        return _below(bucket, limit, sustained)
    if run.seconds > CALM:
        return _go_on(bucket, run.rate / 2, _FAST)  # it failed out of a calm, which tells nothing about the burst
    guess = _root(lambda limit: run.spent(limit) - _GUESS, run.rate * _BELIEVED, run.rate)
    return _go_on(bucket, guess * _FIRST, _CAREFUL)._replace(failed=run)


def _from_full_speed(bucket: Bucket, passed: int, took: float, sustained: float) -> Bucket:
    """Nothing held the calls back, so what passed is nearly all burst: as good as a climb, if it was enough."""
    if passed < _GUESS:
        return _go_on(bucket, max(START, sustained), _FAST)
    rate = passed / max(took, 0.001)
    first = Stretch(rate, _FAST, rate, passed)
    return _go_on(bucket, max(START, sustained * _ABOVE), _BRISK)._replace(failed=first)


def _below(bucket: Bucket, limit: float, sustained: float) -> Bucket:
    """Go on just below the limit. One too low to be believed is climbed away from."""
    run = bucket.stretch
    limit = max(limit, min(sustained, run.rate))
    return _go_on(bucket, limit * _MARGIN, _DRIFT if limit > run.start * _BELIEVED else _CAREFUL)


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses zero; `low` itself when it does not."""
    if falling(low) <= 0:
        return low
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return low
