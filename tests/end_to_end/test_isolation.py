"""What nobody expected fails inside one service: the others go on, General hears of it once, and it is tried again."""

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

import pytest

from tests.office import HandClock, Office, until
from tests.ticking import ticking
from userbot.service.inbox import Inbox
from userbot.service.isolation import CALM_SECONDS
from userbot.store import frozen
from userbot.store.database import Connection
from userbot.store.frozen import Frozen


def failing(times: int, real: Callable[..., Any], tries: list[float], clock: HandClock) -> Callable[..., Any]:
    async def method(self: Any) -> None:
        tries.append(clock.now())
        if len(tries) <= times:
            raise TypeError("a kind of object that nobody has heard of")
        await real(self)

    return method


async def test_one_service_fails_and_the_others_go_on(
    slow: Office, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.customers(3)
    tries: list[float] = []
    monkeypatch.setattr(Inbox, "read_up", failing(5, Inbox.read_up, tries, clock))
    await slow.open()
    assert "TypeError" in await slow.notice("⚠ Userbot met trouble while reading the group")
    await slow.ask("/send all", reply_to=slow.say("News"))
    await slow.notice("Finished. 3 sent.")
    async with ticking(clock, seconds=1):
        await until(lambda: len(tries) >= 6)
    waits = [later - earlier for earlier, later in itertools.pairwise(tries)][:5]
    assert waits == sorted(waits)
    assert waits[-1] >= 32
    assert sum("reading the group" in text for text in slow.said()) == 1


async def test_what_had_recovered_and_fails_again_is_told_again(
    slow: Office, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[float] = []
    real = Inbox.read_up

    async def read_up(self: Inbox) -> None:
        tries.append(clock.now())
        if len(tries) == 3:
            await clock.wait(asyncio.Event(), CALM_SECONDS + 1)
        if len(tries) <= 3:
            raise TypeError("a kind of object that nobody has heard of")
        await real(self)

    monkeypatch.setattr(Inbox, "read_up", read_up)
    await slow.open()
    async with ticking(clock):
        await until(lambda: len(tries) > 3)
    assert await until(lambda: sum("reading the group" in text for text in slow.said()) >= 2)
    assert sum("reading the group" in text for text in slow.said()) == 2


async def test_one_sending_that_cannot_start_does_not_keep_others_from_starting(
    slow: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.customers(3)
    real = frozen.count

    async def count(on: Connection, sending_id: int) -> Frozen:
        if sending_id == 1:
            raise KeyError("unheard of")
        return await real(on, sending_id)

    monkeypatch.setattr(frozen, "count", count)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("One"))
    assert "userbot failed to start it (KeyError" in await slow.notice("⏸ sid1")
    await slow.ask("/send all", reply_to=slow.say("Two"))
    await slow.notice("Finished. 3 sent.")
    monkeypatch.undo()
    await slow.ask("/send sid1 resume")
    await until(lambda: len(slow.sent()) >= 6)
