"""A chain until answer, under a cap, across a quiet minute, while everything around it dies and comes back.

`python -m tests.torture.restraint [--seed N] [--customers N] [--kills N]`. Exits 1 if anything is wrong.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.torture.scene import Scene, scene
from userbot.core.quiet_hours import read

LATEST = 5.0
"""Seconds after an answer in which a step may still arrive: it was under way, or the answer was."""

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of what; `gap` is between the steps, in seconds."""

    customers: int
    kills: int
    seed: int
    gap: int
    quiet: bool = True
    contrary: bool = True


@dataclass(slots=True)
class Verdict:
    """How many deliveries are wrong, by what is wrong with them; all but the first are to be 0."""

    delivered: int = 0
    answers: int = 0
    duplicates: int = 0
    losses: int = 0
    to_capped: int = 0
    in_quiet_hours: int = 0
    after_an_answer: int = 0
    misreported: int = 0

    @property
    def good(self) -> bool:
        """Whether nothing at all is wrong."""
        return not any(count for name, count in asdict(self).items() if name not in {"delivered", "answers"})


@dataclass(slots=True)
class _Course:
    """What was done: who had a mailing before, who answered when."""

    capped: set[int]
    messages: list[int] = field(default_factory=list)
    answered: dict[int, float] = field(default_factory=dict)


async def run(plan: Plan, folder: Path) -> Verdict:
    """Go through with it."""
    chance = random.Random(plan.seed)
    span = await quiet_minute() if plan.quiet else None
    settings = {"CAP": "1/1d"} | ({} if span is None else {"QUIET_HOURS": span})
    async with scene(folder, plan.customers, contrary=plan.contrary, **settings) as at:
        await at.program.start()
        await at.program.ready()
        course = _Course(set(at.customers[: plan.customers // 4]))
        await at.say(f"/send list {','.join(map(str, course.capped))}", reply_to=await at.say("Before"))
        await at.notice("Finished")
        for number in (1, 2, 3):
            course.messages.append(await at.say(f"Step {number}"))
            await at.say(f"/send chain {plan.gap}s" if number > 1 else "/send chain", reply_to=course.messages[-1])
            await at.notice(f"{number}. text")
        await at.say("/send chain until answer")
        await at.notice("ends for whoever answers it")
        await at.make_trouble(chance.randrange(2**32))
        await at.say("/send all chain")
        await _disturb(at, plan, chance, course)
        await at.all_clear()
        await at.notice("sid2")
        while not (report := [each for each in await at.notices() if "Finished" in each["text"]][1:]):
            await asyncio.sleep(0.1)
        return await _judge(at, course, report[0], span)


async def quiet_minute() -> str:
    """A quiet minute that begins while a chain is under way that is ordered soon."""
    await asyncio.sleep(max(0.0, 25 - time.time() % MINUTE))
    begin = time.gmtime((time.time() // MINUTE + 1 + (time.time() % MINUTE > 35)) * MINUTE)
    end = time.gmtime(time.mktime(begin) - time.timezone + MINUTE)
    return f"{begin.tm_hour:02}:{begin.tm_min:02}-{end.tm_hour:02}:{end.tm_min:02}"


async def _disturb(at: Scene, plan: Plan, chance: random.Random, course: _Course) -> None:
    """Kill the program now and then; while it is down and while it is not, people answer."""
    may_answer = [each for each in at.customers if each not in course.capped]
    chance.shuffle(may_answer)
    # Who writes before they got anything does not answer. The capped had one message, and do not get three.
    await at.written_down(4 * len(course.capped) + len(may_answer))
    lasts = 2 * plan.gap + (MINUTE if plan.quiet else 0)
    for _ in range(plan.kills):
        await asyncio.sleep(lasts / plan.kills * chance.random())
        await _answer(at, course, may_answer.pop())
        await at.program.kill()
        await _answer(at, course, may_answer.pop())
        await at.program.start()


async def _answer(at: Scene, course: _Course, person: int) -> None:
    await at.telegram.call("write", sender=person, recipient=at.account, text="Thank you!")
    course.answered[person] = time.time()


async def _judge(at: Scene, course: _Course, report: dict[str, Any], span: str | None) -> Verdict:
    """Look at the ledger of the embedded Telegram and at the report."""
    ledger = [
        line for line in await at.telegram.call("ledger", account=at.account) if line["source"] in course.messages
    ]
    got = Counter((line["peer"], course.messages.index(line["source"]) + 1) for line in ledger)
    silent = set(at.customers) - course.capped - course.answered.keys()
    hours = None if span is None else read(span)
    return Verdict(
        delivered=len(ledger),
        answers=len(course.answered),
        duplicates=sum(times - 1 for times in got.values()),
        losses=sum((peer, step) not in got for peer in silent for step in (1, 2, 3)),
        to_capped=sum(peer in course.capped for peer, _ in got),
        in_quiet_hours=0 if hours is None else sum(hours.quiet(line["date"]) for line in ledger),
        after_an_answer=sum(
            course.messages.index(line["source"]) > 0
            and line["date"] > course.answered.get(line["peer"], float("inf")) + LATEST
            for line in ledger
        ),
        misreported=await _misreported(at, course, set(got), report),
    )


async def _misreported(at: Scene, course: _Course, got: set[tuple[int, int]], report: dict[str, Any]) -> int:
    """How many rows of the report differ from the ledger, or give another reason than there is."""
    wrong = 0
    for row in await at.report(report):
        peer, step = int(row["user_id"]), int(row["step"])
        reason = "had 1 mailing in 1 d" if peer in course.capped else "answered" if peer in course.answered else "none"
        right = ("sent", "") if (peer, step) in got else ("skipped", reason)
        wrong += (row["status"], row["reason"]) != right
    return wrong


def main() -> int:
    """Run it, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=400)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--gap", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    plan = Plan(**vars(parser.parse_args()))
    print(f"seed {plan.seed}", flush=True)
    with TemporaryDirectory(prefix="restraint-") as folder:
        verdict = asyncio.run(run(plan, Path(folder)))
    for name, count in asdict(verdict).items():
        print(f"  {name.replace('_', ' '):20}{count:>9,}")
    return 0 if verdict.good else 1


if __name__ == "__main__":
    sys.exit(main())
