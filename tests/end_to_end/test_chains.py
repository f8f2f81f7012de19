"""Chains: every step at its own time, counted for each recipient from when they got the one before."""

from collections import defaultdict

from tests.office import HandClock, Office, until
from userbot.core.model import DeliveryStatus

HOUR = 3600


def timeline(team: Office, start: float) -> dict[int, list[tuple[str, int]]]:
    """What each recipient got, and how many seconds after the start."""
    found = defaultdict(list)
    for line in team.sent():
        found[line.peer].append((line.text, line.date - int(start)))
    return dict(found)


async def test_each_step_comes_to_the_second(slow: Office, clock: HandClock) -> None:
    customers = slow.customers(3)
    await slow.open()
    await slow.template("onboarding", "", "5m", "1h")
    start = clock.now()
    await slow.ask("/send all onboarding")
    assert "Expected: about 1 h 5 min." in await slow.notice("Started. It goes to 3 recipients.")
    await slow.written_down(1, sent=3)
    clock.advance(299)
    assert "Messages: 3 sent, 6 pending" in await slow.ask("/send sid1")
    clock.advance(1)
    await slow.written_down(1, sent=6)
    clock.advance(HOUR - 1)
    status = await slow.ask("/send sid1")
    assert "Messages: 6 sent, 3 pending" in status
    assert "Expected end: about 2027-01-15 09:05 UTC" in status
    clock.advance(1)
    await slow.notice("Finished. 9 sent.\nTook 1 h 5 min")
    due = [("onboarding 1", 0), ("onboarding 2", 300), ("onboarding 3", 300 + HOUR)]
    assert timeline(slow, start) == dict.fromkeys(customers, due)


async def test_a_delay_counts_from_what_this_recipient_got(slow: Office, clock: HandClock) -> None:
    one, two = slow.customers(2)
    await slow.open()
    await slow.template("chain", "", "5m")
    start = clock.now()
    slow.telegram.refuse("RPC_CALL_FAIL", 500, times=2, recipient=two)
    await slow.ask("/send all chain")
    await slow.written_down(1, sent=1)
    await until(lambda: (two, 1, DeliveryStatus.PENDING, start + 2) in slow.journal(1))
    clock.advance(2)
    await until(lambda: (two, 1, DeliveryStatus.PENDING, start + 6) in slow.journal(1))
    clock.advance(4)
    await slow.written_down(1, sent=2)
    clock.advance(294)
    await slow.written_down(1, sent=3)
    clock.advance(6)
    await slow.notice("Finished. 4 sent.")
    assert timeline(slow, start) == {one: [("chain 1", 0), ("chain 2", 300)], two: [("chain 1", 6), ("chain 2", 306)]}


async def test_a_fixed_moment_is_kept_and_one_that_is_past_comes_right_after(slow: Office, clock: HandClock) -> None:
    [customer] = slow.customers(1)
    await slow.open()
    await slow.template("spring", "2027-01-15 08:10", "2027-01-15 08:05", "2027-01-15 08:20:30", "10s")
    start = clock.now()  # 08:00
    await slow.ask(f"/send list spring {customer}")
    await slow.notice("Started")
    clock.advance(599)
    assert "4 pending" in await slow.ask("/send sid1")
    clock.advance(1)
    await slow.written_down(1, sent=2)
    clock.advance(630)
    await slow.written_down(1, sent=3)
    clock.advance(10)
    await slow.notice("Finished. 4 sent.")
    assert timeline(slow, start)[customer] == [
        ("spring 1", 600),
        ("spring 2", 600),
        ("spring 3", 1230),
        ("spring 4", 1240),
    ]


async def test_a_first_delay_counts_from_the_start(slow: Office, clock: HandClock) -> None:
    [customer] = slow.customers(1)
    await slow.open()
    await slow.template("late", "10m")
    start = clock.now()
    await slow.ask("/send all late 20m")
    clock.advance(1200)
    await slow.notice("Started")
    clock.advance(600)
    await slow.notice("Finished. 1 sent.")
    assert timeline(slow, start) == {customer: [("late 1", 1800)]}


async def test_a_wait_survives_a_restart(slow: Office, clock: HandClock) -> None:
    customers = slow.customers(3)
    await slow.open()
    await slow.template("chain", "", "5m", "1h")
    start = clock.now()
    await slow.ask("/send all chain")
    await slow.written_down(1, sent=3)
    await slow.close()
    clock.advance(200)
    await slow.open()
    clock.advance(99)
    assert "3 sent, 6 pending" in await slow.ask("/send sid1")
    clock.advance(1)
    await slow.written_down(1, sent=6)
    await slow.close()
    clock.advance(2 * HOUR)  # what came due meanwhile goes out at once, whatever MISFIRE_GRACE says of starts
    await slow.open()
    await slow.notice("Finished. 9 sent.")
    due = [("chain 1", 0), ("chain 2", 300), ("chain 3", 300 + 2 * HOUR)]
    assert timeline(slow, start) == dict.fromkeys(customers, due)


async def test_a_failed_step_ends_the_chain_for_that_recipient_only(slow: Office, clock: HandClock) -> None:
    customers = slow.customers(3)
    await slow.open()
    await slow.template("chain", "", "5m", "5m")
    await slow.ask("/send all chain")
    await slow.written_down(1, sent=3)
    slow.telegram.block(customers[1], slow.owner)
    clock.advance(300)
    await slow.written_down(1, sent=5)
    clock.advance(300)
    await slow.notice("Finished. 7 sent, 1 failed, 1 skipped.")
    rows = [row for row in slow.report_rows("Finished") if row["user_id"] == str(customers[1])]
    assert [(row["step"], row["status"], row["reason"]) for row in rows] == [
        ("1", "sent", ""),
        ("2", "failed", "blocked the account (USER_IS_BLOCKED)"),
        ("3", "skipped", "an earlier step failed"),
    ]


async def test_what_runs_keeps_its_copy_of_the_template(slow: Office, clock: HandClock) -> None:
    [customer] = slow.customers(1)
    await slow.open()
    _, second = await slow.template("chain", "", "5m")
    await slow.ask("/send all chain")
    await slow.written_down(1, sent=1)
    await slow.ask(f"/send chain for {second} 1d")
    await slow.ask("/send chain", reply_to=slow.say("Not for those who are under way"))
    await slow.ask("/send chain del")
    clock.advance(300)
    await slow.notice("Finished. 2 sent.")
    assert [each.text for each in slow.arrived(customer)] == ["chain 1", "chain 2"]


async def test_a_pause_and_a_stop_in_the_middle_of_a_wait(slow: Office, clock: HandClock) -> None:
    slow.customers(3)
    await slow.open()
    await slow.template("chain", "", "5m", "5m")
    await slow.ask("/send all chain")
    await slow.written_down(1, sent=3)
    assert "Paused: 3 sent, 6 pending." in await slow.ask("/send sid1 pause")
    clock.advance(HOUR)
    assert "3 sent, 6 pending" in await slow.ask("/send sid1")
    await slow.ask("/send sid1 resume")
    await slow.written_down(1, sent=6)
    await slow.ask("/send sid1 stop")
    await slow.notice("Stopped. 6 sent, 3 skipped.")
    clock.advance(HOUR)
    assert "It was stopped" in await slow.ask("/send sid1")
    assert len(slow.sent()) == 6
    reasons = {row["reason"] for row in slow.report_rows("Stopped") if row["step"] == "3"}
    assert reasons == {"the sending was stopped"}
