"""Everything at once, while everything around it dies and comes back: `python -m tests.torture.everything`.

A chain until answer to all, under a cap, across a quiet minute; beside it a mistake that is taken back, an offer that
is corrected, and a chain that is stopped and brought to its end by a retry; people read, answer and opt out. Exits 1 if
anything is wrong.
"""

import argparse
import asyncio
import random
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.torture.restraint import MINUTE, quiet_minute
from tests.torture.scene import Scene, scene
from tests.torture.truth import Course, wrong

LONGEST_WAIT = 2.0
"""Seconds that the program may work, once it is ready, before it is killed again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of what; `gap` is between the steps of the chains, in seconds, `rate` as in RATE_PER_MINUTE."""

    customers: int
    kills: int
    telegram_kills: int
    gap: int
    rate: int
    seed: int
    quiet: bool = True
    contrary: bool = True


@dataclass(slots=True)
class Outcome:
    """What happened, and everything that is wrong."""

    happened: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


async def run(plan: Plan, folder: Path) -> Outcome:
    """Go through with it."""
    chance = random.Random(plan.seed)
    settings = {"CAP": "2/1d", "RATE_PER_MINUTE": str(plan.rate)}
    span = await quiet_minute() if plan.quiet else None
    if span is not None:
        settings["QUIET_HOURS"] = span
    async with scene(folder, plan.customers, contrary=plan.contrary, **settings) as at:
        course, outcome = Course(at.customers, chance, span), Outcome()
        await at.program.start()
        await at.program.ready()
        await _prepare(at, plan, course)
        await at.make_trouble(chance.randrange(2**32))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_operate(at, course, outcome.happened))
            tasks.create_task(_live(at, plan, course, outcome.happened))
            tasks.create_task(_kill(at, plan, chance, outcome.happened))
        await at.all_clear()
        await _until(at, "SELECT count(*) = 0 FROM sending WHERE status NOT IN ('finished', 'stopped') AND id > ?", 0)
        outcome.happened |= at.faults
        outcome.wrong = await wrong(at, course)
        return outcome


async def _prepare(at: Scene, plan: Plan, course: Course) -> None:
    """Some have had enough; the chains are there; nobody has trouble yet."""
    for number in (1, 2):
        await at.say(f"/send list {_ids(course.capped)}", reply_to=await at.say(f"Before {number}"))
        await at.notice(f"✔ sid{number}")
    for name, steps, gap in (("chain", 3, plan.gap), ("halted", 2, max(8, plan.gap))):
        for number in range(1, steps + 1):
            message = await at.say(f"{name} {number}")
            course.messages[name].append(message)
            await at.ask(f"/send {name} {gap}s" if number > 1 else f"/send {name}", reply_to=message)
    await at.ask("/send chain until answer")


def _ids(people: set[int]) -> str:
    return ",".join(map(str, sorted(people)))


async def _operate(at: Scene, course: Course, happened: Counter[str]) -> None:
    """What the operators do, one after the other; returns when all is ordered that is to be."""
    course.sids["chain"] = await _ordered(at, "/send all chain")
    for name in ("mistake", "offer"):
        course.messages[name] = [await at.say(f"The {name}")]
        order = f"/send list {_ids(course.listed[name])}"
        course.sids[name] = await _ordered(at, order, reply_to=course.messages[name][0])
    course.sids["halted"] = await _ordered(at, f"/send list halted {_ids(course.listed['halted'])}")
    await _until(at, "SELECT 1 FROM delivery WHERE sending_id = ? AND status = 1", course.sids["mistake"])
    course.sids["recall"] = await _ordered(at, f"/send sid{course.sids['mistake']} recall")
    await at.say("/send pause")
    await asyncio.sleep(course.chance.uniform(0, 2))
    await at.say("/send resume")
    halted = course.sids["halted"]
    await _until(at, "SELECT count(*) > 0 AND min(status) > 0 FROM delivery WHERE sending_id = ? AND step = 1", halted)
    for word in ("pause", "resume", "stop"):
        await at.say(f"/send sid{halted} {word}")
    end = await _either(at, f"■ sid{halted}:", f"✔ sid{halted}:")
    if end.startswith("■"):
        course.sids["retry"] = await _ordered(at, f"/send sid{halted} retry")
        happened["retried"] += 1
    offer = course.sids["offer"]
    await at.notice(f"✔ sid{offer}:")
    corrected = await at.say("The corrected offer")
    course.sids["correction"] = await _ordered(at, f"/send sid{offer} correct", reply_to=corrected)


async def _ordered(at: Scene, command: str, reply_to: int | None = None) -> int:
    """Write a command; returns the number of the sending it makes."""
    answer = await at.ask(command, reply_to)
    found = re.search(r"sid(\d+): ", answer)
    assert found is not None, answer
    return int(found[1])


async def _either(at: Scene, *beginnings: str) -> str:
    while True:
        for each in await at.notices():
            if each["text"].startswith(beginnings):
                return str(each["text"])
        await asyncio.sleep(0.1)


async def _until(at: Scene, sql: str, number: int) -> None:
    while not any(found[0] for found in at.look(sql, number)):
        await asyncio.sleep(0.05)


async def _live(at: Scene, plan: Plan, course: Course, happened: Counter[str]) -> None:
    """People read, answer and opt out, from when the chain has reached everybody."""
    while "chain" not in course.sids:
        await asyncio.sleep(0.1)
    # Who writes before they got anything does not answer.
    first = "SELECT count(*) > 0 AND min(status) > 0 FROM delivery WHERE sending_id = ? AND step = 1"
    await _until(at, first, course.sids["chain"])
    writers = [each for each in at.customers if each not in course.capped]
    course.chance.shuffle(writers)
    for person in writers[: len(writers) // 3]:
        await asyncio.sleep(course.chance.uniform(0, 4 * plan.gap / len(writers)))
        await at.telegram.call("read", reader=course.chance.choice(at.customers), peer=at.account)
        word = "stop" if course.chance.random() < 0.2 else "Thank you!"
        await at.telegram.call("write", sender=person, recipient=at.account, text=word)
        (course.opted_out if word == "stop" else course.answered)[person] = time.time()
        happened[word] += 1


async def _kill(at: Scene, plan: Plan, chance: random.Random, happened: Counter[str]) -> None:
    """The program dies again and again, mostly after a while at work; the embedded Telegram now and then."""
    moments = {chance.randrange(plan.kills) for _ in range(plan.telegram_kills)}
    for number in range(plan.kills):
        if chance.random() < 0.8:
            await at.program.ready_again()
        await asyncio.sleep(chance.uniform(0, LONGEST_WAIT))
        await at.program.kill()
        happened["userbot killed"] += 1
        if number in moments:
            await at.restart_telegram(chance)
            happened["telegram killed"] += 1
        await at.program.start()


def main() -> int:
    """Run it, and print what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture.everything", description=__doc__)
    parser.add_argument("--customers", type=int, default=600)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--telegram-kills", type=int, default=3)
    parser.add_argument("--gap", type=int, default=MINUTE)
    parser.add_argument("--rate", type=int, default=900)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    plan = Plan(**vars(parser.parse_args()))
    print(plan, flush=True)
    began = time.monotonic()
    with TemporaryDirectory(prefix="everything-") as folder:
        outcome = asyncio.run(run(plan, Path(folder)))
    figures: dict[str, Any] = {"seconds": round(time.monotonic() - began), **dict(sorted(outcome.happened.items()))}
    for name, number in figures.items():
        print(f"  {name:38}{number:>9,}")
    for each in outcome.wrong:
        print(f"  {each}")
    print("  nothing is wrong" if not outcome.wrong else f"  {len(outcome.wrong)} things are wrong")
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
