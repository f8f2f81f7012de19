"""Hours in which no mailing goes out, by the clock on the wall of a time zone.

Quiet is every minute that the wall clock shows between the start and the end, on the odd nights too: when the clock is
put back, a quiet minute that comes twice is quiet twice; when it is put forward, an end that never comes is where the
clock lands behind it. Moments are seconds since 1970, UTC.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

_FORM = re.compile(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)\s*", re.ASCII)
_MINUTE = 60
EDGE = 5.0
"""Seconds before quiet hours in which nothing is handed out any more: a call takes its time, and clocks differ."""

_DAYS = 2 * 24 * 60
"""Minutes within which every day has an open and a quiet one, whatever the clock does."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` until before `end`, in minutes of the day on the wall; over midnight when the end is earlier."""

    start: int
    end: int
    zone: tzinfo = UTC

    def quiet(self, moment: float) -> bool:
        """Whether the minute of this moment is quiet."""
        wall = datetime.fromtimestamp(moment, self.zone)
        minute = wall.hour * 60 + wall.minute
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def wait(self, moment: float) -> float | None:
        """Until when a mailing has to wait that would go out now; None when it may."""
        return self.opens(moment + EDGE) if self.quiet(moment + EDGE) or self.quiet(moment) else None

    def opens(self, moment: float) -> float:
        """The first moment from this one on that is not quiet."""
        return self._first(moment, quiet=False)

    def closes(self, moment: float) -> float:
        """The first moment from this one on that is quiet."""
        return self._first(moment, quiet=True)

    def _first(self, moment: float, *, quiet: bool) -> float:
        if self.quiet(moment) is quiet:
            return moment
        # Minute by minute: a day has few of them, and no rule of any zone has to be known.
        begun = moment // _MINUTE * _MINUTE
        minutes = (begun + count * _MINUTE for count in range(1, _DAYS))
        return next(each for each in minutes if self.quiet(each) is quiet)

    def done(self, start: float, seconds: float) -> float:
        """When work that takes so many seconds, and rests in quiet hours, is done."""
        at = self.opens(start)
        while seconds > (awake := self.closes(at) - at):
            seconds -= awake
            at = self.opens(at + awake)
        return at + seconds


def read(text: str, zone: tzinfo = UTC) -> QuietHours:
    """Quiet hours as a person writes them: 21:00-08:00. Raises ValueError, with what is wrong."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("it is no span of hours such as 21:00-08:00")
    first, first_minute, last, last_minute = map(int, found.groups())
    start, end = first * 60 + first_minute, last * 60 + last_minute
    if start == end:
        raise ValueError("it begins and ends at the same minute, so nothing would ever go out, or nothing ever rest")
    return QuietHours(start, end, zone)
