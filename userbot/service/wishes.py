"""Carries out what is asked for where the program runs, beside the group: `userbot status --watch` steers so.

Whoever can write into the database is the account's owner, and may what an administrator may.
"""

import asyncio
import logging
from dataclasses import replace

from userbot.core import grammar
from userbot.core.grammar import Place, Steer
from userbot.core.language import gettext
from userbot.errors import StoreError, UserbotError
from userbot.service.context import Context
from userbot.service.operations import Operations
from userbot.store import sendings, wishes
from userbot.store.database import Connection
from userbot.store.wishes import Wish

log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
"""How often it is looked for: another process cannot ring."""


class Wishes:
    """What the machine's owner wants."""

    def __init__(self, context: Context, operations: Operations) -> None:
        self._database = context.database
        self._clock = context.clock
        self._voice = context.voice
        self._me = context.telegram.me.id
        self._grace = context.patience.misfire_grace
        self._operations = operations

    async def run(self) -> None:
        """Look for wishes until cancelled."""
        while True:
            try:
                for wish in await wishes.waiting(self._database.reader):
                    await self._take(wish)
            except StoreError as error:
                log.warning("what is asked for at this machine waits: %s", error)
            await self._clock.wait(asyncio.Event(), EVERY_SECONDS)

    async def _take(self, wish: Wish) -> None:
        """Carry one out, in the transaction that strikes it off. What cannot be done changes nothing."""
        try:
            async with self._database.transaction() as on:
                if await wishes.take(on, wish.id):
                    await self._carry_out(on, wish)
        except StoreError:
            raise
        except UserbotError as error:
            log.info("%s, asked for at this machine, is not done: %s", wish.command, error)
            async with self._database.transaction() as on:
                await wishes.take(on, wish.id)

    async def _carry_out(self, on: Connection, wish: Wish) -> None:
        steer = grammar.parse(wish.command, Place.GENERAL)
        if not isinstance(steer, Steer) or steer.number is None or self._clock.now() - wish.asked_at > self._grace:
            log.warning("%s, asked for at this machine, is too late, or not for here", wish.command)
            return
        sending = await sendings.find(on, steer.number)
        if sending is not None:
            done = await self._operations.steer(on, steer, [sending.id], by=self._me)
            said = gettext("{what}\nAsked for where userbot runs, in status --watch.", what=done.text)
            await self._voice.say(on, replace(done, text=said, topic=sending.topic))
