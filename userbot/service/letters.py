"""Says to customers what stands in the store's letters: in order, each thing once.

As with notices in the group, the random id is a function of the letter's number.
"""

import asyncio
import logging

from userbot.core.delivery import Outcome, Refused, random_id
from userbot.errors import StoreError
from userbot.service.context import Context
from userbot.service.voice import wait_after
from userbot.store import facts, leaving, peers
from userbot.store.database import Connection
from userbot.store.leaving import Letter

log = logging.getLogger(__name__)

RETRY_SECONDS = 30.0


class Letters:
    """The account's own words to single customers."""

    def __init__(self, context: Context) -> None:
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock
        self._limiter = context.limits.limiter
        self._wake = asyncio.Event()

    async def write(self, on: Connection, peer_id: int, text: str) -> None:
        """Have something said to a customer once the transaction is through."""
        await leaving.write(on, peer_id, text)
        self._database.afterwards(self._wake.set)

    async def run(self) -> None:
        """Write until cancelled."""
        async with self._database.transaction() as on:
            seed = await facts.seed(on, facts.LETTERS)
        while True:
            self._wake.clear()
            try:
                for letter in await leaving.unsaid(self._database.reader):
                    await self._send(letter, seed)
            except StoreError as error:
                log.warning("letters wait: %s", error)
            await self._clock.wait(self._wake, RETRY_SECONDS)

    async def _send(self, letter: Letter, seed: bytes) -> None:
        """Send until it is there, or cannot be; one whose customer cannot be addressed yet waits."""
        peer = await peers.find(self._database.reader, letter.peer_id)
        if peer is None or not peer.access_hash:
            return
        number = random_id(seed, str(letter.id))
        while True:
            outcome = await self._call(peer.id, peer.access_hash, letter.text, number)
            if not (isinstance(outcome, Refused) and (wait := wait_after(outcome))):
                break
            await self._clock.wait(asyncio.Event(), wait)
        if isinstance(outcome, Refused):
            log.warning("a customer could not be answered: %s", outcome.reason)
        async with self._database.transaction() as on:
            await leaving.said(on, letter.id)

    async def _call(self, peer_id: int, access_hash: int, text: str, number: int) -> Outcome:
        """One call, not before the account's pace lets an urgent one through."""
        while (wait := self._limiter.wait(urgent=True)) is not None:
            await self._clock.wait(asyncio.Event(), wait)
        self._limiter.sent()
        outcome = await self._telegram.write(peer_id, access_hash, text, number)
        self._limiter.learn(outcome)
        return outcome
