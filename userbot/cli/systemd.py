"""What systemd is told of a service with `Type=notify`: that it is ready, that it lives, that it stops.

The protocol is a datagram to the socket that NOTIFY_SOCKET names (sd_notify(3)); without one, nobody is told.
"""

import asyncio
import os
import socket
from contextlib import suppress

_MICROSECONDS = 1_000_000


def notify(state: str) -> None:
    """Tell systemd, for example `READY=1`. Whether it listens is its own affair."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):  # the abstract namespace
        address = "\0" + address[1:]
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
        sender.sendto(state.encode(), address)


async def keep_alive() -> None:
    """Tell systemd's watchdog that the event loop turns, until cancelled, where one is set (WatchdogSec)."""
    every = int(os.environ.get("WATCHDOG_USEC") or 0) / _MICROSECONDS / 3
    while every:
        notify("WATCHDOG=1")
        await asyncio.sleep(every)
