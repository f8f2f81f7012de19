"""`/send sidN retry`, `recall` and `correct`: sendings that go back to what another one left or delivered."""

from userbot.core import timing, wording
from userbot.core.acts import Act
from userbot.core.grammar import Correct, FollowUp, Recall, Retry
from userbot.core.language import gettext, ngettext
from userbot.core.model import Audience, Notice, Sending, SendingStatus, Step
from userbot.service import editing
from userbot.service.context import Context
from userbot.service.requests import Declined, Request, Seen
from userbot.service.steering import Order, Steering
from userbot.store import follow_ups, outbox, sendings
from userbot.store.database import Connection

_TEXTED = {"text", "photo", "video", "file", "voice", "audio", "animation"}
"""Kinds with a text or a caption."""


class FollowUps:
    """Turns such a command into an order, or says why it cannot be one."""

    def __init__(self, context: Context, steering: Steering) -> None:
        self._clock = context.clock
        self._steering = steering

    async def order(self, on: Connection, request: Request, command: FollowUp, seen: Seen) -> Notice:
        """Place the order and return the answer, which is its announcement. Raises Declined, with nothing done."""
        origin = await _origin(on, request, command)
        match command:
            case Retry(time=time):
                return await self._retry(on, request, origin, time)
            case Recall():
                return await self._recall(on, request, origin)
            case Correct(step=step):
                return await self._correct(on, request, origin, step, editing.step(seen, timing.Now()))

    async def _retry(self, on: Connection, request: Request, origin: Sending, time: timing.Time) -> Notice:
        named = {"number": origin.id}
        start_at = timing.start_at(time, self._clock.now())
        if start_at is None:
            past, present = wording.moment(time.moment), wording.moment(self._clock.now())  # type: ignore[union-attr]
            raise Declined(gettext("{moment} is past. It is {now} now.", moment=past, now=present))
        if not origin.status.ended or origin.counts.pending:
            raise Declined(gettext("sid{number} goes on still. What it leaves can be sent once it has ended.", **named))
        for other in await sendings.following(on, origin.id):
            if other.sends:
                again = f"/send sid{other.id} retry"
                raise Declined(
                    gettext(
                        "sid{other} brings the rest of sid{number} already. What that one leaves: {command}",
                        **named,
                        other=other.id,
                        command=again,
                    )
                )
        if origin.counts.sent == origin.counts.total:
            raise Declined(gettext("sid{number} left nothing: everybody got everything.", **named))
        return await self._place(on, request, origin, Act.SEND, start_at)

    async def _recall(self, on: Connection, request: Request, origin: Sending) -> Notice:
        if origin.status in {SendingStatus.RUNNING, SendingStatus.PAUSED}:
            await self._steering.stop(on, origin.id, request.sender.id)
        elif not origin.counts.sent:
            raise Declined(_delivered_nothing(origin))
        following = await sendings.following(on, origin.id)
        for other in following:
            if other.act is Act.RECALL and not other.status.ended:
                raise Declined(gettext("sid{other} takes back sid{number} already.", number=origin.id, other=other.id))
        retried = [each for each in following if each.sends and each.counts.sent]
        notes = [
            gettext("What sid{number} delivered stays. Take it back too: /send sid{number} recall", number=each.id)
            for each in retried
        ]
        return await self._place(on, request, origin, Act.RECALL, self._clock.now(), notes=notes)

    async def _correct(self, on: Connection, request: Request, origin: Sending, only: int | None, text: Step) -> Notice:
        delivered = await follow_ups.delivered(on, origin.id)
        if not delivered:
            raise Declined(_delivered_nothing(origin))
        if origin.versions > 1:
            raise Declined(gettext("sid{number} compares templates, so it cannot be corrected.", number=origin.id))
        steps = await sendings.steps_of(on, origin.id)
        if only is None and len(steps) > 1:
            command = f"/send sid{origin.id} correct {delivered[0]}"
            raise Declined(gettext("Which of the messages? Say its place in the chain: {command}", command=command))
        number = only or 1
        if number > len(steps):
            raise Declined(
                ngettext(
                    "sid{number} has {count} message.",
                    "sid{number} has {count} messages.",
                    len(steps),
                    number=origin.id,
                )
            )
        if steps[number - 1].kind != text.kind:
            raise Declined(
                gettext(
                    "What was delivered is {old}, and this is {new}: only the same kind can stand in its place.",
                    old=steps[number - 1].kind,
                    new=text.kind,
                )
            )
        if text.kind not in _TEXTED and not text.kind.startswith("album"):
            raise Declined(gettext("In {kind} there is no text that could be corrected.", kind=text.kind))
        replaced = tuple(text if at == number else each for at, each in enumerate(steps, 1))
        return await self._place(on, request, origin, Act.CORRECT, self._clock.now(), replaced, number)

    async def _place(
        self,
        on: Connection,
        request: Request,
        origin: Sending,
        act: Act,
        start_at: float,
        steps: tuple[Step, ...] = (),
        only_step: int | None = None,
        notes: list[str] | None = None,
    ) -> Notice:
        among = origin.audience if act is Act.SEND and not origin.urgent else Audience.LIST
        order = Order(
            audience=among,
            what=origin.what,
            topic=request.incoming.topic,
            ordered_by=request.sender,
            start_at=start_at,
            steps=steps or await sendings.steps_of(on, origin.id),
            mark=origin.mark if among is Audience.MARK else None,
            act=act,
            origin=origin,
            only_step=only_step,
        )
        sending = await self._steering.order(on, order)
        return Notice(wording.ordered(sending, self._clock.now(), notes or []), sending_id=sending.id, live=True)


async def _origin(on: Connection, request: Request, command: FollowUp) -> Sending:
    """The sending that is meant. Raises Declined when there is none to go back to."""
    number = command.number
    if number is None and request.incoming.reply_to is not None:
        number = await outbox.about(on, request.incoming.reply_to)
    if number is None:
        meant = wording_of(command)
        raise Declined(gettext("Which sending? Reply to its notice, or name it: {command}", command=meant))
    sending = await sendings.find(on, number)
    if sending is None:
        raise Declined(gettext("There is no sid{number}. /send sendings shows the latest.", number=number))
    if not sending.sends:
        meant = f"/send sid{sending.origin} recall"
        raise Declined(
            gettext(
                "sid{number} delivered nothing itself: it goes back to sid{origin}. For that: {command}",
                number=number,
                origin=sending.origin,
                command=meant,
            )
        )
    if sending.pruned:
        raise Declined(gettext("Who got sid{number} is not kept any longer (KEEP_DAYS).", number=number))
    if sending.started_at is None:
        raise Declined(_delivered_nothing(sending))
    return sending


def wording_of(command: FollowUp) -> str:
    """The command with the place of the number that it lacks."""
    return f"/send sidN {type(command).__name__.lower()}"


def _delivered_nothing(sending: Sending) -> str:
    return gettext("sid{number} has delivered nothing.", number=sending.id)
