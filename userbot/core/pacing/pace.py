"""The pace of an account as a value: the lower of what the bucket and the window allow, with a slot for every call."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from userbot.core.pacing.bucket import CALM, FLOOR, START, Bucket
from userbot.core.pacing.window import Stretch, Window

BURST = 3
"""How many calls may go out at once after a pause. In any T seconds at most ceiling x T + BURST + 1 are handed out,
urgent ones aside: those go ahead of the pace, and the others wait for it to catch up."""

_PLENTY = 4 * BURST  # messages of burst, that some may go out at once when it is full

_JITTER = 0.2  # of a gap: no call comes earlier than its slot, most a little later
_GOLDEN = 0.6180339887498949  # times 1, 4, 9 …, without the integers: spread evenly, and without a pattern


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
    calm: float = CALM
    flood_left: float = 0.0
    """How much of a flood wait was left when this was taken."""
    window: Window = Window()  # noqa: RUF009 - a frozen value
    """Its moments are relative to when this was taken, so what was before is negative."""


class Pace(NamedTuple):
    """The pace of an account. A value: every function below returns a new one."""

    ceiling: float
    bucket: Bucket
    window: Window
    due: float
    """The slot of the next call."""
    blocked_until: float
    """When the last flood wait ends."""
    out: int = 0
    """Calls handed out since the last flood wait."""
    passed: int = 0
    """How many of them were answered by anything but a flood wait."""
    since: float = 0.0
    """When the first answer came."""
    pressed: bool = False
    """Whether the last call left no allowance unused."""

    @property
    def rate(self) -> float:
        """Calls a second; infinite while there is neither a ceiling nor a flood wait."""
        return min(self.bucket.rate, self.window.rate)

    @property
    def held(self) -> bool:
        """Whether it is the window that holds the calls back, and not the bucket."""
        return self.window.rate < self.bucket.rate


def fresh(ceiling: float | None, now: float, learnt: Learnt | None = None) -> Pace:
    """A pace to begin with. `ceiling` is in calls a second; without one it starts at full speed."""
    known = learnt or Learnt()
    top = ceiling or math.inf
    rate = min(top, max(FLOOR, known.rate or (START if ceiling else math.inf)))
    until = now + known.flood_left
    bucket = Bucket.fresh(top, rate, known.burst, known.calm)
    return Pace(top, bucket, known.window.shifted(now).rested(now), until, until)


def decide(pace: Pace, now: float, *, urgent: bool = False) -> Send | Wait:
    """Whether a call may be handed out now. An urgent one waits for nothing but a flood wait."""
    slot = pace.due + pace.out**2 * _GOLDEN % 1 * _JITTER / pace.rate
    start = pace.blocked_until if urgent else max(slot, pace.blocked_until)
    return Send() if now >= start else Wait(start)


def sent(pace: Pace, now: float, calls: int = 1) -> Pace:
    """Calls were handed out together; they may still be in flight when the next ones are."""
    gap = 1 / pace.rate
    unused = (BURST - 1) * gap
    due = max(pace.due, now - unused) + calls * gap
    return pace._replace(due=due, pressed=now - pace.due < gap, out=pace.out + calls)


def succeeded(pace: Pace, now: float, calls: int = 1) -> Pace:
    """Calls were answered by anything but a flood wait."""
    since = pace.since if pace.passed else now
    after = pace._replace(passed=pace.passed + calls, since=since)
    if not pace.pressed:
        return after._replace(window=pace.window.succeeded(now, calls))
    for _ in range(calls):
        after = _raised(after, now)
    return after


def _raised(pace: Pace, now: float) -> Pace:
    """One of them, when none could have gone out earlier: what held it back holds the next one less."""
    window = pace.window.succeeded(now)
    if pace.held:
        return pace._replace(window=window.raised(now))
    return pace._replace(window=window, bucket=pace.bucket.succeeded())


def held_up(pace: Pace, seconds: float, now: float) -> Pace:
    """Telegram asks for a pause for other reasons than the pace, which learns nothing from it."""
    return pace._replace(blocked_until=max(pace.blocked_until, now + max(1.0, seconds)))


def flooded(pace: Pace, seconds: float, now: float) -> Pace:
    """A call met FLOOD_WAIT_X or FLOOD_PREMIUM_WAIT_X. Calls that were in flight together meet one flood wait.

    It teaches the window or the bucket, whichever explains it.
    """
    wait = max(1.0, seconds)
    blocked = max(pace.blocked_until, now + wait)
    if not pace.out:
        return held_up(pace, seconds, now)
    if pace.window.explains(seconds, held=pace.held):
        lower = pace._replace(window=pace.window.flooded(wait, now))
    else:
        took = now - pace.since if pace.passed else 0.0
        lower = pace._replace(bucket=pace.bucket.flooded(seconds, pace.passed, took))
    # A bucket that may not have refilled meanwhile gets a few gaps of rest, lest the next call runs it dry again.
    plenty = _PLENTY < (lower.bucket.burst or 0.0) < seconds * lower.bucket.rate
    rest = (-BURST if plenty else BURST) / lower.rate
    return lower._replace(blocked_until=blocked, due=blocked + rest, out=0, passed=0)


def learnt(pace: Pace, now: float) -> Learnt:
    """What to remember of it."""
    bucket, rate = pace.bucket, pace.bucket.steady
    left = max(0.0, pace.blocked_until - now)
    return Learnt(None if math.isinf(rate) else rate, bucket.burst, bucket.calm, left, pace.window.shifted(-now))


def kept(pace: Pace, now: float) -> dict[str, Any]:
    """The same as a JSON object."""
    known = learnt(pace, now)
    first = known.window.first
    return asdict(known) | {"window": known.window._asdict() | {"first": first and first._asdict()}}


def recalled(kept: Mapping[str, Any], away: float) -> Learnt:
    """What was `kept`, so many seconds `away` after it was taken."""
    window = dict(kept.get("window") or {})
    first = window.pop("first", None)
    known = Window(**window, first=Stretch(**first) if first else None)
    left = max(0.0, kept.get("flood_left", 0.0) - away)
    return Learnt(kept.get("rate"), kept.get("burst"), kept.get("calm", CALM), left, known.shifted(-away))


def expected_rate(pace: Pace, now: float) -> float:
    """Calls a second that can be hoped for now; infinite when nobody knows.

    Until a flood wait has shown the bucket, the pace climbs towards its ceiling, so that is the best guess.
    """
    return min(pace.ceiling if pace.bucket.burst is None else pace.bucket.rate, pace.window.rested(now).rate)


def expected_seconds(pace: Pace, calls: float, now: float) -> float:
    """How long so many calls may take from now on, with the rest of a flood wait; 0 when nobody knows."""
    if not calls:
        return 0.0
    start = max(pace.blocked_until, now)
    top = pace.ceiling if pace.bucket.burst is None else pace.bucket.rate
    return start - now + max(calls / top, pace.window.rested(start).seconds_for(calls))
