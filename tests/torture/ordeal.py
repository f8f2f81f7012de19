"""A mailing with a chain of steps to many customers, while everything around it dies and comes back.

What happens comes at random moments: when so many deliveries are written down.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.torture.scene import Scene, scene
from tests.torture.verdict import Verdict, judge

STEPS = ("now", "1s", "2s")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of what. The same seed makes the same decisions, though not at the same moments."""

    customers: int
    kills: int
    telegram_kills: int
    flood_waits: int
    pauses: int
    seed: int
    contrary: bool = True
    personal: bool = False
    """Whether the messages are copies with the recipient's own id in them."""
    untold: bool = False
    """Whether nothing but asking again with the same random id tells what has arrived."""

    def moments(self, chance: random.Random) -> list[tuple[float, str]]:
        """What happens after how many deliveries, in order."""
        often = {
            "userbot killed": self.kills,
            "telegram killed": self.telegram_kills,
            "flood wait ordered": self.flood_waits,
            "paused and resumed": self.pauses,
        }
        total = self.customers * len(STEPS)
        # A flood wait slows down what follows: it comes late.
        first = {"flood wait ordered": 0.8}
        return sorted(
            (chance.uniform(first.get(what, 0), 0.95) * total, what)
            for what, times in often.items()
            for _ in range(times)
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to the program, and what came of it."""

    happened: Counter[str]
    faults: Counter[str]
    verdict: Verdict


async def run(plan: Plan, folder: Path) -> Outcome:
    """Go through with it."""
    chance = random.Random(plan.seed)
    async with scene(folder, plan.customers, contrary=plan.contrary) as at:
        await at.program.start()
        await at.program.ready()
        messages = await _template(at, "Step {} for {{id}}" if plan.personal else "Step {}")
        await at.make_trouble(chance.randrange(2**32))
        await at.telegram.call("untold", on=plan.untold)
        await at.say("/send all chain")
        happened: Counter[str] = Counter()
        for moment, what in plan.moments(chance):
            await at.written_down(moment)
            await _happen(at, what, chance)
            happened[what] += 1
        # Faults go on until everything is sent; what is said at the end is to arrive.
        await at.written_down(plan.customers * len(STEPS))
        await at.all_clear()
        await at.notice("Finished")
        return Outcome(happened, at.faults, await judge(at, messages))


async def _template(at: Scene, text: str) -> list[int]:
    """Make the chain; returns the messages of its steps."""
    messages = []
    for number, time in enumerate(STEPS, 1):
        messages.append(await at.say(text.format(number)))
        await at.say(f"/send chain {time}", reply_to=messages[-1])
        await at.notice(f"{number}. text")
    return messages


async def _happen(at: Scene, what: str, chance: random.Random) -> None:
    match what:
        case "userbot killed":
            await asyncio.sleep(chance.uniform(0, 0.2))
            await at.program.kill()
            await at.program.start()
        case "telegram killed":
            await at.restart_telegram(chance)
        case "flood wait ordered":
            await at.telegram.call("refuse", error=f"FLOOD_WAIT_{chance.randint(1, 3)}", code=420, times=1)
        case "paused and resumed":
            await at.say("/send sid1 pause")
            await asyncio.sleep(chance.uniform(0, 0.5))
            await at.say("/send sid1 resume")
