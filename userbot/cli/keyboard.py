"""Single keys of a terminal as they are pressed: without Enter, and unseen."""

import asyncio
import os
import signal
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager

from userbot.cli.terminal import STDIN

ESCAPE = "\x1b"


@contextmanager
def pressed() -> Iterator[asyncio.Queue[str] | None]:
    """The keys; None where standard input is no terminal. A key that is several bytes counts as Escape.

    A window that changes its size counts as a key that is none, so that whoever draws draws anew.
    """
    if not os.isatty(STDIN):
        yield None
        return
    keys: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        typed = os.read(STDIN, 4096).decode(errors="replace")
        if not typed:  # the terminal is gone
            loop.remove_reader(STDIN)
        for key in ESCAPE if typed.startswith(ESCAPE) else typed:
            keys.put_nowait(key)

    before = termios.tcgetattr(STDIN)
    tty.setcbreak(STDIN)
    loop.add_reader(STDIN, read)
    os.set_blocking(STDIN, True)  # the loop has changed it, and the screen is the same file: writing there may wait
    loop.add_signal_handler(signal.SIGWINCH, keys.put_nowait, "")
    try:
        yield keys
    finally:
        loop.remove_signal_handler(signal.SIGWINCH)
        loop.remove_reader(STDIN)
        termios.tcsetattr(STDIN, termios.TCSADRAIN, before)
