"""Labels on customers: set, removed, listed; and what setting one brings about, in the same transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from userbot.core import wording
from userbot.core.grammar import (
    Export,
    HelpMarks,
    MarkFile,
    Marking,
    NewMark,
    Place,
    PutMark,
    ShowMark,
    ShowMarks,
    TakeMark,
)
from userbot.core.help import marks_help
from userbot.core.labels import Label, dependents
from userbot.core.language import gettext
from userbot.core.model import Audience, Notice, Peer, Sending
from userbot.core.wording import labels as words
from userbot.service import editing, labels
from userbot.service.context import Context
from userbot.service.requests import Declined, Request, Seen
from userbot.service.steering import Order, Steering
from userbot.store import marks, peers, segments, templates
from userbot.store.database import Connection

_TOPICS = 20
"""Of how many customers with a label the topics are linked."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What setting a label has brought about."""

    new: Sequence[int]
    """Who did not have it."""
    sending: Sending | None = None
    why_not: str = ""
    """Why nothing is sent that should be."""


class Labelling:
    """Carries out `/mark` and `/export`."""

    def __init__(self, context: Context, steering: Steering, changed: Callable[[], None]) -> None:
        """`changed` is told when labels may be others, or on others."""
        self._changed = changed
        self._database = context.database
        self._clock = context.clock
        self._group_id = context.telegram.group_id
        self._steering = steering

    async def carry_out(self, on: Connection, request: Request, command: Marking, seen: Seen) -> Notice:
        """Do it, and return the answer. Raises Declined, with nothing done."""
        self._database.afterwards(self._changed)
        match command:
            case HelpMarks():
                return Notice(marks_help(request.place))
            case ShowMarks() if request.place is Place.TOPIC:
                customer = await _customer(on, request)
                return Notice(words.on_customer(customer.name, await marks.on_peer(on, customer.id)))
            case ShowMarks():
                return Notice(await self._list(on))
            case ShowMark():
                return Notice(await self._show(on, command))
            case PutMark():
                return await self._put(on, request, command)
            case TakeMark():
                return Notice(await _take(on, request, command))
            case MarkFile():
                return await self._put_file(on, request, command, seen)
            case Export():
                return await self._export(on, command)
            case NewMark():
                return Notice(await labels.make(on, command))
        return Notice(await labels.change(on, command, self._clock.now()))

    async def _list(self, on: Connection) -> str:
        counts = await marks.counts(on)
        return words.labels(
            [
                (label, counts.get(label.id, 0) if label.expression is None else await self._count(on, label))
                for label in (await marks.all_of(on)).values()
            ]
        )

    async def _count(self, on: Connection, label: Label) -> int:
        return await segments.count(on, label, self._clock.now())

    async def _show(self, on: Connection, command: ShowMark) -> str:
        label = await labels.existing(on, command.mark, lambda close: replace(command, mark=close))
        members = await segments.members(on, label, self._clock.now())
        topics = [
            (name, wording.link(self._group_id, topic)) for topic, name in await marks.topics(on, members, _TOPICS)
        ]
        depending = dependents(label, await marks.all_of(on))
        return words.label(label, await self._count(on, label), depending, topics)

    async def _put(self, on: Connection, request: Request, command: PutMark) -> Notice:
        label = await _by_hand(on, command)
        customer = await _customer(on, request)
        before = {each.lower() for each in await marks.on_peer(on, customer.id)}
        done = await self._set(on, request, label, [customer.id])
        removed = [each for each in label.after if each.lower() in before]
        text = words.marked(customer.name, label.name, new=bool(done.new), removed=removed)
        return self._said(text, done)

    async def _put_file(self, on: Connection, request: Request, command: MarkFile, seen: Seen) -> Notice:
        label = await _by_hand(on, command)
        found = seen.recipients
        assert found is not None
        known = await peers.customers_among(on, found.ids)
        done = await self._set(on, request, label, known)
        unknown, already = len(found.ids) - len(known), len(known) - len(done.new)
        text = words.marked_file(label.name, len(done.new), already, unknown, found, reading=seen.reading)
        return self._said(text, done)

    def _said(self, text: str, done: _Done) -> Notice:
        """What was set, and what goes out for it."""
        if done.sending is None:
            return Notice("\n".join(filter(None, [text, done.why_not])))
        ordered = wording.ordered(done.sending, self._clock.now())
        return Notice(f"{text}\n{ordered}", sending_id=done.sending.id)

    async def _set(self, on: Connection, request: Request, label: Label, ids: Sequence[int]) -> _Done:
        """Set a label on customers, remove those it comes after, and begin what it sends.

        To whom it is sending already, it does not send again. What it sends is a mailing, in a topic too: who opted
        out is left out.
        """
        new = await marks.put(on, label, ids)
        await marks.take(on, label.after, ids)
        template = None if label.sends is None else await templates.find(on, label.sends)
        to = [] if template is None else await marks.without_sending(on, label, new)
        if template is None or not to:
            return _Done(new)
        try:
            editing.check_sendable(template)
        except Declined as declined:
            return _Done(new, why_not=str(declined))
        order = Order(
            audience=Audience.LIST,
            what=gettext("template {name}", name=template.name),
            topic=request.incoming.topic,
            ordered_by=request.sender,
            start_at=self._clock.now(),
            template_id=template.id,
            peer_ids=to,
            begun_by=label.id,
        )
        return _Done(new, await self._steering.order(on, order))

    async def _export(self, on: Connection, command: Export) -> Notice:
        if command.mark is None:
            return Notice(words.people(await peers.count_customers(on)), export="")
        label = await labels.existing(on, command.mark, lambda close: replace(command, mark=close))
        count = await self._count(on, label)
        text = gettext("Label {name} · {people}", name=label.name, people=words.people(count))
        return Notice(text, export=label.name)


async def _customer(on: Connection, request: Request) -> Peer:
    """Whose topic it is. Raises Declined when it is nobody's, or a group's."""
    found = await peers.of_topic(on, request.incoming.topic)
    if found is None:
        raise Declined(gettext("This topic belongs to nobody yet. An administrator binds it: /bind USER_ID"))
    if found.id < 0 or not found.has_dialog:
        raise Declined(gettext("{name} is no customer, and labels are for customers.", name=found.name))
    return found


async def _by_hand(on: Connection, command: PutMark | TakeMark | MarkFile) -> Label:
    """The label. Raises Declined when there is none, or it is computed."""
    label = await labels.existing(on, command.mark, lambda close: replace(command, mark=close))
    if label.expression is not None:
        raise Declined(gettext("Label {name} is computed: nobody sets or removes it by hand.", name=label.name))
    return label


async def _take(on: Connection, request: Request, command: TakeMark) -> str:
    label = await _by_hand(on, command)
    customer = await _customer(on, request)
    if await marks.take(on, [label.name], [customer.id]):
        return gettext("{name} has the label {label} no more.", name=customer.name, label=label.name)
    return gettext("{name} does not have the label {label}.", name=customer.name, label=label.name)
