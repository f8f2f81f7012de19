"""`/send test`, `all`, `list`, `file`, `mark`, and a template in a dialog topic: from the command to the order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from userbot.core import timing, wording
from userbot.core.forwarding import remarks
from userbot.core.grammar import All, File, Here, Listed, Marked, Run, Target, Test
from userbot.core.language import gettext, ngettext
from userbot.core.model import Audience, Notice, Step, Template
from userbot.core.wording import checks
from userbot.core.wording.naming import compares, personal
from userbot.service import editing
from userbot.service.context import Context
from userbot.service.labels import existing
from userbot.service.requests import Declined, Request, Seen
from userbot.service.steering import Order, Steering
from userbot.store import audiences, peers, sendings, templates
from userbot.store.audiences import Limit, Question
from userbot.store.database import Connection

_AUDIENCES: dict[type[Target], Audience] = {
    Test: Audience.TEST,
    All: Audience.ALL,
    File: Audience.FILE,
    Listed: Audience.LIST,
    Marked: Audience.MARK,
    Here: Audience.TOPIC,
}


RECENT_SECONDS = 7 * 86_400.0
"""For how long it is remembered that the same went to the same people."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run comes to: what goes to whom, and when it starts."""

    audience: Audience
    what: str
    start_at: float
    template_id: int | None
    steps: tuple[Step, ...]
    mark: str | None
    peer_ids: tuple[int, ...]
    notes: tuple[str, ...]
    """What there is to say of it."""
    templates: tuple[Template, ...] = ()
    """What the steps are from; of several that are compared, `steps` are those of the longest."""

    @property
    def versions(self) -> tuple[Template, ...]:
        """The templates that are compared, if it is more than one."""
        return self.templates if len(self.templates) > 1 else ()

    @property
    def question(self) -> Question:
        """Who is meant."""
        return Question(self.audience, self.mark, self.peer_ids)


class Ordering:
    """Turns a run into an order, or says why it cannot be one."""

    def __init__(self, context: Context, steering: Steering) -> None:
        self._clock = context.clock
        self._quota = context.limits.quota
        self._cap = context.limits.cap
        self._steering = steering

    async def plan(self, on: Connection, request: Request, run: Run, seen: Seen) -> Plan:
        """What a run comes to. Raises Declined."""
        now = self._clock.now()
        start_at = timing.start_at(run.time, now)
        if start_at is None:
            raise Declined(
                gettext("{then} UTC is past. It is {now} now.", then=timing.render(run.time), now=wording.moment(now))
            )
        what, found, steps = await self._content(on, run, seen)
        template_id, versions = (found[0].id if found else None), (found if len(found) > 1 else ())
        audience = _AUDIENCES[type(run.target)]
        mark = await _mark(on, run)
        peer_ids = await self._peer_ids(on, request, run.target, seen)
        all_steps = [step for each in versions for step in each.steps] or steps
        remarked = [*remarks(step.kind for step in all_steps), *personal(all_steps)]
        notes = (*_notes(seen), *compares(len(versions)), *remarked, *await _ending(on, template_id, steps))
        return Plan(audience, what, start_at, template_id, steps, mark, tuple(peer_ids), notes, found)

    async def order(self, on: Connection, request: Request, run: Run, seen: Seen) -> Notice:
        """Place the order and return the answer, which is its announcement. Raises Declined, with nothing done."""
        plan = await self.plan(on, request, run, seen)
        if plan.audience is not Audience.TEST:
            await self._check_month(on, plan.question, len(plan.steps))
        for template in plan.templates:
            await editing.keep(on, template)
        order = Order(
            audience=plan.audience,
            what=plan.what,
            topic=request.incoming.topic,
            ordered_by=request.sender,
            start_at=plan.start_at,
            template_id=plan.template_id,
            versions=plan.versions,
            steps=() if plan.template_id else plan.steps,
            mark=plan.mark,
            peer_ids=plan.peer_ids,
            unconfirmed=None if seen.figures is None else seen.figures.going,
        )
        notes = [*plan.notes, *await self._went_before(on, order, plan.steps)]
        sending = await self._steering.order(on, order)
        if seen.figures is not None:
            return Notice(checks.unconfirmed(sending, seen.figures, notes), sending_id=sending.id, live=True)
        text = wording.ordered(sending, self._clock.now(), notes)
        return Notice(text, sending_id=sending.id, live=not sending.urgent)

    async def _went_before(self, on: Connection, order: Order, steps: Sequence[Step]) -> list[str]:
        """Whether the same went, or is to go, to the same audience. A test may be repeated as often as one likes."""
        if order.audience is Audience.TEST:
            return []
        now = self._clock.now()
        earlier = await sendings.alike(
            on,
            audience=order.audience,
            mark=order.mark,
            topic=order.topic,
            peer_ids=order.peer_ids,
            template_id=order.template_id,
            steps=steps,
            since=now - RECENT_SECONDS,
        )
        return [] if earlier is None else [wording.went_before(earlier, now)]

    async def _content(
        self, on: Connection, run: Run, seen: Seen
    ) -> tuple[str, tuple[Template, ...], tuple[Step, ...]]:
        """What is sent: in words, as templates, as steps, of several templates those of the longest."""
        if run.template is None:
            step = editing.step(seen, timing.Now())
            text = next((each.text for each in seen.album if each.text), "")
            return wording.content(step.kind, text), (), (step,)
        found = [await editing.existing(on, name, run) for name in run.templates]
        for template in found:
            editing.check_sendable(template)
        fresh = tuple(editing.up_to_date(template, seen) for template in found)
        names = ", ".join(template.name for template in fresh)
        what = gettext("templates {names}", names=names) if run.others else gettext("template {name}", name=names)
        return what, fresh, max((template.steps for template in fresh), key=len)

    async def _peer_ids(self, on: Connection, request: Request, target: Target, seen: Seen) -> Sequence[int]:
        match target:
            case Test():
                if not request.sender.access_hash:
                    raise Declined(
                        gettext("Telegram tells too little about you: write to the account privately first.")
                    )
                await peers.learn(on, [request.sender])
                await peers.tests(on, request.sender.id)
                return [request.sender.id]
            case Listed(ids):
                return [seen.named[each] if isinstance(each, str) else each for each in ids]
            case File():
                assert seen.recipients is not None
                return seen.recipients.ids
            case Here():
                bound = await peers.of_topic(on, request.incoming.topic)
                if bound is None:
                    raise Declined(
                        gettext("This topic belongs to nobody yet. An administrator binds it: /bind USER_ID")
                    )
                return [bound.id]
        return []

    async def _check_month(self, on: Connection, question: Question, steps: int) -> None:
        """Refuse a run that cannot fit into what is left of the month."""
        left = await self._quota.left(on)
        now = self._clock.now()
        if left is None or await audiences.expected(on, question, Limit(None, now)) * steps <= left:
            return
        # Only now those are looked for who have had enough: that takes longer.
        needed = await audiences.expected(on, question, Limit(self._cap, now)) * steps
        if needed > left:
            raise Declined(gettext("Not started: {why}", why=self._quota.too_many(needed, left)))


async def _ending(on: Connection, template_id: int | None, steps: Sequence[Step]) -> list[str]:
    """Whether the chain ends for whoever answers."""
    ends = len(steps) > 1 and template_id is not None and await templates.ends_at_answer(on, template_id)
    return [wording.ends_for_answerers()] if ends else []


async def _mark(on: Connection, run: Run) -> str | None:
    """The label as it was first written."""
    if not isinstance(run.target, Marked):
        return None
    found = await existing(on, run.target.mark, lambda close: replace(run, target=Marked(close)))
    return found.name


def _notes(seen: Seen) -> list[str]:
    """What there is to say of the attached file."""
    found = seen.recipients
    if found is None:
        return []
    notes = [ngettext("The file holds {count} id.", "The file holds {count} ids.", len(found.ids))]
    if found.duplicates:
        notes.append(gettext("Repeated and counted once: {count}.", count=wording.number(found.duplicates)))
    if found.invalid:
        notes.append(
            gettext(
                "No ids, left out: {count} ({examples}).",
                count=wording.number(found.invalid),
                examples=", ".join(found.examples),
            )
        )
    return notes
