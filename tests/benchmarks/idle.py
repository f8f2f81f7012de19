"""What the program takes while nobody writes: from its start to ready with a large database, memory, CPU.

`python -m tests.benchmarks.idle [customers] [seconds]`; the customers stand in the database alone.
"""

import asyncio
import sqlite3
import sys
import time
from contextlib import closing

from tests.benchmarks.process import Program
from tests.benchmarks.rig import Rig, rig

STARTS = 5


async def measure(customers: int, seconds: float) -> None:
    """The best of a few starts, then a while of nothing."""
    async with rig(1) as bench:
        program = Program(bench.settings())
        await program.start(patience=60)
        await program.stop()
        _people(bench, customers)
        starts = []
        for _ in range(STARTS):
            began = time.perf_counter()
            await program.start(patience=60)
            starts.append((time.perf_counter() - began, program.cpu()))
            await asyncio.sleep(1)
            await program.stop()
        await program.start(patience=60)
        await asyncio.sleep(5)
        used, began = program.cpu(), time.perf_counter()
        await asyncio.sleep(seconds)
        share = (program.cpu() - used) / (time.perf_counter() - began)
        print(f"customers {customers:,}, idle for {seconds:.0f} s")
        ready, starting = min(starts)
        memory = program.memory() / 2**20
        print(f"  start to ready {ready:.2f} s (CPU {starting:.2f} s), memory {memory:.0f} MB, of a core {share:.2%}")
        await program.stop()


def _people(bench: Rig, customers: int) -> None:
    with closing(sqlite3.connect(bench.database)) as database, database:
        database.execute(
            """
            INSERT INTO peer (id, access_hash, name, username, has_dialog)
            WITH RECURSIVE each(id) AS (SELECT 1000000000 UNION ALL SELECT id + 1 FROM each LIMIT ?)
            SELECT id, id * 7, 'Customer ' || id, 'customer' || id, 1 FROM each
            """,
            (customers,),
        )


if __name__ == "__main__":
    arguments = [*map(float, sys.argv[1:]), *(1_000_000, 60)[len(sys.argv) - 1 :]]
    asyncio.run(measure(int(arguments[0]), arguments[1]))
