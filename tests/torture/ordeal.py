"""A mailing with a chain of steps to many customers, while everything around it dies and comes back.

Kills come at random moments: most when so many deliveries are written down, some while the program is starting.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.torture.scene import Scene, scene
from tests.torture.verdict import Verdict, judge

STEPS = ("now", "1s", "2s")

LATENCY = 0.25
"""Seconds that every send takes, so that many are in flight at any moment."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of what. The same seed makes the same decisions, though not at the same moments."""

    customers: int
    kills: int
    telegram_kills: int
    flood_waits: int
    seed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to the program, and what came of it."""

    kills: Counter[str]
    faults: Counter[str]
    verdict: Verdict


async def run(plan: Plan, folder: Path) -> Outcome:
    """Go through with it."""
    chance = random.Random(plan.seed)
    async with scene(folder, plan.customers) as at:
        await at.program.start()
        await at.program.ready()
        messages = await _template(at)
        await at.telegram.call("latency", seconds=LATENCY)
        await at.make_trouble(chance.randrange(2**32))
        kills = await _kill_again_and_again(at, plan, chance)
        # Faults go on until everything is sent; what is said at the end is to arrive.
        while await at.done() < plan.customers * len(STEPS):
            await asyncio.sleep(0.1)
        await at.all_clear()
        await at.notice("Finished")
        return Outcome(kills, at.faults, await judge(at, messages))


async def _template(at: Scene) -> list[int]:
    """Make the chain and order it; returns the messages of its steps."""
    messages = []
    for number, time in enumerate(STEPS, 1):
        messages.append(await at.say(f"Step {number}"))
        await at.say(f"/send chain {time}", reply_to=messages[-1])
        await at.notice(f"{number}. text") if number == len(STEPS) else None
    await at.say("/send all chain")
    return messages


async def _kill_again_and_again(at: Scene, plan: Plan, chance: random.Random) -> Counter[str]:
    total = plan.customers * len(STEPS)
    moments = [(chance.uniform(0, 0.95) * total, "userbot") for _ in range(plan.kills)]
    moments += [(chance.uniform(0, 0.95) * total, "telegram") for _ in range(plan.telegram_kills)]
    moments += [(chance.uniform(0.5, 0.95) * total, "flood wait") for _ in range(plan.flood_waits)]
    kills: Counter[str] = Counter()
    for moment, what in sorted(moments):
        while await at.done() < moment:
            await asyncio.sleep(0.05)
        if what == "flood wait":
            await at.telegram.call("refuse", error=f"FLOOD_WAIT_{chance.randint(1, 3)}", code=420, times=1)
            continue
        if what == "telegram":
            await at.restart_telegram(chance)
            await at.telegram.call("latency", seconds=LATENCY)
        else:
            await asyncio.sleep(chance.uniform(0, 0.2))
            await at.program.kill()
            await at.program.start()
        kills[what] += 1
    return kills
