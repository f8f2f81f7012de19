"""`userbot run`: the program between two signals."""

import asyncio
import signal
from contextlib import suppress

from userbot import app
from userbot.cli import systemd
from userbot.cli.foreign import shown
from userbot.config import Settings
from userbot.service.clock import SystemClock


async def run(settings: Settings) -> None:
    """Work until SIGINT or SIGTERM. Before it listens a signal ends it at once, and a second signal always does."""
    stop = asyncio.Event()
    listening = asyncio.Event()

    def ready(where: str) -> None:
        listening.set()
        print(f"userbot is ready {shown(where)}", flush=True)  # noqa: T201
        systemd.notify("READY=1")

    working = asyncio.ensure_future(app.run(settings, ready, SystemClock(), stop))

    def end() -> None:
        systemd.notify("STOPPING=1")
        if stop.is_set() or not listening.is_set():
            working.cancel()
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, end)
    alive = asyncio.ensure_future(systemd.keep_alive())
    try:
        with suppress(asyncio.CancelledError):
            await working
    finally:
        alive.cancel()
