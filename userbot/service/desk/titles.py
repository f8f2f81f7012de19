"""Names of topics show the tickers of their customer's labels; what else a name says, by hand too, stays.

What a name shows is written down, so what is outdated is known after a restart too. A flood wait delays only this.
"""

import asyncio
import logging

from userbot.core.delivery import Meaning, Refused
from userbot.core.desk import wait_for_group
from userbot.core.labels import topic_title
from userbot.core.settling import retry_delay
from userbot.errors import StoreError
from userbot.service.context import Context
from userbot.store import marks

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
"""How often names are looked at without being asked to: labels come from the command line too."""


class Titles:
    """Keeps the names of topics true."""

    def __init__(self, context: Context) -> None:
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock
        self.news = asyncio.Event()
        """Set when labels or tickers have changed."""

    async def run(self) -> None:
        """Rename what is outdated, until cancelled."""
        while True:
            self.news.clear()
            try:
                rest = await self._rename_next()
            except StoreError as error:
                log.warning("the names of topics cannot be looked at: %s", error)
                rest = retry_delay(1)
            if rest is None:
                await self._clock.wait(self.news, LOOK_SECONDS)
            elif rest:
                await self._clock.wait(asyncio.Event(), rest)

    async def _rename_next(self) -> float | None:
        """Rename one topic; returns the seconds to rest then, None when all of them are true."""
        found = await marks.outdated_topic(self._database.reader)
        if found is None:
            return None
        topic, shown, wanted = found
        outcome = await self._rename(topic, shown, wanted)
        if isinstance(outcome, Refused):
            wait = wait_for_group(outcome)
            if wait is not None:
                return wait
            if outcome.meaning in {Meaning.AGAIN, Meaning.CONFIRMED}:
                return retry_delay(0)
            log.warning("topic %s cannot be renamed: %s", topic, outcome.reason)
        async with self._database.transaction() as on:
            await marks.shown(on, topic, wanted)
        return 0

    async def _rename(self, topic: int, shown: str, wanted: str) -> Refused | None:
        """None when it is called so now, or gone."""
        name = await self._telegram.topic_title(topic)
        if name is None or isinstance(name, Refused):
            return name
        title = topic_title(name, wanted, shown)
        outcome = None if title == name else await self._telegram.rename_topic(topic, title)
        unchanged = isinstance(outcome, Refused) and outcome.code == "TOPIC_NOT_MODIFIED"
        return outcome if isinstance(outcome, Refused) and not unchanged else None
