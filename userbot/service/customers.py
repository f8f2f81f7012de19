"""The customers as the account knows them: everybody with a dialog, and whoever writes."""

import asyncio
import logging
import math
from collections.abc import Collection

from userbot.core.model import Peer
from userbot.core.ports import Clock, Telegram
from userbot.errors import StoreError, UserbotError
from userbot.store import facts, peers
from userbot.store.database import Database

log = logging.getLogger(__name__)

_LEARNT = "dialogs learnt until"

MARGIN = 300.0
"""Seconds before the newest message of the last learning at which the next one stops."""

RETRY_SECONDS = 30.0


class Customers:
    """Keeps the store's picture of the account's dialogs."""

    def __init__(self, database: Database, telegram: Telegram, clock: Clock) -> None:
        self.known = asyncio.Event()
        """Set once the dialogs are read: a mailing to all must not start before."""
        self._database = database
        self._telegram = telegram
        self._clock = clock
        self._met: asyncio.Queue[Peer] = asyncio.Queue()

    def met(self, peer: Peer) -> None:
        """Somebody wrote to the account; taken down in turn."""
        self._met.put_nowait(peer)

    async def take_down(self) -> None:
        """Write down who writes, until cancelled."""
        while True:
            peer = await self._met.get()
            while not await self._taken_down(peer):
                await self._clock.wait(asyncio.Event(), RETRY_SECONDS)

    async def _taken_down(self, peer: Peer) -> bool:
        """Whether somebody who wrote is written down; not while the database cannot be."""
        try:
            async with self._database.transaction() as on:
                await peers.learn(on, [peer])
                await peers.returned(on, peer.id)
        except StoreError as error:
            log.warning("a customer cannot be written down now: %s", error)
            return False
        return True

    async def look_for(self, ids: Collection[int]) -> None:
        """When some of these have no dialog yet, look at the newest ones: a chat may have been joined just now."""
        if await peers.are_known(self._database.reader, ids):
            return
        async for page, _ in self._telegram.dialogs(math.inf):
            async with self._database.transaction() as on:
                await peers.learn(on, page)

    async def read_dialogs(self) -> None:
        """Read the dialogs, until they are known."""
        while not self.known.is_set():
            try:
                await self._read_dialogs()
                self.known.set()
            except UserbotError as error:
                log.warning("the dialogs cannot be read now: %s", error)
                await self._clock.wait(asyncio.Event(), RETRY_SECONDS)

    async def _read_dialogs(self) -> None:
        """All of them the first time, then only those with news since."""
        since = await facts.recall(self._database.reader, _LEARNT) or 0
        newest = since
        async for page, latest in self._telegram.dialogs(max(0, since - MARGIN)):
            newest = max(newest, latest)
            async with self._database.transaction() as on:
                await peers.learn(on, page)
        async with self._database.transaction() as on:
            await facts.remember(on, _LEARNT, newest)
