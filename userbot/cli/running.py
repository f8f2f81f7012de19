"""`userbot run`: the program between two signals."""

import asyncio
import signal
from contextlib import suppress

from userbot import app
from userbot.cli import systemd
from userbot.cli.foreign import shown
from userbot.config import Settings
from userbot.core import wording
from userbot.service.clock import SystemClock
from userbot.telegram.line import Line

CANCEL_AGAIN = 5.0
"""Seconds after which a program that was cancelled and has not ended is cancelled again.

Up to Python 3.11, asyncio.wait_for drops a cancellation when what it waits for fails at that very moment
(https://github.com/python/cpython/issues/86296): Telethon takes it for a failed try to connect, and tries again.
"""


async def run(settings: Settings) -> None:
    """Work until SIGINT or SIGTERM. Before it listens a signal ends it at once, and a second signal always does."""
    stop = asyncio.Event()
    listening = asyncio.Event()

    def ready(where: str) -> None:
        listening.set()
        _say(f"userbot is ready {where}")
        systemd.notify("READY=1")

    clock = SystemClock()
    line = Line(lambda reached: _say(_AGAIN if reached else _AWAY.format(wording.moment(clock.now()))))
    working = asyncio.ensure_future(app.run(settings, ready, clock, stop, line))

    def end() -> None:
        systemd.notify("STOPPING=1")
        if stop.is_set() or not listening.is_set():
            cancel()
        stop.set()

    def cancel() -> None:
        if not working.done():
            working.cancel()
            asyncio.get_running_loop().call_later(CANCEL_AGAIN, cancel)

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, end)
    alive = asyncio.ensure_future(systemd.keep_alive())
    try:
        with suppress(asyncio.CancelledError):
            await working
        _say("userbot has stopped.")
    finally:
        alive.cancel()


_AWAY = "Telegram does not answer ({}). userbot goes on by itself once it does."
_AGAIN = "Telegram answers again: userbot goes on."


def _say(sentence: str) -> None:
    """One line for whoever watches, at once."""
    print(shown(sentence), flush=True)
