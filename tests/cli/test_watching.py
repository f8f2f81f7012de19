"""The live view: what it says at any size, and that it works on a real terminal."""

import asyncio
import re
import signal
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.cli.conftest import Shell, Shop
from tests.cli.test_running import posted
from tests.cli.test_terminal import on_terminal
from tests.cli.test_views import sending
from userbot.cli import watching
from userbot.cli.snapshot import Snapshot
from userbot.cli.watching import BAR, BARS, Tempo
from userbot.core.figures import Counts
from userbot.core.model import Sending, SendingStatus

FOUND = Snapshot(Path("userbot.db"), "2026-11", 500, now=1_000_000.0, running=True, used=7, customers=1234)


def running(number: int, sent: int, total: int) -> Sending:
    return replace(sending(), id=number, status=SendingStatus.RUNNING, ended_at=None, counts=Counts(total, sent=sent))


def drawn(found: Snapshot, pulse: Tempo, width: int = 80, height: int = 24) -> str:
    out = StringIO()
    console = Console(file=out, width=width, height=height, highlight=False)
    console.print(watching.screen(found, pulse, console))
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
    assert re.search(r"… and \d+ more: userbot sendings", lines[-1])
    if width >= 80:
        assert len(lines) <= height


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
        async with on_terminal(shop, "status", "--watch") as screen:
            await screen.until("asks for a pause until")
            await screen.until("66 %")
            screen.process.send_signal(signal.SIGINT)
            async with asyncio.timeout(30):
                assert await screen.process.wait() == 0
            await screen.until("Learnt pace")


@pytest.mark.parametrize("arguments", [["--watch"], ["--watch", "--json"], ["--check", "--json"]])
async def test_where_it_cannot_be(shell: Shell, arguments: list[str]) -> None:
    result = await shell.userbot("status", *arguments)
    assert (result.code, result.out) == (2, "")
