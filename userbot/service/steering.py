"""What operators do with sendings: order, call off, pause, resume, stop; inside the transaction of their command."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass

from userbot.core import wording
from userbot.core.acts import Act
from userbot.core.lifecycle import Event
from userbot.core.model import Audience, Peer, Sending, SendingStatus, Step, Template
from userbot.core.wording import checks
from userbot.errors import IllegalTransitionError
from userbot.service import guard
from userbot.service.context import Context
from userbot.service.holding import Holding
from userbot.service.lanes import Lanes
from userbot.service.scheduler import Agenda
from userbot.store import clearing, facts, follow_ups, sendings, versions
from userbot.store.database import Connection

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants sent: a template, or steps of its own."""

    audience: Audience
    what: str
    topic: int
    ordered_by: Peer
    start_at: float
    template_id: int | None = None
    versions: tuple[Template, ...] = ()
    """The templates that are compared, if it is more than one."""
    steps: tuple[Step, ...] = ()
    mark: str | None = None
    peer_ids: Sequence[int] = ()
    unconfirmed: int | None = None
    """For how many recipients it waits for a go; None when it does not."""
    act: Act = Act.SEND
    origin: Sending | None = None
    """The sending that it goes back to."""
    only_step: int | None = None
    begun_by: int | None = None
    """The label that began it, by being set."""


class Steering:
    """A sending's life as operators steer it."""

    def __init__(self, context: Context, agenda: Agenda, holding: Holding, lanes: Lanes) -> None:
        self._context = context
        self._database = context.database
        self._clock = context.clock
        self._agenda = agenda
        self._holding = holding
        self._lanes = lanes

    async def order(self, on: Connection, order: Order) -> Sending:
        """Take an order; it starts when its time comes."""
        sending_id = await sendings.order(
            on,
            audience=order.audience,
            what=order.what,
            topic=order.topic,
            ordered_by=order.ordered_by.id,
            orderer=order.ordered_by.name,
            now=self._clock.now(),
            start_at=order.start_at,
            # What the origin may have sent without knowing is so recognised by Telegram.
            seed=os.urandom(16) if order.origin is None else order.origin.seed,
            mark=order.mark,
            template_id=order.template_id,
            begun_by=order.begun_by,
            unconfirmed=order.unconfirmed,
        )
        if order.origin is not None:
            await follow_ups.go_back(on, sending_id, order.act, order.origin.id, order.only_step)
            await versions.inherit(on, sending_id, order.origin)
        await sendings.put_steps(on, sending_id, order.steps)
        if order.versions:
            await versions.put(on, sending_id, order.versions)
        await sendings.address(on, sending_id, order.peer_ids)
        self._database.afterwards(self._agenda.news.set)
        when = wording.moment(order.start_at)
        line = f"sid{sending_id}: ordered by {order.ordered_by.id} for {order.audience}, starts {when}"
        self._database.afterwards(lambda: log.info(line))
        sending = await sendings.find(on, sending_id)
        assert sending is not None
        return sending

    async def cancel(self, on: Connection, number: int, by: int) -> Sending:
        """Call off one that awaits its start. What was prepared for it goes afterwards, page by page."""
        sending = await self._context.transit(on, number, Event.CANCEL, by=by)
        await clearing.owe(on, facts.PREPARED, number)
        self._database.afterwards(self._agenda.news.set)
        return sending

    async def go(self, on: Connection, number: int, by: int) -> Sending:
        """Let one begin that waits for that. Raises IllegalTransitionError."""
        sending = await sendings.find(on, number)
        if sending is not None and sending.status is SendingStatus.AWAITS and not sending.unconfirmed:
            raise IllegalTransitionError(checks.needs_no_go(sending))
        self._database.afterwards(self._agenda.news.set)
        return await self._context.transit(on, number, Event.GO, by=by)

    async def pause(self, on: Connection, number: int, by: int) -> Sending:
        """Hold a running one until somebody resumes it. No call for it begins from now on."""
        self._close(number)
        held = await sendings.find(on, number)
        if held is not None and held.resume_at is not None:
            return await sendings.hold_longer(on, number, None, None)
        sending = await self._context.transit(on, number, Event.PAUSE, by=by)
        self._database.afterwards(self._agenda.news.set)
        return sending

    async def resume(self, on: Connection, number: int, by: int) -> Sending:
        """Let a paused one go on. Whoever asks for it has decided: @SpamBot is not asked again."""
        await guard.overrule(on, number)
        sending = await sendings.find(on, number)
        started = sending is not None and sending.started_at is not None
        event = Event.RESUME if started else Event.REQUEUE
        resumed = await self._context.transit(on, number, event, by=by)
        if not started:
            self._database.afterwards(lambda: self._agenda.decided.add(number))
        self._database.afterwards(self._agenda.news.set)
        return resumed

    async def stop(self, on: Connection, number: int, by: int) -> Sending:
        """End one for good; what was sent stays sent. No call for it begins from now on.

        Announced once what is under way has come back.
        """
        self._close(number)
        sending = await self._context.transit(on, number, Event.STOP, by=by)
        if sending.recipients and not sending.counts.pending:
            await self._holding.announce_end(on, sending)
        elif sending.recipients:
            await clearing.owe(on, facts.UNTOLD, number)
        self._database.afterwards(self._agenda.news.set)
        return sending

    async def open_to(self, on: Connection, event: Event) -> list[int]:
        """The sendings that this can happen to when no number is given: what runs, or what was paused by hand."""
        status = SendingStatus.PAUSED if event is Event.RESUME else SendingStatus.RUNNING
        found = await sendings.having(on, status)
        return [each.id for each in found if event is not Event.RESUME or each.paused_by_hand]

    def _close(self, number: int) -> None:
        """The lane closes before anything is written, so that nothing goes out behind the answer."""
        self._lanes.close(number)
        self._database.otherwise(self._agenda.news.set)
