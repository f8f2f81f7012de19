"""Whether Telegram answers at all: noticed within seconds, told once when it stops and once when it goes on.

Telethon itself pings every minute, so a line that is dead without an error (a pulled cable) would look well for two.
TDLib pings as often as this while its user is online (`ping_must_delay` in td/mtproto/SessionConnection.h).
"""

import asyncio
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from telethon import TelegramClient, functions

log = logging.getLogger(__name__)

SILENT_SECONDS = 5.0
"""After how long without an answer Telegram counts as out of reach."""

ASK_SECONDS = 2.0


class Line:
    """The way to Telegram. Time is real time here: this is about the connection as it is."""

    def __init__(self, reached: Callable[[bool], None]) -> None:
        """`reached` is told False when Telegram does not answer, and True when it answers again."""
        self._reached = reached
        self._dead = False

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """Something that ends with an answer of Telegram's."""
        alarm = asyncio.get_running_loop().call_later(SILENT_SECONDS, partial(self._turn, dead=True))
        try:
            yield
        finally:
            alarm.cancel()
        self._turn(dead=False)

    async def watch(self, client: TelegramClient) -> None:
        """Ask again and again, until cancelled."""
        while True:
            with self.expecting():
                await _pong(client)
            await asyncio.sleep(ASK_SECONDS)

    def _turn(self, *, dead: bool) -> None:
        if dead != self._dead:
            self._dead = dead
            log.info("Telegram does not answer" if dead else "Telegram answers again")
            self._reached(not dead)


async def _pong(client: TelegramClient) -> None:
    """Return when a ping is answered; one that was lost is repeated."""
    while True:
        try:
            await client._sender.send(functions.PingRequest(random.getrandbits(63)))
        except OSError:
            await asyncio.sleep(1)
        else:
            return
