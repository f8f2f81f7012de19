"""Keeps of each sending the one message true that General has of it: the answer to its command.

Whoever changes a sending writes down, in the same transaction, what its announcement should say. Here it is edited
until it does, with the latest words alone, beside everything else that is said: a flood wait for edits holds up no
answer and no mailing. A message that is gone, or that Telegram lets nobody edit any more, is posted anew.
"""

import asyncio
import logging

from userbot.core.delivery import Refused
from userbot.core.model import Notice, Sending
from userbot.errors import StoreError
from userbot.service.context import Context
from userbot.service.voice import RETRY_SECONDS, wait_after
from userbot.store import announcements
from userbot.store.announcements import Announcement
from userbot.store.database import Connection

log = logging.getLogger(__name__)

_NOT_THERE = {"MESSAGE_ID_INVALID", "MSG_ID_INVALID", "MESSAGE_EDIT_TIME_EXPIRED", "MESSAGE_AUTHOR_REQUIRED"}


class Announcements:
    """The announcements of all sendings."""

    def __init__(self, context: Context) -> None:
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock
        self._voice = context.voice

    async def say(self, on: Connection, sending: Sending, text: str) -> None:
        """Let a sending's announcement say this from now on; it is posted when there is none."""
        if not await announcements.change(on, sending.id, text):
            await self._post(on, sending.id, text, sending.topic)
        self._database.afterwards(self._voice.stale.set)

    async def amend(self, on: Connection, sending: Sending, text: str) -> None:
        """The same, if there is one."""
        await announcements.change(on, sending.id, text)
        self._database.afterwards(self._voice.stale.set)

    async def run(self) -> None:
        """Edit what shows something else than it should, until cancelled."""
        while True:
            self._voice.stale.clear()
            wait: float | None = None
            try:
                for each in await announcements.stale(self._database.reader):
                    if wait := await self._edit(each):
                        break
            except StoreError as error:
                log.warning("an announcement cannot be looked after: %s", error)
                wait = RETRY_SECONDS
            await self._clock.wait(asyncio.Event() if wait else self._voice.stale, wait)

    async def _edit(self, shown: Announcement) -> float:
        """Make it show what it should; returns the seconds to wait when Telegram asks for them."""
        outcome = await self._telegram.edit(shown.message_id, shown.text)
        if isinstance(outcome, Refused):
            if wait := wait_after(outcome):
                return wait
            log.info("the announcement of sid%s cannot be edited: %s", shown.sending_id, outcome.reason)
        async with self._database.transaction() as on:
            if isinstance(outcome, Refused) and outcome.code in _NOT_THERE:
                await self._post(on, shown.sending_id, shown.text, shown.topic)
            else:
                await announcements.stands(on, shown.sending_id, shown.message_id, shown.text)
        return 0

    async def _post(self, on: Connection, sending_id: int, text: str, topic: int) -> None:
        await self._voice.say(on, Notice(text, topic, sending_id=sending_id, live=True))
