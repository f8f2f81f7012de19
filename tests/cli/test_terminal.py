"""Lines come as they are typed, secrets are not echoed, and Ctrl-C works at every question."""

import asyncio
import os
import pty
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.cli.conftest import PASSWORD, PHONE, ROOT, Shop
from userbot.cli import terminal


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> int:
    """The other end of what is read as standard input."""
    reading, writing = os.pipe()
    monkeypatch.setattr(terminal, "STDIN", reading)
    return writing


async def test_lines(stdin: int) -> None:
    lines = terminal.Lines()
    os.write(stdin, "one\r\n\n ä".encode())
    assert [await lines.next(), await lines.next()] == ["one", ""]
    os.write(stdin, b"\xff\nlast")
    os.close(stdin)
    assert [await lines.next() for _ in range(4)] == [" ä\ufffd", "last", None, None]


async def test_waiting_for_a_line_can_be_cancelled(stdin: int) -> None:
    lines = terminal.Lines()
    waiting = asyncio.ensure_future(lines.next())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    os.write(stdin, b"still here\n")
    assert await lines.next() == "still here"


class Screen:
    """A terminal with `userbot login` in it."""

    def __init__(self, process: asyncio.subprocess.Process, master: int) -> None:
        self.process = process
        self.shown = ""
        self._master = master

    async def until(self, words: str) -> None:
        async with asyncio.timeout(30):
            while words not in self.shown:
                try:
                    self.shown += (await asyncio.to_thread(os.read, self._master, 4096)).decode()
                except OSError:  # the other side is closed
                    pytest.fail(self.shown)

    def type(self, text: str) -> None:
        os.write(self._master, f"{text}\n".encode())


@asynccontextmanager
async def login(shop: Shop) -> AsyncIterator[Screen]:
    master, slave = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "userbot", "login"),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=shop.shell.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    os.close(slave)
    try:
        yield Screen(process, master)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.close(master)


async def test_the_password_is_not_shown(shop: Shop) -> None:
    async with login(shop) as screen:
        await screen.until("country code: ")
        screen.type(PHONE)
        await screen.until("Code: ")
        screen.type(shop.code())
        await screen.until("Two-step password: ")
        screen.type(PASSWORD)
        await screen.until("Logged in as Anna Example")
        assert await screen.process.wait() == 0
    assert PHONE in screen.shown
    assert PASSWORD not in screen.shown


@pytest.mark.parametrize("number", [signal.SIGINT])
async def test_ctrl_c_at_a_question(shop: Shop, number: int) -> None:
    async with login(shop) as screen:
        await screen.until("country code: ")
        screen.process.send_signal(number)
        async with asyncio.timeout(10):
            assert await screen.process.wait() == 130
    assert "Traceback" not in screen.shown
