"""A label that sends a chain, set on many customers at once and again and again, while the program is killed.

`python -m tests.torture.labels [--customers N] [--kills N]` exits 1 if anybody got anything twice, or not at all.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.torture.scene import Scene, scene
from userbot.store import peers
from userbot.store.database import Database, row
from userbot.store.place import DATABASE

STEPS = ("now", "1s")


async def run(customers: int, kills: int, seed: int, folder: Path) -> Counter[tuple[int, int]]:
    """Go through with it; returns how often each (customer, step) was delivered."""
    chance = random.Random(seed)
    async with scene(folder, customers, contrary=False) as at:
        await at.program.start()
        await at.program.ready()
        messages = await _label(at)
        topics = await _topics(at)
        began = time.monotonic()
        for topic in topics:
            await _set(at, topic)
        print(f"set on {customers} customers in {time.monotonic() - began:.1f} s", flush=True)
        for kill in range(kills):
            await at.written_down(customers * (kill + 0.3) / (kills + 1))
            await at.program.kill()
            for topic in chance.sample(topics, len(topics) // 3):
                await _set(at, topic)
            await at.program.start()
        await _ended(at, customers)
        ledger = await at.telegram.call("ledger", account=at.account)
        got = Counter((line["peer"], messages.index(line["source"])) for line in ledger if line["source"] in messages)
        meant = {(person, step) for person in at.customers for step in range(len(STEPS))}
        return Counter({each: got[each] for each in meant | got.keys()})


async def _set(at: Scene, topic: int) -> None:
    await at.telegram.call("post", group=at.group, by=at.account, text="/mark vip", topic=topic)


async def _label(at: Scene) -> list[int]:
    """A label that sends a chain; returns the messages of its steps."""
    messages = []
    for number, step in enumerate(STEPS, 1):
        messages.append(await at.say(f"Step {number}"))
        await at.say(f"/send chain {step}", reply_to=messages[-1])
        await at.notice(f"{number}. text")
    await at.say("/mark new vip")
    await at.say("/mark vip sends chain")
    await at.notice("Setting vip sends template chain.")
    return messages


async def _topics(at: Scene) -> list[int]:
    """A dialog topic for each customer."""
    database = await Database.open(at.folder / "data" / DATABASE)
    try:
        while await peers.count_customers(database.reader) < len(at.customers):
            await asyncio.sleep(0.05)
        topics = []
        for customer in at.customers:
            topics.append(await at.telegram.call("add_topic", group=at.group, by=at.account, title=str(customer)))
            async with database.transaction() as on:
                await peers.bind_topic(on, topics[-1], customer)
        return topics
    finally:
        await database.close()


async def _ended(at: Scene, customers: int) -> None:
    """Wait until everybody's sending has ended, and every command is answered."""
    database = await Database.open(at.folder / "data" / DATABASE)
    sql = "SELECT count(*) = ? AND min(ended_at NOT NULL) AND NOT EXISTS (SELECT 1 FROM notice) FROM sending"
    try:
        while not (found := await row(database.reader, sql, customers)) or not found[0]:
            await asyncio.sleep(0.1)
    finally:
        await database.close()


def main() -> int:
    """Run it, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture.labels", description=__doc__)
    parser.add_argument("--customers", type=int, default=100)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    plan = parser.parse_args()
    with TemporaryDirectory(prefix="torture-") as folder:
        got = asyncio.run(run(plan.customers, plan.kills, plan.seed, Path(folder)))
    tally = Counter(got.values())
    print(f"seed {plan.seed}: {len(got)} deliveries expected, by how often each came: {dict(tally)}")
    return 0 if tally.keys() == {1} else 1


if __name__ == "__main__":
    sys.exit(main())
