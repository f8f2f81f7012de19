"""`userbot status --watch`: the state as it changes, on a terminal of any size, with keys to steer."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field

from rich.console import Console, Group, RenderableType
from rich.layout import Layout
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table

from userbot.cli import keyboard, snapshot, views
from userbot.cli.keys import Hand
from userbot.cli.snapshot import Snapshot
from userbot.config import Settings
from userbot.core import wording
from userbot.core.model import Sending, SendingStatus
from userbot.store import tempo
from userbot.store.place import DATABASE

EVERY_SECONDS = 1.0
WAITING_SECONDS = 0.2
"""How often it is looked while somebody waits for what they asked for."""

BAR = 10.0
"""Seconds that one bar of the sparkline stands for."""

BARS = 30
"""How many bars there are."""

_HEIGHTS = "▁▂▃▄▅▆▇█"


@dataclass(slots=True)
class Tempo:
    """How much went out lately: a count for each stretch of `BAR` seconds, the newest last."""

    bars: deque[int] = field(default_factory=lambda: deque([0] * BARS, BARS))
    since: float = 0.0
    """When the newest stretch began."""
    now: float = 0.0
    """When it was looked at last."""
    sent: dict[int, int] = field(default_factory=dict)
    """What each sending had sent when it was looked at last."""

    def look(self, found: Snapshot) -> None:
        """Take in what was sent since the last look. What was never seen before counts from now on."""
        self.now = found.now
        while self.since + BAR <= self.now:
            self.since = max(self.since + BAR, self.now - BAR * BARS)
            self.bars.append(0)
        now = {each.id: each.counts.sent for each in (*found.latest, *found.open)}
        self.bars[-1] += sum(max(0, sent - self.sent.get(number, sent)) for number, sent in now.items())
        self.sent |= now

    @property
    def per_second(self) -> float:
        """Messages a second over the last minute, or since it began when that is less."""
        lately = list(self.bars)[-7:]
        while len(lately) > 1 and not lately[0]:
            del lately[0]
        return sum(lately) / ((len(lately) - 1) * BAR + max(1.0, self.now - self.since))


async def watch(settings: Settings) -> None:
    """Show the state until somebody leaves, and leave the last one on the screen."""
    console = views.console()
    async with AsyncExitStack() as stack:
        hand = Hand(await stack.enter_async_context(snapshot.existing(settings)))
        found = await snapshot.take(settings, hand.database)
        pulse = Tempo(since=found.now)
        if hand.database is not None:
            pulse.bars.extend(await tempo.lately(hand.database.reader, _recent(found), found.now, BAR, BARS))
        with (
            Live(console=console, screen=True, auto_refresh=False) as live,
            keyboard.pressed() as typed,
            suppress(asyncio.CancelledError),
        ):
            while not hand.keys.left:
                pulse.look(found)
                below = hand.keys.line(found) if typed else "Ctrl-C ends this."
                live.update(screen(found, pulse, console, below), refresh=True)
                await hand.take(await _key(typed, WAITING_SECONDS if hand.waits else EVERY_SECONDS), found)
                if hand.database is None and (settings.data_dir / DATABASE).exists():
                    hand.database = await stack.enter_async_context(snapshot.existing(settings))
                found = await snapshot.take(settings, hand.database)
                await hand.look(found)
    console.print(views.status(found))


async def _key(typed: asyncio.Queue[str] | None, seconds: float) -> str:
    """The next key; an empty one when none comes in so many seconds, or the window has changed its size."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await (typed or asyncio.Queue()).get()
    return ""


def _recent(found: Snapshot) -> set[int]:
    """The sendings of which something may have gone out lately."""
    every = {each.id: each for each in (*found.open, *found.latest)}.values()
    return {each.id for each in every if each.ended_at is None or each.ended_at > found.now - BAR * BARS}


def screen(found: Snapshot, pulse: Tempo, console: Console, below: str) -> Layout:
    """As much as the screen is high enough for, with a line `below` that stays at its foot."""
    head, foot = Group(*_head(found, pulse)), views.plain(below, "reverse")
    room = console.height - _height(console, head) - _height(console, foot)
    whole = Layout()
    whole.split_column(
        Layout(Group(head, *_sendings(found, pulse, console, room))), Layout(foot, size=_height(console, foot))
    )
    return whole


def _height(console: Console, shown: RenderableType) -> int:
    """The lines that something takes."""
    return len(console.render_lines(shown, pad=False))


def _head(found: Snapshot, pulse: Tempo) -> Iterator[RenderableType]:
    account = "nobody is logged in" if found.account is None else found.account.name
    limit = f" of {wording.number(found.monthly_limit)}" if found.monthly_limit else ""
    yield views.plain(f"{account} · {wording.moment(found.now)}", "bold")
    yield views.plain(f"{wording.of(found.customers, 'customer')} · this month {wording.number(found.used)}{limit}")
    yield views.plain("")
    pace = f"  {wording.number(pulse.per_second * 60)} a minute" if found.running else "  userbot run is not running"
    yield views.plain(f"{sparkline(pulse.bars)}{pace}")
    if found.flood_until is not None:
        left = wording.duration(found.flood_until - found.now)
        yield views.plain(f"Telegram asks for a pause until {wording.moment(found.flood_until)}, {left} more", "yellow")
    yield views.plain("")


def _sendings(found: Snapshot, pulse: Tempo, console: Console, room: int) -> Iterator[RenderableType]:
    """The open ones, as many as there is room for in lines."""
    if not found.open:
        yield views.plain("No sending is open.", "dim")
    for position, sending in enumerate(found.open):
        bar = [_bar(sending, found, pulse)] if sending.counts.total else []
        shown = Group(views.plain(views.line(sending, found)), *bar)
        room -= _height(console, shown)
        rest = len(found.open) - position
        if room < (rest > 1):
            yield views.plain(f"… and {rest} more: userbot sendings", "dim")
            return
        yield shown


def _bar(sending: Sending, found: Snapshot, pulse: Tempo) -> Table:
    """How far it is, and when it may end at the pace of now."""
    counts = sending.counts
    done = counts.total - counts.pending
    goes = sending.status is SendingStatus.RUNNING and found.running and found.flood_until is None
    end = ""
    if goes and pulse.per_second:
        end = f", until about {wording.moment((found.now + counts.pending / pulse.per_second) // 60 * 60 + 60)}"
    line = Table.grid(padding=(0, 1), expand=True)
    line.add_column(ratio=1)
    line.add_column()
    line.add_row(ProgressBar(total=counts.total, completed=done), views.plain(f"{done * 100 // counts.total} %{end}"))
    return line


def sparkline(bars: "deque[int]") -> str:
    """The counts as heights; a stretch with anything in it has one that is seen."""
    most = max(bars) or 1
    return "".join(_HEIGHTS[-(-each * (len(_HEIGHTS) - 1) // most)] for each in bars)
