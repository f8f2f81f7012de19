"""A mistake is taken back at everybody while the program dies again and again, and nothing else is.

`python -m tests.torture.recall [--customers N] [--kills N] [--seed N]`. Exits 1 if anything is wrong.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.torture.scene import Scene, scene

OFFER, MISTAKE = "An offer", "A mistake"


@dataclass(frozen=True, slots=True)
class Plan:
    """How many get it, how often it is killed while it takes it back, and at how many calls a minute."""

    customers: int
    kills: int
    rate: int
    seed: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands in the dialogs afterwards, and what is said of it."""

    offers: int
    mistakes: int
    lost: int
    """Messages of others that are gone."""
    report: Counter[str]
    notices: int

    def good(self, customers: int) -> bool:
        """Whether all of the mistake is gone, nothing else is, and the report and the two notices say so."""
        gone = (self.offers, self.mistakes, self.lost, self.notices) == (customers, 0, 0, 2)
        return gone and self.report == {"recalled": customers}


async def run(plan: Plan, folder: Path) -> Verdict:
    """Go through with it."""
    chance = random.Random(plan.seed)
    async with scene(folder, plan.customers, contrary=True) as at:
        await at.program.start()
        await at.program.ready()
        for number, text in enumerate((OFFER, MISTAKE), 1):
            await at.say("/send all", reply_to=await at.say(text))
            await at.notice(f"✔ sid{number}")
        await at.program.stop()
        others = at.standing()
        at.change(RATE_PER_MINUTE=str(plan.rate))
        await at.program.start()
        await at.say("/send sid2 recall")
        for moment in sorted(chance.uniform(0, 0.9) for _ in range(plan.kills)):
            await at.written_down(plan.customers * (2 + moment))
            await asyncio.sleep(chance.uniform(0, 0.3))
            await at.program.kill()
            await at.program.start()
        end = await at.notice("✔ sid3")
        return _judge(at, others, await at.report(end), sum("sid3:" in each["text"] for each in await at.notices()))


def _judge(at: Scene, before: Counter[str], report: list[dict[str, str]], notices: int) -> Verdict:
    after = at.standing()
    lost = sum((before - after).values()) - before[MISTAKE]
    return Verdict(after[OFFER] // 2, after[MISTAKE], lost, Counter(row["status"] for row in report), notices)


def main() -> int:
    """Run it, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture.recall", description=__doc__)
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--rate", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    plan = Plan(**vars(parser.parse_args()))
    began = time.monotonic()
    with TemporaryDirectory(prefix="torture-") as folder:
        verdict = asyncio.run(run(plan, Path(folder)))
    print(f"{plan}\n{verdict}\n{time.monotonic() - began:.0f} s")
    return 0 if verdict.good(plan.customers) else 1


if __name__ == "__main__":
    sys.exit(main())
