"""Hours in which no mailing goes out, by the clock on the wall of a time zone.

Quiet is every minute that the wall clock shows between the start and the end, on the odd nights too: when the clock is
put back, a quiet minute that comes twice is quiet twice; when it is put forward, an end that never comes is where the
clock lands behind it. Moments are seconds since 1970, UTC.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

_FORM = re.compile(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)\s*", re.ASCII)
_MINUTE = 60
EDGE = 5.0
"""Seconds before quiet hours in which nothing is handed out any more: a call takes its time, and clocks differ."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` until before `end`, in minutes of the day on the wall; over midnight when the end is earlier."""

    start: int
    end: int
    zone: tzinfo = UTC

    def quiet(self, moment: float) -> bool:
        """Whether the minute of this moment is quiet."""
        minute = self._minute(moment)
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def _wall(self, moment: float) -> datetime:
        return datetime.fromtimestamp(moment, self.zone)

    def _minute(self, moment: float) -> int:
        """The minute of the day on the wall."""
        wall = self._wall(moment)
        return wall.hour * 60 + wall.minute

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
        while self.quiet(moment) is not quiet:
            begun, offset = moment // _MINUTE * _MINUTE, self._wall(moment).utcoffset()
            left = ((self.start if quiet else self.end) - self._minute(moment)) % (24 * 60)
            # It is so after as many minutes, unless the clock is put elsewhere before: then it is looked at there.
            turned = bisect_left(
                range(left), x=True, lo=1, key=lambda count: self._wall(begun + count * _MINUTE).utcoffset() != offset
            )
            moment = begun + turned * _MINUTE
        return moment

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
