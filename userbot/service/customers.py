"""The customers as the account knows them: everybody with a dialog, and whoever writes."""

import asyncio
import logging

from userbot.core.model import Peer
from userbot.core.ports import Telegram
from userbot.errors import StoreError, UserbotError
from userbot.store import facts, peers
from userbot.store.database import Database

log = logging.getLogger(__name__)

_LEARNT = "dialogs learnt until"

MARGIN = 86400.0
"""Seconds before the last learning at which the next one stops: clocks differ, and messages come late."""


class Customers:
    """Keeps the store's picture of the account's dialogs."""

    def __init__(self, database: Database, telegram: Telegram) -> None:
        self._database = database
        self._telegram = telegram
        self._met: asyncio.Queue[Peer] = asyncio.Queue()

    def met(self, peer: Peer) -> None:
        """Somebody wrote to the account; taken down in turn."""
        self._met.put_nowait(peer)

    async def run(self) -> None:
        """Take down who writes until cancelled."""
        while True:
            peer = await self._met.get()
            try:
                async with self._database.transaction() as on:
                    await peers.learn(on, [peer])
                    await peers.returned(on, peer.id)
            except StoreError as error:
                # Not lost: the next start reads the dialogs again.
                log.warning("a customer cannot be written down now: %s", error)

    async def learn_dialogs(self) -> None:
        """Read the account's dialogs: all of them the first time, then only those with news since."""
        since = await facts.recall(self._database.reader, _LEARNT) or 0
        newest = since
        try:
            async for page, latest in self._telegram.dialogs(max(0, since - MARGIN)):
                newest = max(newest, latest)
                async with self._database.transaction() as on:
                    await peers.learn(on, page)
        except StoreError:
            raise
        except UserbotError as error:
            log.warning("the dialogs cannot be read now, the ones known are used: %s", error)
            return
        async with self._database.transaction() as on:
            await facts.remember(on, _LEARNT, newest)
