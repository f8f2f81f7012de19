"""What went out and got no answer is known all the same: reported, and taken back, whatever is killed and stopped."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.office import HandClock, Office, until
from tests.torture.scene import Scene, scene

MISTAKE = "A mistake"


async def standing(at: Scene, person: int) -> list[str]:
    found: list[dict[str, Any]] = await at.telegram.call("dialog", owner=person, peer=at.account)
    return [each["text"] for each in found if each["sender"] == at.account]


async def arrived(at: Scene, people: int) -> list[int]:
    """Who has got something, once so many have."""
    while True:
        ledger = await at.telegram.call("ledger", account=at.account)
        got = [line["peer"] for line in ledger if line["text"] == MISTAKE]
        if len(got) >= people:
            return got
        await asyncio.sleep(0.05)


async def in_doubt(at: Scene, people: int) -> list[int]:
    """Mail the mistake to all, and pause when so many have got it, which the program is never told; returns who."""
    await at.program.start()
    await at.program.ready()
    await at.telegram.call("lose_answers", times=None)
    await at.say("/send all", reply_to=await at.say(MISTAKE))
    got = await arrived(at, people)
    await at.say("/send sid1 pause")
    await at.notice(f"Paused: {len(at.customers)} pending")
    return got


async def test_what_was_in_flight_at_a_kill_is_recalled_after_a_stop_and_nothing_else(tmp_path: Path) -> None:
    async with asyncio.timeout(120), scene(tmp_path, 30, contrary=False) as at:
        got = await in_doubt(at, 8)  # one by one at first: no more before one is answered
        # The owner writes the very same by hand: to somebody who has got it, and to somebody who has not.
        other = next(each for each in at.customers if each not in got)
        for person in (got[0], other):
            await at.telegram.call("write", sender=at.account, recipient=person, text=MISTAKE)
        await at.program.kill()
        await at.telegram.call("clear_faults")
        await at.program.start()
        await at.say("/send sid1 recall")
        assert "Finished. 8 recalled." in (await at.notice("✔ sid2"))["text"]
        assert "8 sent, 22 skipped" in (await at.notice("■ sid1"))["text"]
        left = {person: texts for person in at.customers if (texts := await standing(at, person))}
        assert left == {got[0]: [MISTAKE], other: [MISTAKE]}
        assert len(await arrived(at, 8)) == 8


@pytest.fixture
def unanswered(slow: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Awaitable[None]]:
    """Sends the mistake to all, these many, and returns when nobody has got an answer in time."""
    monkeypatch.setattr("userbot.telegram.calls.ANSWER_SECONDS", 1.0)

    async def send(people: int) -> None:
        slow.telegram.lose_answers(times=people)
        await slow.ask("/send all", reply_to=slow.say(MISTAKE))
        tried = "SELECT 1 FROM delivery WHERE tries = 1 AND sending_id = ?"
        await until(lambda: len(slow._stored(tried, 1)) == people)
        assert len(slow.sent()) == people

    return send


async def test_what_got_no_answer_is_known_before_the_end_is_told(
    slow: Office, unanswered: Callable[[int], Awaitable[None]]
) -> None:
    slow.customers(3)
    await slow.open()
    await unanswered(3)
    await slow.ask("/send sid1 stop")  # they would be asked about again in two seconds
    assert "3 sent" in await slow.notice("■ sid1")
    assert [row["status"] for row in slow.report_rows("■ sid1")] == ["sent"] * 3


async def test_who_opts_out_of_what_has_arrived_already_is_told_of_as_one_who_got_it(
    slow: Office, clock: HandClock, unanswered: Callable[[int], Awaitable[None]]
) -> None:
    [anna] = slow.customers(1)
    await slow.open()
    await unanswered(1)
    slow.telegram.write(anna, slow.owner, "stop")
    await until(lambda: len(slow.sent(anna)) == 2)  # what confirms it
    clock.advance(3)
    assert "1 sent" in await slow.notice("✔ sid1")
    assert len(slow.sent(anna)) == 2


async def test_who_answers_while_the_program_is_down_has_answered_what_it_had_not_heard_of(tmp_path: Path) -> None:
    """The topic says so at once, the report and computed labels once the delivery is written down."""
    async with asyncio.timeout(120), scene(tmp_path, 1, contrary=False) as at:
        [anna] = at.customers
        await in_doubt(at, 1)
        await at.program.kill()
        await at.telegram.call("write", sender=anna, recipient=at.account, text="Thanks")
        await at.telegram.call("clear_faults")
        await at.program.start()
        await at.notice("answers sid1")
        await at.say("/send sid1 resume")
        [row] = await at.report(await at.notice_with_report(1))
        assert (row["status"], bool(row["answered_at_utc"])) == ("sent", True)
        await at.ask("/mark new friends")
        assert "1 customer" in await at.ask("/mark friends is answered sid1")
