"""A team at work on the embedded Telegram, with the real program running beside it, for end-to-end tests."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from userbot import app
from userbot.config import Settings
from userbot.core.ports import Alarm, Clock
from userbot.sandbox.people import Sandbox
from userbot.service.clock import SystemClock
from userbot.telegram.client import connected

PHONE = "+4915112345678"
API_HASH = "0123456789abcdef0123456789abcdef"
PATIENCE = 20.0


class HandClock:
    """A clock that a test moves; whoever sleeps wakes up when their time has come."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self._now = now
        self._moved = asyncio.Event()

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._now

    async def wait(self, alarm: Alarm, seconds: float | None) -> None:
        until = None if seconds is None else self._now + max(seconds, 0)
        rings = asyncio.ensure_future(alarm.wait())
        try:
            while not rings.done() and (until is None or self._now < until):
                moves = asyncio.ensure_future(self._moved.wait())
                await asyncio.wait({rings, moves}, return_when=asyncio.FIRST_COMPLETED)
                moves.cancel()
        finally:
            rings.cancel()

    def advance(self, seconds: float) -> None:
        self._now += seconds
        self._moved.set()
        self._moved = asyncio.Event()


class Office:
    """An account, its group with an administrator and an operator, and customers."""

    def __init__(self, telegram: Sandbox, folder: Path, clock: Clock) -> None:
        self.telegram = telegram
        self.clock = clock
        self.folder = folder
        self.owner = telegram.add_person("Shop", username="the_shop", phone=PHONE)
        self.boss = telegram.add_person("Boss")
        self.operator = telegram.add_person("Olga", "Operator")
        self.group = telegram.add_group("Backend", self.owner, [self.boss, self.operator])
        self.options: dict[str, Any] = {"rate_per_minute": 0, "monthly_limit": 0}
        self._task: asyncio.Task[None] | None = None

    def customers(self, count: int) -> list[int]:
        first = self.telegram.populate(self.owner, count)
        return list(range(first, first + count))

    def settings(self, **changes: Any) -> Settings:
        given = {
            "api_id": 1,
            "api_hash": API_HASH,
            "backend_group": str(self.group),
            "extensions_allowed": str(self.boss),
            "sessions_dir": self.folder / "sessions",
            "data_dir": self.folder / "data",
            "telegram_server": "{}:{}".format(*self.telegram.address()),
            "telegram_server_key": self.telegram.public_key(),
        }
        return Settings(_env_file=None, **given | self.options | changes)

    async def log_in(self) -> None:
        async with connected(self.settings(), logged_in=False, retries=1) as client:
            sent = await client.send_code_request(PHONE)
            await client.sign_in(PHONE, self.telegram.login_code(PHONE), phone_code_hash=sent.phone_code_hash)

    async def open(self) -> None:
        """Start the program, as `userbot run` does."""
        ready = asyncio.Event()
        self._task = asyncio.create_task(
            app.run(self.settings(), lambda _: ready.set(), self.clock, stop := asyncio.Event())
        )
        self._stop = stop
        starting = asyncio.create_task(ready.wait())
        await asyncio.wait({self._task, starting}, return_when=asyncio.FIRST_COMPLETED)
        starting.cancel()
        if self._task.done():
            await self._task

    async def close(self) -> None:
        """Stop it cleanly."""
        if self._task is not None:
            self._stop.set()
            await self._task
            self._task = None

    def say(self, text: str, by: int | None = None, topic: int = 1, reply_to: int | None = None, **more: Any) -> int:
        """Write in the group, as the administrator unless somebody else is named."""
        return self.telegram.post(self.group, by or self.boss, text, topic, reply_to, **more)

    async def ask(self, text: str, **more: Any) -> str:
        """Write a command, and return the answer to it."""
        return await self.answer(self.say(text, **more))

    async def answer(self, message_id: int) -> str:
        """What the program answers to a message."""

        def found() -> str | None:
            answers = [each for each in self.telegram.messages(self.group) if each.reply_to == message_id]
            own = [each.text for each in answers if each.sender == self.owner]
            return own[0] if own else None

        return await until(found)

    async def notice(self, text: str) -> str:
        """The first thing the program has said in the group that contains a text."""

        def found() -> str | None:
            said = [each.text for each in self.telegram.messages(self.group) if each.sender == self.owner]
            return next((each for each in said if text in each), None)

        return await until(found)

    def said(self, topic: int | None = None) -> list[str]:
        """Everything the program has said in the group, or in one topic."""
        return [each.text for each in self.telegram.messages(self.group, topic) if each.sender == self.owner]

    def report(self, text: str) -> str:
        """The report attached to the notice that contains a text."""
        for each in self.telegram.messages(self.group):
            if each.sender == self.owner and text in each.text and each.file_name:
                return self.telegram.download(self.group, each.id).decode("utf-8-sig")
        raise AssertionError(f"no report with {text!r}")


async def until(found: Callable[[], Any]) -> Any:
    """Wait until `found` returns something true, and return it."""
    async with asyncio.timeout(PATIENCE):
        while not (result := found()):
            await asyncio.sleep(0.01)
        return result


@asynccontextmanager
async def office(folder: Path, keys: Path, clock: Clock | None = None, **options: Any) -> AsyncIterator[Office]:
    """An office that is logged in and not yet open."""
    clock = clock or SystemClock()
    async with Sandbox(keys=keys, clock=clock.now) as telegram:
        team = Office(telegram, folder, clock)
        team.options |= options
        await team.log_in()
        try:
            yield team
        finally:
            await team.close()
