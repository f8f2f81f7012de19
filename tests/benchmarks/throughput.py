"""How fast the whole program is, journal and report included, beside bare loops of raw forwards, and what that costs.

`python -m tests.benchmarks.throughput [messages] [latency in ms] [rounds]`

The embedded Telegram of this benchmark only says that it has forwarded (see `quick_telegram`): a client's own speed
is the question, not the server's. All ways take turns, so that all meet the machine's good and bad moments, and of
each the best turn counts. The program reads answers its own way, and once as Telethon alone would, for comparison.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any
from unittest.mock import patch

import uvloop

from tests.benchmarks.parts import Parts, watched
from tests.benchmarks.rig import Rig, rig
from userbot.core.congestion import LARGEST
from userbot.telegram import answers
from userbot.telegram.client import connected

SHOWN = ("reading", "update state", "encryption", "transport", "writing", "event loop", "journal", "ours")


@dataclass
class Way:
    """One way to send to everybody, and its turns: seconds, and the CPU by part."""

    name: str
    run: Callable[[], Awaitable[tuple[float, Parts]]]
    turns: list[tuple[float, Parts]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return min(seconds for seconds, _ in self.turns)

    @property
    def cpu(self) -> dict[str, float]:
        """Seconds by part, of the turn that took the least."""
        return min((parts.seconds for _, parts in self.turns), key=lambda each: sum(each.values()))


class Bench:
    """The ways, over one rig."""

    def __init__(self, bench: Rig) -> None:
        self._bench = bench
        self._numbers = count(1)

    async def bare(self, calls: int) -> tuple[float, Parts]:
        """What anybody would write, with so many calls in flight."""
        async with connected(self._bench.settings()) as client:
            peers = await self._bench.peers(client)
            with watched() as parts:
                began = time.perf_counter()
                await self._bench.bare_loop(client, peers, calls)
                return time.perf_counter() - began, parts

    async def personal(self) -> tuple[float, Parts]:
        """The same with a copy of their own for everybody."""
        return await self.program(await self._bench.say("Good news for you, {first_name}!"))

    async def program(self, message: int | None = None) -> tuple[float, Parts]:
        """From the announcement of the start until the report is in the group."""
        number = next(self._numbers)
        async with self._bench.program():
            await self._bench.say("/send all", reply_to=message or self._bench.message)
            began = await self._bench.when(f"SELECT started_at FROM sending WHERE id = {number}")
            with watched() as parts:
                await self._bench.ended(number)
                await self._bench.when("SELECT NOT EXISTS (SELECT 1 FROM notice)")
                return time.time() - began, parts

    async def reading_whole(self) -> tuple[float, Parts]:
        """The same with every answer read by Telethon."""
        with patch.object(answers, "read", lambda _: None):
            return await self.program()


async def measure(messages: int, latency: float, rounds: int) -> None:
    """Take turns, and show the best of each."""
    async with rig(messages, "tests.benchmarks.quick_telegram") as rigged:
        await rigged.telegram.call("latency", seconds=latency)
        bench = Bench(rigged)
        bare = [Way(f"bare loop, {calls} in flight", partial(bench.bare, calls)) for calls in (32, 128)]
        whole = Way("userbot, answers read whole", bench.reading_whole)
        ours = Way("userbot", bench.program)
        personal = Way("userbot, personal", bench.personal)
        ways = [*bare, whole, personal, ours]
        for _ in range(rounds):
            for way in ways:
                way.turns.append(await way.run())
        _show(ways, messages, latency)
        for name, other in (
            ("the better bare loop", min(bare, key=lambda each: each.seconds)),
            ("reading whole", whole),
            ("itself, personal", personal),
        ):
            speed, cpu = other.seconds / ours.seconds, sum(other.cpu.values()) / sum(ours.cpu.values())
            print(f"  userbot against {name:21} {speed:5.2f} times the speed, {cpu:5.2f} times as much out of the CPU")


def _show(ways: list[Way], messages: int, latency: float) -> None:
    print(f"messages {messages:,}, latency {latency * 1000:.0f} ms, userbot with up to {LARGEST} calls in flight")
    print(f"  {'CPU for each message, in µs':29}{'a second':>9}{'CPU':>6}" + "".join(f"{each:>14}" for each in SHOWN))
    for way in ways:
        each: dict[str, Any] = {part: seconds / messages * 1e6 for part, seconds in way.cpu.items()}
        parts = "".join(f"{each.get(part, 0):14.1f}" for part in SHOWN)
        print(f"  {way.name:29}{messages / way.seconds:9,.0f}{sum(each.values()):6.0f}{parts}")


if __name__ == "__main__":
    arguments = [*map(float, sys.argv[1:]), *(20_000, 0, 2)[len(sys.argv) - 1 :]]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(measure(int(arguments[0]), arguments[1] / 1000, int(arguments[2])))
