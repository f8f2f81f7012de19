"""A short conversation with a program that is killed; `python -m tests.torture.desk` is the long one."""

import asyncio
from pathlib import Path

from tests.torture.desk import run


async def test_both_sides_hold_the_same_conversation_whatever_is_killed(tmp_path: Path) -> None:
    async with asyncio.timeout(300):
        verdict = await run(tmp_path, messages=40, kills=2, seed=20261124)
    assert not verdict.wrong
    assert verdict.messages > 25
