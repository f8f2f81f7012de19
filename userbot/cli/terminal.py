"""Standard input and output for conversations: questions on a terminal, or line by line when it is none.

Lines are read by a thread of their own, so that the connection lives on while somebody looks for their phone, and
Ctrl-C works at once: nobody waits for that thread.
"""

import asyncio
import math
import os
import shutil
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from threading import Thread

from userbot.cli import views
from userbot.cli.foreign import shown
from userbot.errors import UserbotError

STDIN = 0


class Lines:
    """The lines of standard input."""

    def __init__(self) -> None:
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._reader: Thread | None = None

    async def next(self) -> str | None:
        """The next line without its end; None when there are no more, and from then on always."""
        if self._reader is None:
            self._reader = Thread(target=self._read, args=[asyncio.get_running_loop()], daemon=True)
            self._reader.start()
        line = await self._lines.get()
        if line is None:
            self._lines.put_nowait(None)
        return line

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        # Not through sys.stdin: at the interpreter's end a thread that waits inside its buffer would be fatal.
        rest = b""
        with suppress(RuntimeError):  # the loop is closed: nobody wants to know any more
            while chunk := _chunk():
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    loop.call_soon_threadsafe(self._lines.put_nowait, _text(line))
            if rest:
                loop.call_soon_threadsafe(self._lines.put_nowait, _text(rest))
            loop.call_soon_threadsafe(self._lines.put_nowait, None)


def _chunk() -> bytes:
    try:
        return os.read(STDIN, 4096)
    except OSError:
        return b""


def _text(line: bytes) -> str:
    return line.decode(errors="replace").removesuffix("\r")


class Conversation:
    """Asks on the terminal; what is entered is shown, unless it is a secret."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._terminal = os.isatty(STDIN)
        self._code = ""
        """The QR code that stands last on the screen."""

    async def ask(self, question: str, *, hidden: bool = False) -> str:
        """The answer to a question. Raises UserbotError when standard input ends before it."""
        self._clear_code()
        # The echo goes before the question comes: some type fast.
        with _unseen() if hidden and self._terminal else nullcontext():
            sys.stdout.write(f"{question}: " if self._terminal else f"{question}:\n")
            sys.stdout.flush()
            answer = await self._lines.next()
        if answer is None:
            if self._terminal:
                sys.stdout.write("\n")
            raise UserbotError(f"Standard input ended where this was asked: {question}.")
        return answer

    def say(self, sentence: str) -> None:
        """Tell the person something."""
        self._clear_code()
        sys.stdout.write(f"{shown(sentence)}\n")
        sys.stdout.flush()

    def show_code(self, link: str) -> None:
        """Draw a login link as a QR code, with the link below it, in place of the one before: that has expired."""
        self._clear_code()
        self._code = f"\n{views.qr(link)}\n{link}\n"
        sys.stdout.write(self._code)
        sys.stdout.flush()

    def _clear_code(self) -> None:
        """Take a code that is of no use any more off the screen."""
        if self._code and sys.stdout.isatty() and not views.console().is_dumb_terminal:
            width = shutil.get_terminal_size().columns
            lines = sum(max(1, math.ceil(len(each) / width)) for each in self._code.splitlines())
            sys.stdout.write(f"\x1b[{lines}F\x1b[J")
        self._code = ""


@contextmanager
def _unseen() -> Iterator[None]:
    """Do not echo what is typed."""
    before = termios.tcgetattr(STDIN)
    silent = list(before)
    silent[3] &= ~termios.ECHO
    termios.tcsetattr(STDIN, termios.TCSADRAIN, silent)
    try:
        yield
    finally:
        termios.tcsetattr(STDIN, termios.TCSADRAIN, before)
        sys.stdout.write("\n")
