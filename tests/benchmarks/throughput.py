"""How fast the whole program is, journal included, beside a bare loop of raw forwards over the same client.

`python -m tests.benchmarks.throughput [messages] [latency in ms]`
"""

import asyncio
import sys
import time

import uvloop

from tests.benchmarks.rig import Rig, rig
from userbot.service.sender import CALLS_IN_FLIGHT
from userbot.telegram.client import connected


async def measure(messages: int, latency: float) -> None:
    """Alternate the two, so that both meet the machine's good and bad moments."""
    async with rig(messages) as bench:
        await bench.telegram.call("latency", seconds=latency)
        bare, ours = [], []
        for turn in range(2):
            bare.append(await _bare(bench))
            ours.append(await _ours(bench, turn + 1))
        print(f"messages {messages:,}, latency {latency * 1000:.0f} ms, {CALLS_IN_FLIGHT} calls in flight")
        _show("bare loop of raw forwards", messages, min(bare))
        _show("userbot, journal included", messages, min(ours))
        print(f"  ratio of the speeds        {min(bare)[0] / min(ours)[0]:8.2f}")


def _show(name: str, messages: int, taken: tuple[float, float]) -> None:
    seconds, cpu = taken
    print(f"  {name}  {messages / seconds:8,.0f} a second  {cpu / messages * 1e6:6.0f} µs of CPU each")


async def _bare(bench: Rig) -> tuple[float, float]:
    """Seconds, and seconds of this process's CPU."""
    async with connected(bench.settings()) as client:
        peers = await bench.peers(client)
        began, used = time.perf_counter(), time.process_time()
        await bench.bare_loop(client, peers, CALLS_IN_FLIGHT)
        return time.perf_counter() - began, time.process_time() - used


async def _ours(bench: Rig, number: int) -> tuple[float, float]:
    """The same; the CPU is that of the command, the start and the report too."""
    async with bench.program():
        used = time.process_time()
        await bench.say("/send all", reply_to=bench.message)
        seconds = await bench.ended(number)
        return seconds, time.process_time() - used


if __name__ == "__main__":
    arguments = [*map(float, sys.argv[1:]), *(20_000, 0)[len(sys.argv) - 1 :]]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(measure(int(arguments[0]), arguments[1] / 1000))
