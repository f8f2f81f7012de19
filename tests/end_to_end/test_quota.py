"""MONTHLY_LIMIT counts delivered mailing messages in a calendar month; a test counts nowhere."""

import pytest

from tests.office import HandClock, Office


@pytest.fixture(autouse=True)
def limit(slow: Office) -> None:
    slow.options["monthly_limit"] = 10


async def test_a_run_that_cannot_fit_is_refused_with_the_figures(slow: Office) -> None:
    slow.customers(6)
    await slow.open()
    message = slow.say("An offer")
    await slow.template("pair", "", "")
    assert await slow.ask("/send all pair") == (
        "Not started: it needs 12 messages, and this month has 10 left of 10 (MONTHLY_LIMIT)."
    )
    await slow.ask("/send all", reply_to=message)
    await slow.notice("Finished. 6 sent.")
    assert await slow.ask("/send all", reply_to=message) == (
        "Not started: it needs 6 messages, and this month has 4 left of 10 (MONTHLY_LIMIT)."
    )
    await slow.ask("/send test", reply_to=message)
    await slow.notice("sid2: test of “An offer”: sent.")
    assert len(slow.sent()) == 7


async def test_one_that_runs_out_midway_is_paused_and_goes_on_in_the_next_month(slow: Office, clock: HandClock) -> None:
    customers = slow.customers(5)
    await slow.open()
    await slow.template("pair", "", "1d")
    await slow.ask("/send all pair")
    await slow.written_down(1, sent=5)
    ids = ",".join(map(str, customers[:3]))
    await slow.ask(f"/send list {ids}", reply_to=slow.say("An offer"))
    await slow.notice("Finished. 3 sent.")
    clock.advance(86400)
    assert "Paused: this month's messages are used up (MONTHLY_LIMIT)." in await slow.notice("⏸")
    await slow.written_down(1, sent=7)
    assert len(slow.sent()) == 10
    clock.advance(16 * 86400)  # February
    await slow.ask("/send sid1 resume")
    await slow.notice("Finished. 10 sent.")
    assert sorted(line.peer for line in slow.sent()) == sorted(customers * 2 + customers[:3])
    assert "this month has 7 left of 10" in await slow.ask("/send all pair")


async def test_what_came_back_does_not_count(slow: Office) -> None:
    customers = slow.customers(10)
    for customer in customers[:4]:
        slow.telegram.block(customer, slow.owner)
    await slow.open()
    message = slow.say("An offer")
    await slow.ask("/send all", reply_to=message)
    await slow.notice("Finished. 6 sent, 4 failed.")
    ids = ",".join(map(str, customers[4:8]))
    await slow.ask(f"/send list {ids}", reply_to=message)
    await slow.notice("Finished. 4 sent.")
    assert "this month has 0 left of 10" in await slow.ask(f"/send list {ids}", reply_to=message)
