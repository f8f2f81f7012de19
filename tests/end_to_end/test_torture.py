"""A short ordeal; `make torture` is the long one."""

import asyncio
from pathlib import Path

from tests.torture.ordeal import Plan, run

PATIENCE = 120


async def test_everybody_gets_every_step_once_whatever_is_killed(tmp_path: Path) -> None:
    plan = Plan(customers=120, kills=6, telegram_kills=1, flood_waits=1, pauses=1, seed=20261123)
    async with asyncio.timeout(PATIENCE):
        outcome = await run(plan, tmp_path)
    assert outcome.verdict.good, outcome
    assert outcome.verdict.delivered == 360
    assert outcome.happened["userbot killed"] == 6
    assert outcome.faults["repeated"] > 0
