"""A sending's life, as a table. An event that the table does not know raises, and changes nothing."""

from enum import StrEnum

from userbot.core.language import gettext
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
    GO = "go"
    """A person lets one begin that waits for a second word."""
    STOP = "stop"


_NEXT: dict[tuple[S, Event], S] = {
    (S.AWAITS, Event.START): S.RUNNING,
    (S.AWAITS, Event.HOLD): S.PAUSED,
    (S.AWAITS, Event.CANCEL): S.CANCELLED,
    (S.AWAITS, Event.GO): S.AWAITS,
    (S.RUNNING, Event.HOLD): S.PAUSED,
    (S.RUNNING, Event.PAUSE): S.PAUSED,
    (S.RUNNING, Event.FINISH): S.FINISHED,
    (S.RUNNING, Event.STOP): S.STOPPED,
    (S.PAUSED, Event.RESUME): S.RUNNING,
    (S.PAUSED, Event.REQUEUE): S.AWAITS,
    (S.PAUSED, Event.STOP): S.STOPPED,
}


def _what_it_is(status: S, number: int) -> str:
    """A sending's status as the beginning of a sentence."""
    match status:
        case S.AWAITS:
            return gettext("sid{number} awaits its start", number=number)
        case S.RUNNING:
            return gettext("sid{number} is running", number=number)
        case S.PAUSED:
            return gettext("sid{number} is paused", number=number)
        case S.FINISHED:
            return gettext("sid{number} is finished", number=number)
        case S.CANCELLED:
            return gettext("sid{number} is cancelled", number=number)
        case S.STOPPED:
            return gettext("sid{number} is stopped", number=number)


def _why_not(event: Event, number: int) -> str:
    """What this needs."""
    match event:
        case Event.PAUSE | Event.HOLD | Event.FINISH:
            return gettext("only a running sending can be paused.")
        case Event.RESUME | Event.REQUEUE:
            return gettext("only a paused sending can be resumed.")
        case Event.STOP:
            cancel = f"/send sid{number} del"
            return gettext("only one that runs or is paused can be stopped; {cancel} cancels it.", cancel=cancel)
        case Event.GO:
            return gettext("only one that has not begun can wait for a go.")
        case Event.CANCEL | Event.START:
            stop = f"/send sid{number} stop"
            return gettext(
                "only a sending that awaits its start can be cancelled; {stop} ends one that runs.", stop=stop
            )


def after(status: S, event: Event, number: int) -> S:
    """The status that follows. Raises IllegalTransitionError with a sentence about sending `number`."""
    try:
        return _NEXT[status, event]
    except KeyError:
        sentence = gettext("{what}: {why}", what=_what_it_is(status, number), why=_why_not(event, number))
        raise IllegalTransitionError(sentence) from None
