"""How people write times elsewhere, put into the order and the words in which they are read here.

For hints alone: nothing of this is obeyed. A time that is only half given stays half, and a zone is taken at its word:
CET is an hour ahead of UTC in July too, which makes a hint late rather than early.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


SPELT_OUT = {
    **dict.fromkeys(_words("day days tag tage tagen jour jours día días", "д день дня дней"), "d"),
    **dict.fromkeys(_words("hour hours hr hrs std stunde stunden heure heures hora horas", "ч час часа часов"), "h"),
    **dict.fromkeys(_words("min mins minute minutes minuten minuto minutos", "м мин минуту минуты минут"), "m"),
    **dict.fromkeys(_words("sec secs second seconds sek sekunde sekunden", "с сек секунд секунды"), "s"),
}
"""Units as they are written elsewhere."""

FILLERS = _words("in at on after um am ab nach à en dans après a las", "в через на после")
"""Words before a time that say nothing of their own."""

_DAYS = _words(
    "today tonight tomorrow monday tuesday wednesday thursday friday saturday sunday",
    "heute morgen übermorgen montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "hoy mañana demain aujourd'hui",
    "сегодня завтра послезавтра",
)
_AT_ONCE = _words("jetzt sofort gleich immediately asap ahora maintenant", "сейчас немедленно сразу")

# Hours ahead of UTC. What several zones are called (CST, IST, BST) is not here.
_ZONES = {"uhr": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2}
_ZONES |= {"eest": 3, "msk": 3, "мск": 3, "est": -5, "edt": -4, "pst": -8, "pdt": -7}
_OFFSET = re.compile(r"(?:(?:utc|gmt) ?)?([+-])([0-9]{1,2})(?::([0-9]{2}))?|(\+)([0-9]{2})([0-9]{2})")
_NAMED_OFFSET = re.compile(r"(?:utc|gmt)[+-][0-9]{1,2}(?::[0-9]{2})?|\+[0-9]{2}(?::?[0-9]{2})?|-[0-9]{2}:[0-9]{2}")

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_CLOCK_LAST = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?$")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2}|)")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})")
_SLASHES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_OF_TWELVE = re.compile(r"(?<![0-9:])(1[0-2]|0?[0-9])(?::([0-9]{2}))? ?([ap])m\b")
_HOUR = re.compile(r"(?<![0-9:])([0-9]{1,2}) ?(?:uhr|o'clock)\b")
_CLOCK_OF_ZONE = re.compile(r"(.*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?) ?(.+)")
_TURNED = re.compile(r"([0-9:]+) ((?:[0-9]{4}|yyyy)-[0-9]{1,2}-[0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Meant:
    """A text in the order that is read here, and how many seconds its clock is ahead of UTC."""

    text: str
    ahead: int = 0


def speaks_of_time(word: str) -> bool:
    """Whether this word says when, without a number in it."""
    return word in _DAYS or word in _AT_ONCE


def is_hour(word: str, unit: str) -> bool:
    """Whether these two words are an hour of the day: 10 Uhr, 5 pm."""
    return word.isascii() and word.isdigit() and unit in {"uhr", "o'clock", "am", "pm"}


def ends_in_clock(word: str) -> bool:
    """Whether a time zone may follow."""
    return _CLOCK_LAST.search(word) is not None


def is_zone(word: str) -> bool:
    """Whether this is a zone that is known here, or an offset from UTC."""
    return word in _ZONES or word == "local" or _NAMED_OFFSET.fullmatch(word) is not None


def understand(text: str) -> Meant:
    """Put a lower-case text into our order; what is not understood stays as it is."""
    text = text.translate(_DASHES).strip(" .,;!?") if not _DAY_FIRST.search(text) else text.rstrip(" ,;!?")
    if text in _AT_ONCE:
        return Meant("now")
    text = _OF_TWELVE.sub(_of_twelve, _HOUR.sub(r"\1:00", text))
    text = " ".join(word for word in text.split() if word not in _DAYS and word not in FILLERS)
    text, ahead = _without_zone(text)
    text = _YEAR_FIRST.sub(r"\1-\2-\3", _SLASHES.sub(_slashes, _DAY_FIRST.sub(_day_first, text)))
    return Meant(_TURNED.sub(r"\2 \1", " ".join(text.split())), ahead)


def _of_twelve(found: re.Match[str]) -> str:
    hour, minute, half = found.groups()
    return f"{int(hour) % 12 + 12 * (half == 'p')}:{minute or '00'}"


def _day_first(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    century = "20" if len(year) == 2 else ""
    return f"{century}{year or 'yyyy'}-{int(month):02}-{int(day):02}"


def _slashes(found: re.Match[str]) -> str:
    """Day and month, where only one order is possible."""
    first, second, year = int(found[1]), int(found[2]), found[3]
    if min(first, second) > 12 or (max(first, second) <= 12 and first != second):
        return found[0]
    return f"{year}-{min(first, second):02}-{max(first, second):02}"


def _without_zone(text: str) -> tuple[str, int]:
    found = _CLOCK_OF_ZONE.fullmatch(text)
    if found is None:
        return text, 0
    zone = found[2].strip()
    if zone in _ZONES:
        return found[1], _ZONES[zone] * 3600
    offset = _OFFSET.fullmatch(zone)
    if offset is None:
        return text, 0
    sign, hours, minutes = offset.groups()[:3] if offset[1] else offset.groups()[3:]
    ahead = int(hours) * 3600 + int(minutes or 0) * 60
    return found[1], -ahead if sign == "-" else ahead
