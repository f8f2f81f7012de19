"""The live view: what it says at any size, and that it works on a real terminal."""

import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.cli.conftest import Shell, Shop
from tests.cli.terminals import CTRL_C, on_terminal
from tests.cli.test_running import heard, posted
from tests.cli.test_views import sending
from userbot.cli import watching
from userbot.cli.keys import Keys
from userbot.cli.snapshot import Snapshot
from userbot.cli.watching import BAR, BARS, Tempo
from userbot.core.figures import Counts
from userbot.core.grammar import render
from userbot.core.model import Sending, SendingStatus

FOUND = Snapshot(Path("userbot.db"), "2026-11", 500, now=1_000_000.0, running=True, used=7, customers=1234)


def running(number: int, sent: int, total: int) -> Sending:
    return replace(sending(), id=number, status=SendingStatus.RUNNING, ended_at=None, counts=Counts(total, sent=sent))


def drawn(found: Snapshot, pulse: Tempo, width: int = 80, height: int = 24) -> str:
    out = StringIO()
    console = Console(file=out, width=width, height=height, highlight=False)
    console.print(watching.screen(found, pulse, console, "q quit"))
    return out.getvalue()


def test_what_is_sent_between_two_looks_is_counted_where_it_belongs() -> None:
    pulse = Tempo(since=FOUND.now)
    for seconds, sent in ((0, 100), (1, 130), (BAR + 1, 150), (3 * BAR, 150)):
        pulse.look(replace(FOUND, now=FOUND.now + seconds, open=(running(1, sent, 200),)))
    assert list(pulse.bars)[-4:] == [30, 20, 0, 0]
    assert pulse.per_second == 50 / (3 * BAR + 1)
    pulse.look(replace(FOUND, now=FOUND.now + 1e9, open=(running(1, 200, 200),)))
    assert (sum(pulse.bars), len(pulse.bars)) == (50, BARS)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (60, 24), (200, 50), (40, 10)])
def test_it_fits(width: int, height: int) -> None:
    found = replace(FOUND, open=tuple(running(number, 50, 200) for number in range(1, 41)))
    lines = drawn(found, Tempo(since=FOUND.now), width, height).splitlines()
    assert max(map(len, lines)) <= width
    assert len(lines) == height
    assert any(re.search(r"… and \d+ more: userbot sendings", line) for line in lines)
    assert lines[-1].rstrip() == "q quit"


def test_what_it_says() -> None:
    pulse = Tempo(since=FOUND.now)
    pulse.bars[-2] = 110
    pulse.now = FOUND.now
    found = replace(FOUND, open=(running(5, 50, 200),))
    text = drawn(found, pulse)
    assert "1,234 customers · this month 7 of 500" in text
    assert f"{'▁' * (BARS - 2)}█▁  600 a minute" in text
    assert "25 %, until about 1970-01-12 13:47 UTC" in text
    flooded = drawn(replace(found, pace={"saved_at": FOUND.now, "flood_left": 65}), pulse)
    assert "Telegram asks for a pause until 1970-01-12 13:47:45 UTC, 1 min 5 s more" in flooded
    assert "until about" not in flooded
    assert "userbot run is not running" in drawn(replace(found, running=False), pulse)
    assert "No sending is open" in drawn(FOUND, pulse)


async def test_on_a_terminal(logged_in: Shop) -> None:
    shop = logged_in
    shop.telegram.flood_limit(rate=0.001, burst=2, wait=300)
    async with shop.shell.running():
        await posted(shop, "/send all", reply_to=await posted(shop, "Hello"))
        async with on_terminal(shop.shell, "status", "--watch") as screen:
            await screen.until("asks for a pause until")
            await screen.until("66 %")
            screen.press(CTRL_C)
            await screen.until("Learnt pace")
            assert await screen.ended() == 0
            assert screen.cooked


async def test_steering_with_keys(logged_in: Shop) -> None:
    shop = logged_in
    shop.telegram.flood_limit(rate=0.001, burst=1, wait=300)
    async with shop.shell.running() as process:
        await posted(shop, "/send all", reply_to=await posted(shop, "Hello"))
        async with on_terminal(shop.shell, "status", "--watch") as screen:
            await screen.until("asks for a pause until")  # so it runs
            await screen.until("p pause or go on · s stop · q quit")
            screen.press("p")
            await screen.until("Pause sid1 for 3 people? y/n")
            screen.resize(100, 30)
            await screen.until("Pause sid1 for 3 people? y/n")
            screen.press("n")
            await screen.until("Nothing was done.")
            screen.press("py")
            await screen.until("sid1 is paused now.")
            said = (await heard(shop, "Asked for where userbot runs")).text
            assert said.startswith("sid1: “Hello” to all customers. Paused: 1 sent, 2 pending.")
            await posted(shop, "/send all 1d", reply_to=await posted(shop, "Tomorrow"))
            await screen.until("sid2: “Tomorrow”")
            screen.press("s")
            await screen.until("Which one to stop: sid1, sid2? sid")
            screen.type("1")
            await screen.until("Stop sid1 for 3 people? y/n")
            screen.press("y")
            await screen.until("sid1 is stopped now.")
            await heard(shop, "sid1.csv")
            await shop.shell.end(process)
            await screen.until("userbot run is not running")
            screen.press("q")
            assert await screen.ended() == 0
            assert screen.cooked
    asked = [each.text for each in shop.telegram.messages(shop.group) if "Asked for where userbot runs" in each.text]
    assert len(asked) == 2


async def test_when_nothing_runs(logged_in: Shop) -> None:
    shop = logged_in
    async with on_terminal(shop.shell, "status", "--watch", size=(200, 50)) as screen:
        await screen.until("userbot run is not running")
        async with shop.shell.running():
            await posted(shop, "/send all 1d", reply_to=await posted(shop, "Tomorrow"))
            await screen.until("sid1: “Tomorrow”")
        screen.resize(60, 20)
        await screen.until("userbot run is not running")
        screen.press("s")
        await screen.until("userbot run is not running. · p pause")
        screen.press("q")
        assert await screen.ended() == 0


async def test_a_terminal_that_is_slow_is_waited_for(logged_in: Shop) -> None:
    async with on_terminal(logged_in.shell, "status", "--watch", size=(200, 50)) as screen:
        await screen.until("q quit")
        screen.press("x" * 50)  # each draws all, and nobody reads it yet
        async with logged_in.shell.running():
            pass
        await screen.until("userbot run is not running")
        screen.press("q")
        assert await screen.ended() == 0


def pressed(keys: Keys, typed: str, found: Snapshot) -> list[str]:
    """What is ordered by these keys, as commands."""
    return [render(steer) for key in typed for steer in [keys.press(key, found)] if steer is not None]


@pytest.mark.parametrize(
    ("typed", "commands", "line"),
    [
        ("p", [], "Which one to pause or go on with: sid1, sid2, sid12? sid_"),
        ("p1", [], "Which one to pause or go on with: sid1, sid2, sid12? sid1_"),
        ("p12\r", [], "Pause sid12 for 1,234 people? y/n"),
        ("p12\x7f\r", [], "Pause sid1 for 1,234 people? y/n"),
        ("p12\ry", ["/send sid12 pause"], "p pause or go on · s stop · q quit"),
        ("p2\nY", ["/send sid2 resume"], "p pause or go on · s stop · q quit"),
        ("s3\ry", ["/send sid3 del"], "p pause or go on · s stop · q quit"),
        ("p3\r", [], "That is none of them: sid3. · p pause or go on · s stop · q quit"),
        ("p\r", [], "That is none of them: sid. · p pause or go on · s stop · q quit"),
        ("p1\x1b", [], "Nothing was done. · p pause or go on · s stop · q quit"),
        ("s1\r\r", [], "Nothing was done. · p pause or go on · s stop · q quit"),
        ("xyz\ry", [], "p pause or go on · s stop · q quit"),
        ("s1\rq", [], "Nothing was done. · p pause or go on · s stop · q quit"),
    ],
)
def test_keys(typed: str, commands: list[str], line: str) -> None:
    paused = replace(running(2, 5, 20), status=SendingStatus.PAUSED)
    later = replace(running(3, 0, 0), status=SendingStatus.AWAITS)
    found = replace(FOUND, open=(running(1, 5, 20), paused, running(12, 5, 20), later))
    keys = Keys()
    assert (pressed(keys, typed, found), keys.line(found), keys.left) == (commands, line, False)


@pytest.mark.parametrize("arguments", [["--watch"], ["--watch", "--json"], ["--check", "--json"]])
async def test_where_it_cannot_be(shell: Shell, arguments: list[str]) -> None:
    result = await shell.userbot("status", *arguments)
    assert (result.code, result.out) == (2, "")
