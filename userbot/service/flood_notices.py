"""Tells General of a flood wait of a minute or more, with the new expected end, and once that it is over.

What was told is remembered in the transaction that tells it, so a restart in the middle neither repeats it nor
forgets to say that it is over.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from userbot.core import wording
from userbot.core.model import Notice, Sending, SendingStatus
from userbot.core.pacing import LONG
from userbot.service.clock import LOOK_AGAIN
from userbot.service.context import Context
from userbot.store import facts, sendings
from userbot.store.database import Connection

WORTH_TELLING = 60.0
"""Seconds of a flood wait from which on it is told."""

SAME = 60.0
"""By how much later a flood wait must end, in seconds, to be another than the one that was told."""

QUIET = 3600.0
"""So many seconds after telling of one, another is told only if it is long: finding a pace costs a few short ones."""

TOLD = "flood wait told"
"""The fact that says what was told last, in Unix seconds: `until` when it was to last, `at` when it was told, and
whether it was told that it is `over`."""


class FloodNotices:
    """Tells of flood waits."""

    def __init__(self, context: Context) -> None:
        self._database = context.database
        self._clock = context.clock
        self._voice = context.voice
        self._limiter = context.limits.limiter
        self._news = asyncio.Event()

    async def met(self, seconds: float) -> None:
        """A call met a flood wait: tell of it if that is due. Raises StoreError."""
        now = self._clock.now()
        until = now + seconds
        async with self._database.transaction() as on:
            if seconds >= WORTH_TELLING and _is_news(await facts.recall(on, TOLD), until, now):
                await self._voice.say(on, Notice(wording.flood_wait(until, now, await self._ends(on, now))))
                await facts.remember(on, TOLD, {"until": until, "at": now, "over": False})
        self._news.set()

    async def run(self) -> None:
        """Say when one that was told is over, until cancelled."""
        while True:
            self._news.clear()
            told = await facts.recall(self._database.reader, TOLD)
            if told is None or told["over"]:
                await self._clock.wait(self._news, None)
                continue
            left = max(told["until"], self._limiter.flood_until or 0.0) - self._clock.now()
            if left > 0:
                await self._clock.wait(self._news, min(left, LOOK_AGAIN))
            else:
                await self._over(told)

    async def _over(self, told: Mapping[str, Any]) -> None:
        now = self._clock.now()
        async with self._database.transaction() as on:
            await self._voice.say(on, Notice(wording.flood_over(await self._ends(on, now))))
            await facts.remember(on, TOLD, {**told, "over": True})

    async def _ends(self, on: Connection, now: float) -> list[tuple[Sending, float]]:
        """The mailings that run, each with the moment at which it is expected to end."""
        running = [each for each in await sendings.having(on, SendingStatus.RUNNING) if not each.small]
        hopes = [self._limiter.prospect(each, await sendings.steps_of(on, each.id)) for each in running]
        return [
            (each, hope.end(each.started_at or now, now))
            for each, hope in zip(running, hopes, strict=True)
            if each.counts.pending
        ]


def _is_news(told: Mapping[str, Any] | None, until: float, now: float) -> bool:
    """Whether a flood wait that lasts `until` then is to be told, given what was told last."""
    if told is None:
        return True
    if not told["over"] and until < told["until"] + SAME:
        return False
    return until - now >= LONG or now >= told["at"] + QUIET
