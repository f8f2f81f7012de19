"""The deliveries themselves: what is due goes through the pace to Telegram, and every outcome to the recorder.

One loop chooses what goes next, waits for its time and for the pace, and hands it out as a call of its own; what is
handed out in a row travels together. Nothing is written before a call: its random id is a function of what is
delivered, so after a crash whatever has no outcome is simply sent again, and Telegram answers with the original.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby

from userbot.core.acts import Act
from userbot.core.condition import Event, State
from userbot.core.congestion import CongestionWindow
from userbot.core.delivery import UNWANTED, Meaning, Outcome, Refused, Sent
from userbot.core.model import Delivery, DeliveryStatus, Sending, Step
from userbot.core.settling import Settled, reason_to_leave_out, sent, settle_together, wants_new_address
from userbot.errors import StoreError
from userbot.service import happenings
from userbot.service.clock import LOOK_AGAIN, Falls
from userbot.service.context import Context
from userbot.service.courier import Call, Courier
from userbot.service.happenings import Happening
from userbot.service.health import Health
from userbot.service.lanes import Lane, Lanes
from userbot.service.recorder import Recorder

PARCELS = 4
"""What is handed out in a row travels together, a part of the window: so both ends of the line are kept busy."""


class Sender:
    """Sends what is due in the open lanes, and tells `happened` what it cannot decide itself."""

    def __init__(self, context: Context, *, happened: Callable[[Happening], None]) -> None:
        self.lanes = Lanes()
        self._database = context.database
        self._courier = Courier(context)
        self._clock = context.clock
        self._limiter = context.limits.limiter
        self._arrivals = context.arrivals
        self._quota = context.limits.quota
        self._happened = happened
        self._falls = Falls(context.clock)
        self._left: dict[int, bool] = {}
        self._window = CongestionWindow()
        self._calls: dict[asyncio.Future[Outcome], Call] = {}
        self._back: list[asyncio.Future[Outcome]] = []
        """Of those the ones that have come back, until they are taken in."""
        self._heard: dict[int, int] = {}
        self._recorder = Recorder(self._database, self._clock, self._heard, written=self._written, stuck=self._stuck)
        self._wake = asyncio.Event()
        self._health = Health(context, self.lanes, wake=self._wake, happened=happened)

    async def run(self) -> None:
        """Send until `close`; then let the calls under way come back, and write everything down."""
        async with asyncio.TaskGroup() as tasks:
            recording = tasks.create_task(self._recorder.run())
            remembering = tasks.create_task(self._limiter.run())
            await self._hand_out()
            self._recorder.close()
            remembering.cancel()
            await recording
            await self._limiter.save()

    def close(self) -> None:
        """Let `run` end: nothing more goes out."""
        self._health.meet(Event.CLOSE)

    def open(self, sending: Sending, *chains: tuple[Step, ...]) -> None:
        """A sending runs: the deliveries of its versions, mostly one, go out from now on."""
        self.lanes.open(sending, *chains)
        self._wake.set()

    async def recorded(self) -> None:
        """Return once the journal has everything that came back until now."""
        self._take_in()
        await self._recorder.caught_up()

    def sends_to(self, peer_id: int) -> bool:
        """Whether a delivery to this peer is on its way, or its outcome is not written down yet."""
        return self.lanes.sends_to(peer_id)

    def give_way(self, *, stops: bool = False) -> None:
        """An operator asked something, such as what `stops` mailings: until they are answered, the line is theirs."""
        self._health.give_way(stops=stops)

    def go_on(self) -> None:
        """The operator is answered."""
        self._health.go_on()

    def all_held(self) -> None:
        """Everything that ran is paused; what is resumed from now on may be sent."""
        self._health.meet(Event.HELD)

    def opted(self, peer_id: int, *, left: bool) -> None:
        """Somebody left mailings, or came back: deliveries of theirs that were read before do not know it."""
        self._left[peer_id] = left
        self.look_again()

    def heard(self, peer_id: int, message_id: int) -> None:
        """Somebody wrote to the account: it may be an answer, before it is written down as one."""
        self._heard[peer_id] = max(message_id, self._heard.get(peer_id, 0))

    def look_again(self) -> None:
        """More may be due than was known."""
        self.lanes.look_again(self._clock.now())
        self._wake.set()

    async def _hand_out(self) -> None:
        """Until closing, make a call of every delivery whose turn it is; then let those under way come back."""
        try:
            while lane := await self._next():
                await self._begin(lane, self._take(lane))
                await asyncio.sleep(0)
            while self._calls:
                await self._clock.wait(self._wake, None)
                self._wake.clear()
                self._take_in()
        finally:
            for promised in self._calls:
                promised.cancel()

    def _take(self, lane: Lane) -> list[Delivery]:
        """The next delivery of a lane that may send now; where nothing holds the pace back, what travels together."""
        room = 1
        if self._limiter.unlimited and lane.sending.act is not Act.RECALL:
            room = max(1, int(min(self._window.size / PARCELS, self._window.size - len(self._calls))))
        if lane.sending.counted:
            room = self._quota.fits(room)
        taken = lane.take_up_to(room)
        self._limiter.sent(len(taken))
        if lane.sending.counted:
            self._quota.take(len(taken))
        self.lanes.had_its_turn(lane)
        return taken

    async def _begin(self, lane: Lane, deliveries: Sequence[Delivery]) -> None:
        """Deliver, unless it was stopped, or everything halted, before a call can begin."""
        halts, began = self._health.condition.halts, self._clock.monotonic()

        def wanted() -> bool:
            return halts == self._health.condition.halts and lane.open

        for delivery in deliveries:
            heard = self._heard.get(delivery.peer_id, 0)
            reason = reason_to_leave_out(lane.sending, delivery, self._left, heard)
            if reason is None:
                along = lane.take_along(delivery)
                self._expect(self._courier.deliver(lane, along, wanted), Call(lane, along, halts, lane.openings, began))
            else:
                self._note(lane, await self._arrivals.left_out(self._database.reader, lane, delivery, reason))

    def _expect(self, promised: Awaitable[Outcome], call: Call) -> None:
        outcome = asyncio.ensure_future(promised)
        self._calls[outcome] = call
        outcome.add_done_callback(self._kept)

    def _kept(self, outcome: "asyncio.Future[Outcome]") -> None:
        self._back.append(outcome)
        self._wake.set()

    async def _next(self) -> Lane | None:
        """The lane whose turn it is, once its time has come and the pace allows it; None when closing."""
        while self._health.condition.state is not State.CLOSING:
            self._wake.clear()
            self._take_in()
            chosen = await self._choose()
            if isinstance(chosen, Lane):
                return chosen
            await self._clock.wait(self._wake, chosen)
        return None

    def _take_in(self) -> None:
        """What calls have brought since the last time; of successes in a row most has to be learnt only once."""
        back, self._back = self._back, []
        brought = [(self._calls.pop(each), each.result()) for each in back]
        for lane, run in groupby(brought, lambda each: each[0].lane if isinstance(each[1], Sent) else None):
            if lane is not None:
                self._arrived(lane, [(call, outcome) for call, outcome in run if isinstance(outcome, Sent)])
                continue
            for call, outcome in run:
                assert isinstance(outcome, Refused)
                self._refused(call, outcome)

    async def _choose(self) -> Lane | float | None:
        """The lane that may send now, or for how many seconds there is none; None is until something happens."""
        if len(self._calls) >= self._window.size or not self._recorder.keeps_up:
            return None
        rest = self._health.condition.rest(self._clock.monotonic())
        if rest is not None:
            return None if math.isinf(rest) else rest
        fell = self._falls.look()
        if fell:
            self._happened(happenings.SetBack(fell))
        try:
            quiet_until = hours.wait(self._clock.now()) if (hours := self._limiter.hours) else None
            lane = await self.lanes.next(self._database.reader, self._clock.now(), resting=quiet_until is not None)
            if lane is None:
                return self._nothing_due(self._clock.now(), quiet_until)
            if self._health.condition.only_urgent and not lane.sending.urgent:
                return None
            if lane.sending.counted and not await self._quota.has_room(self._database.reader):
                return self._no_room(lane)
        except StoreError as error:
            self._health.rest(str(error))
            return 0
        # Somebody may have stopped it while the database was asked, or a call brought what does.
        self._take_in()
        wait = self._limiter.wait(urgent=lane.sending.urgent) if lane.open else 0
        return lane if wait is None else wait

    def _no_room(self, lane: Lane) -> float | None:
        """The month is used up. What is handed out goes yet, and gives its message back if it does not."""
        if self._calls:
            return None
        self.lanes.close(lane.sending.id)
        self._happened(happenings.MonthFull(lane.sending.id))
        return 0

    def _nothing_due(self, now: float, quiet_until: float | None) -> float | None:
        """For how many seconds there is nothing to send; None is until something happens."""
        for sending in self.lanes.drained():
            self.lanes.close(sending.id)
            self._happened(happenings.Drained(sending.id))
        dues = [self.lanes.next_due(resting=quiet_until is not None), quiet_until]
        due = min((each for each in dues if each is not None), default=None)
        return None if due is None else min(max(0.0, due - now), LOOK_AGAIN)

    def _arrived(self, lane: Lane, run: Sequence[tuple[Call, Sent]]) -> None:
        """Take in that calls succeeded."""
        now, moment = self._clock.now(), self._clock.monotonic()
        if lane.sending.sends:
            self._window = self._window.after([moment - call.began for call, _ in run], moment)
        self._health.learn(run[0][1], len(run))
        settled = []
        for call, outcome in run:
            settled += [sent(each, outcome, now, lane.times(each)) for each in call.along]
            lane.learn(call.along[0], outcome)
        self._recorder.note(settled, counted=lane.sending.counted)
        self._health.watch(lane, settled)

    def _refused(self, call: Call, refused: Refused) -> None:
        """Take in what came instead: for the pace, for what the call was about, for the account."""
        lane, along, first = call.lane, call.along, call.along[0]
        if refused.code == UNWANTED.code:
            for each in along:
                self._not_tried(lane, each)
            return
        if wants_new_address(first, refused) and not call.looked_up:
            self._expect(self._courier.look_up(first, refused), call._replace(looked_up=True))
            return
        self._health.learn(refused)
        fared = settle_together(along, refused, now=self._clock.now(), times=lane.times(first))
        for delivery, settled in zip(along, fared, strict=True):
            if settled is None:
                self._not_tried(lane, delivery)
            else:
                self._note(lane, settled)
        # A call made before everything was halted tells of the account what is known, and one made before its sending
        # was resumed what it was paused for.
        news = call.halts == self._health.condition.halts
        blamed = lane.learn(first, refused) or refused.meaning is Meaning.TEMPLATE
        self._health.react(lane, first, refused, news=news, blamed=blamed and call.openings == lane.openings)
        self._health.watch(lane, [each for each in fared if each is not None])

    def _not_tried(self, lane: Lane, delivery: Delivery) -> None:
        self._untake(lane)
        self._freed(self.lanes.give_back(delivery))

    def _note(self, lane: Lane, settled: Settled) -> None:
        if settled.status is not DeliveryStatus.SENT:
            self._untake(lane)
        self._recorder.note([settled], counted=lane.sending.counted)

    def _untake(self, lane: Lane) -> None:
        if lane.sending.counted:
            self._quota.give_back()

    def _stuck(self, why: str | None) -> None:
        """The recorder cannot write, or can again."""
        self._happened(happenings.Recovered() if why is None else happenings.Unwritable(why))
        self._wake.set()

    def _written(self, group: Sequence[Settled]) -> None:
        """Outcomes are in the journal: their deliveries are free, and what follows them has its time."""
        for sending_id, run in groupby(group, lambda each: each.delivery.sending_id):
            lane = self.lanes.release(sending_id, list(run))
            if lane is not None:
                self._freed(lane)
        self._wake.set()

    def _freed(self, lane: Lane) -> None:
        """A delivery is not under way any more. Of a lane that is closed, somebody may wait for the last one."""
        if not lane.open and not lane.under_way:
            self._happened(happenings.Drained(lane.sending.id))
