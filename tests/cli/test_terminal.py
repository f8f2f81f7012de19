"""Lines come as they are typed, codes replace one another, and secrets are not echoed."""

import asyncio
import io
import os
import re
import sys

import pytest

from tests.cli.conftest import PASSWORD, PHONE, Shop
from tests.cli.terminals import on_terminal
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


class Paper(io.StringIO):
    """A terminal's screen that keeps everything."""

    def isatty(self) -> bool:
        return True

    def lines(self, width: int) -> list[str]:
        """What stands there after everything that was written."""
        lines: list[str] = []
        for up, text in re.findall(r"(?:\x1b\[(\d+)F\x1b\[J)?([^\x1b]*)", self.getvalue()):
            if up:
                del lines[-int(up) :]
            for line in text.splitlines():
                lines += [line[start : start + width] for start in range(0, len(line), width)] or [""]
        return lines


@pytest.mark.parametrize("width", [40, 200])
def test_a_new_code_takes_the_place_of_the_old(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(sys, "stdout", paper := Paper())
    talk = terminal.Conversation()
    talk.say("On your phone:")
    link = "tg://login?token=" + "a" * 43
    talk.show_code(link)
    once = paper.lines(width)
    talk.show_code(link)
    assert paper.lines(width) == once
    talk.say("Logged in.")
    assert paper.lines(width) == ["On your phone:", "Logged in."]


def test_a_file_keeps_every_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", paper := io.StringIO())
    talk = terminal.Conversation()
    for number in range(3):
        talk.show_code(f"tg://login?token={number}")
    assert "\x1b" not in paper.getvalue()
    assert paper.getvalue().count("tg://") == 3


async def test_the_password_is_not_shown(shop: Shop) -> None:
    async with on_terminal(shop.shell, "login") as screen:
        await screen.until("country code: ")
        screen.type(PHONE)
        await screen.until("Code: ")
        screen.type(shop.code())
        await screen.until("Two-step password: ")
        screen.type(PASSWORD)
        await screen.until("Logged in as Anna Example")
        assert await screen.ended() == 0
    assert PHONE in screen.shown
    assert PASSWORD not in screen.shown
