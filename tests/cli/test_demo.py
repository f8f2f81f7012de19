"""The demo from the first curtain to the last, however it ends."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from rich.console import Console

from tests.cli.conftest import PATIENCE, Shell
from tests.forked import Started
from userbot.cli import terminal
from userbot.cli.demo import stage, staying
from userbot.cli.demo.chat import Chat
from userbot.cli.demo.play import Play
from userbot.errors import UserbotError
from userbot.sandbox.people import Sandbox


@pytest.fixture
def shell(tmp_path: Path, shell: Shell) -> Shell:
    """With settings around that are none of the demo's business."""
    (tmp_path / "temporary").mkdir()
    shell.environment = {"TMPDIR": str(tmp_path / "temporary"), "API_ID": "none", "DATA_DIR": "/dev/null"}
    return shell


def left_over(shell: Shell) -> list[Path]:
    return [*Path(shell.environment["TMPDIR"]).iterdir(), *shell.folder.iterdir()]


async def test_demo(shell: Shell) -> None:
    result = await shell.userbot("demo")
    assert (result.code, result.err) == (0, "")
    for words in (
        "sid2.csv",
        "200 sent",
        "Customer 5",
        "EXTENSIONS_ALLOWED",
        "exactly once",
        "12 new",
        "In green and in blue.",
        "████████████████████ 100 %",
        "200 recalled",
        "It all was in",
    ):
        assert words in result.out
    assert left_over(shell) == []


class Stay:
    """`userbot demo --stay`, waiting for lines."""

    def __init__(self, process: Started) -> None:
        self.process = process
        self.shown = ""

    async def until(self, words: str) -> None:
        assert self.process.stdout
        while words not in self.shown:
            line = await self.process.stdout.readline()
            assert line, self.shown
            self.shown += line.decode()

    def type(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n".encode())

    async def ended(self) -> tuple[int | None, str]:
        out, err = await self.process.communicate()
        self.shown += out.decode()
        return self.process.returncode, err.decode()


def children(process: Started) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


async def test_being_an_operator(shell: Shell) -> None:
    async with asyncio.timeout(PATIENCE), shell.started("demo", "--stay") as process:
        stay = Stay(process)
        await stay.until("You are Nora")
        await stay.until("This topic is Customer 1's now")
        stay.type("/send templates")
        await stay.until("welcome · 2 messages")
        stay.type("> 5 /send test")
        await stay.until("sid8")
        stay.type("@ /send welcome")
        await stay.until("sid9")
        await stay.until("1 delivered")
        stay.type("> 9999 hello")
        await stay.until("There is no message 9999")
        stay.type("[bold]just\x1b[2J text")
        await stay.until("[bold]justU+001B[2J text")
        assert process.stdin
        process.stdin.close()
        assert await stay.ended() == (0, "")
    assert left_over(shell) == []


@pytest.mark.parametrize("typed", [b"", b"?\nq\nnever read\n"], ids=["no more lines", "q"])
async def test_the_end_of_staying(keys: Path, monkeypatch: pytest.MonkeyPatch, typed: bytes) -> None:
    reading, writing = os.pipe()
    monkeypatch.setattr(terminal, "STDIN", reading)
    monkeypatch.setattr(staying, "LAST_SECONDS", 0)
    os.write(writing, typed)
    if not typed:
        os.close(writing)
    async with asyncio.timeout(PATIENCE), Sandbox(keys=keys) as sandbox:
        world, console = stage.set_up(sandbox), Console(quiet=True)
        await staying.Staying(world, Chat(world, console), console).stay()
        assert "never read" not in [each.text for each in sandbox.messages(world.group)]


async def test_the_program_dies(shell: Shell) -> None:
    async with asyncio.timeout(PATIENCE), shell.started("demo", "--stay") as process:
        stay = Stay(process)
        await stay.until("userbot run: ready")
        [program] = children(process)
        os.kill(program, signal.SIGKILL)
        code, err = await stay.ended()
    assert (code, len(err.splitlines())) == (1, 1)
    assert "userbot ended" in err
    assert left_over(shell) == []


IN_THE_BACKGROUND = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from userbot.__main__ import main
main()
"""
"""As a shell starts it with `&` in a script."""


@pytest.mark.parametrize(
    ("number", "python"),
    [
        (signal.SIGINT, ["-m", "userbot"]),
        (signal.SIGTERM, ["-c", IN_THE_BACKGROUND]),
    ],
)
async def test_it_is_interrupted(shell: Shell, number: int, python: list[str]) -> None:
    async with asyncio.timeout(PATIENCE), shell.started("demo", python=python) as process:
        stay = Stay(process)
        await stay.until("userbot run: ready")
        [program] = children(process)
        process.send_signal(number)
        code, err = await stay.ended()
        assert (code, err.split()[0], len(err.splitlines())) == (130, "Interrupted.", 1)
    assert not Path(f"/proc/{program}").exists()
    assert left_over(shell) == []


async def test_the_ledger_is_the_judge(keys: Path) -> None:
    async with Sandbox(keys=keys) as sandbox:
        world = stage.set_up(sandbox)
        console = Console(quiet=True)
        play = Play(world, Chat(world, console), console)
        first, second, *_ = world.customers
        with pytest.raises(UserbotError, match="0 of 2"):
            play._check([(5, first), (5, second)])
