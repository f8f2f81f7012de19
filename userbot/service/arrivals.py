"""Whether it is known what became of every call, and what arrived though no answer said so.

A call whose answer is lost, be it by a kill, may have had its effect. Mostly it is made again, with the same random id.
Where it must not be (the sending was stopped, its recipient has answered), only the account's news tells.
"""

import asyncio

from userbot.core.model import Delivery, Sending
from userbot.core.ports import Clock
from userbot.core.settling import Settled, later, left_out, sent
from userbot.service.lanes import Lane
from userbot.store import arrivals, facts, journal, receipts, sendings, versions
from userbot.store.database import Connection


class Arrivals:
    """In doubt from the start on, and after every call without an answer, until the news have been read."""

    def __init__(self, clock: Clock, news: asyncio.Event) -> None:
        """`news` is set when somebody who waits may go on."""
        self._clock = clock
        self.known = asyncio.Event()
        """Set while nothing is in doubt."""
        self.bell = asyncio.Event()
        """Set when it is time to ask for the account's news."""
        self._news = news
        self._doubts = 0

    def doubt(self) -> None:
        """A call got no answer."""
        self._doubts += 1
        self.known.clear()
        self.bell.set()

    def asking(self) -> int:
        """The news are being asked for: what has to be given to `told` when they are all taken down."""
        return self._doubts

    def told(self, asked: int) -> None:
        """They are, and they tell of every call whose answer was lost before they were asked for."""
        if asked == self._doubts and not self.known.is_set():
            self.known.set()
            self._news.set()

    async def left_out(self, on: Connection, lane: Lane, delivery: Delivery, reason: str) -> Settled:
        """What becomes of a delivery that is not to be made any more: one that was tried may have arrived."""
        if delivery.met is not None and lane.sending.sends:
            if not self.known.is_set():
                return later(delivery, self._clock.now() + 1)
            for _, there, at in await arrivals.of(on, lane.sending, delivery):
                return sent(delivery, there, at, lane.times(delivery))
        return left_out(delivery, reason, self._clock.now())

    async def settle(self, on: Connection, sending: Sending) -> None:
        """Write down what arrived of a sending that has no lane."""
        found = await arrivals.of(on, sending)
        if not found:
            return
        lane = Lane(sending, await sendings.steps_of(on, sending.id), *await versions.other_chains(on, sending))
        await journal.record(on, [sent(delivery, there, at, lane.times(delivery)) for delivery, there, at in found])
        await receipts.answered_before(on, [delivery.peer_id for delivery, _, _ in found], self._clock.now())
        if sending.counted:
            for _, _, at in found:
                await facts.count_delivered(on, facts.month(at), 1)
