"""A shop over a long time, for `tests.torture.year`: how its time passes, its program, and what its people do."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.processes import environment
from tests.torture.rushing import RushingClock
from tests.torture.scene import Scene
from tests.torture.weekly import Books
from userbot import app
from userbot.cli import frame
from userbot.core.quiet_hours import read

QUIET = "22:00-02:30"
"""It ends at a minute that one odd night does not have, and another one has twice."""

SPEED = 500.0
"""How fast time passes while somebody has something to do."""

BREATH = 0.005
"""Seconds outside between two looks."""

WAITING, IDLE = 60.0, 1800.0
"""Seconds that pass at once while a mailing waits for its next step, and while there is none: below MISFIRE_GRACE."""

IN_FLIGHT = 0.2
"""Seconds outside in which some of the calls come back that were handed out before quiet hours."""

PATIENCE = 120.0
"""Seconds outside in which whatever is waited for must come."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how many customers, and how long deliveries are kept."""

    days: int
    people: int
    keep_days: int
    seed: int


@dataclass(slots=True)
class Shop:
    """Where it stands."""

    at: Scene
    plan: Plan
    clock: RushingClock
    chance: random.Random
    books: Books
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    mailings: int = 0
    operator: int = 0
    _running: asyncio.Task[None] | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    # Time

    async def leap(self, seconds: float) -> None:
        """Let time pass at once, here and at Telegram."""
        await self.at.telegram.call("at", **self.clock.settings(seconds))
        self.clock.leap(seconds)
        await self.breathe()

    async def rush(self, speed: float) -> None:
        """Let time pass so many times as fast from now on."""
        self.clock.rush(speed)
        await self.at.telegram.call("at", **self.clock.settings())

    async def breathe(self) -> None:
        """Let the program work a little. Raises what it has ended with."""
        await asyncio.sleep(BREATH)
        assert self._running is not None
        if self._running.done():
            await self._running

    async def until(self, found: Callable[[], object]) -> None:
        """Wait until something is true."""
        end = time.monotonic() + PATIENCE
        while not found():
            assert time.monotonic() < end, self._stuck()
            await self.breathe()

    def _stuck(self) -> str:
        log = (self.at.folder / "data" / frame.LOG).read_text().splitlines()
        return "\n".join([f"in vain at {datetime.fromtimestamp(self.clock.now(), self.zone)}; the log:", *log[-20:]])

    def moment(self, hour: str, day: date) -> float:
        """When a clock on the wall shows this, in Unix time."""
        return datetime.fromisoformat(f"{day:%Y-%m-%d} {hour}").replace(tzinfo=self.zone).timestamp()

    async def pass_until(self, hour: str, day: date) -> None:
        """Let time pass until a clock on the wall shows this, in leaps where nothing is to be done."""
        while (left := self.moment(hour, day) - self.clock.now()) > 0:
            leap = min(left, self.idle())
            await (self.leap(leap) if leap else self.breathe())

    def idle(self) -> float:
        """For how many seconds nothing is to be done."""
        now = self.clock.now()
        if not self.books.open():
            return IDLE
        rest = read(QUIET, self.zone).wait(now)
        if rest is not None and not self.books.starting(now):
            return max(0.0, min(IDLE, rest - now))
        return 0 if self.books.due(now) else WAITING

    async def done(self) -> None:
        """Let time pass until no sending is under way."""
        while self.books.open():
            leap = self.idle()
            await (self.leap(leap) if leap else self.breathe())

    # The program

    async def start(self, zone: str) -> None:
        """Start the program, as `userbot run` does, with the clock of a city on the wall."""
        self.zone = ZoneInfo(zone)
        settings = frame.settings(_home(self.at, self.plan, zone))
        ready = asyncio.Event()
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(app.run(settings, lambda _: ready.set(), self.clock, self._stop))
        starting = asyncio.create_task(ready.wait())
        await asyncio.wait({self._running, starting}, return_when=asyncio.FIRST_COMPLETED)
        starting.cancel()

    async def stop(self) -> None:
        """End it properly."""
        if self._running is not None:
            self._stop.set()
            await self._running
            self._running = None

    # What people do

    async def say(self, text: str, reply_to: int | None = None) -> int:
        """Write in General; a command is answered before anything else happens."""
        number = await self.at.say(text, reply_to)
        if text.startswith("/"):
            await self.heed(number)
        return number

    async def heed(self, command: int) -> None:
        """Wait until a command is carried out and answered."""
        await self.until(lambda: self.books.handled(command))

    async def mail(self, text: str) -> None:
        """A mailing to all, and wait until it is ordered."""
        self.mailings += 1
        message = await self.say(f"{text} #{self.mailings}")
        await self.say("/send all", reply_to=message)
        self.books.mailings.append(self.mailings)

    async def good_night(self, day: date) -> None:
        """A mailing of which a part goes out before quiet hours.

        By a clock that rushes, a call would be longer under way than the seconds that quiet hours leave it.
        """
        await self.rush(SPEED / 10)
        await self.mail("Good night")
        await self.until(lambda: self.books.sent() > min(20, self.plan.people / 10))
        await self.rush(1.0)
        await self.leap(self.moment("21:59:56", day) - self.clock.now())
        sent = -1
        while sent < (sent := self.books.sent()):
            await asyncio.sleep(IN_FLIGHT)
        await self.leap(self.moment("22:00:02", day) - self.clock.now())
        await self.rush(SPEED)

    async def chain(self) -> None:
        """A template of two steps to all, made for this once."""
        for step, when in (("first", ""), ("second", "1h")):
            self.mailings += 1
            message = await self.say(f"The {step} lesson #{self.mailings}")
            await self.say(f"/send course {when}", reply_to=message)
            self.books.mailings.append(self.mailings)
        await self.say("/send all course")

    async def trouble(self) -> None:
        """A flood wait and a cut in the course of the next mailing."""
        some = self.chance.randrange(self.plan.people // 2, self.plan.people * 9 // 10)
        await self.at.telegram.call("refuse", error="FLOOD_WAIT_40", code=420, after=some)
        cut = "cut_before" if self.chance.random() < 0.5 else "cut_after"
        await self.at.telegram.call(cut)

    async def readers(self) -> None:
        """Some read what they got, and some of them answer."""
        for person in self.chance.sample(self.at.customers, max(2, self.plan.people // 50)):
            await self.at.telegram.call("read", reader=person, peer=self.at.account)
            if self.chance.random() < 0.3:
                await self.at.telegram.call("write", sender=person, recipient=self.at.account, text="Thank you!")

    async def desk(self, day: date) -> None:
        """Regulars write, an operator answers in the topic, sets a label and takes it away."""
        regulars = self.at.customers[: max(3, self.plan.people // 40)]
        person = regulars[day.toordinal() % len(regulars)]
        asked = await self.at.telegram.call("write", sender=person, recipient=self.at.account, text=f"Hello {day:%d}")
        await self.until(lambda: self.books.topic(person))
        topic = self.books.topic(person)
        group = {"group": self.at.group, "by": self.operator, "topic": topic}
        answer = await self.at.telegram.call("post", text=f"Good day! {day:%d}", **group)
        await self.until(lambda: self.books.mirrored(answer))
        await self.at.telegram.call(
            "edit", by=person, peer=self.at.account, message=asked, text=f"Hello again {day:%d}"
        )
        await self.at.telegram.call("edit", by=self.operator, peer=self.at.group, message=answer, text=f"Day {day:%d}")
        for command in ("/mark vip", "/mark del vip", "/mark unknown"):
            await self.heed(await self.at.telegram.call("post", text=command, **group))

    async def _edit(self, by: int, peer: int, message: int, text: str) -> None:
        await self.at.telegram.call("edit", by=by, peer=peer, message=message, text=text)


def _home(at: Scene, plan: Plan, zone: str) -> Path:
    """A folder with the settings, as an owner has it."""
    changes = {"QUIET_HOURS": QUIET, "TIMEZONE": zone, "KEEP_DAYS": str(plan.keep_days), "OPT_OUT_WORDS": ""}
    known = environment(at._settings())
    given = {name.upper(): known[name.upper()] for name in at._settings().model_fields_set} | changes
    (at.folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in given.items() if value))
    return at.folder
