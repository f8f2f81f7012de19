"""The desk while a mailing runs at full speed: how long answers take, and whether anything of it shows in a topic.

`python -m tests.benchmarks.desk [--customers N] [--talking N]`. Everything is a process of its own.
"""

import argparse
import asyncio
import random
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.torture.scene import Scene, scene

NEWS = "News for everybody"


async def measure(folder: Path, customers: int, talking: int) -> tuple[list[float], list[float], int, int]:
    """Seconds until a customer's message appears and until an answer arrives; messages that leaked; how many went."""
    async with scene(folder, customers, contrary=False) as at:
        await at.program.start()
        await at.program.ready()
        people = random.Random(1).sample(at.customers, talking)
        topics = await _topics(at, people)
        operator = await at.telegram.call("add_person", first_name="Olga")
        await at.telegram.call("join", group=at.group, user=operator)
        news = await at.say(NEWS)
        await at.say("/send all", reply_to=news)
        await at.written_down(1)
        took = await asyncio.gather(*(_exchange(at, person, operator, topics[person]) for person in people))
        shown, arrived = [first for first, _ in took], [second for _, second in took]
        meanwhile = await _delivered(at)
        await at.notice("Finished")
        leaked = 0
        for topic in topics.values():
            stands = await at.telegram.call("messages", group=at.group, topic=topic)
            leaked += sum(NEWS in each["text"] for each in stands)
        return shown, arrived, leaked, meanwhile


async def _topics(at: Scene, people: list[int]) -> dict[int, int]:
    """Let these people write for the first time; returns their topics."""
    for person in people:
        await at.telegram.call("write", sender=person, recipient=at.account, text=f"from {person}")
    found: dict[int, int] = {}
    while len(found) < len(people):
        for each in await at.telegram.call("messages", group=at.group):
            if each["text"].startswith("from "):
                found[int(each["text"].removeprefix("from "))] = each["topic"]
        await asyncio.sleep(0.1)
    return found


async def _exchange(at: Scene, person: int, operator: int, topic: int) -> tuple[float, float]:
    """Somebody writes and is answered; returns how long each took."""
    began = time.monotonic()
    await at.telegram.call("write", sender=person, recipient=at.account, text="A question")
    await _until(at, "A question", name="messages", group=at.group, topic=topic)
    shown = time.monotonic()
    await at.telegram.call("post", group=at.group, by=operator, text="An answer", topic=topic)
    await _until(at, "An answer", name="dialog", owner=person, peer=at.account)
    return shown - began, time.monotonic() - shown


async def _until(at: Scene, text: str, name: str, **where: Any) -> None:
    while not any(each["text"] == text for each in await at.telegram.call(name, **where)):
        await asyncio.sleep(0.005)


async def _delivered(at: Scene) -> int:
    return sum(each["text"] == NEWS for each in await at.telegram.call("ledger", account=at.account))


def main() -> None:
    """Run it, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.desk", description=__doc__)
    parser.add_argument("--customers", type=int, default=5000)
    parser.add_argument("--talking", type=int, default=50)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="desk-") as folder:
        shown, arrived, leaked, went = asyncio.run(measure(Path(folder), given.customers, given.talking))
    print(f"{given.talking} exchanges; {went:,} of {given.customers:,} messages of the mailing had gone by then")
    for what, times in (("until a message appears in its topic", shown), ("until an answer arrives", arrived)):
        print(f"  {what:38} median {statistics.median(times):.3f} s, longest {max(times):.3f} s")
    print(f"  {'messages of the mailing in a topic':38} {leaked}")


if __name__ == "__main__":
    main()
