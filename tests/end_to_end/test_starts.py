"""When a sending starts: now, after a delay, at a moment; and what can still change until then."""

import pytest

from tests.office import HandClock, Office
from userbot.core.model import DeliveryStatus

HOUR = 3600


@pytest.mark.parametrize(
    ("time", "seconds", "shown"),
    [
        ("2h", 2 * HOUR, "Starts 2027-01-15 10:00 UTC, in 2 h."),
        ("1h 30m 5s", 5405, "Starts 2027-01-15 09:30:05 UTC, in 1 h 30 min."),
        ("2027-01-15 08:00:30", 30, "Starts 2027-01-15 08:00:30 UTC, in 30 s."),
        ("2027-01-16 08:00", 24 * HOUR, "Starts 2027-01-16 08:00 UTC, in 1 d."),
    ],
)
async def test_a_later_start(slow: Office, clock: HandClock, time: str, seconds: int, shown: str) -> None:
    slow.customers(2)
    await slow.open()
    start = clock.now()
    answer = await slow.ask(f"/send all {time}", reply_to=slow.say("An offer"))
    assert answer == f"sid1: “An offer” to all customers.\n{shown}\nCancel: /send sid1 del"
    clock.advance(seconds - 1)
    assert "Awaits its start" in await slow.ask("/send sid1")
    assert "awaits" in await slow.ask("/send sendings")
    assert not slow.sent()
    clock.advance(1)
    await slow.notice("Finished. 2 sent.")
    assert {line.date - int(start) for line in slow.sent()} == {seconds}


async def test_a_start_in_the_past_is_refused(slow: Office) -> None:
    await slow.open()
    assert await slow.ask("/send all 2027-01-15 07:59:59", reply_to=slow.say("An offer")) == (
        "2027-01-15 07:59:59 UTC is past. It is 2027-01-15 08:00 UTC now."
    )
    assert "No sendings yet" in await slow.ask("/send sendings")


async def test_only_what_awaits_can_be_cancelled(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    await slow.open()
    message = slow.say("An offer")
    await slow.ask("/send all 1h", reply_to=message)
    assert await slow.ask("/send sid1 del") == "sid1: “An offer” to all customers. Cancelled."
    assert await slow.ask("/send sid1 del") == (
        "sid1 is cancelled: only a sending that awaits its start can be cancelled; /send sid1 stop ends one that runs."
    )
    clock.advance(2 * HOUR)
    assert "It was cancelled" in await slow.ask("/send sid1")
    assert not slow.sent()
    await slow.ask("/send all", reply_to=message)
    await slow.notice("Finished")
    assert "sid2 is finished" in await slow.ask("/send sid2 del")
    assert await slow.ask("/send sid3 del") == "There is no sid3. /send sendings shows the latest."


async def test_recipients_and_template_are_frozen_at_the_start(slow: Office, clock: HandClock) -> None:
    [first] = slow.customers(1)
    await slow.open()
    await slow.template("offer", "")
    await slow.ask("/send all offer 1h")
    second = slow.telegram.add_person("Nina", "New")
    slow.telegram.write(second, slow.owner, "Hello!")
    await slow.ask("/send offer 5m", reply_to=slow.say("offer 2"))
    clock.advance(HOUR)
    await slow.written_down(1, sent=2)
    third = slow.telegram.add_person("Tom", "Too late")
    slow.telegram.write(third, slow.owner, "Hello!")
    await slow.ask("/send offer", reply_to=slow.say("offer 3"))
    clock.advance(300)
    await slow.notice("Finished. 4 sent.")
    assert [each.text for each in slow.arrived(first)] == ["offer 1", "offer 2"]
    assert [each.text for each in slow.arrived(second)] == ["offer 1", "offer 2"]
    assert not slow.arrived(third)


async def test_a_start_missed_within_the_grace_is_made_up_for(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    await slow.open()
    await slow.ask("/send all 1h", reply_to=slow.say("An offer"))
    await slow.close()
    clock.advance(2 * HOUR)
    await slow.open()
    await slow.notice("Finished. 2 sent.")


async def test_a_start_missed_by_more_asks_first(slow: Office, clock: HandClock) -> None:
    customers = slow.customers(2)
    await slow.open()
    await slow.template("late", "10m")
    await slow.ask("/send all late 1h")
    await slow.close()
    clock.advance(4 * HOUR)
    await slow.open()
    assert await slow.notice("⏸") == (
        "⏸ sid1: template late to all customers\n"
        "Paused: its start was missed by 3 h while userbot was down.\n"
        "Go on: /send sid1 resume\n"
        "End it: /send sid1 stop"
    )
    assert not slow.sent()
    clock.advance(HOUR)
    resumed = clock.now()
    await slow.ask("/send sid1 resume")
    await slow.notice("Started")
    assert slow.journal(1) == [(each, 1, DeliveryStatus.PENDING, resumed + 600) for each in customers]
    clock.advance(600)
    await slow.notice("Finished. 2 sent.")


async def test_a_template_deleted_before_the_start(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    await slow.open()
    await slow.template("offer", "")
    await slow.ask("/send all offer 1h")
    await slow.ask("/send offer del")
    clock.advance(HOUR)
    assert "Paused: its template is deleted or empty." in await slow.notice("⏸")
    assert await slow.ask("/send sid1 stop") == "sid1: template offer to all customers. Stopped."


async def test_a_start_that_waits_for_a_limit_to_end_counts_from_then(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    slow.telegram.set_spambot(
        "I’m afraid some users found your messages annoying. As a result, your account is now limited "
        "until 15 Jan 2027, 09:00 UTC."
    )
    await slow.open()
    await slow.template("late", "10m")
    await slow.ask("/send all late")
    assert "It goes on by itself after 2027-01-15 09:01 UTC." in await slow.notice("⏸")
    slow.telegram.set_spambot()
    clock.advance(HOUR + 60)
    await slow.notice("Started")
    clock.advance(599)
    assert "2 pending" in await slow.ask("/send sid1")
    clock.advance(1)
    await slow.notice("Finished. 2 sent.")
    assert {line.date - 1_800_000_000 for line in slow.sent()} == {HOUR + 60 + 600}
    assert not any("It goes on.\n" in said or said.endswith("It goes on.") for said in slow.said())
