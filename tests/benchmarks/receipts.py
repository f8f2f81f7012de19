"""What it costs a mailing that people read and answer meanwhile.

`python -m tests.benchmarks.receipts [customers]`: the same mailing twice in one run, alone and while those whom it has
reached read and answer it, 500 things a second; and between the two such things alone.

The ratio of the speeds holds the work of the embedded Telegram and of this program too, on the same cores. What counts
is the CPU that each thing costs the program: 500 a second take so much of the core that the mailing has.
"""

import asyncio
import sys
import time

import uvloop

from tests.benchmarks.process import Program
from tests.benchmarks.rig import Rig, rig

EACH_SECOND = 500
"""Reads and answers, as many of the ones as of the others."""


async def measure(customers: int) -> None:
    """Alone, then things alone, then the one beside the others."""
    async with rig(customers) as bench:
        program = Program(bench.settings(), DESK="off")
        await program.start(patience=600)
        alone = await _mail(bench, program, 1)
        first = int(await bench.when("SELECT min(peer_id) FROM delivery"))
        before, people = program.cpu(), range(first, first + customers // 4)
        await _react(bench, people, 1)
        await bench.when(f"SELECT was_read + answered >= {2 * len(people)} FROM sending WHERE id = 1")
        thing = (program.cpu() - before) / (2 * len(people))
        react = asyncio.create_task(_react(bench, range(first, first + customers), 2))
        beside = await _mail(bench, program, 2)
        react.cancel()
        learnt = await bench.when("SELECT was_read + answered FROM sending WHERE id = 2")
        await program.stop()
    for name, (seconds, cpu) in (("alone", alone), ("beside reads and answers", beside)):
        print(f"{name:26} {customers / seconds:7.0f} a second   {cpu / customers * 1e6:5.0f} us of CPU each")
    share = thing * EACH_SECOND
    print(f"{'a read or an answer':26} {thing * 1e6:28.0f} us of CPU: {share:.1%} of a core at {EACH_SECOND} a second")
    print(f"{'ratio':26} {alone[0] / beside[0]:7.2f} of the speed   {learnt:,.0f} reads and answers learnt meanwhile")


async def _mail(bench: Rig, program: Program, number: int) -> tuple[float, float]:
    """Seconds that a mailing to all takes, and the program's CPU."""
    message = await bench.say(f"News, {number}")
    before = program.cpu()
    await bench.say("/send all", reply_to=message)
    seconds = await bench.ended(number)
    return seconds, program.cpu() - before


async def _react(bench: Rig, people: range, number: int) -> None:
    """They read and answer in the order in which they are reached, as far as the mailing is."""
    for at in range(0, len(people), EACH_SECOND // 20):
        some = people[at : at + EACH_SECOND // 20]
        began = time.perf_counter()
        await bench.when(f"SELECT sent > {some[-1] - people[0]} FROM sending WHERE id = {number}")
        await bench.telegram.call("react", people=list(some), to=bench.account, text="Thanks!")
        await asyncio.sleep(max(0.0, 0.1 - (time.perf_counter() - began)))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
