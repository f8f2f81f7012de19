"""What is never sent goes page by page, in several transactions: killed in between, it goes on after the restart."""

import asyncio
from pathlib import Path
from typing import Any

from tests.dying import PAGES, ROWS
from tests.torture.scene import Scene, scene

PEOPLE = 60


async def ledger(at: Scene) -> list[int]:
    """Who has got the offer."""
    lines: list[dict[str, Any]] = await at.telegram.call("ledger", account=at.account)
    return [line["peer"] for line in lines if line["text"] == "An offer"]


async def test_a_stop_that_is_killed_while_the_rest_is_skipped_stays_one_and_is_told_once(tmp_path: Path) -> None:
    async with asyncio.timeout(120), scene(tmp_path, PEOPLE, contrary=False, DIES_IN="skip_page") as at:
        await at.program.start("tests.dying")
        await at.program.ready()
        for time in ("", "1h"):
            await at.ask(f"/send chain {time}", reply_to=await at.say("An offer"))
        await at.say("/send all chain")
        await at.written_down(PEOPLE)
        await at.say("/send sid1 stop")
        await at.program.died()
        assert at.look("SELECT status, sent, skipped FROM sending") == [("stopped", PEOPLE, PAGES * ROWS // 2)]
        await at.program.start()
        report = await at.report(await at.notice_with_report(1))
        assert sorted(await ledger(at)) == at.customers
        assert [each["status"] for each in report] == ["sent", "skipped"] * PEOPLE
        assert {each["reason"] for each in report if each["step"] == "2"} == {"the sending was stopped"}
        said = [each["text"] for each in await at.notices() if each["sender"] == at.account]
        assert f"{PEOPLE} sent, {PEOPLE} skipped" in said[-1]
        assert [each.partition(":")[0] for each in said[-3:]] == ["/send sid1 stop", "sid1", "■ sid1"]
        assert "the report follows" in said[-2]


async def test_a_cancelling_that_is_killed_leaves_nothing_behind_after_the_restart(tmp_path: Path) -> None:
    options = {"DIES_IN": "drop_page", "CONFIRM_ABOVE": "3"}
    async with asyncio.timeout(120), scene(tmp_path, 1, contrary=False, **options) as at:
        await at.program.start("tests.dying")
        await at.program.ready()
        assert "Starts" in await at.ask("/send all 2s", reply_to=await at.say("An offer"))
        await at.telegram.call("populate", account=at.account, count=PEOPLE)
        await at.notice(f"It goes to {PEOPLE + 1} recipients now.")
        assert "Cancelled." in await at.ask("/send sid1 del")
        await at.program.died()
        assert at.look("SELECT count(*) FROM delivery") == [(PEOPLE + 1 - PAGES * ROWS,)]
        await at.program.start()
        while at.look("SELECT 1 FROM delivery LIMIT 1"):
            await asyncio.sleep(0.05)
        assert "It was cancelled" in await at.ask("/send sid1")
        assert await ledger(at) == []
