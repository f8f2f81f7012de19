"""Keeps the announcements of sendings under way telling how far they are.

What they should say is written here, now and then and once more with the end; `Announcements` edits the messages.
"""

import asyncio
import logging
from collections import deque

from userbot.core import wording
from userbot.core.model import Sending, SendingStatus
from userbot.errors import StoreError
from userbot.service.announcements import Announcements
from userbot.service.context import Context
from userbot.store import announcements, sendings
from userbot.store.database import Connection

log = logging.getLogger(__name__)

EVERY_SECONDS = 10.0
"""How often an announcement is edited at most …"""

APART_SECONDS = 6.0
"""… and how far the edits of several are apart on the average: a group takes about twenty messages a minute, edits and
answers together, and several may end at once (that is of bots; of people more: github.com/tdlib/td/issues/2592)."""

PACE_SECONDS = 60.0
"""The pace is that of the last minute."""


class Live:
    """What the announcements of running sendings say."""

    def __init__(self, context: Context, shown: Announcements) -> None:
        self._database = context.database
        self._clock = context.clock
        self._limiter = context.limits.limiter
        self._announcements = shown
        self._news = asyncio.Event()
        self._seen: dict[int, deque[tuple[float, int]]] = {}

    async def begin(self, on: Connection, sending: Sending, head: str) -> None:
        """A sending has started: its announcement begins with `head` from now on."""
        await self._announcements.say(on, sending, head)
        await announcements.begin_with(on, sending.id, head)
        await self.show(on, sending)
        self._database.afterwards(self._news.set)

    async def show(self, on: Connection, sending: Sending) -> None:
        """Let the announcement say how a sending stands, if it has one that began."""
        told = await announcements.told(on, sending.id)
        if told is None or told.head is None:
            return
        prospect = self._limiter.prospect(sending, await sendings.steps_of(on, sending.id))
        pace = None if sending.ended_at is not None else self._pace(sending)
        state = wording.live(sending, self._clock.now(), pace, prospect, self._limiter.flood_until)
        text = "\n".join(filter(None, [told.head, state]))
        if text != told.text:
            await self._announcements.amend(on, sending, text)

    async def run(self) -> None:
        """Look at what is under way until cancelled; nothing is done while nothing is."""
        while True:
            self._news.clear()
            wait: float | None = EVERY_SECONDS
            try:
                under_way = await self._look()
                wait = max(EVERY_SECONDS, under_way * APART_SECONDS) if under_way else None
            except StoreError as error:
                log.warning("announcements cannot be kept up: %s", error)
            await self._clock.wait(asyncio.Event() if wait else self._news, wait)

    async def _look(self) -> int:
        """Show how each one stands; returns how many are under way."""
        async with self._database.transaction() as on:
            found = [
                each
                for status in (SendingStatus.RUNNING, SendingStatus.PAUSED)
                for each in await sendings.having(on, status)
                if not each.small and each.started_at is not None
            ]
            for sending in found:
                await self.show(on, sending)
        self._seen = {each.id: self._seen[each.id] for each in found if each.id in self._seen}
        return len(found)

    def _pace(self, sending: Sending) -> float | None:
        """Messages a second over the last minute; None when that is not known yet, or nothing went out."""
        now, seen = self._clock.monotonic(), self._seen.setdefault(sending.id, deque())
        seen.append((now, sending.counts.sent))
        while len(seen) > 1 and seen[1][0] <= now - PACE_SECONDS:
            seen.popleft()
        since, before = seen[0]
        return (sending.counts.sent - before) / (now - since) if now > since and sending.counts.sent > before else None
