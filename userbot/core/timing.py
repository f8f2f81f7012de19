"""Three ways to say when (now, after a delay, at a moment) and what each of them comes to.

Moments are Unix seconds. What people write and read is UTC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

from userbot.core import local_time, timewords
from userbot.core.language import gettext
from userbot.core.timewords import SPELT_OUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MAX_DELAY = 366 * 86_400
"""The longest delay, in seconds: a year with its leap day."""

LONGEST = 8
"""Words of the longest time that can be written: ``1 d 2 h 3 m 4 s``."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_ANY = "YYYY-MM-DD HH:MM"
_MOST_CHARACTERS = 64  # more than any time needs

_NUMBER = re.compile(r"[0-9]+")
_TIMELIKE = re.compile(r"now|[0-9]+[^\W\d_][^,;]*|[0-9]{1,4}[-‐‑‒–—−./:][^,;]*")
_DELAY = re.compile(r"(?:[0-9]+ ?[^\W\d_]+ ?)+")
_DELAY_PART = re.compile(r"([0-9]+) ?([^\W\d_]+)")
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_OF_NO_YEAR = re.compile(r"yyyy-([0-9]{1,2})-([0-9]{1,2})(?: (.*))?")
_LIKE_A_DATE = re.compile(r"[-:/]|\..*\.")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?")
_MOMENT = re.compile(rf"{_DATE.pattern}[ t]{_CLOCK.pattern}")
_MOMENT_AS_ASKED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
_LOCAL = " local"


@dataclass(frozen=True, slots=True)
class Now:
    """At once: when the sending is asked for, or right after the previous step."""


@dataclass(frozen=True, slots=True)
class Delay:
    """So many seconds later, 0 to ``MAX_DELAY``; 0 is a delay of nothing and means the same as now."""

    seconds: int

    def __post_init__(self) -> None:
        if not 0 <= self.seconds <= MAX_DELAY:
            raise ValueError(f"a delay of {self.seconds} seconds")


@dataclass(frozen=True, slots=True)
class At:
    """A moment in Unix seconds, anywhere in the years 1 to 9999: whether it is past is not its business."""

    moment: int


Time: TypeAlias = Now | Delay | At


@dataclass(frozen=True, slots=True)
class NoTime:
    """Why a text is no time, and what could stand in its place (capitals where the text gave nothing)."""

    reason: str
    nearest: str


def start_at(time: Time, now: float) -> float | None:
    """When a sending asked for at ``now`` starts; None when that moment is already past."""
    match time:
        case Now():
            return now
        case Delay(seconds):
            return now + seconds
        case At(moment):
            return moment if moment >= now else None


def step_due(time: Time, *, previous: float) -> float:
    """When a step is due, given when the previous one was sent (for the first step: when the sending started)."""
    match time:
        case Now():
            return previous
        case Delay(seconds):
            return previous + seconds
        case At(moment):
            return max(moment, previous)


def chain_seconds(times: Iterable[Time], start: float, goes_at: Callable[[float], float] = float) -> float:
    """Return how long after its start a sending's last step goes to somebody who gets every step at once.

    `goes_at` says when something goes that is due at a moment.
    """
    return reduce(lambda at, time: goes_at(step_due(time, previous=at)), times, start) - start


def render(time: Time) -> str:
    """Return the time as people write it; it parses back to itself."""
    match time:
        case Now():
            return "now"
        case Delay(seconds):
            return _render_delay(seconds)
        case At(moment):
            when = (_EPOCH + timedelta(seconds=moment)).replace(tzinfo=None)
            return when.isoformat(" ", "seconds" if when.second else "minutes")


def _render_delay(seconds: int) -> str:
    parts = []
    for unit, length in _UNITS.items():
        count, seconds = divmod(seconds, length)
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or "0s"


def extent(words: Sequence[str]) -> int:
    """Count the leading words that speak of time, well or badly: a number alone does not, ``5 m`` does."""
    spoken = [word.lower() for word in words[:LONGEST]]
    count = 0
    while count < len(spoken):
        word, following = spoken[count], "".join(spoken[count + 1 : count + 2])
        if _TIMELIKE.fullmatch(word) or timewords.speaks_of_time(word):
            count += 1
        elif _NUMBER.fullmatch(word) and (_is_unit(following) or timewords.is_hour(word, following)):
            count += 2
        elif count and timewords.ends_in_clock(spoken[count - 1]) and timewords.is_zone(word):
            count += 1
        elif count and word in timewords.FILLERS and _TIMELIKE.fullmatch(following):
            count += 2
        else:
            break
    return count


def _is_unit(word: str) -> bool:
    return word in _UNITS or word in SPELT_OUT


def parse(text: str) -> Time | NoTime:
    """Read ``now``, a delay or a datetime whose words are one space apart."""
    if len(text) > _MOST_CHARACTERS:
        return NoTime(_forms(), "TIME")
    text = text.lower()
    time = _as_asked(text)
    return _nearest(timewords.understand(text)) if time is None else time


def _as_asked(text: str) -> Time | NoTime | None:
    """Read what has one of the three forms; None for anything else."""
    if text == "now":
        return Now()
    if _DELAY.fullmatch(text):
        return _delay(_DELAY_PART.findall(text))
    if _MOMENT_AS_ASKED.fullmatch(text):
        return _moment(text)
    if _MOMENT_AS_ASKED.fullmatch(text.removesuffix(_LOCAL)):
        return _local(text.removesuffix(_LOCAL))
    return None


def _local(text: str) -> At | NoTime:
    """Read a moment by the clock on the wall of TIMEZONE."""
    shown, zone = _moment(text), local_time.ZONE.get()
    if isinstance(shown, NoTime):
        return NoTime(shown.reason, f"{_ANY}{_LOCAL}")
    if zone is None:
        return NoTime(gettext("what is local here is not known while TIMEZONE is not set."), _ANY)
    wall = (_EPOCH + timedelta(seconds=shown.moment)).replace(tzinfo=None)
    try:
        found = local_time.moments(wall, zone)
        later = int(wall.replace(tzinfo=zone, fold=1).timestamp())
    except (OverflowError, ValueError):  # at the ends of the calendar
        return NoTime(gettext("there is no such day or time of day."), _ANY)
    if len(found) == 1:
        return At(int(found[0]))
    if found:
        return NoTime(
            gettext("the clock shows that twice, since it is set back that day; this is in UTC."), _shown(later)
        )
    return NoTime(gettext("the clock skips that, since it is set forward that day; this is in UTC."), _shown(later))


def _delay(parts: Sequence[tuple[str, str]]) -> Delay | NoTime | None:
    units = [SPELT_OUT.get(unit, unit) for _, unit in parts]
    if not set(units) <= _UNITS.keys():
        return None
    seconds = sum(int(count) * _UNITS[unit] for (count, _), unit in zip(parts, units, strict=True))
    if seconds > MAX_DELAY:
        return NoTime(gettext("a delay is at most 366 days."), "TIME")
    meant = Delay(seconds)
    if units != [unit for _, unit in parts]:
        return NoTime(gettext("the units are d, h, m and s."), render(meant))
    if units != [unit for unit in _UNITS if unit in units]:
        return NoTime(gettext("the largest unit comes first, each only once."), render(meant))
    return meant


def _moment(text: str) -> At | NoTime:
    fields = _MOMENT.fullmatch(text)
    assert fields is not None
    year, month, day, hour, minute, second = map(int, fields.groups(default="0"))
    try:
        when = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return NoTime(gettext("there is no such day or time of day."), _ANY)
    return At((when - _EPOCH) // timedelta(seconds=1))


def _nearest(meant: timewords.Meant) -> NoTime:
    """What could be meant by something that has none of the three forms."""
    text = meant.text
    written = gettext("it is written {form} or {form}:SS, in UTC.", form=_ANY)
    if _MOMENT.fullmatch(text):
        moment = _moment(text)
        if isinstance(moment, NoTime):
            return moment
        return NoTime(written, _shown(moment.moment - meant.ahead))
    half = _half_a_moment(text, meant.ahead)
    if half is not None:
        return half
    time = _as_asked(text)
    if isinstance(time, Now | Delay):
        return NoTime(_forms(), render(time))
    if isinstance(time, At):  # local, in another order
        return NoTime(written, text)
    if not text or _LIKE_A_DATE.search(text):
        return NoTime(gettext("date and time are written {form}, in UTC.", form=_ANY), _ANY)
    return time if isinstance(time, NoTime) else NoTime(_forms(), "TIME")


def _forms() -> str:
    return gettext("a time is now, a delay like 5m or 1h 30m, or {form} in UTC.", form=_ANY)


def _shown(moment: int) -> str:
    """A moment, if it is one that can be written."""
    try:
        return render(At(moment))
    except OverflowError:
        return _ANY


def _half_a_moment(text: str, ahead: int) -> NoTime | None:
    """A day without a time of day, a time of day without a day, a day without its year."""
    if text.endswith(_LOCAL):
        clock = _clock(text.removesuffix(_LOCAL), 0)
        return NoTime(gettext("the date is missing."), f"YYYY-MM-DD {clock}{_LOCAL}") if clock else None
    if _DATE.fullmatch(text) and isinstance(_moment(f"{text} 00:00"), At):
        return NoTime(gettext("the time of day (UTC) is missing."), f"{text} HH:MM")
    if (clock := _clock(text, ahead)) is not None:
        return NoTime(gettext("the date is missing."), f"YYYY-MM-DD {clock}")
    day = _DAY_OF_NO_YEAR.fullmatch(text)
    if day and isinstance(_moment(f"2000-{day[1]}-{day[2]} 00:00"), At) and not ahead:
        return NoTime(gettext("the year is missing."), f"YYYY-{day[1]}-{day[2]} {_clock(day[3] or '', 0) or 'HH:MM'}")
    return None


def _clock(text: str, ahead: int) -> str | None:
    """A time of day as UTC has it."""
    moment = _moment(f"2000-01-02 {text}") if _CLOCK.fullmatch(text) else None
    return render(At(moment.moment - ahead)).partition(" ")[2] if isinstance(moment, At) else None
