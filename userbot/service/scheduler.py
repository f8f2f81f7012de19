"""What time brings: sendings start when they are due, and go on when the reason of their pause has passed."""

import asyncio
import logging
from dataclasses import dataclass, field

from userbot.core import wording
from userbot.core.circuit_breaker import ACCOUNT_REFUSALS
from userbot.core.forwarding import remarks
from userbot.core.language import gettext
from userbot.core.lifecycle import Event
from userbot.core.model import Notice, Sending, SendingStatus
from userbot.core.wording import checks
from userbot.errors import IllegalTransitionError, StoreError
from userbot.service import guard, refusals
from userbot.service.announcements import Announcements
from userbot.service.clearing import Clearing
from userbot.service.clock import LOOK_AGAIN
from userbot.service.context import Context
from userbot.service.customers import Customers
from userbot.service.freezing import Freezing
from userbot.service.holding import Holding
from userbot.service.live import Live
from userbot.service.sender import Sender
from userbot.store import clearing, facts, frozen, sendings, versions

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What others have for the scheduler."""

    news: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when there is something to look at."""
    decided: set[int] = field(default_factory=set)
    """Sendings that may start although they are late, and without asking @SpamBot: it was asked, or overruled."""


class Scheduler:
    """Starts sendings and opens their lanes."""

    def __init__(
        self,
        context: Context,
        agenda: Agenda,
        holding: Holding,
        sender: Sender,
        customers: Customers,
        announcements: Announcements,
        live: Live,
    ) -> None:
        self._context = context
        self._database = context.database
        self._guard = context.guard
        self._clock = context.clock
        self._voice = context.voice
        self._agenda = agenda
        self._holding = holding
        self._sender = sender
        self._customers = customers
        self._announcements = announcements
        self._live = live
        self._arrivals = context.arrivals
        self._quota = context.limits.quota
        self._freezing = Freezing(context)
        self._clearing = Clearing(context, holding)
        self._confirm_above = context.limits.confirm_above
        self._patience = context.patience
        self._taken_care_of: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Start what is due and open the lanes of what runs, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._look_once_known())
            while True:
                self._agenda.news.clear()
                try:
                    wait = await self._look(tasks)
                except StoreError as error:
                    log.warning("the sendings cannot be read: %s", error)
                    wait = self._patience.restart_delay
                await self._clock.wait(self._agenda.news, wait)

    async def _look_once_known(self) -> None:
        await self._customers.known.wait()
        self._agenda.news.set()

    async def _look(self, tasks: asyncio.TaskGroup) -> float | None:
        """Take care of everything that is due; returns the seconds until the next is."""
        now = self._clock.now()
        reader = self._database.reader
        for sending in filter(self._may_go_on, await sendings.having(reader, SendingStatus.RUNNING)):
            if not self._sender.lanes.has(sending.id):
                async with self._database.transaction() as on:
                    await self._arrivals.settle(on, sending)
        # In a transaction: who pauses a sending closes its lane in another, and it is not opened again after that.
        async with self._database.transaction() as on:
            running = await sendings.having(on, SendingStatus.RUNNING)
            self._sender.lanes.keep({each.id for each in running})
            for sending in filter(self._may_go_on, running):
                others = await versions.other_chains(on, sending)
                self._sender.open(sending, await sendings.steps_of(on, sending.id), *others)
        stopping = await self._clear(tasks)
        for sending in await sendings.having(reader, SendingStatus.PAUSED):
            if sending.resume_at is not None and sending.resume_at <= now:
                self._spawn(tasks, sending)
        waiting = [each for each in await sendings.having(reader, SendingStatus.AWAITS) if not each.unconfirmed]
        for sending in waiting:
            if sending.start_at <= now and sending.origin not in stopping:
                self._spawn(tasks, sending)
        paused = await sendings.having(reader, SendingStatus.PAUSED)
        moments = [each.start_at for each in waiting] + [each.resume_at for each in paused if each.resume_at]
        return min((min(moment - now, LOOK_AGAIN) for moment in moments if moment > now), default=None)

    async def _clear(self, tasks: asyncio.TaskGroup) -> set[int]:
        """Take care of what has ended and is not done with; returns those whose end is not told yet."""
        for number in await clearing.owed(self._database.reader, facts.PREPARED):
            cancelled = await sendings.find(self._database.reader, number)
            assert cancelled is not None
            self._spawn(tasks, cancelled)
        stopping = await sendings.stopping(self._database.reader)
        for sending in stopping:
            if self._arrivals.known.is_set() and not self._sender.lanes.has(sending.id):
                self._spawn(tasks, sending)
        return {each.id for each in stopping}

    def _may_go_on(self, sending: Sending) -> bool:
        """Once it is known what has arrived of a mailing, whom it is not for any more is only left out with reason.

        And who has answered meanwhile is known once the dialogs are read, and what was written in them.
        """
        if self._sender.lanes.has(sending.id) or sending.urgent:
            return True
        return self._arrivals.known.is_set() and (self._customers.known.is_set() or not sending.until_answer)

    def _spawn(self, tasks: asyncio.TaskGroup, sending: Sending) -> None:
        """Take care of one in a task of its own: what is to one person does not wait until @SpamBot has spoken."""
        if sending.id not in self._taken_care_of:
            self._taken_care_of[sending.id] = tasks.create_task(self._take_care(sending))

    async def _take_care(self, sending: Sending) -> None:
        try:
            if sending.status.ended:
                await self._clearing.clear(sending)
            else:
                await self._begin(sending)
        except StoreError as error:
            log.warning("sid%s cannot be taken care of now: %s", sending.id, error)
            await self._clock.wait(asyncio.Event(), self._patience.restart_delay)
        finally:
            del self._taken_care_of[sending.id]
            self._agenda.news.set()

    async def _begin(self, sending: Sending) -> None:
        try:
            if sending.status is SendingStatus.PAUSED:
                await self._go_on(sending)
            else:
                await self._start(sending)
        except IllegalTransitionError as error:
            log.info("a sending changed while it was starting: %s", error)
        except StoreError:
            raise
        except Exception as error:
            log.exception("sid%s cannot start", sending.id)
            await self._holding.hold(
                sending.id, gettext("userbot failed to start it ({error}, see its log).", error=type(error).__name__)
            )

    async def _start(self, sending: Sending) -> None:
        late = self._clock.now() - sending.start_at
        if late > self._patience.misfire_grace and sending.id not in self._agenda.decided:
            why = gettext("its start was missed by {time} while userbot was down.", time=wording.duration(late))
            await self._holding.hold(sending.id, why)
            return
        if sending.mass and not sending.small:
            await self._know_everybody(sending)
        steps = await self._freezing.copy(sending)
        if not steps:
            await self._holding.hold(sending.id, gettext("its template is deleted or empty."))
            return
        left_out = await self._freezing.freeze(sending, steps)
        known = await sendings.find(self._database.reader, sending.id)
        if left_out is None or known is None:
            return
        if not await self._may_start(known, known.recipients - sum(left_out.values())):
            return
        async with self._database.transaction() as on:
            running = await self._context.transit(on, sending.id, Event.START)
            others = await versions.other_chains(on, sending)
            if not running.small:
                notes = remarks(step.kind for chain in (steps, *others) for step in chain if running.sends)
                await self._live.begin(on, running, wording.started(running, left_out, notes))
        self._agenda.decided.discard(sending.id)
        self._sender.open(running, steps, *others)

    async def _know_everybody(self, sending: Sending) -> None:
        """Wait until the dialogs are read, and say so if that takes a while."""
        if not await self._customers.all_known():
            async with self._database.transaction() as on:
                text = wording.reads_dialogs(sending, *await self._customers.progress())
                await self._announcements.say(on, sending, text)
        await self._customers.complete()

    async def _may_start(self, sending: Sending, going: int) -> bool:
        """A go, the monthly limit and @SpamBot, for a mailing to more than one; `going` are those who would get it."""
        if self._has_grown(sending, going):
            await self._ask_for_a_go(sending, going)
            return False
        left = await self._quota.left(self._database.reader) if sending.counted else None
        if left is not None and sending.counts.pending > left:
            await self._holding.hold(sending.id, self._quota.too_many(sending.counts.pending, left))
            return False
        mass = sending.recipients > 1 and sending.mass
        return not mass or sending.id in self._agenda.decided or await self._is_free(sending)

    def _has_grown(self, sending: Sending, going: int) -> bool:
        """Whether more than CONFIRM_ABOVE people get it for whom nobody gave their word, as nobody knew of them.

        A go for some thousand is not asked for again over a few newcomers.
        """
        most = self._confirm_above
        return bool(most) and sending.mass and sending.origin is None and going > sending.confirmed + most

    async def _ask_for_a_go(self, sending: Sending, going: int) -> None:
        text = checks.grown(sending, going)
        async with self._database.transaction() as on:
            await frozen.ask_for_a_go(on, sending.id, going)
            await self._announcements.say(on, sending, text)
            await self._voice.say(on, Notice(text, sending.topic, sending_id=sending.id))

    async def _go_on(self, sending: Sending) -> None:
        """The reason of a pause has passed, if @SpamBot agrees."""
        if not await self._is_free(sending):
            async with self._database.transaction() as on:
                await refusals.forget(on)
            return
        if await refusals.blame_account(self._database.reader):
            await self._holding.hold(sending.id, _though_free())
            return
        async with self._database.transaction() as on:
            if sending.started_at is None:
                await self._context.transit(on, sending.id, Event.REQUEUE)
                self._database.afterwards(lambda: self._agenda.decided.add(sending.id))
            else:
                await self._context.transit(on, sending.id, Event.RESUME)
                text = gettext(
                    "{title}. @SpamBot says the account is free: it goes on.",
                    title=wording.title(sending, sending.topic),
                )
                await self._voice.say(on, Notice(text, sending.topic, sending_id=sending.id))

    async def _is_free(self, sending: Sending) -> bool:
        verdict = await self._guard.ask()
        if not verdict.free:
            async with self._database.transaction() as on:
                await guard.note(on, sending.id, verdict)
            await self._holding.hold(sending.id, verdict.why, verdict.ask_again_at(self._clock.now()))
        return verdict.free


def _though_free() -> str:
    """Why nothing goes on by itself any more."""
    return gettext(
        "@SpamBot says the account is free, yet Telegram refused it with {people} recipients in a row.",
        people=ACCOUNT_REFUSALS,
    )
