"""PEER_FLOOD: everything halts at once, @SpamBot is asked, and what it says decides; across restarts too."""

import asyncio
from typing import Any

import pytest

from tests.office import HandClock, Office, until
from tests.ticking import ticking
from userbot.core.congestion import LARGEST
from userbot.core.model import DeliveryStatus
from userbot.store import sendings

LIMITED = "Unfortunately, your account is now limited until 15 Jan 2027, 20:00 UTC. While limited, you can't write."


def rows(team: Office, number: int = 1) -> dict[int, tuple[str, str]]:
    """Status and reason by recipient."""
    return {int(row["user_id"]): (row["status"], row["reason"]) for row in team.report_rows(f"sid{number}")}


async def test_one_recipient_is_tried_last_and_then_given_up(slow: Office, clock: HandClock) -> None:
    odd, *others = slow.customers(40)
    slow.telegram.refuse("PEER_FLOOD", 400, times=None, recipient=odd)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("News"))
    notice = await slow.notice("All mailings are paused")
    assert "PEER_FLOOD" in notice
    assert "by themselves" in notice
    async with ticking(clock, seconds=1):
        await slow.notice("@SpamBot says the account is free: it goes on.")
        await slow.notice("Finished. 39 sent, 1 failed.")
    assert sorted(line.peer for line in slow.sent()) == others
    assert rows(slow)[odd] == ("failed", "does not accept messages from this account now (PEER_FLOOD)")
    assert slow.telegram.counters()["PEER_FLOOD"] == 2
    assert sum("All mailings are paused" in text for text in slow.said()) == 1


async def test_the_refused_one_comes_behind_everybody_and_may_get_it_then(slow: Office, clock: HandClock) -> None:
    odd, *others = slow.customers(40)
    slow.telegram.refuse("PEER_FLOOD", 400, times=1, recipient=odd)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("News"))
    async with ticking(clock, seconds=1):
        await slow.notice("Finished. 40 sent.")
    assert slow.sent()[-1].peer == odd
    assert sorted(line.peer for line in slow.sent()[:-1]) == others


@pytest.mark.parametrize(("code", "number"), [("PEER_FLOOD", 400), ("FROZEN_METHOD_INVALID", 420)])
async def test_everything_halts_at_once_and_for_good_after_three_in_a_row(
    slow: Office, clock: HandClock, code: str, number: int
) -> None:
    slow.customers(300)
    await slow.open()
    first, second = slow.say("One"), slow.say("Two")
    slow.telegram.latency(0.2)
    await slow.ask("/send all", reply_to=first)
    await slow.ask("/send all", reply_to=second)
    await until(lambda: {line.text for line in slow.sent()} >= {"One", "Two"})
    slow.telegram.refuse(code, number, times=None)
    notice = await slow.notice("All mailings are paused")
    assert code in notice
    assert "/send sid1 resume" in notice
    assert "/send sid2 resume" in notice
    # Not faster: what was in flight is to come back before @SpamBot is asked, and that takes its time outside.
    async with ticking(clock, seconds=0.05):
        await until(lambda: sum("recipients in a row" in text for text in slow.said()) >= 2)
    assert slow.telegram.counters()[code] <= 128
    slow.telegram.clear_faults()
    went_out = len(slow.sent())
    clock.advance(86_400)
    assert "Paused" in await slow.ask("/send sid1")
    assert "Paused" in await slow.ask("/send sid2")
    assert len(slow.sent()) == went_out
    assert sum("All mailings are paused" in text for text in slow.said()) == 1
    await slow.ask("/send sid1 resume")
    await slow.ask("/send sid2 resume")
    async with ticking(clock, seconds=1):
        await until(lambda: len(slow.sent()) >= 600)
    assert len({(line.peer, line.text) for line in slow.sent()}) == 600


async def test_three_in_a_row_are_counted_across_restarts(slow: Office, clock: HandClock) -> None:
    slow.telegram.refuse("PEER_FLOOD", 400, times=None)
    for number, customer in enumerate(slow.customers(3), 1):
        await slow.open()
        await slow.ask(f"/send list {customer}", reply_to=slow.say("News"))
        await until(lambda: sum("All mailings are paused" in text for text in slow.said()) >= number)  # noqa: B023  awaited at once
        await slow.close()
        if number < 3:
            await slow.open()
            async with ticking(clock, seconds=1):
                await until(lambda: slow.journal(number)[0][2] is DeliveryStatus.FAILED)  # noqa: B023  awaited at once
            await slow.close()
    await slow.open()
    clock.advance(20)
    await slow.notice("Telegram refused it with 3 recipients in a row")
    clock.advance(86_400)
    assert "Paused" in await slow.ask("/send sid3")
    assert slow.telegram.counters()["PEER_FLOOD"] == 5


async def test_whoever_gets_it_ends_the_row(slow: Office, clock: HandClock) -> None:
    customers = slow.customers(60)
    odd = customers[::12]
    for customer in odd:
        slow.telegram.refuse("PEER_FLOOD", 400, times=None, recipient=customer)
    slow.options["rate_per_minute"] = 60
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("News"))
    async with ticking(clock, seconds=1):
        await slow.notice("Finished. 55 sent, 5 failed.")
    assert {peer for peer, (status, _) in rows(slow).items() if status == "failed"} == set(odd)


async def test_limited_until_a_date_explains_the_refusals(slow: Office, clock: HandClock) -> None:
    slow.customers(40)
    await slow.open()
    await slow.ask("/send all 1m", reply_to=slow.say("News"))
    slow.telegram.refuse("PEER_FLOOD", 400, times=4)
    slow.telegram.set_spambot()
    clock.advance(61)
    await slow.notice("All mailings are paused")
    slow.telegram.set_spambot(LIMITED)
    clock.advance(15)
    assert "2027-01-15 20:01" in await slow.notice("@SpamBot says the account is limited")
    slow.telegram.set_spambot()
    clock.advance(12 * 3600 + 60)
    async with ticking(clock, seconds=1):
        await slow.notice("Finished. 40 sent.")


async def test_what_is_paused_while_the_scheduler_looks_stays_paused(
    slow: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has read that a mailing runs, and it is slow: until it opens the lane, the mailing may be paused."""
    slow.customers(2000)
    await slow.open()
    slow.telegram.latency(0.2)
    await slow.ask("/send all", reply_to=slow.say("One"))
    await until(slow.sent)

    async def slowly(*read: Any) -> Any:
        steps = await steps_of(*read)
        await asyncio.sleep(1)
        return steps

    steps_of = sendings.steps_of
    monkeypatch.setattr(sendings, "steps_of", slowly)
    assert "sid2" in await slow.ask("/send all 1d", reply_to=slow.say("Two"))  # the scheduler looks
    slow.telegram.refuse("PEER_FLOOD", 400, times=None)
    await slow.notice("All mailings are paused")
    calls = slow.telegram.counters()["PEER_FLOOD"]
    await asyncio.sleep(1)
    assert slow.telegram.counters()["PEER_FLOOD"] == calls <= LARGEST
