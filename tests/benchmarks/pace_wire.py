"""The pace over real MTProto and the wall clock: the whole program against a hidden limit, beside a bare loop.

`python -m tests.benchmarks.pace_wire [limit a second] [burst] [wait in s]`; four minutes, of which two are learning.
For long runs and many limits there is `tests.benchmarks.pace`, in simulated time.
"""

import asyncio
import sys
import time
from typing import Any

import uvloop
from telethon import errors

from tests.benchmarks.process import Program
from tests.benchmarks.rig import Rig, rig
from userbot.telegram.client import connected

LEARNING = 120.0
MEASURED = 120.0


async def measure(limit: float, burst: int, wait: int) -> None:
    """The program first, then the loop, each against a fresh bucket."""
    async with rig(int((LEARNING + MEASURED) * limit * 1.2)) as bench:
        print("                      share of the limit   flood waits   calls during one")
        for name, run in (("userbot", _ours), ("bare loop that sleeps", _bare)):
            await bench.telegram.call("flood_limit", rate=limit, burst=burst, wait=wait)
            share, floods, early = await run(bench, limit)
            print(f"{name:22} {share:17.2f} {floods:13} {early:18}", flush=True)
            await bench.telegram.call("no_flood_limit")


async def _ours(bench: Rig, limit: float) -> tuple[float, int, int]:
    program = Program(bench.settings(rate_per_minute=100_000))
    await program.start(patience=120)
    await bench.say("/send all", reply_to=bench.message)
    await bench.when("SELECT sent FROM sending")
    await asyncio.sleep(LEARNING)
    before, counted = bench.look("SELECT sent FROM sending") or 0, await _counters(bench)
    await asyncio.sleep(MEASURED)
    after, now = bench.look("SELECT sent FROM sending") or 0, await _counters(bench)
    await program.stop()
    return _figures(after - before, counted, now, limit)


async def _bare(bench: Rig, limit: float) -> tuple[float, int, int]:
    """As most scripts do it: one call after the other, and a sleep when Telegram says so."""
    async with connected(bench.settings()) as client:
        peers = iter(await bench.peers(client))
        counted, began, sent = await _counters(bench), time.monotonic(), 0
        while time.monotonic() - began < MEASURED:
            peer = next(peers)
            try:
                sent += await bench.bare_loop(client, [peer], 1)
            except errors.FloodWaitError as flood:
                await asyncio.sleep(flood.seconds)
        return _figures(sent, counted, await _counters(bench), limit)


async def _counters(bench: Rig) -> dict[str, int]:
    found: dict[str, int] = await bench.telegram.call("counters")
    return found


def _figures(sent: float, before: dict[str, int], after: dict[str, int], limit: float) -> tuple[float, int, int]:
    def more(name: str) -> int:
        return after.get(name, 0) - before.get(name, 0)

    return sent / (MEASURED * limit), more("flood_wait"), more("call_during_flood_wait")


if __name__ == "__main__":
    given: list[Any] = [float(each) for each in sys.argv[1:]] + [20.0, 5, 5][len(sys.argv) - 1 :]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(measure(given[0], int(given[1]), int(given[2])))
