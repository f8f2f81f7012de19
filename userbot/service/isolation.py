"""What fails inside one service stays there: it is told, and the service begins again after a growing wait."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from userbot.core.language import gettext
from userbot.core.model import Notice
from userbot.core.settling import retry_delay
from userbot.errors import NotLoggedInError, StoreError, UserbotError
from userbot.service.context import Context

log = logging.getLogger(__name__)

CALM_SECONDS = 900.0
"""A service that ran so long has recovered: its next failure is the first one."""


class Isolation:
    """Keeps services going. Nothing but the end of the session passes it."""

    def __init__(self, context: Context) -> None:
        self._database = context.database
        self._clock = context.clock
        self._voice = context.voice
        self._told: dict[str, set[str]] = {}

    async def keep(self, what: str, service: Callable[[], Awaitable[None]]) -> None:
        """Run a service until it returns or is cancelled; `what` it does, in words. Raises NotLoggedInError."""
        failures = 0
        while True:
            began = self._clock.monotonic()
            try:
                return await service()
            except NotLoggedInError:
                raise
            except Exception as error:
                log.exception("%s failed", what)
                if self._clock.monotonic() - began > CALM_SECONDS:
                    failures = 0
                    self._told.pop(what, None)
                wait = retry_delay(failures)
                failures += 1
                await self.tell(what, error)
            await self._clock.wait(asyncio.Event(), wait)

    async def tell(self, what: str, error: Exception) -> None:
        """Say in General that something failed, once until it has recovered."""
        why = str(error).rstrip(".") if isinstance(error, UserbotError) else type(error).__name__
        text = gettext(
            "⚠ Userbot met trouble while {what}: {why}. It tries again by itself; details are in its log.",
            what=what,
            why=why,
        )
        if text in self._told.setdefault(what, set()):
            return
        with suppress(StoreError):
            async with self._database.transaction() as on:
                await self._voice.say(on, Notice(text))
            self._told[what].add(text)
