"""What it costs a mailing that people read and answer meanwhile.

`python -m tests.benchmarks.receipts [customers]`: the same mailing twice in one run, alone and while those whom it has
reached read and answer it, 500 things a second (the sandbox is one of the two cores, and its own work is in the ratio).
"""

import asyncio
import sys
import time

import uvloop

from tests.benchmarks.process import Program
from tests.benchmarks.rig import Rig, rig

EACH_SECOND = 250
"""Reads, and as many answers."""


async def measure(customers: int) -> None:
    """Alone, then beside reads and answers."""
    async with rig(customers) as bench:
        program = Program(bench.settings(), DESK="off")
        await program.start(patience=600)
        alone = await _mail(bench, program, 1)
        first = await bench.when("SELECT min(peer_id) FROM delivery")
        react = asyncio.create_task(_react(bench, int(first), customers))
        beside = await _mail(bench, program, 2)
        react.cancel()
        learnt = await bench.when("SELECT was_read + answered FROM sending WHERE id = 2")
        await program.stop()
    for name, (seconds, cpu) in (("alone", alone), ("beside reads and answers", beside)):
        print(f"{name:26} {customers / seconds:7.0f} a second   {cpu / customers * 1e6:5.0f} us of CPU each")
    print(f"{'ratio':26} {alone[0] / beside[0]:7.2f} of the speed   {learnt:,.0f} reads and answers learnt meanwhile")


async def _mail(bench: Rig, program: Program, number: int) -> tuple[float, float]:
    """Seconds that a mailing to all takes, and the program's CPU."""
    message = await bench.say(f"News, {number}")
    before = program.cpu()
    await bench.say("/send all", reply_to=message)
    seconds = await bench.ended(number)
    return seconds, program.cpu() - before


async def _react(bench: Rig, first: int, customers: int) -> None:
    """People read and answer in the order in which they are reached, as far as the mailing is."""
    done = 0
    while True:
        began = time.perf_counter()
        reached = int(bench.look("SELECT sent FROM sending WHERE id = 2") or 0)
        for person in range(first + done, first + min(reached, customers, done + EACH_SECOND // 10)):
            await bench.telegram.call("read", reader=person, peer=bench.account)
            await bench.telegram.call("write", sender=person, recipient=bench.account, text="Thanks!")
            done += 1
        await asyncio.sleep(max(0.0, 0.1 - (time.perf_counter() - began)))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
