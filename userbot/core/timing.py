"""Three ways to say when (now, after a delay, at a moment) and what each of them comes to.

Moments are Unix seconds. What people write and read is UTC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_DELAY = 366 * 86_400
"""The longest delay, in seconds: a year with its leap day."""

LONGEST = 8
"""Words of the longest time that can be written: ``1 d 2 h 3 m 4 s``."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_SPELT_OUT = {
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), "h"),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("sec", "secs", "second", "seconds"), "s"),
}
_ANY = "YYYY-MM-DD HH:MM"
_FORMS = f"a time is now, a delay like 5m or 1h 30m, or {_ANY} in UTC."
_MOST_CHARACTERS = 64  # more than any time needs

_NUMBER = re.compile(r"[0-9]+")
_TIMELIKE = re.compile(r"now|[0-9]+[^0-9,][^,]*")
_DELAY = re.compile(r"(?:[0-9]+ ?[a-z]+ ?)+")
_DELAY_PART = re.compile(r"([0-9]+) ?([a-z]+)")
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}))?")
_MOMENT = re.compile(rf"{_DATE.pattern}[ t]{_CLOCK.pattern}z?")
_MOMENT_AS_ASKED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?")


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


def chain_seconds(times: Iterable[Time], start: float) -> float:
    """Return how long after its start a sending's last step is due for somebody who gets every step at once."""
    return reduce(lambda at, time: step_due(time, previous=at), times, start) - start


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
    count = 0
    while count < min(len(words), LONGEST):
        if _TIMELIKE.fullmatch(words[count].lower()):
            count += 1
        elif _NUMBER.fullmatch(words[count]) and _is_unit(words[count + 1 : count + 2]):
            count += 2
        else:
            break
    return count


def _is_unit(word: Sequence[str]) -> bool:
    return bool(word) and (word[0].lower() in _UNITS or word[0].lower() in _SPELT_OUT)


def parse(text: str) -> Time | NoTime:
    """Read ``now``, a delay or a datetime whose words are one space apart."""
    if len(text) > _MOST_CHARACTERS:
        return NoTime(_FORMS, "TIME")
    text = text.lower()
    if text == "now":
        return Now()
    if _DELAY.fullmatch(text):
        return _delay(_DELAY_PART.findall(text))
    if moment := _MOMENT.fullmatch(text):
        return _moment(text, moment.groups(default="0"))
    return _half_a_moment(text)


def _delay(parts: Sequence[tuple[str, str]]) -> Delay | NoTime:
    units = [_SPELT_OUT.get(unit, unit) for _, unit in parts]
    if not set(units) <= _UNITS.keys():
        return NoTime(_FORMS, "TIME")
    seconds = sum(int(count) * _UNITS[unit] for (count, _), unit in zip(parts, units, strict=True))
    if seconds > MAX_DELAY:
        return NoTime("a delay is at most 366 days.", "366d")
    meant = Delay(seconds)
    if units != [unit for _, unit in parts]:
        return NoTime("the units are d, h, m and s.", render(meant))
    if units != [unit for unit in _UNITS if unit in units]:
        return NoTime("the largest unit comes first, each only once.", render(meant))
    return meant


def _moment(text: str, fields: Sequence[str]) -> At | NoTime:
    year, month, day, hour, minute, second = map(int, fields)
    try:
        when = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return NoTime("there is no such day or time of day.", _ANY)
    at = At((when - _EPOCH) // timedelta(seconds=1))
    if not _MOMENT_AS_ASKED.fullmatch(text):
        return NoTime(f"it is written {_ANY} or {_ANY}:SS, in UTC.", render(at))
    return at


def _half_a_moment(text: str) -> NoTime:
    if _DATE.fullmatch(text) and isinstance(parse(f"{text} 00:00"), At):
        return NoTime("the time of day (UTC) is missing.", f"{text} HH:MM")
    if _CLOCK.fullmatch(text) and isinstance(parse(f"2000-01-01 {text}"), At):
        return NoTime("the date is missing.", f"YYYY-MM-DD {text}")
    if set(text) & set("-.:/"):
        return NoTime(f"date and time are written {_ANY}, in UTC.", _ANY)
    return NoTime(_FORMS, "TIME")
