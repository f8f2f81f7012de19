"""A command on a terminal of its own, as a person has it."""

import asyncio
import os
import pty
import re
import sys
import termios
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import pytest

from tests.cli.conftest import BY_ITSELF, PATIENCE, ROOT, Shell
from tests.forked import Started, forkable, forked_with
from userbot.config import Settings

ENTER, CTRL_C, CTRL_D = "\r", "\x03", "\x04"
SMALL, LARGE = (80, 24), (200, 50)
USERBOT = (sys.executable, *BY_ITSELF)


class Screen:
    """A terminal with a command in it; `shown` is everything that was written there."""

    def __init__(self, process: Started, master: int) -> None:
        self.process = process
        self.shown = ""
        self._seen = 0
        self._master = master

    async def until(self, words: str) -> None:
        """Wait until something appears that was not waited for before."""
        async with asyncio.timeout(PATIENCE):
            while (at := self.shown.find(words, self._seen)) < 0:
                try:
                    self.shown += (await asyncio.to_thread(os.read, self._master, 4096)).decode(errors="replace")
                except OSError:  # the other side is closed
                    pytest.fail(f"{words!r} does not appear in {self.shown!r}")
        self._seen = at + len(words)

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def type(self, text: str) -> None:
        self.press(f"{text}{ENTER}")

    def resize(self, columns: int, lines: int) -> None:
        termios.tcsetwinsize(self._master, (lines, columns))

    async def ended(self) -> int:
        """The exit code, once everything was read."""
        with suppress(OSError):
            while chunk := await asyncio.to_thread(os.read, self._master, 4096):
                self.shown += chunk.decode(errors="replace")
        async with asyncio.timeout(PATIENCE):
            code = await self.process.wait()
        assert "Traceback" not in self.shown
        return code

    def lines(self, since: int = 0) -> list[str]:
        """What was written, without colours and other movements; `since` so many characters."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.shown[since:]).replace("\r\n", "\n").splitlines()

    @property
    def cooked(self) -> bool:
        """Whether the terminal echoes and waits for whole lines, as a shell wants it back."""
        flags = termios.tcgetattr(self._master)[3]
        return bool(flags & termios.ECHO and flags & termios.ICANON)


@asynccontextmanager
async def on_terminal(
    shell: Shell, *arguments: str, size: tuple[int, int] = SMALL, program: Sequence[str] = (), **environment: str
) -> AsyncIterator[Screen]:
    """Run `userbot` or another program on a terminal of its own, of so many columns and lines.

    Ctrl-C is a signal there.
    """
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (size[1], size[0]))
    ours = {name.upper() for name in Settings.model_fields} | {"COLUMNS", "LINES", "NO_COLOR", "TERM"}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in ours}
    changed = shell.environment | environment
    env = kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm"} | changed
    process: Started
    if not program and forkable(changed):
        process = await forked_with((slave, slave, slave), *arguments, cwd=shell.folder, env=env)
    else:
        command = ("setsid", "--ctty", *(program or USERBOT), *arguments)
        process = await asyncio.create_subprocess_exec(
            *command, stdin=slave, stdout=slave, stderr=slave, cwd=shell.folder, env=env
        )
    os.close(slave)
    try:
        yield Screen(process, master)
    finally:
        os.close(master)  # whatever still runs on a terminal that is closed is told so, with SIGHUP
        try:
            async with asyncio.timeout(PATIENCE):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
