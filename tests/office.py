"""A team at work on the embedded Telegram, with the real program running beside it, for end-to-end tests."""

import asyncio
import csv
import gc
import io
import math
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from tests.acquainted import acquaint
from userbot import app
from userbot.config import Settings
from userbot.core.model import DeliveryStatus
from userbot.core.ports import Alarm, Clock
from userbot.sandbox.people import Delivery, Sandbox
from userbot.sandbox.seen import Seen, look
from userbot.sandbox.world import SPAMBOT
from userbot.service.clock import SystemClock
from userbot.store import marks
from userbot.store.place import DATABASE, opened
from userbot.telegram.client import connected

CONTRARY = bool(os.environ.get("CONTRARY"))
"""Whether the embedded Telegram surprises, as the real one does: `CONTRARY=1 pytest tests/end_to_end`."""

API_HASH = "0123456789abcdef0123456789abcdef"
PATIENCE = float(os.environ.get("PATIENCE", "60"))

T = TypeVar("T")


class HandClock:
    """A clock that a test moves; whoever sleeps wakes up when their time has come.

    A sleep counts from when its task last looked at the clock: what it decided then still holds when the clock was
    moved in between.
    """

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self._now = now
        self._moved = asyncio.Event()
        self._looked: WeakKeyDictionary[Any, float] = WeakKeyDictionary()

    def now(self) -> float:
        task = asyncio.current_task()
        if task is not None:  # the server looks at it outside of any
            self._looked[task] = self._now
        return self._now

    def monotonic(self) -> float:
        return self.now()

    async def wait(self, alarm: Alarm, seconds: float | None) -> None:
        since = self._looked.get(asyncio.current_task(), self._now)
        end = math.inf if seconds is None else since + max(seconds, 0) - 1e-6
        rings = asyncio.ensure_future(alarm.wait())
        try:
            while not rings.done() and self._now < end:
                moves = asyncio.ensure_future(self._moved.wait())
                await asyncio.wait({rings, moves}, return_when=asyncio.FIRST_COMPLETED)
                moves.cancel()
        finally:
            rings.cancel()
            self.now()

    def advance(self, seconds: float) -> None:
        self._now += seconds
        self._moved.set()
        self._moved = asyncio.Event()


class Office:
    """An account, its group with an administrator and an operator, and customers."""

    phone = "+4915112345678"
    sparing = True  # the collector, which the program has look at everything at its start, of what tests made

    def __init__(self, telegram: Sandbox, folder: Path, clock: Clock) -> None:
        self.telegram = telegram
        self.clock = clock
        self.folder = folder
        self.owner = telegram.add_person("Shop", username="the_shop", phone=self.phone)
        self.boss = telegram.add_person("Boss")
        self.operator = telegram.add_person("Olga", "Operator")
        self.group = telegram.add_group("Backend", self.owner, [self.boss, self.operator])
        self.options: dict[str, Any] = {"rate_per_minute": 0, "monthly_limit": 0, "desk": False}
        self._task: asyncio.Task[None] | None = None

    def branch(self) -> "Office":
        """A second account in the same group, with a program of its own."""
        other = copy(self)
        other.phone = "+4915187654321"
        other.owner = self.telegram.add_person("Branch", username="the_branch", phone=other.phone)
        other.folder = self.folder / "branch"
        other._task = None
        self.telegram.join(self.group, other.owner)
        return other

    def customers(self, count: int) -> list[int]:
        """People who have a dialog with the account."""
        first = self.telegram.populate(self.owner, count)
        return list(range(first, first + count))

    def settings(self, **changes: Any) -> Settings:
        given: dict[str, Any] = {
            "_env_file": None,
            "api_id": 1,
            "api_hash": API_HASH,
            "backend_group": str(self.group),
            "extensions_allowed": str(self.boss),
            "sessions_dir": self.folder / "sessions",
            "data_dir": self.folder / "data",
            "telegram_server": "{}:{}".format(*self.telegram.address()),
            "telegram_server_key": self.telegram.public_key(),
        }
        return Settings(**given | self.options | changes)

    async def log_in(self) -> None:
        acquaint(self.telegram, self.settings())
        async with connected(self.settings(), logged_in=False, retries=1) as client:
            sent = await client.send_code_request(self.phone)
            code = self.telegram.login_code(self.phone)
            await client.sign_in(self.phone, code, phone_code_hash=sent.phone_code_hash)

    async def open(self) -> None:
        """Start the program, as `userbot run` does."""
        if self.sparing:
            gc.freeze()
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
        return self.telegram.post(self.group, by or self.boss, text, topic=topic, reply_to=reply_to, **more)

    async def ask(self, text: str, **more: Any) -> str:
        """Write a command, and return the answer to it."""
        return await self.answer(self.say(text, **more))

    async def ask_with_file(self, command: str, data: bytes, name: str = "ids.csv", **more: Any) -> str:
        """Attach a file to a command, and return the answer to it."""
        return await self.answer(self.telegram.post_file(self.group, self.boss, name, data, caption=command, **more))

    async def topic_of(self, peer: int) -> int:
        """A new dialog topic of somebody."""
        topic = self.telegram.add_topic(self.group, self.owner, f"Dialog with {peer}")
        assert f"({peer})" in (answer := await self.ask(f"/bind {peer}", topic=topic)), answer
        return topic

    async def mark(self, name: str, people: list[int]) -> None:
        """Label people."""
        async with opened(self.settings()) as database, database.transaction() as on:
            if await marks.find(on, name) is None:
                await marks.create(on, name)
            label = await marks.find(on, name)
            assert label is not None
            await marks.put(on, label, people)

    async def template(self, name: str, *times: str) -> list[int]:
        """A new template with one text for each of these times; returns the ids of the messages."""
        ids = [self.say(f"{name} {number}") for number in range(1, len(times) + 1)]
        for message, time in zip(ids, times, strict=True):
            assert name in await self.ask(f"/send {name} {time}", reply_to=message)
        return ids

    async def answer(self, message_id: int) -> str:
        """What the program answers to a message."""

        def found() -> list[Seen]:
            answers = "box = ? AND reply_to = ? AND sender = ?"
            return look(self.telegram.world, answers, self.group, message_id, self.owner)

        return (await until(found))[0].text

    async def notice(self, text: str) -> str:
        """The first thing the program has said in the group that contains a text."""

        def found() -> str | None:
            said = [each.text for each in self.telegram.messages(self.group) if each.sender == self.owner]
            return next((each for each in said if text in each), None)

        return await until(found)

    def said(self, topic: int | None = None) -> list[str]:
        """Everything the program has said in the group, or in one topic."""
        return [each.text for each in self.telegram.messages(self.group, topic) if each.sender == self.owner]

    def inside(self, topic: int) -> list[str]:
        """The texts that stand in a topic."""
        return [each.text for each in self.telegram.messages(self.group, topic) if each.kind != "service"]

    def report(self, text: str) -> str:
        """The report attached to the last notice that contains a text."""
        for each in reversed(self.telegram.messages(self.group)):
            if each.sender == self.owner and text in each.text and each.file_name:
                return self.telegram.download(self.group, each.id).decode("utf-8-sig")
        raise AssertionError(f"no report with {text!r}")

    def report_rows(self, text: str) -> list[dict[str, str]]:
        """The same, row by row."""
        return list(csv.DictReader(io.StringIO(self.report(text))))

    def sent(self, peer: int | None = None) -> list[Delivery]:
        """What the account has delivered outside of the group, in order; or what it has to one peer."""
        lines = self.telegram.ledger(self.owner)
        return [each for each in lines if each.peer not in {self.group, SPAMBOT} and peer in {None, each.peer}]

    def arrived(self, person: int) -> list[Seen]:
        """What somebody has got from the account, as they see it."""
        return [each for each in self.telegram.dialog(person, self.owner) if each.sender == self.owner]

    def journal(self, number: int) -> list[tuple[int, int, DeliveryStatus, float | None]]:
        """A sending's deliveries as they are written down: peer, step, status, when it is or was due."""
        found = self._stored(
            "SELECT peer_id, step, status, due_at FROM delivery WHERE sending_id = ? ORDER BY 1, 2", number
        )
        return [(peer, step, DeliveryStatus(status), due_at) for peer, step, status, due_at in found]

    def read_and_answered(self, number: int) -> dict[int, tuple[bool, bool]]:
        """Who read a sending, and who of them answered it, as far as it is written down."""
        sql = "SELECT peer_id, answered_at FROM delivery WHERE sending_id = ? AND read_at NOT NULL AND step = 1"
        return {peer: (True, answered is not None) for peer, answered in self._stored(sql, number)}

    def knows(self, person: int) -> bool:
        """Whether somebody is written down as a customer."""
        return bool(self._stored("SELECT 1 FROM peer WHERE id = ? AND has_dialog", person))

    def heard_of(self, person: int) -> bool:
        """Whether it is written down that somebody wrote."""
        return bool(self._stored("SELECT 1 FROM peer WHERE id = ? AND wrote_id > 0", person))

    def knows_closed(self, topic: int) -> bool:
        """Whether it is written down that a topic was closed."""
        return bool(self._stored("SELECT 1 FROM topic WHERE id = ? AND state = 'closed'", topic))

    def _stored(self, sql: str, value: int | str) -> list[Any]:
        with closing(sqlite3.connect(self.folder / "data" / DATABASE)) as database:
            return database.execute(sql, (value,)).fetchall()

    async def store(self, sql: str, *values: int | str) -> None:
        """Change the database beside the program, which may be writing and is not held up."""

        def change() -> None:
            with closing(sqlite3.connect(self.folder / "data" / DATABASE, timeout=60)) as database, database:
                database.execute(sql, values)

        await asyncio.to_thread(change)

    async def written_down(self, number: int, sent: int) -> None:
        """Wait until so many deliveries of a sending are written down as sent."""
        await until(lambda: sum(each[2] is DeliveryStatus.SENT for each in self.journal(number)) >= sent)


async def until(found: Callable[[], T | None]) -> T:
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
        # Nobody moves a hand clock on while a flood wait passes.
        telegram.contrary(on=CONTRARY)
        if isinstance(clock, HandClock):
            telegram.world.contrary.chances = replace(telegram.world.contrary.chances, flood=0.0)
        team = Office(telegram, folder, clock)
        team.options |= options
        await team.log_in()
        try:
            yield team
        finally:
            await team.close()
