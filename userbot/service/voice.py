"""Says in the backend group what stands in the outbox: in order, each thing once.

The random id of a notice is a function of its number, so one that was said but not yet struck off when the process
died is answered by Telegram with the original.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from userbot.core import wording
from userbot.core.delivery import Meaning, Refused, Sent, random_id
from userbot.core.language import gettext
from userbot.core.model import Notice
from userbot.core.ports import Clock, Telegram
from userbot.core.settling import UNKNOWN_DELAYS
from userbot.errors import StoreError
from userbot.service import reports
from userbot.store import facts, outbox
from userbot.store.database import Connection, Database

log = logging.getLogger(__name__)

RETRY_SECONDS = 5.0
PATIENCE = 60.0
"""Seconds between tries while the account may not speak at all."""


class Voice:
    """The one who speaks in the group."""

    def __init__(
        self, database: Database, telegram: Telegram, clock: Clock, folder: Path, *, spoken: Callable[[], None]
    ) -> None:
        """`folder` is for reports while they are uploaded; `spoken` is told when nothing is left to say in words."""
        self._database = database
        self._spoken = spoken
        self._telegram = telegram
        self._clock = clock
        self._folder = folder
        self._wake = asyncio.Event()
        self.stale = asyncio.Event()
        """Set when an announcement may show something else than it should."""
        self._reports = asyncio.Lock()
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def say(self, on: Connection, notice: Notice) -> None:
        """Have something said once the transaction is through, in several messages when it is too long for one."""
        *first, last = wording.pages(notice.text)
        for page in first:
            await outbox.say(on, replace(notice, text=page, report_of=None, listing=None, question=None, export=None))
        await outbox.say(on, replace(notice, text=last))
        self._database.afterwards(self._wake.set)

    async def tell_renamed(self) -> None:
        """Tell General, once, which templates a migration has renamed: their names are words of the command now."""
        async with self._database.transaction() as on:
            renamed = await facts.recall(on, facts.RENAMED)
            if renamed is not None:
                await facts.forget(on, facts.RENAMED)
                await self.say(on, Notice(wording.renamed(renamed)))

    async def run(self) -> None:
        """Speak until cancelled."""
        async with self._database.transaction() as on:
            seed = await facts.seed(on, facts.VOICE)
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._wake.clear()
                try:
                    spoke = await self._speak(tasks, seed)
                except StoreError as error:
                    log.warning("the outbox cannot be read: %s", error)
                    spoke = False
                if not spoke:
                    await self._clock.wait(self._wake, RETRY_SECONDS)

    async def _speak(self, tasks: asyncio.TaskGroup, seed: bytes) -> bool:
        """Say what is there; False when there was nothing new. A report takes its time, so nothing waits for it."""
        notices = [each for each in await outbox.unsaid(self._database.reader) if each.id not in self._under_way]
        for notice in notices:
            if notice.file_name is None:
                await self._utter(notice, seed)
            else:
                self._under_way[notice.id] = tasks.create_task(self._report(notice, seed))
        if notices:
            self._spoken()
        return bool(notices)

    async def _report(self, notice: Notice, seed: bytes) -> None:
        async with self._reports:
            try:
                async with reports.as_file(self._database, notice, self._folder, self._clock.now()) as report:
                    await self._utter(notice, seed, report)
            except (StoreError, OSError) as error:
                log.warning("%s cannot be written: %s", notice.file_name, error)
                await self._clock.wait(asyncio.Event(), RETRY_SECONDS)
            finally:
                del self._under_way[notice.id]
                self._wake.set()

    async def _utter(self, notice: Notice, seed: bytes, report: Path | None = None) -> None:
        """Post until it stands there, or cannot."""
        number = random_id(seed, str(notice.id))
        odd = 0
        while True:
            outcome = await self._telegram.post(notice, number, report)
            if isinstance(outcome, Sent) or not (wait := wait_after(outcome, odd)):
                break
            odd += outcome.meaning is Meaning.UNKNOWN
            await self._clock.wait(asyncio.Event(), wait)
        async with self._database.transaction() as on:
            await outbox.said(on, notice, outcome.message_id if isinstance(outcome, Sent) else None)
            if isinstance(outcome, Refused):
                log.warning("an answer in topic %s could not be posted: %s", notice.topic, outcome.reason)
                if notice.file_name is not None:
                    await self.say(on, _without_file(notice, outcome))
        if notice.live:
            self.stale.set()


def _without_file(notice: Notice, refused: Refused) -> Notice:
    lost = gettext("{file} could not be attached: {why}.", file=notice.file_name, why=wording.said(refused.reason))
    return replace(notice, text=f"{notice.text}\n{lost}", report_of=None, listing=None, export=None, question=None)


def wait_after(refused: Refused, odd: int = len(UNKNOWN_DELAYS)) -> float:
    """Seconds until it is worth trying again to say something; 0 when another try would be pointless.

    `odd` is how often it was refused before for a reason that nobody knows.
    """
    match refused.meaning:
        case Meaning.ACCOUNT_LATER | Meaning.CHAT_LATER:
            return refused.seconds + 1
        case Meaning.AGAIN:
            return RETRY_SECONDS
        case Meaning.ACCOUNT | Meaning.SESSION:
            return PATIENCE
        case Meaning.UNKNOWN if odd < len(UNKNOWN_DELAYS):
            return UNKNOWN_DELAYS[odd]
        case _:
            return 0
