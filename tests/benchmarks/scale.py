"""What a mailing costs as its audience grows: the real program as a process, killed in the middle.

`python -m tests.benchmarks.scale [whole] [recipients ...]`; 10,000, 100,000 and 1,000,000 without. Of each mailing only
the first messages are sent, enough to measure by: what is behind them must not matter, and that is the question. With
`whole` it is sent to its end, over a Telegram that only says it has forwarded.
"""

import asyncio
import os
import sqlite3
import sys
import time
from pathlib import Path

from tests.benchmarks.process import Program
from tests.benchmarks.rig import Rig, rig
from userbot.service import reports
from userbot.store.database import Database

MEASURED = 8_000
"""Messages sent before the kill, and again after it."""


async def measure(recipients: int, *, whole: bool) -> None:
    """One audience size, in one table."""
    async with rig(recipients, "tests.benchmarks.quick_telegram" if whole else "userbot.sandbox") as bench:
        program = Program(bench.settings())
        await program.start(patience=3600)
        learnt = program.cpu()
        await bench.say("/send all", reply_to=bench.message)
        started = await bench.when("SELECT started_at FROM sending WHERE started_at NOT NULL")
        first = await bench.when("SELECT min(sent_at) FROM delivery WHERE status = 1 HAVING min(sent_at) NOT NULL")
        before = program.cpu()
        sent_before = _sent(bench)
        await bench.when(_reached(sent_before + MEASURED))
        cpu = (program.cpu() - before) / (_sent(bench) - sent_before)
        program.kill()
        killed = _sent(bench)
        again = time.time()
        await program.start(patience=60)
        await bench.when(_reached(killed + 1))
        resumed = time.time() - again
        await bench.when(_reached(recipients if whole else killed + MEASURED))
        rate = (_sent(bench) - killed) / (time.time() - again - resumed)
        peak = program.peak_memory()
        await program.stop()
        seconds, rows = await _report(bench)
        size = bench.database.stat().st_size
        print(
            f"{recipients:>9,}  {first - started:7.2f} s  {rate:7,.0f}  {cpu * 1e6:5.0f} µs  {peak / 2**20:6.0f} MB"
            f"  {_delivery_bytes(bench):6.1f} B  {size / 2**20:7.1f} MB  {resumed:6.2f} s  {seconds:6.2f} s"
            f"  {learnt:6.1f} s",
            flush=True,
        )
        assert rows == recipients


def _reached(count: int) -> str:
    """True once so many are sent, or all of them."""
    return f"SELECT sent >= {count} OR ended_at NOT NULL FROM sending"


def _sent(bench: Rig) -> int:
    return int(bench.look("SELECT sent FROM sending") or 0)


def _delivery_bytes(bench: Rig) -> float:
    """What a recipient and step takes in the file, indexes included."""
    with sqlite3.connect(bench.database) as connection:
        pages = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'delivery%'").fetchone()[0]
        rows = connection.execute("SELECT count(*) FROM delivery").fetchone()[0]
    connection.close()
    return float(pages / rows)


async def _report(bench: Rig) -> tuple[float, int]:
    database = await Database.open(bench.database)
    began = time.perf_counter()
    with Path(os.devnull).open("w") as out:
        rows = await reports.write(database, 1, out)
    await database.close()
    return time.perf_counter() - began, rows


async def main(sizes: list[int], *, whole: bool) -> None:
    """All sizes, one after the other."""
    print("recipients  1st msg  a second  CPU/msg   peak mem  per row   database    resume   report   learn (CPU)")
    for size in sizes:
        await measure(size, whole=whole)


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if each != "whole"]
    asyncio.run(main(numbers or [10_000, 100_000, 1_000_000], whole="whole" in sys.argv))
