"""What both lanes of a dialog have in common: who is at the other end, and that one thing is done after the other."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Protocol

from userbot.core.delivery import Meaning, Outcome, Refused, Sent
from userbot.core.desk import ALBUM_SECONDS, MAX_ALBUM, Fate, Item
from userbot.core.model import Notice, Peer
from userbot.core.settling import CONFIRMING_TRIES, UNKNOWN_DELAYS, retry_delay
from userbot.errors import TelegramError
from userbot.service.context import Context
from userbot.service.customers import Customers
from userbot.service.desk.gate import Gate
from userbot.service.desk.topics import Topics
from userbot.store import desk, peers, topics

log = logging.getLogger(__name__)

POLL_SECONDS = 0.1
"""Between looks whether something is settled that is on its way."""

LOOK_UP_SECONDS = 5.0


class Mailings(Protocol):
    """What the desk has to know of the sender."""

    def sends_to(self, peer_id: int) -> bool:
        """Whether a delivery to this peer is on its way."""

    def give_way(self) -> None:
        """An operator is about to answer somebody."""

    def go_on(self) -> None:
        """They have."""


@dataclass(frozen=True, slots=True)
class Desktop:
    """What the lanes work with."""

    context: Context
    customers: Customers
    topics: Topics
    mailings: Mailings
    seed: bytes
    began: float
    """When this process began: what was on its way before is known to nobody."""
    shows: Gate
    """For what appears in the group …"""
    changes: Gate
    """… and for edits and deletions."""


@dataclass(slots=True)
class Tries:
    """How often one call was refused, and what follows from it."""

    count: dict[str, int] = field(default_factory=dict)

    def wait(self, refused: Refused) -> float | None:
        """Seconds until another try; None when there is none."""
        before = self.count.get(refused.code, 0)
        self.count[refused.code] = before + 1
        match refused.meaning:
            case Meaning.CHAT_LATER | Meaning.ACCOUNT_LATER:
                return refused.seconds + 1.0
            case Meaning.AGAIN | Meaning.SESSION:
                return retry_delay(before)
            case Meaning.CONFIRMED:
                return retry_delay(before) if before < CONFIRMING_TRIES else None
            case Meaning.UNKNOWN_PEER if before == 0:
                return 0.0
            case Meaning.UNKNOWN if before < len(UNKNOWN_DELAYS):
                return UNKNOWN_DELAYS[before]
        return None


class Lane:
    """One direction of every dialog. `do` settles at least the first of the things it is given."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._database = desktop.context.database
        self._telegram = desktop.context.telegram
        self._clock = desktop.context.clock
        self._voice = desktop.context.voice
        self._topics = desktop.topics

    async def _sleep(self, seconds: float) -> None:
        await self._clock.wait(asyncio.Event(), seconds)

    async def _together(self, items: list[Item]) -> list[Item]:
        """The things that go in one call: an album, once all of it is there, else the first alone."""
        first = items[0]
        if first.batch is not None:
            return [each for each in items if each.batch == first.batch]
        if first.grouped_id is None:
            return [first]
        while True:
            parts = _parts(items)
            if len(parts) < len(items) or len(parts) == MAX_ALBUM:
                break
            await self._sleep(ALBUM_SECONDS)
            items = await desk.head(self._database.reader, first.peer_id, first.side)
            if len(_parts(items)) == len(parts):
                break
        async with self._database.transaction() as on:
            await desk.seal(on, parts)
        return parts

    async def _peer(self, peer_id: int) -> Peer:
        """Who is at the other end, with an address; whoever is only half known is looked for until they are known."""
        while True:
            found = await peers.find(self._database.reader, peer_id)
            if found is not None and (found.access_hash or peer_id < 0):
                return found
            try:
                await self._desktop.customers.read_news()
            except TelegramError as error:
                log.info("a customer cannot be looked up now: %s", error)
            if await peers.without_address(self._database.reader, [peer_id]):
                await self._sleep(LOOK_UP_SECONDS)

    async def _look_up(self, peer: Peer) -> Peer:
        """Telegram does not know the address: ask for the current one."""
        try:
            found = await self._telegram.resolve(peer)
        except TelegramError as error:
            log.info("a customer could not be looked up: %s", error)
            return peer
        if found is None:
            return peer
        async with self._database.transaction() as on:
            await peers.learn(on, [found])
        return found

    async def _settle(
        self, items: Sequence[Item], fate: Fate, outcome: Outcome | None = None, notice: Notice | None = None
    ) -> None:
        """Write down what became of things, and have said what is to be said about it, in one transaction."""
        ids = outcome.message_ids if isinstance(outcome, Sent) else (None,) * len(items)
        contents = getattr(outcome, "contents", ()) or (None,) * len(items)
        async with self._database.transaction() as on:
            for item, message_id, content in zip(items, ids, contents, strict=False):
                await desk.settle(on, item, fate, message_id=message_id, content=content)
            if notice is not None:
                await self._voice.say(on, notice)

    async def _notice(self, item: Item, text: str, reply_to: int | None) -> Notice | None:
        """Something to be said in the topic of a dialog; None when it has none."""
        found = await topics.topic_of(self._database.reader, item.peer_id)
        return None if found is None else Notice(text, found[0], reply_to=reply_to)


def _parts(items: list[Item]) -> list[Item]:
    return list(takewhile(lambda each: each.grouped_id == items[0].grouped_id, items))[:MAX_ALBUM]
