"""The first reading of the account's dialogs: as fast as Telegram gives them, and as Telegram lets them be read.

`python -m tests.benchmarks.dialogs [dialogs]`. Telegram has been seen to ask for 25 s after about 20 pages; here it
asks for one second, so the pauses are to be taken 25 times as long.
"""

import asyncio
import sys
import time

from tests.benchmarks.process import Program
from tests.benchmarks.rig import rig

PAGES = 20
READ = "SELECT count(*) FROM fact WHERE name = 'dialogs learnt until'"


async def measure(dialogs: int, *, paced: bool) -> None:
    """One reading, from the start of the program."""
    async with rig(dialogs) as bench:
        if paced:
            await bench.telegram.call(
                "refuse", error="FLOOD_WAIT_1", code=420, times=None, method="messages.getDialogs", every=PAGES + 1
            )
        program = Program(bench.settings())
        began = time.perf_counter()
        await program.start(patience=60)
        await bench.when(READ)
        seconds, cpu, memory = time.perf_counter() - began, program.cpu(), program.memory()
        await program.stop()
        name = f"a second's wait every {PAGES} pages" if paced else "no flood waits"
        print(f"  {name:33}{seconds:7.1f} s   CPU {cpu:5.1f} s   {memory / 2**20:4.0f} MB", flush=True)
        found = bench.look("SELECT count(*) FROM peer WHERE has_dialog")
        assert found == dialogs, f"{found} of {dialogs} known"


async def main(dialogs: int) -> None:
    """Unpaced, then paced."""
    print(f"dialogs {dialogs:,}")
    for paced in (False, True):
        await measure(dialogs, paced=paced)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
