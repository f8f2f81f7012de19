"""Opens topics, one after the other. That has limits of its own at Telegram, and a flood wait here delays only this.

A topic is wanted by the first message of a dialog and by whatever comes after it: they all wait for the same one.
"""

import asyncio
import logging
from dataclasses import dataclass, field

from userbot.core.delivery import Meaning, Refused, random_id
from userbot.core.desk import GROUP_SECONDS, title, wait_for_group
from userbot.core.labels import topic_title
from userbot.core.model import Notice, Peer
from userbot.core.settling import retry_delay
from userbot.core.wording import desk as wording
from userbot.errors import StoreError, TelegramError
from userbot.service.context import Context
from userbot.service.desk.gate import Gate
from userbot.store import marks, peers, topics

log = logging.getLogger(__name__)

TOLD_SECONDS = 60.0
"""How long somebody waits for a topic before General hears of it."""


@dataclass(slots=True)
class _Wish:
    peer: Peer
    since: float
    topic: "asyncio.Future[int]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Topics:
    """The topics of the dialogs."""

    def __init__(self, context: Context, seed: bytes) -> None:
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock
        self._voice = context.voice
        self._seed = seed
        self._gate = Gate(context.clock)
        self._wishes: dict[int, _Wish] = {}
        self._wake = asyncio.Event()
        self._reason: str | None = None
        self._told = False

    async def of(self, peer: Peer) -> int:
        """Somebody's topic; opened when there is none, or reopened when it is closed."""
        found = await topics.topic_of(self._database.reader, peer.id)
        if found is None:
            wish = self._wishes.setdefault(peer.id, _Wish(peer, self._clock.monotonic()))
            self._wake.set()
            return await asyncio.shield(wish.topic)
        topic, closed = found
        if closed:
            await self._reopen(topic)
        return topic

    async def gone(self, topic: int) -> None:
        """There is no such topic any more."""
        async with self._database.transaction() as on:
            await topics.turned(on, [topic], "gone")

    async def closed(self, topic: int) -> None:
        """It is closed."""
        async with self._database.transaction() as on:
            await topics.turned(on, [topic], "closed")

    async def _reopen(self, topic: int) -> None:
        """Open a closed topic; whatever is wrong with it shows when it is used."""
        outcome = await self._telegram.reopen_topic(topic)
        if isinstance(outcome, Refused) and (wait := wait_for_group(outcome)) is not None:
            log.info("a closed topic stays closed for now: %s", outcome.reason)
            await self._clock.wait(asyncio.Event(), wait)
        async with self._database.transaction() as on:
            await topics.turned(on, [topic], "open")

    async def run(self) -> None:
        """Open what is wanted until cancelled."""
        while True:
            self._wake.clear()
            try:
                rest = await self._open_next()
            except (StoreError, TelegramError) as error:
                log.warning("a topic cannot be opened now: %s", error)
                rest = retry_delay(1)
            if rest is None:
                await self._clock.wait(self._wake, None)
            elif rest:
                await self._clock.wait(asyncio.Event(), rest)

    async def _open_next(self) -> float | None:
        """Open the topic that is wanted longest; returns the seconds to rest then, None when nothing is wanted."""
        wish = next(iter(self._wishes.values()), None)
        if wish is None:
            self._told = False
            return None
        waited = self._clock.monotonic() - wish.since
        if waited >= TOLD_SECONDS and not self._told:
            await self._tell()
        if self._gate.rest:
            return self._gate.rest if self._told else min(self._gate.rest, max(0.01, TOLD_SECONDS - waited))
        number = await topics.last_topic(self._database.reader, wish.peer.id)
        random = random_id(self._seed, f"topic/{wish.peer.id}/{number}")
        tickers = await marks.tickers(self._database.reader, wish.peer.id)
        outcome = await self._telegram.open_topic(topic_title(title(wish.peer), tickers), random)
        if isinstance(outcome, Refused):
            self._refused(outcome)
            return 0
        self._reason = None
        if outcome.message_id is not None:
            await self._opened(wish, outcome.message_id, tickers)
        return 0

    def _refused(self, refused: Refused) -> None:
        log.info("a topic is not opened: %s", refused.reason)
        flood = refused.meaning in {Meaning.ACCOUNT_LATER, Meaning.CHAT_LATER}
        lost = refused.meaning in {Meaning.AGAIN, Meaning.CONFIRMED}
        self._reason = None if flood or lost else refused.reason
        self._gate.close(retry_delay(0) if lost else wait_for_group(refused) or GROUP_SECONDS)

    async def _opened(self, wish: _Wish, topic: int, tickers: str) -> None:
        async with self._database.transaction() as on:
            await peers.bind_topic(on, topic, wish.peer.id)
            await marks.shown(on, topic, tickers)
        del self._wishes[wish.peer.id]
        wish.topic.set_result(topic)

    async def _tell(self) -> None:
        """Have General told that people wait."""
        text = wording.topics_wait(len(self._wishes), self._gate.rest or None, self._reason)
        async with self._database.transaction() as on:
            await self._voice.say(on, Notice(text))
        self._told = True
