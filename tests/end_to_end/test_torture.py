"""A short ordeal; `make torture` is the long one."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.torture import everything, labels, recall
from tests.torture.ordeal import Plan, run

PATIENCE = 300


@pytest.mark.parametrize("personal", [False, True])
async def test_everybody_gets_every_step_once_whatever_is_killed(tmp_path: Path, *, personal: bool) -> None:
    kills = 2 if personal else 4
    plan = Plan(
        customers=120,
        kills=kills,
        telegram_kills=1,
        flood_waits=1,
        pauses=1,
        seed=20261123,
        personal=personal,
        untold=not personal,
    )
    async with asyncio.timeout(PATIENCE):
        outcome = await run(plan, tmp_path)
    assert outcome.verdict.good, outcome
    assert outcome.verdict.delivered == 360
    assert outcome.happened["userbot killed"] == kills
    assert personal or outcome.faults["repeated"] > 0


async def test_what_a_label_sends_comes_once_however_often_it_is_set_and_whatever_is_killed(tmp_path: Path) -> None:
    async with asyncio.timeout(PATIENCE):
        got = await labels.run(customers=12, kills=2, seed=20261124, folder=tmp_path)
    assert len(got) == 24
    assert set(got.values()) == {1}


async def test_a_mistake_is_taken_back_everywhere_whatever_is_killed(tmp_path: Path) -> None:
    async with asyncio.timeout(PATIENCE):
        verdict = await recall.run(recall.Plan(customers=300, kills=2, rate=300, seed=20261124), tmp_path)
    assert verdict.good(300), verdict


async def test_days_with_an_odd_night_go_by() -> None:
    """A restart, flood waits and cuts among it; `make year` goes on for a year, and looks for what grows."""
    arguments = ("--days", "2", "--people", "20", "--keep-days", "2", "--seed", "20261125")
    async with asyncio.timeout(PATIENCE):
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.torture.year", *arguments, stdout=asyncio.subprocess.PIPE
        )
        told, _ = await program.communicate()
    assert program.returncode == 0, told.decode()
    assert "0 things are wrong" in told.decode()


async def test_everything_at_once_whatever_is_killed(tmp_path: Path) -> None:
    plan = everything.Plan(customers=40, kills=2, telegram_kills=1, gap=4, rate=0, seed=20261125, quiet=False)
    async with asyncio.timeout(PATIENCE):
        outcome = await everything.run(plan, tmp_path)
    assert outcome.wrong == []
    assert outcome.happened["userbot killed"] == 2
    assert outcome.happened["Thank you!"] + outcome.happened["stop"] == 12
