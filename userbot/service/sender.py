"""The deliveries themselves: what is due goes through the pace to Telegram, and every outcome to the recorder.

Workers take turns at the turnstile. Whoever stands in it chooses what goes next, waits for its time and for the
pace, and steps out to make the call while the next one enters; so as many calls are in flight as the pace needs.
Nothing is written before a call: its random id is a function of what is delivered, so after a crash whatever has
no outcome is simply sent again, and Telegram answers with the original.
"""

import asyncio
import contextlib
import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict

from userbot.core import pacing
from userbot.core.breaker import Breaker
from userbot.core.delivery import Meaning, Outcome, Refused, Sent, random_ids
from userbot.core.model import Delivery, DeliveryStatus, Peer, Sending, Step
from userbot.core.ports import Clock, Telegram
from userbot.core.settling import Settled, left_out, settle
from userbot.errors import StoreError, TelegramError
from userbot.service.clock import LOOK_AGAIN
from userbot.service.happenings import (
    AccountRefused,
    Drained,
    Happening,
    MonthFull,
    Recovered,
    SetBack,
    TemplateRefused,
    TooManyRefused,
    Trouble,
    Unwritable,
)
from userbot.service.lanes import Lane, Lanes
from userbot.service.recorder import Recorder
from userbot.store import facts, peers
from userbot.store.database import Database

log = logging.getLogger(__name__)

CALLS_IN_FLIGHT = 128
"""The most calls at once: enough for 1,000 a second at 100 ms."""

GIVE_WAY_SECONDS = 0.3
"""How long mailings stand aside at most while an operator waits for an answer."""

REMEMBER_SECONDS = 60.0
"""How often the pace is remembered while nothing special happens."""

SET_BACK = 5.0
"""Seconds by which the clock may fall back without anybody minding."""

_PACE = "pace"

TROUBLE = 10
"""So many calls in a row without an answer, or with the server's own errors, are trouble."""


class Sender:
    """Sends what is due in the open lanes, and tells `happened` what it cannot decide itself."""

    def __init__(
        self,
        database: Database,
        telegram: Telegram,
        clock: Clock,
        *,
        ceiling: float | None,
        monthly_limit: int,
        restart_delay: float,
        happened: Callable[[Happening], None],
    ) -> None:
        """`ceiling` is in messages a second, None for none; `monthly_limit` 0 for none; `restart_delay` in seconds."""
        self.lanes = Lanes()
        self.pace = pacing.fresh(ceiling, clock.monotonic())
        self._recorder = Recorder(database, clock, written=self._written, stuck=self._stuck)
        self._database = database
        self._telegram = telegram
        self._clock = clock
        self._ceiling = ceiling
        self._monthly_limit = monthly_limit
        self._restart_delay = restart_delay
        self._happened = happened
        self._turnstile = asyncio.Lock()
        self._wake = asyncio.Event()
        self._flooded = asyncio.Event()
        self._closing = False
        self._way: asyncio.TimerHandle | None = None
        self._breaker = Breaker()
        self._halts = 0
        self._in_a_row = 0
        self._rests_until: float | None = None
        self._halted = False
        self._ahead = -math.inf
        self._month = ""
        self._spent = 0

    @property
    def expected_rate(self) -> float | None:
        """Messages a second that can be hoped for; None when nobody knows.

        Until a flood wait has shown the limit, the pace climbs towards its ceiling, so that is the best guess.
        """
        hoped = self.pace.ceiling if self.pace.burst is None else self.pace.rate
        return None if math.isinf(hoped) else hoped

    async def restore(self) -> None:
        """Take up what earlier runs learnt of the pace, and the rest of a flood wait."""
        known = await facts.recall(self._database.reader, _PACE)
        if known is not None:
            away = max(0.0, self._clock.now() - known.pop("saved_at"))
            learnt = pacing.Learnt(**known | {"flood_left": max(0.0, known["flood_left"] - away)})
            self.pace = pacing.fresh(self._ceiling, self._clock.monotonic(), learnt)

    async def _remember(self) -> None:
        """Keep what was learnt of the pace: at once when Telegram spoke, else now and then."""
        while True:
            await self._clock.wait(self._flooded, REMEMBER_SECONDS)
            self._flooded.clear()
            try:
                await self._save()
            except StoreError as error:
                log.info("the pace cannot be remembered now: %s", error)

    async def _save(self) -> None:
        learnt = asdict(pacing.learnt(self.pace, self._clock.monotonic()))
        async with self._database.transaction() as on:
            await facts.remember(on, _PACE, learnt | {"saved_at": self._clock.now()})

    async def run(self) -> None:
        """Send until `close`; then let the calls under way come back, and write everything down."""
        async with asyncio.TaskGroup() as tasks:
            recording = tasks.create_task(self._recorder.run())
            remembering = tasks.create_task(self._remember())
            workers = [tasks.create_task(self._work()) for _ in range(CALLS_IN_FLIGHT)]
            await asyncio.wait(workers)
            self._recorder.close()
            remembering.cancel()
            await recording
            with contextlib.suppress(StoreError):
                await self._save()

    def close(self) -> None:
        """Let `run` end: nothing more goes out."""
        self._closing = True
        self._wake.set()

    def open(self, sending: Sending, steps: tuple[Step, ...]) -> None:
        """A sending runs: its deliveries go out from now on."""
        self.lanes.open(sending, steps)
        self._wake.set()

    def give_way(self) -> None:
        """An operator has asked something: until they are answered, the line is theirs.

        The calls of a mailing at full speed queue up at Telegram, and an answer would wait behind them all.
        """
        if self._way is None:
            # Real time, not the clock's: this is about the connection as it is.
            self._way = asyncio.get_running_loop().call_later(GIVE_WAY_SECONDS, self.go_on)

    def go_on(self) -> None:
        """The operator is answered."""
        if self._way is not None:
            self._way.cancel()
            self._way = None
            self._wake.set()

    async def _work(self) -> None:
        while True:
            async with self._turnstile:
                taken = await self._next()
            if taken is None:
                return
            lane, delivery = taken
            if delivery.gone is not None and lane.sending.counted:  # who tests asks for it, whatever was before
                self._note(lane, left_out(delivery, delivery.gone, self._clock.now()))
                continue
            halts = self._halts
            outcome = await self._deliver(lane, delivery)
            if isinstance(outcome, Refused) and outcome.meaning is Meaning.UNKNOWN_PEER and delivery.tries == 0:
                await self._look_up(delivery)
            self._came_back(lane, delivery, outcome, news=halts == self._halts)

    async def _next(self) -> tuple[Lane, Delivery] | None:
        """The next delivery, once its time has come and the pace allows it; None when closing."""
        while not self._closing:
            self._wake.clear()
            chosen = await self._choose()
            if isinstance(chosen, Lane):
                return chosen, chosen.take()
            await self._clock.wait(self._wake, chosen)
        return None

    async def _choose(self) -> Lane | float | None:
        """The lane that may send now, or for how many seconds there is none; None is until something happens."""
        if self._halted or not self._recorder.keeps_up:
            return None
        moment = self._clock.monotonic()
        if self._rests_until is not None and moment < self._rests_until:
            return self._rests_until - moment
        now = self._clock.now()
        self._mind_the_clock(now - moment)
        try:
            lane = await self.lanes.next(self._database.reader, now)
            if lane is None:
                return self._nothing_due(now)
            if self._way is not None and not lane.sending.urgent:
                return None
            if not await self._month_has_room(lane, now):
                self.lanes.close(lane.sending.id)
                self._happened(MonthFull(lane.sending.id))
                return 0
        except StoreError as error:
            self._rest(str(error))
            return 0
        decision = pacing.decide(self.pace, moment, urgent=lane.sending.urgent)
        if isinstance(decision, pacing.Wait):
            return decision.until - moment
        self.pace = pacing.sent(self.pace, moment)
        self.lanes.had_its_turn(lane)
        self._spent += lane.sending.counted
        return lane

    def _mind_the_clock(self, ahead: float) -> None:
        """`ahead` is how far the clock is ahead of the one that never jumps; less than before if it was set back."""
        if ahead < self._ahead - SET_BACK:
            self._happened(SetBack(self._ahead - ahead))
            self._ahead = ahead
        self._ahead = max(self._ahead, ahead)

    def _nothing_due(self, now: float) -> float | None:
        for sending in self.lanes.drained():
            self.lanes.close(sending.id)
            self._happened(Drained(sending.id))
        due = self.lanes.next_due()
        return None if due is None else min(max(0.0, due - now), LOOK_AGAIN)

    async def _month_has_room(self, lane: Lane, now: float) -> bool:
        """Whether the monthly limit holds one more. The month's count is read once, then kept up with what is taken."""
        if not self._monthly_limit or not lane.sending.counted:
            return True
        month = facts.month(now)
        if month != self._month:
            self._month, self._spent = month, await facts.delivered(self._database.reader, month)
        return self._spent < self._monthly_limit

    async def _deliver(self, lane: Lane, delivery: Delivery) -> Outcome:
        message_ids = lane.steps[delivery.step - 1].message_ids
        ids = random_ids(lane.sending.seed, delivery.peer_id, delivery.step, message_ids)
        return await self._telegram.forward(message_ids, delivery.peer_id, delivery.access_hash, ids)

    async def _look_up(self, delivery: Delivery) -> None:
        """Telegram does not know the address: ask for the current one."""
        try:
            found = await self._telegram.resolve(Peer(delivery.peer_id, delivery.access_hash, ""))
            if found is not None:
                async with self._database.transaction() as on:
                    await peers.learn(on, [found])
        except (TelegramError, StoreError) as error:
            log.info("a recipient could not be looked up: %s", error)

    def _came_back(self, lane: Lane, delivery: Delivery, outcome: Outcome, *, news: bool) -> None:
        """Take in what a call brought: for the pace, for the sending, for the account.

        `news` is False for a call made before everything was halted: of the account it tells what is known.
        """
        self._learn(outcome)
        settled = settle(delivery, outcome, now=self._clock.now(), times=lane.times)
        if settled is None:
            self._spent -= lane.sending.counted
            self._freed(self.lanes.give_back(delivery))
        else:
            self._note(lane, settled)
        if isinstance(outcome, Refused):
            self._react(lane, delivery, outcome, news=news)
        self._watch(lane, settled)
        self._wake.set()

    def _note(self, lane: Lane, settled: Settled) -> None:
        if settled.status is not DeliveryStatus.SENT:
            self._spent -= lane.sending.counted
        self._recorder.note(settled, counted=lane.sending.counted)

    def _learn(self, outcome: Outcome) -> None:
        """What an outcome says about the pace and about the way to Telegram."""
        moment = self._clock.monotonic()
        if isinstance(outcome, Refused) and outcome.meaning is Meaning.AGAIN:
            self._in_a_row += 1
            if self._in_a_row >= TROUBLE:
                self._rest(outcome.reason)
            return
        self._in_a_row = 0
        if self._rests_until is not None and moment >= self._rests_until:
            self._rests_until = None
            self._happened(Recovered())
        if isinstance(outcome, Sent):
            self.pace = pacing.succeeded(self.pace, moment)
        elif outcome.meaning is Meaning.ACCOUNT_LATER:
            self.pace = pacing.flooded(self.pace, outcome.seconds, moment)
            self._flooded.set()

    def _react(self, lane: Lane, delivery: Delivery, refused: Refused, *, news: bool) -> None:
        """Stop at once what must stop; somebody else writes it down and says so."""
        if refused.meaning is Meaning.ACCOUNT and news:
            self._halt(AccountRefused(refused))
        elif refused.meaning is Meaning.TEMPLATE and self.lanes.close(lane.sending.id):
            self._happened(TemplateRefused(lane.sending.id, delivery.step, refused))

    def _watch(self, lane: Lane, settled: Settled | None) -> None:
        """The circuit breaker looks at the recipients of mailings, at each once: their first step."""
        if settled is None or settled.status is DeliveryStatus.PENDING or lane.sending.urgent:
            return
        if settled.delivery.step == 1:
            self._breaker = self._breaker.after(refused=settled.status is DeliveryStatus.FAILED)
            if self._breaker.tripped:
                self._breaker = Breaker()
                self._halt(TooManyRefused())

    def _halt(self, why: AccountRefused | TooManyRefused) -> None:
        """Send nothing at all until what runs is paused for good: a lane that is only closed might be opened again."""
        if self.lanes.close_all():
            self._halted = True
            self._halts += 1
            self._happened(why)

    def all_held(self) -> None:
        """Everything that ran is paused; what is resumed from now on may be sent."""
        self._halted = False
        self._wake.set()

    def look_again(self) -> None:
        """More may be due than was known."""
        self.lanes.look_again(self._clock.now())
        self._wake.set()

    def _rest(self, words: str) -> None:
        """Send nothing for the restart delay."""
        until = self._clock.monotonic() + self._restart_delay
        if self._rests_until is None:
            self._happened(Trouble(words))
        self._rests_until = until

    def _stuck(self, why: str | None) -> None:
        """The recorder cannot write, or can again."""
        self._happened(Recovered() if why is None else Unwritable(why))
        self._wake.set()

    def _written(self, group: Sequence[Settled]) -> None:
        """Outcomes are in the journal: their deliveries are free, and what follows them has its time."""
        for settled in group:
            lane = self.lanes.release(settled.delivery)
            if lane is None:
                continue
            if settled.status is DeliveryStatus.PENDING:
                lane.expect(settled.at)
            elif settled.next_due is not None:
                lane.expect(settled.next_due)
            self._freed(lane)
        self._wake.set()

    def _freed(self, lane: Lane) -> None:
        """A delivery is not under way any more. Of a lane that is closed, somebody may wait for the last one."""
        if not lane.open and not lane.under_way:
            self._happened(Drained(lane.sending.id))
