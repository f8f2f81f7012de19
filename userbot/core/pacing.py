"""The pace: how fast the account sends, learnt from Telegram's flood waits alone.

What limits an account is unknown; it is taken to be a token bucket, which a number of messages (the *burst*) leaves
at once and which refills at a steady rate (the *limit*). A flood wait is the moment at which it ran dry:

    burst = messages sent since the pace passed the limit - limit x the time that took

That is one equation with two unknowns. So the pace climbs to a flood wait twice, fast and then carefully: the two
climbs overshoot differently, and only the true limit explains both by the same burst. From then on every single flood
wait yields the limit. The pace stays a little below it, drifting up slowly because the estimate may be low. After a
calm, longer each time the answer was no, it probes upwards: a limit that rose lets it through and is climbed to; one
that did not costs one flood wait. A limit that fell floods a steady pace, and the same equation says how far it fell.

Only successes of a sender that uses its whole pace make it rise, so an idle one learns nothing and saves nothing up.
Time is an argument: seconds of a monotonic clock. One that runs backwards or jumps makes the pace wait, never rush.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

BURST = 3
"""How many calls may go out at once after a pause. In any T seconds at most ceiling x T + BURST + 1 are handed out,
urgent ones aside: those go ahead of the pace, and the others wait for it to catch up."""

_START = 1.0  # a second, while nothing is known
_FLOOR = 1 / 60

# How much a success adds to the pace, in calls a second. Each is thereby exponential growth: e-fold in 7 s, 67 s, 9 h.
_FAST = 0.15
_CAREFUL = 0.015
_DRIFT = 0.00003

_MARGIN = 0.98  # of the limit, once it is known
_FIRST = 0.9  # of the limit as guessed from the first flood wait
_GUESS = 20.0  # messages of burst, for that guess
_BELIEVED = 0.5  # of the pace that failed: an estimate below is checked by climbing from there
_JITTER = 0.2  # of a gap: no call comes earlier than its slot, most a little later
_GOLDEN = 0.6180339887498949  # times 1, 4, 9 …, without the integers: spread evenly, and without a pattern

_CALM = 120.0  # seconds before a probe, at least
_CALM_PER_WAIT = 12  # and times the flood wait that a failed probe costs
_PATIENCE = 1.5  # how much longer the next calm is after a failed probe
_LONGEST_CALM = 4 * 3600.0


@dataclass(frozen=True, slots=True)
class Send:
    """Hand out one call now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Hand out nothing before `until`, seconds of the clock that was passed in."""

    until: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is worth remembering across restarts. Rates in calls a second, times in seconds."""

    rate: float | None = None
    """None: never limited, and so far without a pace of its own."""
    burst: float | None = None
    """None: not known yet."""
    calm: float = _CALM
    flood_left: float = 0.0
    """How much of a flood wait was left when this was taken."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Steady sending since the last change of mind: from `start` up to `rate`, `step` for each of `calls` successes."""

    start: float
    step: float
    rate: float
    calls: int = 0

    @property
    def level(self) -> float:
        """Seconds at the ceiling, where successes no longer raise the pace."""
        return max(0.0, self.calls - (self.rate - self.start) / self.step) / self.rate

    @property
    def seconds(self) -> float:
        """How long it took. Counted in successes, so that pauses of the sender do not count."""
        return math.log(self.rate / self.start) / self.step + self.level

    def spent(self, limit: float) -> float:
        """The burst that this used up, if `limit` is the limit. Falls with it, to 0 at the final pace."""
        passed = max(self.start, limit)
        if passed >= self.rate:
            return max(0.0, self.rate - limit) * self.level
        climb = self.rate - passed - limit * math.log(self.rate / passed)
        return climb / self.step + (self.rate - limit) * self.level


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of an account. A value: every function below returns a new one."""

    ceiling: float
    stretch: _Stretch
    due: float
    """The slot of the next call."""
    blocked_until: float
    """When the last flood wait ends."""
    calm: float = _CALM
    burst: float | None = None
    failed: _Stretch | None = None
    """The first climb, while the second one is under way."""
    out: int = 0
    """Calls handed out since the last flood wait."""
    since: float = 0.0
    """When the first of them was."""
    pressed: bool = False
    """Whether the last call left no allowance unused."""

    @property
    def rate(self) -> float:
        """Calls a second; infinite while there is neither a ceiling nor a flood wait."""
        return self.stretch.rate


def fresh(ceiling: float | None, now: float, learnt: Learnt | None = None) -> Pace:
    """A pace to begin with. `ceiling` is in calls a second; without one it starts at full speed."""
    known = learnt or Learnt()
    top = ceiling or math.inf
    rate = min(top, max(_FLOOR, known.rate or (_START if ceiling else math.inf)))
    step = _FAST if known.burst is None else _DRIFT
    until = now + known.flood_left
    return Pace(top, _Stretch(rate, step, rate), until, until, known.calm, known.burst)


def decide(pace: Pace, now: float, *, urgent: bool = False) -> Send | Wait:
    """Whether a call may be handed out now. An urgent one waits for nothing but a flood wait."""
    slot = pace.due + pace.out**2 * _GOLDEN % 1 * _JITTER / pace.rate
    start = pace.blocked_until if urgent else max(slot, pace.blocked_until)
    return Send() if now >= start else Wait(start)


def sent(pace: Pace, now: float) -> Pace:
    """A call was handed out; it may still be in flight when the next one is."""
    gap = 1 / pace.rate
    unused = (BURST - 1) * gap
    return replace(
        pace,
        due=max(pace.due, now - unused) + gap,
        pressed=now - pace.due < gap,
        out=pace.out + 1,
        since=pace.since if pace.out else now,
    )


def succeeded(pace: Pace, now: float) -> Pace:  # noqa: ARG001 - every event comes with its time
    """A call was answered by anything but a flood wait."""
    if not pace.pressed:
        return pace
    old = pace.stretch
    run = _Stretch(old.start, old.step, min(pace.ceiling, old.rate + old.step), old.calls + 1)
    if run.step == _DRIFT and run.seconds >= pace.calm:
        return _go_on(pace, run.rate, _CAREFUL)
    return replace(pace, stretch=run)


def flooded(pace: Pace, seconds: float, now: float) -> Pace:
    """A call met FLOOD_WAIT_X or FLOOD_PREMIUM_WAIT_X. Calls that were in flight together meet one flood wait."""
    blocked = max(pace.blocked_until, now + max(1.0, seconds))
    if not pace.out:
        return replace(pace, blocked_until=blocked)
    lower = _fall(pace, sustained=pace.out / max(1.0, now - pace.since + seconds))
    calm = max(_CALM, _CALM_PER_WAIT * seconds)
    if pace.burst is not None and abs(lower.rate / pace.stretch.start - 1) < 0.1:
        calm = max(calm, min(_LONGEST_CALM, pace.calm * _PATIENCE))
    # The bucket may not have refilled meanwhile: a few gaps of rest keep the next call from running it dry again.
    return replace(lower, blocked_until=blocked, due=blocked + BURST / lower.rate, out=0, calm=calm)


def learnt(pace: Pace, now: float) -> Learnt:
    """What to remember of it. While it climbs, that is where it climbed from."""
    run = pace.stretch
    rate = run.rate if run.step == _FAST else run.start
    left = max(0.0, pace.blocked_until - now)
    return Learnt(None if math.isinf(rate) else rate, pace.burst, pace.calm, left)


def _go_on(pace: Pace, rate: float, step: float) -> Pace:
    """Begin a new stretch."""
    rate = min(pace.ceiling, max(rate, _FLOOR))
    return replace(pace, stretch=_Stretch(rate, step, rate))


def _fall(pace: Pace, sustained: float) -> Pace:
    """The pace after a flood wait. `sustained` was it on average since the one before, that wait included."""
    run, first, burst = pace.stretch, pace.failed, pace.burst
    lowest = run.start * _BELIEVED
    if math.isinf(run.rate):
        return _go_on(pace, max(_START, sustained), _FAST)
    if burst is not None:
        return _below(pace, _root(lambda limit: run.spent(limit) - burst, lowest, run.rate), sustained)
    if first is not None:
        limit = _root(lambda limit: run.spent(limit) - first.spent(limit), lowest, run.rate)
        if limit > lowest:
            pace = replace(pace, burst=max(1.0, run.spent(limit)), failed=None)
        return _below(pace, limit, sustained)
    if run.seconds > _CALM:
        return _go_on(pace, run.rate / 2, _FAST)  # it failed out of a calm, which tells nothing about the burst
    guess = _root(lambda limit: run.spent(limit) - _GUESS, run.rate * _BELIEVED, run.rate)
    return replace(_go_on(pace, guess * _FIRST, _CAREFUL), failed=run)


def _below(pace: Pace, limit: float, sustained: float) -> Pace:
    """Go on just below the limit. One too low to be believed is climbed away from."""
    run = pace.stretch
    limit = max(limit, min(sustained, run.rate))
    return _go_on(pace, limit * _MARGIN, _DRIFT if limit > run.start * _BELIEVED else _CAREFUL)


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses zero; `low` itself when it does not."""
    if falling(low) <= 0:
        return low
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return low
