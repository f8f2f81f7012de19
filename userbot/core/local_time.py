"""The clock on the wall of those who read and write times, beside UTC.

Which zone it is belongs to a running program, as its language does: it is set once, where everything is wired.
"""

from contextvars import ContextVar
from datetime import UTC, datetime, tzinfo

from userbot.core import language

ZONE: ContextVar[tzinfo | None] = ContextVar("zone", default=None)
"""None where nobody has said which zone it is: then UTC is all there is."""


def beside(at: float) -> str:
    """The local time in parentheses, to stand behind a moment in UTC; with its date where that is another."""
    zone = ZONE.get()
    if zone is None:
        return ""
    there, here = datetime.fromtimestamp(int(at), UTC), datetime.fromtimestamp(int(at), zone)
    day = "" if there.date() == here.date() else f"{language.day(here)} "
    return f" ({day}{here:%H:%M:%S}".removesuffix(":00") + ")"


def moments(wall: datetime, zone: tzinfo) -> list[float]:
    """When the clock shows this, which is without a zone: never where it is put forward, twice where it is put back."""
    both = [wall.replace(tzinfo=zone, fold=fold).timestamp() for fold in (0, 1)]
    return sorted({at for at in both if datetime.fromtimestamp(at, zone).replace(tzinfo=None) == wall})
