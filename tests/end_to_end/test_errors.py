"""What each of Telegram's errors does to a mailing: to the recipient it concerns, to the pace, to all sendings."""

import pytest

from tests.office import HandClock, Office, until
from tests.ticking import ticking

# What concerns one recipient for good: Telegram's code, its number, and what the report says.
THEIRS = [
    ("INPUT_USER_DEACTIVATED", 400, "deleted their account"),
    ("USER_IS_BLOCKED", 400, "blocked the account"),
    ("YOU_BLOCKED_USER", 400, "is blocked by the account"),
    ("USER_IS_BOT", 400, "is a bot"),
    ("PEER_ID_INVALID", 400, "cannot be found"),
    ("PRIVACY_PREMIUM_REQUIRED", 406, "accepts messages from Premium accounts only"),
    ("ALLOW_PAYMENT_REQUIRED", 406, "charges for messages"),
    ("ALLOW_PAYMENT_REQUIRED_50", 403, "charges for messages"),
    ("PREMIUM_ACCOUNT_REQUIRED", 403, "accepts messages from Premium accounts only"),
    ("VOICE_MESSAGES_FORBIDDEN", 400, "does not accept voice or video messages"),
    ("USER_PRIVACY_RESTRICTED", 403, "does not accept this because of their privacy settings"),
    ("CHAT_WRITE_FORBIDDEN", 403, "the account may not write in this chat"),
    ("CHAT_SEND_PHOTOS_FORBIDDEN", 403, "this kind of message is not allowed there"),
    ("SLOWMODE_MULTI_MSGS_DISABLED", 400, "takes no albums while in slow mode"),
    ("TOPIC_CLOSED", 406, "the topic is closed"),
]

# What says nothing about the recipient: the same call is made again.
PASSING = [
    ("TIMEOUT", -503),
    ("No workers running", -500),
    ("INTERNAL", 500),
    ("RPC_CALL_FAIL", 400),
    ("RPC_CALL_FAIL", 500),
    ("INTERDC_2_CALL_ERROR", 500),
    ("INTERDC_3_CALL_RICH_ERROR", 500),
    ("WORKER_BUSY_TOO_LONG_RETRY", 500),
    ("MSG_WAIT_FAILED", 400),
    ("FILE_REFERENCE_EXPIRED", 400),
    ("NOBODY_KNOWS_THIS_ONE", 503),
    ("PERSISTENT_TIMESTAMP_OUTDATED", 500),
    ("NOBODY_KNOWS_THIS_EITHER", 400),
    ("SOMETHING_OLD", 406),
]


async def test_what_one_recipient_refuses_concerns_nobody_else(slow: Office, clock: HandClock) -> None:
    refusing = dict(zip(slow.customers(len(THEIRS)), THEIRS, strict=True))
    healthy = slow.customers(60)
    for customer, (code, number, _) in refusing.items():
        slow.telegram.refuse(code, number, times=None, recipient=customer)
    await slow.open()
    await slow.template("chain", "now", "now")
    await slow.ask("/send all chain")
    await slow.notice(f"Finished. 120 sent, {len(THEIRS)} failed, {len(THEIRS)} skipped.")
    rows = {(int(row["user_id"]), int(row["step"])): row for row in slow.report_rows("Finished")}
    for customer, (code, _, words) in refusing.items():
        assert slow.sent(customer) == []
        first, second = rows[customer, 1], rows[customer, 2]
        assert (first["status"], first["reason"]) == ("failed", f"{words} ({code.removesuffix('_50')})")
        assert (second["status"], second["reason"]) == ("skipped", "an earlier step failed")
        tries = 2 if code == "PEER_ID_INVALID" else 1
        assert slow.telegram.counters()[code] == tries, code
    for customer in healthy:
        assert len(slow.sent(customer)) == 2
        assert {rows[customer, step]["status"] for step in (1, 2)} == {"sent"}


async def test_a_chat_that_refuses_fails_alone(slow: Office) -> None:
    chats = [slow.telegram.add_group(name, slow.owner) for name in ("Fine", "Closed")]
    slow.telegram.refuse("CHAT_WRITE_FORBIDDEN", 403, times=None, recipient=chats[1])
    await slow.open()
    message = slow.say("News")
    await slow.ask(f"/send list {chats[0]},{chats[1]}", reply_to=message)
    await slow.notice("Finished. 1 sent, 1 failed.")
    assert [line.text for line in slow.sent() if line.peer == chats[0]] == ["News"]


async def test_what_passes_is_tried_again_until_it_is_there(slow: Office, clock: HandClock) -> None:
    meeting = dict(zip(slow.customers(len(PASSING)), PASSING, strict=True))
    for customer, (code, number) in meeting.items():
        slow.telegram.refuse(code, number, times=2, recipient=customer)
    await slow.open()
    message = slow.say("News")
    await slow.ask("/send all", reply_to=message)
    async with ticking(clock):
        await slow.notice(f"Finished. {len(PASSING)} sent.")
    for customer, (code, _) in meeting.items():
        assert [line.text for line in slow.sent(customer)] == ["News"], code


@pytest.mark.parametrize("number", [400, 500])
@pytest.mark.parametrize("answers", [2, 1000])
async def test_a_call_that_is_still_running_counts_once(
    slow: Office, clock: HandClock, number: int, answers: int
) -> None:
    customers = slow.customers(1)  # with more, @SpamBot would be asked first, and the fault be its
    await slow.open()
    message = slow.say("News")
    await slow.ask("/send all 1m", reply_to=message)
    slow.telegram.still_running(sends=1000, times=answers, code=number)
    async with ticking(clock):
        await slow.notice("Finished. 1 sent.")
    assert [line.peer for line in slow.sent()] == customers


@pytest.mark.parametrize("fault", ["cut_before", "cut_after", "lose_answers"])
async def test_a_lost_call_is_made_again_with_the_same_random_id(
    team: Office, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("userbot.telegram.calls.ANSWER_SECONDS", 1.0)
    customers = team.customers(30)
    await team.open()
    message = team.say("News")
    getattr(team.telegram, fault)(times=3)
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 30 sent.")
    assert sorted(line.peer for line in team.sent()) == customers


@pytest.mark.parametrize("code", ["FLOOD_WAIT", "FLOOD_PREMIUM_WAIT"])
async def test_nothing_is_sent_during_a_flood_wait(slow: Office, clock: HandClock, code: str) -> None:
    slow.customers(400)
    await slow.open()
    message = slow.say("News")
    slow.telegram.refuse(f"{code}_60", 420, times=1)
    await slow.ask("/send all", reply_to=message)
    await until(lambda: slow.telegram.counters().get(f"{code}_60"))
    await slow.ask("/send sid1")
    went_out = len(slow.sent())
    clock.advance(59)
    await slow.ask("/send sid1")
    assert len(slow.sent()) == went_out
    async with ticking(clock):
        await slow.notice("Finished. 400 sent.")
    assert len({line.peer for line in slow.sent()}) == len(slow.sent()) == 400


async def test_slow_mode_holds_up_only_its_chat(slow: Office, clock: HandClock) -> None:
    chat = slow.telegram.add_group("Slow", slow.owner)
    customers = slow.customers(5)
    slow.telegram.refuse("SLOWMODE_WAIT_300", 420, times=1, recipient=chat)
    await slow.open()
    message = slow.say("News")
    await slow.ask(f"/send list {chat},{','.join(map(str, customers))}", reply_to=message)
    await slow.written_down(1, 5)
    clock.advance(299)
    await slow.ask("/send sid1")
    assert len(slow.sent()) == 5
    clock.advance(2)
    await slow.notice("Finished. 6 sent.")


@pytest.mark.parametrize("code", ["CHANNEL_PRIVATE", "CHAT_ADMIN_REQUIRED", "USER_BANNED_IN_CHANNEL"])
async def test_what_is_said_of_a_group_blames_the_chat_it_goes_to(slow: Office, code: str) -> None:
    chat = slow.telegram.add_group("Closed", slow.owner)
    [customer] = slow.customers(1)
    slow.telegram.refuse(code, 400, times=None, recipient=chat)
    await slow.open()
    await slow.ask(f"/send list {chat},{customer}", reply_to=slow.say("News"))
    await slow.notice("Finished. 1 sent, 1 failed.")


async def test_a_moment_that_telegram_asks_for_is_no_flood_wait(slow: Office, clock: HandClock) -> None:
    first, second = slow.customers(2)
    slow.telegram.refuse("FLOOD_SKIP_FAILED_WAIT", 420, times=1, recipient=first)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("News"))
    await slow.written_down(1, 1)
    assert [line.peer for line in slow.sent()] == [second]
    clock.advance(1)
    await slow.notice("Finished. 2 sent.")


async def test_a_refusal_nobody_knows_is_tried_three_times_in_fifteen_seconds(slow: Office, clock: HandClock) -> None:
    odd, fine = slow.customers(2)
    slow.telegram.refuse("WHAT_IS_THIS", 400, times=None, recipient=odd)
    await slow.open()
    message = slow.say("News")
    await slow.ask("/send all", reply_to=message)
    began = clock.now()
    async with ticking(clock, seconds=0.5):
        await slow.notice("Finished. 1 sent, 1 failed.")
    assert clock.now() - began >= 15
    assert slow.telegram.counters()["WHAT_IS_THIS"] == 3
    [row] = [row for row in slow.report_rows("Finished") if int(row["user_id"]) == odd]
    assert (row["status"], row["reason"]) == ("failed", "WHAT_IS_THIS")
    assert [line.peer for line in slow.sent()] == [fine]


async def test_a_server_error_for_one_recipient_is_given_up_after_a_day(slow: Office, clock: HandClock) -> None:
    broken, fine = slow.customers(2)
    slow.telegram.refuse("INTERNAL", 500, times=None, recipient=broken)
    await slow.open()
    began = clock.now()
    await slow.ask("/send all", reply_to=slow.say("News"))
    async with ticking(clock, seconds=200):
        await slow.notice("Finished. 1 sent, 1 failed.")
    assert clock.now() - began >= 86_000
    [row] = [row for row in slow.report_rows("Finished") if int(row["user_id"]) == broken]
    assert row["reason"].startswith("Telegram has internal trouble")
    assert [line.peer for line in slow.sent()] == [fine]


async def test_twenty_of_fifty_who_refuse_stop_everything(slow: Office) -> None:
    refusing = slow.customers(100)[::2]
    for customer in refusing:
        slow.telegram.block(customer, slow.owner)
    await slow.open()
    message = slow.say("News")
    await slow.ask("/send all", reply_to=message)
    notice = await slow.notice("All mailings are paused")
    assert "20 of the last 50 recipients refused" in notice
    assert "Paused" in await slow.ask("/send sid1")
    await slow.ask("/send sid1 resume")
    await until(lambda: sum("20 of the last 50" in text for text in slow.said()) >= 2)
