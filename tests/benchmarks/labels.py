"""Computed labels and the list of customers: `python -m tests.benchmarks.labels [customers]`, 1,000,000 without."""

import asyncio
import os
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from userbot.core.grammar import expressions
from userbot.core.labels import Label
from userbot.service import reports
from userbot.store import marks, segments
from userbot.store.database import Connection, Database, row, run

NOW = 1_795_000_000.0

EXPRESSIONS = (
    "vip",
    "wrote 30d",
    "vip or new",
    "(vip or new) and wrote 30d and not got sid1",
    "not (vip and new) and (silent 90d or met 7d) and not (read sid1 or answered sid1 or failed sid1)",
)

_SERIES = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"


async def fill(on: Connection, customers: int) -> None:
    """Customers who wrote within a year, a third of them vip, a fifth new, and a sending that half of them got."""
    await run(
        on,
        f"INSERT INTO peer (id, access_hash, name, has_dialog, wrote_at, first_contact) {_SERIES}"
        " SELECT i, i, 'Customer ' || i, 1, ? - i * 7919 % 31536000, ? - i * 104729 % 31536000 FROM n",
        customers,
        NOW,
        NOW,
    )
    for name, every in (("vip", 3), ("new", 5)):
        await marks.create(on, name)
        label = await marks.find(on, name)
        assert label is not None
        await run(on, "INSERT INTO marked SELECT ?, id FROM peer WHERE id % ? = 0", label.id, every)
    await run(
        on,
        "INSERT INTO sending (audience, what, topic, ordered_by, ordered_at, start_at, seed)"
        " VALUES ('all', 'text', 1, 1, 0, 0, x'00')",
    )
    await run(
        on,
        "INSERT INTO delivery (sending_id, peer_id, step, status, sent_at, read_at, reason)"
        " SELECT 1, id, 1, 1 + id % 2, iif(id % 2, NULL, 1), iif(id % 4, NULL, 1), iif(id % 2, 'x', NULL) FROM peer",
    )


async def measure(database: Database) -> None:
    """One line for each expression, and one for the list."""
    labels = await marks.all_of(database.reader)
    for text in EXPRESSIONS:
        label = Label(0, "asked", expression=expressions.read(text))
        best, people = float("inf"), 0
        for _ in range(3):
            began = time.perf_counter()
            found = await row(database.reader, f"SELECT count(*) FROM ({segments.selection(label, labels, NOW)})")
            best = min(best, time.perf_counter() - began)
            people = found[0] if found else 0
        print(f"{best:7.2f} s  {people:>9,}  {text}", flush=True)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    with Path(os.devnull).open("w") as out:
        rows = await reports.write_customers(database, "", out, NOW)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{time.perf_counter() - began:7.2f} s  {rows:>9,}  /export, {grown / 1024:.0f} MB more memory at its peak")


async def main(customers: int) -> None:
    """Fill a database, and measure."""
    with TemporaryDirectory(prefix="bench-") as folder:
        database = await Database.open(Path(folder) / "userbot.db")
        try:
            async with database.transaction() as on:
                await fill(on, customers)
            await measure(database)
        finally:
            await database.close()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:2] or ["1000000"])))
