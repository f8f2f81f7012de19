"""Which sendings a command without a number means, and who may steer them."""

from userbot.core.grammar import Cancel, Go, Pause, Place, Resume, Steer, Stop
from userbot.core.language import gettext
from userbot.core.lifecycle import Event
from userbot.core.model import Peer, Sending, SendingStatus
from userbot.service.requests import Declined, Request
from userbot.service.steering import Steering
from userbot.store import outbox, sendings
from userbot.store.database import Connection

_EVENTS: dict[type[Steer], Event] = {
    Cancel: Event.CANCEL,
    Pause: Event.PAUSE,
    Resume: Event.RESUME,
    Stop: Event.STOP,
    Go: Event.GO,
}


def may(person: Peer, steer: Steer, sending: Sending) -> bool:
    """Whether somebody who is no administrator may: hold everything, and what they ordered themselves in a topic."""
    return isinstance(steer, Pause) or (sending.ordered_by == person.id and not sending.in_general)


async def meant(on: Connection, request: Request, steer: Steer, steering: Steering) -> list[int]:
    """The numbers: the given one, that of the notice replied to, whatever sends the message replied to, else all.

    Raises Declined when there is none.
    """
    if steer.number is not None:
        return [steer.number]
    reply_to = request.incoming.reply_to
    if reply_to is not None:
        about = await outbox.about(on, reply_to)
        found = [about] if about is not None else await sendings.sending_message(on, reply_to)
        if found:
            return found
    event = _EVENTS[type(steer)]
    if request.place is Place.TOPIC or event in {Event.CANCEL, Event.GO}:
        command = f"/send sidN {event}"
        raise Declined(gettext("Which sending? Reply to its notice, or name it: {command}", command=command))
    running = await steering.open_to(on, event)
    if not running:
        raise Declined(await _nothing(on, steer))
    return running


async def _nothing(on: Connection, steer: Steer) -> str:
    """That there is nothing to steer, and what there is."""
    waiting = await sendings.having(on, SendingStatus.AWAITS)
    paused = await sendings.having(on, SendingStatus.PAUSED)
    if isinstance(steer, Resume):
        lines = [gettext("Nothing was paused by an operator.")]
        lines += [gettext("Go on: {command}", command=f"/send sid{each.id} resume") for each in paused]
        return "\n".join(lines)
    lines = [gettext("Nothing runs now.")]
    lines += [gettext("Cancel: {command}", command=f"/send sid{each.id} del") for each in waiting]
    if isinstance(steer, Stop):
        lines += [gettext("End it: {command}", command=f"/send sid{each.id} stop") for each in paused]
    return "\n".join(lines)
