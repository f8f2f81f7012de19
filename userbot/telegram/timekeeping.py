"""Keeps Telethon's idea of the time when somebody sets this machine's clock back.

Telethon drops whatever seems to come from more than 30 s in the future. After a clock was set back by that much it
would be deaf: until Telegram finds its messages too old (bad_msg_notification 16, after five minutes), or, when the
connection is made anew in between, until Telegram changes its salt, which takes up to an hour. A clock that is set
forward needs nothing: Telegram finds the next message too new and says so at once, and Telethon follows.
"""

import asyncio
import logging
import time

from telethon import TelegramClient

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0

NOTABLE_SECONDS = 2.0
"""A step back by less does not matter; a clock that is slowed down goes through many of those."""


async def keep(client: TelegramClient) -> None:
    """Look at the clock again and again, until cancelled."""
    wall, steady = time.time(), time.monotonic()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        before = wall - steady
        wall, steady = time.time(), time.monotonic()
        back = before - (wall - steady)
        if back > NOTABLE_SECONDS:
            log.warning("This machine's clock was set back by %.0f s.", back)
            for sender in (client._sender, *(each for _, each in client._borrowed_senders.values())):
                sender._state.time_offset += round(back)
