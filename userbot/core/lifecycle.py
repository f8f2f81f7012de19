"""A sending's life, as a table. An event that the table does not know raises, and changes nothing."""

from enum import StrEnum

from userbot.core.model import SendingStatus as S
from userbot.errors import IllegalTransitionError


class Event(StrEnum):
    """What can happen to a sending."""

    START = "start"
    HOLD = "hold"
    """The program pauses it: a limit, a quota, a missed start."""
    PAUSE = "pause"
    """A person pauses it."""
    RESUME = "resume"
    REQUEUE = "requeue"
    """A person, or the passing of the reason, lets one go on that had not started yet."""
    FINISH = "finish"
    CANCEL = "del"
    STOP = "stop"


_NEXT: dict[tuple[S, Event], S] = {
    (S.AWAITS, Event.START): S.RUNNING,
    (S.AWAITS, Event.HOLD): S.PAUSED,
    (S.AWAITS, Event.CANCEL): S.CANCELLED,
    (S.RUNNING, Event.HOLD): S.PAUSED,
    (S.RUNNING, Event.PAUSE): S.PAUSED,
    (S.RUNNING, Event.FINISH): S.FINISHED,
    (S.RUNNING, Event.STOP): S.STOPPED,
    (S.PAUSED, Event.RESUME): S.RUNNING,
    (S.PAUSED, Event.REQUEUE): S.AWAITS,
    (S.PAUSED, Event.STOP): S.STOPPED,
}

_WHY_NOT: dict[Event, str] = {
    Event.PAUSE: "only a running sending can be paused",
    Event.RESUME: "only a paused sending can be resumed",
    Event.STOP: "only a running or paused sending can be stopped; /send sid{number} del cancels one that awaits",
    Event.CANCEL: "only a sending that awaits its start can be cancelled; /send sid{number} stop ends one that runs",
}


def after(status: S, event: Event, number: int) -> S:
    """The status that follows. Raises IllegalTransitionError with a sentence about sending `number`."""
    try:
        return _NEXT[status, event]
    except KeyError:
        why = _WHY_NOT.get(event, f"{event} is not possible now").format(number=number)
        raise IllegalTransitionError(f"sid{number} is {status}: {why}.") from None
