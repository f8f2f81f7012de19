"""A sending's life: it is ordered, starts, is held, goes on, ends. Every change and its notice are one transaction."""

import asyncio
import logging
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from userbot.core import timing, wording
from userbot.core.lifecycle import Event
from userbot.core.model import Audience, Notice, Sending, SendingStatus, Step
from userbot.core.ports import Clock, Telegram
from userbot.errors import IllegalTransitionError, StoreError
from userbot.service import guard
from userbot.service.clock import LOOK_AGAIN
from userbot.service.customers import Customers
from userbot.service.sender import Sender
from userbot.service.voice import Voice
from userbot.store import facts, journal, sendings, templates
from userbot.store.database import Connection, Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants sent: a template, or steps of its own."""

    audience: Audience
    what: str
    topic: int
    ordered_by: int
    start_at: float
    template_id: int | None = None
    steps: tuple[Step, ...] = ()
    mark: str | None = None
    peer_ids: Iterable[int] = ()


class Mailings:
    """All sendings."""

    def __init__(
        self,
        database: Database,
        telegram: Telegram,
        clock: Clock,
        sender: Sender,
        voice: Voice,
        customers: Customers,
        *,
        monthly_limit: int,
        misfire_grace: float,
        restart_delay: float,
    ) -> None:
        """`misfire_grace` and `restart_delay` are in seconds."""
        self._database = database
        self._telegram = telegram
        self._clock = clock
        self._sender = sender
        self._voice = voice
        self._customers = customers
        self._monthly_limit = monthly_limit
        self._misfire_grace = misfire_grace
        self._restart_delay = restart_delay
        self._wake = asyncio.Event()
        self._starting: dict[int, asyncio.Task[None]] = {}
        self._decided: set[int] = set()
        """Sendings that may start although they are late, and without asking @SpamBot: it was asked, or overruled."""

    # What operators ask for. All of it happens inside the transaction of their command.

    async def order(self, on: Connection, order: Order) -> Sending:
        """Take an order; it starts when its time comes."""
        sending_id = await sendings.order(
            on,
            audience=order.audience,
            what=order.what,
            topic=order.topic,
            ordered_by=order.ordered_by,
            now=self._clock.now(),
            start_at=order.start_at,
            seed=os.urandom(16),
            mark=order.mark,
            template_id=order.template_id,
        )
        await sendings.put_steps(on, sending_id, order.steps)
        await sendings.address(on, sending_id, order.peer_ids)
        self._database.afterwards(self._wake.set)
        sending = await sendings.find(on, sending_id)
        assert sending is not None
        return sending

    async def cancel(self, on: Connection, number: int) -> Sending:
        """Call off one that awaits its start."""
        sending = await sendings.transit(on, number, Event.CANCEL, self._clock.now())
        await journal.forget(on, number)
        return sending

    async def pause(self, on: Connection, number: int) -> Sending:
        """Hold a running one until somebody resumes it."""
        sending = await sendings.transit(on, number, Event.PAUSE, self._clock.now(), hold="an operator paused it.")
        self._database.afterwards(self._wake.set)
        return sending

    async def resume(self, on: Connection, number: int) -> Sending:
        """Let a paused one go on. Whoever asks for it has decided: @SpamBot is not asked again."""
        sending = await sendings.find(on, number)
        started = sending is not None and sending.started_at is not None
        event = Event.RESUME if started else Event.REQUEUE
        resumed = await sendings.transit(on, number, event, self._clock.now())
        if not started:
            self._database.afterwards(lambda: self._decided.add(number))
        self._database.afterwards(self._wake.set)
        return resumed

    async def stop(self, on: Connection, number: int) -> Sending:
        """End one for good; what was sent stays sent. Announced once what is under way has come back."""
        sending = await sendings.transit(on, number, Event.STOP, self._clock.now())
        if sending.recipients and not sending.counts.pending:
            await self._announce_end(on, sending)
        self._database.afterwards(self._wake.set)
        return sending

    # What time brings.

    async def run(self) -> None:
        """Start what is due and open the lanes of what runs, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._wake.clear()
                try:
                    wait = await self._look(tasks)
                except StoreError as error:
                    log.warning("the sendings cannot be read: %s", error)
                    wait = self._restart_delay
                await self._clock.wait(self._wake, wait)

    async def _look(self, tasks: asyncio.TaskGroup) -> float | None:
        """Take care of everything that is due; returns the seconds until the next is."""
        now = self._clock.now()
        reader = self._database.reader
        running = await sendings.having(reader, SendingStatus.RUNNING)
        self._sender.lanes.keep({each.id for each in running})
        for sending in running:
            self._sender.open(sending, await sendings.steps_of(reader, sending.id))
        for sending in await sendings.stopping(reader):
            if not self._sender.lanes.has(sending.id):
                await self.finish(sending.id)
        for sending in await sendings.having(reader, SendingStatus.PAUSED):
            if sending.resume_at is not None and sending.resume_at <= now:
                self._spawn(tasks, sending)
        waiting = await sendings.having(reader, SendingStatus.AWAITS)
        for sending in waiting:
            if sending.start_at <= now:
                self._spawn(tasks, sending)
        paused = await sendings.having(reader, SendingStatus.PAUSED)
        moments = [each.start_at for each in waiting] + [each.resume_at for each in paused if each.resume_at]
        return min((min(moment - now, LOOK_AGAIN) for moment in moments if moment > now), default=None)

    def _spawn(self, tasks: asyncio.TaskGroup, sending: Sending) -> None:
        """Start one in a task of its own: a sending to one person does not wait until @SpamBot has spoken."""
        if sending.id not in self._starting:
            self._starting[sending.id] = tasks.create_task(self._begin(sending))

    async def _begin(self, sending: Sending) -> None:
        try:
            if sending.status is SendingStatus.PAUSED:
                await self._go_on(sending)
            else:
                await self._start(sending)
        except IllegalTransitionError as error:
            log.info("a sending changed while it was starting: %s", error)
        except StoreError as error:
            log.warning("sid%s cannot start now: %s", sending.id, error)
            await self._clock.wait(asyncio.Event(), self._restart_delay)
        finally:
            del self._starting[sending.id]
            self._wake.set()

    async def _start(self, sending: Sending) -> None:
        late = self._clock.now() - sending.start_at
        if late > self._misfire_grace and sending.id not in self._decided:
            await self.hold(sending.id, f"its start was missed by {wording.duration(late)} while userbot was down.")
            return
        if not sending.urgent:
            await self._customers.known.wait()
        if not await self._freeze(sending):
            return
        async with self._database.transaction() as on:
            left_out = await journal.frozen(on, sending.id)
            frozen = await sendings.find(on, sending.id)
        assert frozen is not None
        if not await self._may_start(frozen):
            return
        async with self._database.transaction() as on:
            running = await sendings.transit(on, sending.id, Event.START, self._clock.now())
            steps = await sendings.steps_of(on, sending.id)
            if not running.urgent:
                text = wording.started(running, left_out, *self.prospect(running, steps))
                await self._voice.say(on, Notice(text, running.topic))
        self._decided.discard(sending.id)
        self._sender.open(running, steps)

    async def _freeze(self, sending: Sending) -> bool:
        """Copy the template and write down who gets it, page by page."""
        async with self._database.transaction() as on:
            steps = await sendings.steps_of(on, sending.id)
            if not steps:
                steps = await templates.steps_of(on, await sendings.template_of(on, sending.id) or 0)
                await sendings.put_steps(on, sending.id, steps)
        if not steps:
            await self.hold(sending.id, "its template is deleted or empty.")
            return False
        due_at = timing.step_due(steps[0].time, previous=sending.start_at)
        if sending.recipients and steps[0].time != timing.Now():
            # Frozen before it was held, for a start that never was.
            async with self._database.transaction() as on:
                await journal.due_anew(on, sending.id, due_at)
        while True:
            async with self._database.transaction() as on:
                current = await sendings.find(on, sending.id)
                if current is None or current.status is not SendingStatus.AWAITS:
                    return False
                if not await journal.freeze_page(on, sending, due_at):
                    return True

    async def _may_start(self, sending: Sending) -> bool:
        """The monthly limit and @SpamBot, for a mailing to more than one."""
        left = await self.month_left(self._database.reader) if sending.counted else None
        if left is not None and sending.counts.pending > left:
            await self.hold(sending.id, self.too_many(sending.counts.pending, left))
            return False
        mass = sending.recipients > 1 and not sending.urgent
        return not mass or sending.id in self._decided or await self._is_free(sending)

    async def _go_on(self, sending: Sending) -> None:
        """The reason of a pause has passed, if @SpamBot agrees."""
        if not await self._is_free(sending):
            return
        async with self._database.transaction() as on:
            if sending.started_at is None:
                await sendings.transit(on, sending.id, Event.REQUEUE, self._clock.now())
                self._database.afterwards(lambda: self._decided.add(sending.id))
            else:
                await sendings.transit(on, sending.id, Event.RESUME, self._clock.now())
                notice = Notice(f"{wording.title(sending, sending.topic)}. It goes on.", sending.topic)
                await self._voice.say(on, notice)

    async def _is_free(self, sending: Sending) -> bool:
        verdict = await guard.ask(self._telegram)
        if not verdict.free:
            await self.hold(sending.id, verdict.why, verdict.ask_again_at(self._clock.now()))
        return verdict.free

    # What goes wrong, and what ends.

    async def hold(self, number: int, why: str, until: float | None = None) -> None:
        """Pause one for a reason, and say so. One that is paused already only gets the new reason."""
        async with self._database.transaction() as on:
            sending = await sendings.find(on, number)
            if sending is None or sending.status.ended:
                return
            if sending.status is SendingStatus.PAUSED:
                held = await sendings.hold_longer(on, number, why, until)
            else:
                held = await sendings.transit(on, number, Event.HOLD, self._clock.now(), hold=why, resume_at=until)
            await self._voice.say(on, Notice(wording.held(held), held.topic))
        self._wake.set()

    async def hold_all(self, why: str) -> list[Sending]:
        """Pause everything that runs, and say so once for all of it; returns what was paused."""
        async with self._database.transaction() as on:
            running = await sendings.having(on, SendingStatus.RUNNING)
            for sending in running:
                self._sender.lanes.close(sending.id)
                await sendings.transit(on, sending.id, Event.HOLD, self._clock.now(), hold=why)
            if running:
                await self._voice.say(on, Notice(wording.held_all(running, why)))
        self._sender.all_held()
        self._wake.set()
        return running

    async def still_due(self, seconds: float) -> None:
        """The clock was set back by so many seconds: what was due before is due still."""
        async with self._database.transaction() as on:
            now = self._clock.now()
            for sending in await sendings.having(on, SendingStatus.RUNNING):
                await journal.still_due(on, sending.id, now, now + seconds)
        self._sender.look_again()

    async def set_resume(self, number: int, until: float) -> None:
        """A paused one goes on by itself after a moment, if @SpamBot agrees then."""
        async with self._database.transaction() as on:
            sending = await sendings.find(on, number)
            if sending is not None and sending.status is SendingStatus.PAUSED:
                await sendings.hold_longer(on, number, sending.hold or "", until)
        self._wake.set()

    async def finish(self, number: int) -> None:
        """Nothing of it is left to send, or nothing more shall be and what was under way has come back."""
        async with self._database.transaction() as on:
            sending = await sendings.find(on, number)
            if sending is None:
                return
            if sending.status is SendingStatus.RUNNING and not sending.counts.pending:
                await self._announce_end(on, await sendings.transit(on, number, Event.FINISH, self._clock.now()))
            elif sending.status is SendingStatus.STOPPED and sending.counts.pending:
                await self._announce_end(on, await journal.skip_rest(on, sending, "the sending was stopped"))

    async def _announce_end(self, on: Connection, sending: Sending) -> None:
        """In General with the report; in a dialog topic, and for a test, in a line."""
        if sending.urgent:
            rows = await journal.first_reason(on, sending.id)
            await self._voice.say(on, Notice(wording.ended_small(sending, rows), sending.topic))
        else:
            await self._voice.say(on, Notice(wording.ended(sending), sending.topic, report_of=sending.id))

    def prospect(self, sending: Sending, steps: Sequence[Step]) -> tuple[float | None, float]:
        """Messages a second that a sending can hope for, None when nobody knows; seconds from its start to its end."""
        start = sending.started_at or sending.start_at
        last = reduce(lambda at, step: timing.step_due(step.time, previous=at), steps, start)
        return None if sending.urgent else self._sender.expected_rate, last - start

    # The month.

    async def month_left(self, on: Connection) -> int | None:
        """How many mailing messages this month still holds; None without a limit."""
        if not self._monthly_limit:
            return None
        return max(0, self._monthly_limit - await facts.delivered(on, facts.month(self._clock.now())))

    def too_many(self, needed: int, left: int) -> str:
        """The sentence for a run that cannot fit."""
        return (
            f"it needs {wording.number(needed)} messages, and this month has {wording.number(left)} left of "
            f"{wording.number(self._monthly_limit)} (MONTHLY_LIMIT)."
        )
