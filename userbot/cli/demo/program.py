"""The program as the demo runs it: a process like any other, with its own folder, settings, session and database."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import userbot
from userbot.config import Settings
from userbot.errors import UserbotError

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds until a process is given up."""

STOP_SECONDS = 15.0


class Program:
    """userbot in a folder, started as a person would start it."""

    def __init__(self, folder: Path, settings: Mapping[str, object]) -> None:
        folder.mkdir(mode=0o700)
        self.folder = folder
        env = folder / ".env"
        env.touch(0o600)
        env.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))

    async def log_in(self, phone: str, code: Callable[[], str], password: str) -> None:
        """Answer what `userbot login` asks, on its standard input; `code` is read once one was sent."""
        answers: dict[str, Callable[[], str]] = {"Phone": lambda: phone, "Code": code, "Two-step": lambda: password}
        async with _patience("userbot login"), self._started("login") as process:
            assert process.stdin is not None
            last = ""
            while line := await _line(process):
                last = line
                for answer in [each for question, each in answers.items() if line.startswith(question)]:
                    process.stdin.write(f"{answer()}\n".encode())
            if await process.wait() != 0:
                raise UserbotError(f"userbot login failed: {last}")

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Running"]:
        """`userbot run`, ready, until the end of the block."""
        async with self._started("run") as process:
            running = Running(process)
            await running.become_ready()
            yield running

    @asynccontextmanager
    async def _started(self, command: str) -> AsyncIterator[Process]:
        # A session of its own: Ctrl-C is for the demo, which then ends everything in the right order.
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "userbot", command),
            stdin=PIPE,
            stdout=PIPE,
            stderr=STDOUT,
            cwd=self.folder,
            env=_environment(),
            start_new_session=True,
        )
        try:
            yield process
        finally:
            await _stop(process)


class Running:
    """A running `userbot run`."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._last = ""

    async def become_ready(self) -> None:
        """Return when it says so. Raises UserbotError when it does not."""
        async with _patience("userbot run"):
            while "ready" not in self._last:
                line = await _line(self._process)
                if not line:
                    raise UserbotError(f"userbot run did not start: {self._last}")
                self._last = line

    async def during(self, scene: Coroutine[Any, Any, T]) -> T:
        """Play a scene. Raises UserbotError when the program ends in the middle of it."""
        playing, ending = asyncio.ensure_future(scene), asyncio.ensure_future(self._listen())
        try:
            await asyncio.wait({playing, ending}, return_when=asyncio.FIRST_COMPLETED)
            if not playing.done():
                raise UserbotError(f"userbot ended in the middle of it: {self._last}")
            return playing.result()
        finally:
            playing.cancel()
            ending.cancel()
            await asyncio.gather(playing, ending, return_exceptions=True)

    async def _listen(self) -> None:
        """Return when it has ended."""
        while line := await _line(self._process):
            self._last = line


@asynccontextmanager
async def _patience(what: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(PATIENCE):
            yield
    except TimeoutError:
        raise UserbotError(f"{what} took longer than {PATIENCE:.0f} s.") from None


async def _line(process: Process) -> str:
    """The next line of its output, the last one is empty."""
    assert process.stdout is not None
    while line := await process.stdout.readline():
        if line.strip():
            return line.decode(errors="replace").strip()
    return ""


async def _stop(process: Process) -> None:
    """End a process if it has not: politely, and then not."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()


def _environment() -> dict[str, str]:
    """Ours without any setting of a userbot, which would win over the demo's; and the package where it is now."""
    names = {name.upper() for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in names}
    package = str(Path(userbot.__file__).parents[1])
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))}
