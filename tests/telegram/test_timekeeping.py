"""A clock that is set while the program runs."""

import asyncio
import time
from contextlib import suppress
from types import SimpleNamespace

import pytest
from telethon import TelegramClient, functions
from telethon.network import mtprotostate

from tests.telegram.persons import PHONE, Person, code
from userbot.config import Settings
from userbot.sandbox.people import Sandbox
from userbot.telegram import timekeeping
from userbot.telegram.client import connected
from userbot.telegram.login import login


class Wall:
    """This machine's clock, which the test sets. Nobody but the client looks at it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = 0.0
        for module in (mtprotostate, timekeeping):
            monkeypatch.setattr(module, "time", SimpleNamespace(time=self.time, monotonic=time.monotonic))
        monkeypatch.setattr(timekeeping, "LOOK_SECONDS", 0.05)

    def time(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    return Wall(monkeypatch)


@pytest.mark.parametrize("seconds", [-45, -300, -7200, 20, 200, 7200])
async def test_a_clock_that_is_set(sandbox: Sandbox, settings: Settings, anna: int, wall: Wall, seconds: float) -> None:
    """Set and set right again, over the same connection and over a new one."""
    await login(settings, Person(PHONE, code(sandbox)))
    async with connected(settings) as client:
        await works(client)
        for ahead in (seconds, 0):
            wall.ahead = ahead
            await works(client)
            await sandbox.go_away()
            await sandbox.come_back()
            await works(client)
            await asyncio.sleep(4 * timekeeping.LOOK_SECONDS)  # nobody sets it twice between two looks


async def works(client: TelegramClient) -> None:
    """Calls are answered. One that was on its way when the clock was set may not be: whoever made it repeats it."""
    for _ in range(20):
        with suppress(TimeoutError, OSError):
            async with asyncio.timeout(0.5):
                await client._sender.send(functions.help.GetConfigRequest())
                return
        await asyncio.sleep(0.1)
    pytest.fail("nobody answers")
