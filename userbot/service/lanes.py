"""Which delivery goes next. Every running sending has a lane; the lanes take turns, and urgent ones go first.

A lane reads what is due page by page, so its size does not depend on the audience, and the next page while there is
still something to hand out. What it has handed out is held until its outcome is written down: only then may a page
bring the same delivery again.
"""

import asyncio
from collections import deque
from collections.abc import Collection, Sequence
from operator import attrgetter

from userbot.core.acts import Act
from userbot.core.circuit_breaker import TRYING, Passage
from userbot.core.delivery import Outcome
from userbot.core.model import Delivery, DeliveryStatus, Sending, Step
from userbot.core.settling import TOGETHER, Settled, goes_with_others
from userbot.core.timing import Time
from userbot.core.variants import chosen
from userbot.store import follow_ups, journal
from userbot.store.database import Connection
from userbot.store.journal import Place

PAGE = 1_000

_key = attrgetter("peer_id", "step")
"""Which of its sending's deliveries one is."""


class Lane:
    """The due deliveries of one sending."""

    def __init__(self, sending: Sending, *chains: tuple[Step, ...]) -> None:
        """`chains` are the steps of each version; mostly there is one."""
        self.sending = sending
        self._chains = chains
        self._times = [[step.time for step in steps] if sending.sends else [] for steps in chains]
        self._personal = any(step.personal for steps in chains for step in steps)
        self.open = True
        self.openings = 1
        """How often it was opened: more than once when its sending was resumed meanwhile."""
        self.next_due: float | None = sending.start_at
        """When it is worth reading the next page; None when nothing is known to come."""
        self._ready: deque[Delivery] = deque()
        self._held: set[tuple[int, int]] = set()
        self._reading: asyncio.Task[None] | None = None
        self._place: Place | None = None
        """Behind what the next page begins; None is the first delivery that is due."""
        self._passages = [[Passage() for _ in steps] for steps in chains]

    @property
    def under_way(self) -> int:
        """How many deliveries are handed out and not written down yet."""
        return len(self._held)

    def sends_to(self, peer_id: int) -> bool:
        """Whether one of those is for this peer."""
        return any(peer == peer_id for peer, _ in self._held)

    @property
    def idle(self) -> bool:
        """Whether nothing of it is in memory, and nothing under way."""
        return not self._ready and not self._held and self._reading is None

    @property
    def drained(self) -> bool:
        """Whether everything was handed out and written down, and nothing more will come due."""
        return self.idle and self.next_due is None

    def expect(self, due_at: float) -> None:
        """Something will be due then."""
        self._look_at(due_at)
        if self._place is not None and due_at <= self._place[0]:
            self._place = None

    def _look_at(self, moment: float) -> None:
        self.next_due = moment if self.next_due is None else min(self.next_due, moment)

    def look_again(self, now: float) -> None:
        """Anything may be due now."""
        self._place = None
        self.expect(now)

    async def has_ready(self, on: Connection, now: float) -> bool:
        """Whether a delivery can be taken now."""
        low = self._reading is None and len(self._ready) <= PAGE // 2
        if low and self.next_due is not None and self.next_due <= now:
            self._reading = asyncio.create_task(self._read(on, now))
        if self._reading is not None and (not self._ready or self._reading.done()):
            reading, self._reading = self._reading, None
            await reading
        return self._can_go

    @property
    def _can_go(self) -> bool:
        return bool(self._ready) and self._may_go(self._ready[0])

    def _may_go(self, delivery: Delivery) -> bool:
        """Whether one more call for this step may be made: one by one at first, so that not many are refused."""
        version, step = self._version(delivery.peer_id), delivery.step
        if self._passages[version][step - 1].open:
            return True
        return sum(held == step and self._version(peer_id) == version for peer_id, held in self._held) < TRYING

    def step(self, delivery: Delivery) -> Step:
        """The step of this recipient's chain that it is."""
        return self._chains[self._version(delivery.peer_id)][delivery.step - 1]

    def times(self, delivery: Delivery) -> list[Time]:
        """When the steps of this recipient's chain go; none where one does not lead to the next."""
        return self._times[self._version(delivery.peer_id)]

    def _version(self, peer_id: int) -> int:
        return chosen(self.sending.seed, peer_id, len(self._chains)) if len(self._chains) > 1 else 0

    def learn(self, delivery: Delivery, outcome: Outcome) -> bool:
        """Take in how a call for a delivery fared; whether its message is to blame."""
        passages, at = self._passages[self._version(delivery.peer_id)], delivery.step - 1
        fared = passages[at].after(outcome, delivery.peer_id)
        # Whoever lets a message go on that was to blame wants to see it tried again.
        passages[at] = Passage() if fared.blocked else fared
        return fared.blocked

    @property
    def worth_a_look(self) -> float | None:
        """When it is worth a look; None while that depends on what is under way, or nothing is to come."""
        return None if self._ready else self.next_due

    async def _read(self, on: Connection, now: float) -> None:
        # What is under way stands first in the journal, so a page from the beginning reaches beyond it.
        # And what is released while the page is read may still be in it.
        known = self._held.union(map(_key, self._ready))
        behind, limit = self._place, PAGE if self._place else PAGE + len(known)
        # What is written down while the page is read may be due already: it is expected beside what is found here.
        found, self.next_due = self.next_due, None
        try:
            page = await self._due(on, now, limit, behind)
            again = known.intersection(map(_key, page))
            self._ready.extend([each for each in page if _key(each) not in again] if again else page)
            self._place = self._reached(page) if len(page) == limit else None
            if len(page) < limit and behind is None:
                found = await journal.next_due(on, self.sending.id, now)
        finally:
            if found is not None:
                self._look_at(found)

    async def _due(self, on: Connection, now: float, limit: int, behind: Place | None) -> list[Delivery]:
        if self.sending.sends:
            return await journal.due(on, self.sending.id, now, limit, names=self._personal, behind=behind)
        return await follow_ups.due(on, self.sending, now, limit)

    def _reached(self, page: Sequence[Delivery]) -> Place | None:
        """Where the next page begins: behind this one, unless what is written down meanwhile lies before that."""
        last = page[-1]
        if not self.sending.sends or (self.next_due is not None and self.next_due <= last.due_at):
            return None
        return last.due_at, last.peer_id, last.step

    def take_along(self, first: Delivery) -> list[Delivery]:
        """Whatever else the same call can take care of, beside the first: messages of several people go in one."""
        taken = [first]
        if self.sending.act is not Act.RECALL or not goes_with_others(first):
            return taken
        room = TOGETHER - len(first.delivered)
        while self._ready and goes_with_others(self._ready[0]) and len(self._ready[0].delivered) <= room:
            taken.append(self.take())
            room -= len(taken[-1].delivered)
        return taken

    def take(self) -> Delivery:
        """Hand out the next delivery, and hold it."""
        delivery = self._ready.popleft()
        self._held.add(_key(delivery))
        return delivery

    def take_up_to(self, many: int) -> list[Delivery]:
        """Hand out one delivery, and as many more as may go."""
        taken = [self.take()]
        while len(taken) < many and self._can_go:
            taken.append(self.take())
        return taken

    def give_back(self, delivery: Delivery) -> None:
        """It was not tried, or nothing is known of it: it goes first again."""
        self._held.discard(_key(delivery))
        self._ready.appendleft(delivery)

    def release(self, settled: Sequence[Settled]) -> None:
        """These outcomes are written down: the deliveries are free, and what follows them has its time."""
        self._held.difference_update([_key(each.delivery) for each in settled])
        for each in settled:
            due_at = each.at if each.status is DeliveryStatus.PENDING else each.next_due
            if due_at is not None:
                self.expect(due_at)


class Lanes:
    """All lanes, and whose turn it is."""

    def __init__(self) -> None:
        self._lanes: dict[int, Lane] = {}
        self._turns: deque[int] = deque()

    def sends_to(self, peer_id: int) -> bool:
        """Whether a delivery to this peer is handed out and not written down yet."""
        return any(lane.sends_to(peer_id) for lane in self._lanes.values())

    def open(self, sending: Sending, *chains: tuple[Step, ...]) -> None:
        """A sending runs. If its lane is still there from before a pause, it goes on: it knows what is under way."""
        lane = self._lanes.get(sending.id)
        if lane is None:
            self._lanes[sending.id] = Lane(sending, *chains)
            self._turns.append(sending.id)
        elif not lane.open:
            lane.open = True
            lane.openings += 1

    def close(self, sending_id: int) -> bool:
        """A sending does not run any more; its lane goes once nothing of it is under way. False when none was open."""
        lane = self._lanes.get(sending_id)
        if lane is None or not lane.open:
            return False
        lane.open = False
        self._drop_if_done(lane)
        return True

    def keep(self, sending_ids: Collection[int]) -> None:
        """Only these sendings run; the lanes of all others are closed."""
        for lane in self._open():
            if lane.sending.id not in sending_ids:
                self.close(lane.sending.id)

    def has(self, sending_id: int) -> bool:
        """Whether a sending has a lane, be it one that is closed and waits for what is under way."""
        return sending_id in self._lanes

    def close_all(self) -> bool:
        """No sending runs any more. False when none did."""
        closed = [self.close(lane.sending.id) for lane in self._open()]
        return any(closed)

    def give_back(self, delivery: Delivery) -> Lane:
        """A delivery was not tried, or nothing is known of it: it goes first again; returns its lane."""
        lane = self._lanes[delivery.sending_id]
        lane.give_back(delivery)
        self._drop_if_done(lane)
        return lane

    def _drop_if_done(self, lane: Lane) -> None:
        if not lane.open and not lane.under_way:
            self._lanes.pop(lane.sending.id, None)
            if lane.sending.id in self._turns:
                self._turns.remove(lane.sending.id)

    def release(self, sending_id: int, settled: Sequence[Settled]) -> Lane | None:
        """These outcomes of a sending are written down; returns its lane."""
        lane = self._lanes.get(sending_id)
        if lane is not None:
            lane.release(settled)
            self._drop_if_done(lane)
        return lane

    async def next(self, on: Connection, now: float, *, resting: bool = False) -> Lane | None:
        """The lane whose turn it is among those with something to send; urgent ones before all others.

        While mailings are `resting`, none of theirs.
        """
        waiting = [lane for each in self._turns if (lane := self._lanes[each]).open]
        if resting:
            waiting = [lane for lane in waiting if not lane.sending.mass]
        for lane in sorted(waiting, key=lambda lane: not lane.sending.urgent):
            # It may have been closed while its page was read.
            if await lane.has_ready(on, now) and lane.open:
                return lane
        return None

    def had_its_turn(self, lane: Lane) -> None:
        """Send it to the end of the line."""
        if self._turns and self._turns[0] == lane.sending.id:
            self._turns.rotate(-1)
        elif lane.sending.id in self._turns:
            self._turns.remove(lane.sending.id)
            self._turns.append(lane.sending.id)

    def next_due(self, *, resting: bool = False) -> float | None:
        """The earliest moment at which a lane is worth another look; while mailings are resting, none of theirs."""
        asked = [lane for lane in self._open() if not (resting and lane.sending.mass)]
        return min((due for lane in asked if (due := lane.worth_a_look) is not None), default=None)

    def look_again(self, now: float) -> None:
        """Every lane may have more to send now than it knows."""
        for lane in self._open():
            lane.look_again(now)

    def drained(self) -> list[Sending]:
        """The sendings of which nothing is left to do."""
        return [lane.sending for lane in self._open() if lane.drained]

    def _open(self) -> list[Lane]:
        return [lane for lane in self._lanes.values() if lane.open]
