"""Follows the boxes: the account's own, the backend group, every group that has a topic.

Updates mostly only say that it is time to ask. What is told is written down together with the position that it leads
to, so nothing is missed and nothing comes twice, whatever happens in between.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from userbot.core.desk import SUPERGROUPS
from userbot.core.model import Peer
from userbot.core.news import ACCOUNT, News, Position, Said
from userbot.errors import FloodWaitError, StoreError, TelegramError
from userbot.service.context import Context
from userbot.store import peers, streams, topics
from userbot.store.database import Connection

log = logging.getLogger(__name__)

SWEEP_SECONDS = 30.0
"""How often a box is asked about though nothing was heard: an update may be lost."""

RETRY_SECONDS = 5.0

GATHER_SECONDS = 0.2
"""What comes so soon after the last answer is asked for together: to ask costs more than most of what is told."""

Note = Callable[[Connection, int, News], Awaitable[None]]


class Reader:
    """Has everything that is new written down, box by box."""

    def __init__(
        self, context: Context, notes: Sequence[Note], *, groups: bool, recorded: Callable[[], Awaitable[None]]
    ) -> None:
        """Each of `notes` writes down what it cares for of a box's news, in the transaction it is given.

        Without `groups` only the account's own box is followed. `recorded` returns once the journal has what came back.
        """
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock
        self._arrivals = context.arrivals
        self._notes = notes
        self._recorded = recorded
        self._groups = groups
        self._bells: dict[int, asyncio.Event] = {}
        self._bound = asyncio.Event()

    def stir(self, box: int) -> None:
        """There is news of a box."""
        if box in self._bells:
            self._bells[box].set()

    async def standing(self, peer: Peer) -> Position | None:
        """Where a group stands that is not followed yet; None for all others. Raises TelegramError."""
        known = peer.id > SUPERGROUPS or peer.id in await streams.positions(self._database.reader)
        return None if known or not self._groups else await self._telegram.position(peer.id, peer.access_hash)

    async def follow(self, on: Connection, peer: Peer, position: Position | None) -> None:
        """A topic is bound: a group is followed from where it stood then, so nothing is missed that comes after."""
        if position is not None:
            await streams.reached(on, peer.id, position)
        self._database.afterwards(self._bound.set)

    def _own(self) -> list[int]:
        return [ACCOUNT, self._telegram.group_id] if self._groups else [ACCOUNT]

    async def begin(self) -> None:
        """The first time, note where the boxes stand: what was before opens no topics."""
        for box in self._own():
            while box not in await streams.positions(self._database.reader):
                try:
                    await self._start(box, 0)
                except FloodWaitError as error:
                    await self._clock.wait(asyncio.Event(), error.seconds + 1)

    async def run(self) -> None:
        """Follow until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._bound.clear()
                boxes = dict.fromkeys(self._own(), 0)
                if self._groups:
                    boxes |= await topics.bound_groups(self._database.reader)
                for box, access_hash in boxes.items():
                    if box not in self._bells:
                        self._bells[box] = self._arrivals.bell if box == ACCOUNT else asyncio.Event()
                        tasks.create_task(self._follow(box, access_hash))
                await self._bound.wait()

    async def _follow(self, box: int, access_hash: int) -> None:
        """Catch up, and again whenever there is news."""
        bell = self._bells[box]
        try:
            while True:
                bell.clear()
                rest = await self._catch_up(box, access_hash)
                await asyncio.sleep(GATHER_SECONDS)
                await self._clock.wait(bell if rest == SWEEP_SECONDS else asyncio.Event(), rest)
        finally:
            del self._bells[box]

    async def _catch_up(self, box: int, access_hash: int) -> float:
        """Take down what is new; returns the seconds until it is worth asking again without having heard anything."""
        asked = self._arrivals.asking()
        try:
            while await self._take_down(box, access_hash):
                pass
            if box == ACCOUNT:
                self._arrivals.told(asked)
        except FloodWaitError as error:
            log.info("asking for news waits: %s", error)
            return error.seconds + 1.0
        except (TelegramError, StoreError) as error:
            log.warning("news cannot be taken down now: %s", error)
            return RETRY_SECONDS
        return SWEEP_SECONDS

    async def _take_down(self, box: int, access_hash: int) -> bool:
        """Ask once; whether there is more."""
        position = (await streams.positions(self._database.reader)).get(box)
        if position is None:
            position = await self._start(box, access_hash)
        news = await self._pushed(box, position) or await self._telegram.news(box, position, access_hash)
        if news.position != position:
            # Our own messages whose answers came are passed over: none of them may be known to nobody after a kill.
            await self._recorded()
            async with self._database.transaction() as on:
                await peers.learn(on, news.people)
                for note in self._notes:
                    await note(on, box, news)
                await streams.reached(on, box, news.position)
        for other in news.stale:
            self.stir(other)
        return news.more

    async def _pushed(self, box: int, position: Position) -> News | None:
        """What is known without asking, of people who are known. While calls are in doubt, only an answer tells."""
        if box != ACCOUNT or not self._arrivals.known.is_set():
            return None
        news = self._telegram.pushed(position)
        if news is None:
            return None
        writers = {each.chat for each in news.events if isinstance(each, Said)}
        return news if await peers.are_known(self._database.reader, writers) else None

    async def _start(self, box: int, access_hash: int) -> Position:
        position = await self._telegram.position(box, access_hash)
        async with self._database.transaction() as on:
            await streams.reached(on, box, position)
        return position
