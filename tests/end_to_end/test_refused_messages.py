"""What is wrong with a message and not with whom it goes to: its sending pauses, and goes on once it is mended."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from tests.office import HandClock, Office, until
from userbot.core.delivery import Outcome
from userbot.telegram.gateway import Gateway

TEMPLATE = [
    ("MESSAGE_ID_INVALID", "the message was deleted from the group"),
    ("CHAT_FORWARDS_RESTRICTED", "the group protects its content"),
    ("MEDIA_EMPTY", "the message's media cannot be sent"),
    ("GROUPED_MEDIA_INVALID", "the album cannot be sent"),
    ("QUIZ_ANSWER_MISSING", "the account has to choose an answer in the quiz first"),
    ("MSG_ID_INVALID", "the message was deleted from the group"),
    ("PAYMENT_UNSUPPORTED", "what is for sale cannot be forwarded"),
    ("RANDOM_ID_INVALID", "Telegram does not take the message's random id"),
    ("SEND_AS_PEER_INVALID", "the message cannot be sent in the account's name"),
    # Said of a group, and the recipient is a person: it is the one the message stands in.
    ("CHANNEL_PRIVATE", "the account is not in the backend group any more"),
    ("CHANNEL_INVALID", "the backend group cannot be found"),
    ("CHAT_ADMIN_REQUIRED", "only admins may forward from the backend group"),
    ("USER_BANNED_IN_CHANNEL", "the account is banned in the backend group"),
]


@pytest.mark.parametrize(("code", "words"), TEMPLATE)
async def test_a_message_that_cannot_be_sent_pauses_its_sending(slow: Office, code: str, words: str) -> None:
    customers = slow.customers(20)
    await slow.open()
    await slow.template("chain", "now", "now")
    slow.telegram.refuse(code, 400, times=None)
    await slow.ask("/send all chain")
    notice = await slow.notice("Paused")
    assert f"1 cannot be sent: {words}" in notice
    assert code in notice
    assert "/send sid1 resume" in notice
    assert "Paused" in await slow.ask("/send sid1")
    assert slow.sent() == []
    slow.telegram.clear_faults()
    await slow.ask("/send sid1 resume")
    await slow.notice("Finished. 40 sent.")
    assert sorted(line.peer for line in slow.sent()) == sorted(customers * 2)
    assert sum("⏸" in text for text in slow.said()) == 1


async def test_a_protected_group_pauses_and_goes_on(slow: Office) -> None:
    slow.customers(3)
    await slow.open()
    message = slow.say("News")
    slow.telegram.set_group(slow.group, protected=True)
    await slow.ask("/send all", reply_to=message)
    assert "the group protects its content" in await slow.notice("Paused")
    slow.telegram.set_group(slow.group, protected=False)
    await slow.ask("/send sid1 resume")
    await slow.notice("Finished. 3 sent.")


async def test_a_refusal_from_before_it_was_resumed_does_not_pause_it_again(
    slow: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    forward, under_way, resumed = Gateway.forward, Counter[str](), asyncio.Event()

    async def late(*given: Any) -> Outcome:
        under_way["calls"] += 1
        first = under_way["calls"] == 1
        outcome = await forward(*given)
        if first:
            await until(lambda: under_way["calls"] == 3)
        else:
            await resumed.wait()
        return outcome

    monkeypatch.setattr(Gateway, "forward", late)
    slow.customers(3)
    await slow.open()
    slow.telegram.set_group(slow.group, protected=True)
    await slow.ask("/send all", reply_to=slow.say("News"))
    await slow.notice("Paused")
    slow.telegram.set_group(slow.group, protected=False)
    await slow.ask("/send sid1 resume")
    resumed.set()
    await slow.notice("Finished. 3 sent.")


@pytest.mark.parametrize("latency", [0.0, 0.2])
async def test_a_message_that_nobody_can_get_costs_few_calls(slow: Office, clock: HandClock, latency: float) -> None:
    """However many calls could be in flight: who goes first goes slowly."""
    slow.customers(300)
    await slow.open()
    slow.telegram.latency(latency)
    slow.telegram.refuse("NEW_IN_THIS_LAYER", 400, times=None)
    await slow.ask("/send all", reply_to=slow.say("News"))
    notice = await slow.notice("⏸")
    assert "refused message 1 for 5 recipients in a row" in notice
    assert "NEW_IN_THIS_LAYER" in notice
    clock.advance(60)
    assert "300 pending" in await slow.ask("/send sid1")
    assert 5 <= slow.telegram.counters()["NEW_IN_THIS_LAYER"] <= 40
    slow.telegram.clear_faults()
    await slow.ask("/send sid1 resume")
    await slow.notice("Finished. 300 sent.")
    assert len({line.peer for line in slow.sent()}) == len(slow.sent()) == 300


async def test_a_later_step_that_nobody_can_get_costs_few_calls_too(slow: Office, clock: HandClock) -> None:
    slow.customers(200)
    await slow.open()
    await slow.template("chain", "now", "1m")
    await slow.ask("/send all chain")
    await slow.written_down(1, 200)
    slow.telegram.latency(0.1)
    slow.telegram.refuse("NEW_IN_THIS_LAYER", 400, times=None)
    clock.advance(61)
    assert "refused message 2 for 5 recipients in a row" in await slow.notice("⏸")
    clock.advance(60)
    assert "200 sent, 200 pending" in await slow.ask("/send sid1")
    assert slow.telegram.counters()["NEW_IN_THIS_LAYER"] <= 40
