"""Several sendings, and many operators, at once: all get their turn, and none is lost."""

from collections import Counter
from itertools import pairwise

import pytest

from tests.office import HandClock, Office, until
from tests.ticking import ticking

TICK = 0.2
CEILING = 20 * 60


@pytest.fixture(autouse=True)
def ceiling(slow: Office) -> None:
    slow.options["rate_per_minute"] = CEILING


async def test_sendings_share_the_pace_fairly(slow: Office, clock: HandClock) -> None:
    slow.customers(120)
    await slow.open()
    one, two, three = (slow.say(f"Offer {number}") for number in (1, 2, 3))
    await slow.ask("/send all", reply_to=one)
    await slow.ask("/send all", reply_to=two)
    for number in (1, 2):
        await slow.notice(f"▶ sid{number}")
    async with ticking(clock, TICK):
        await until(lambda: len(slow.sent()) >= 60)
    await slow.ask("/send all", reply_to=three)
    await slow.notice("▶ sid3")
    joined = len(slow.sent())
    async with ticking(clock, TICK):
        await until(lambda: len(slow.sent()) >= 360)
    texts = [line.text for line in slow.sent()]
    early = Counter(texts[10:60])
    assert abs(early["Offer 1"] - early["Offer 2"]) <= 2
    together = Counter(texts[joined + 10 : joined + 100])
    assert max(together.values()) - min(together.values()) <= 3
    assert together.keys() == {"Offer 1", "Offer 2", "Offer 3"}
    assert set(Counter((line.peer, line.text) for line in slow.sent()).values()) == {1}
    await until(lambda: sum("Finished. 120 sent." in said for said in slow.said()) >= 3)


async def test_the_ceiling_holds_for_all_together(slow: Office, clock: HandClock) -> None:
    slow.customers(150)
    await slow.open()
    for number in (1, 2):
        await slow.ask("/send all", reply_to=slow.say(f"Offer {number}"))
    async with ticking(clock, TICK):
        await until(lambda: len(slow.sent()) >= 300)
    dates = [line.date for line in slow.sent()]
    for first, last in ((0, 100), (100, 200), (150, 299), (0, 299)):
        assert last - first <= (dates[last] - dates[first] + 1) * CEILING / 60 + 4
    assert all(earlier <= later for earlier, later in pairwise(dates))


@pytest.mark.parametrize("by_test", [True, False], ids=["test", "topic"])
async def test_an_operators_word_to_one_overtakes_a_mailing(slow: Office, clock: HandClock, by_test: bool) -> None:
    [customer, *_] = slow.customers(200)
    await slow.open()
    await slow.template("hello", "")
    topic = await slow.topic_of(customer)
    await slow.ask("/send all", reply_to=slow.say("An offer"))
    await slow.notice("▶ sid1")
    async with ticking(clock, TICK):
        await until(lambda: len(slow.sent()) >= 20)
    await slow.ask("/send test hello" if by_test else "/send hello", topic=1 if by_test else topic)
    await until(lambda: "hello 1" in [line.text for line in slow.sent()])  # while the mailing waits for its pace
    assert len(slow.sent()) < 200
    async with ticking(clock, TICK):
        await slow.notice("Finished. 200 sent.")


async def test_status_and_report_while_it_runs(slow: Office, clock: HandClock) -> None:
    customers = slow.customers(200)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("An offer"))
    async with ticking(clock, TICK):
        await until(lambda: len(slow.sent()) >= 50)
    await slow.ask("/send templates")  # what was under way has come back
    await slow.written_down(1, len(slow.sent()))
    status = await slow.ask("/send sid1 report")
    assert "Running since 2027-01-15 08:00" in status
    assert "Recipients: 200" in status
    assert "Pace: up to " in status
    assert "Expected end: about 2027-01-15 08:0" in status
    rows = slow.report_rows("Running since")
    assert [int(row["user_id"]) for row in rows] == customers
    counts = Counter(row["status"] for row in rows)
    assert counts["sent"] >= 40
    assert counts["sent"] + counts["pending"] == 200
    in_words = f"{counts['sent']} sent, {counts['pending']} pending"
    assert f"Messages: {in_words}" in status
    assert f" UTC · Boss · {in_words}" in await slow.ask("/send sendings")


async def test_pause_resume_stop(slow: Office, clock: HandClock) -> None:
    slow.customers(200)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("An offer"))
    async with ticking(clock, TICK):
        await until(lambda: len(slow.sent()) >= 20)
        assert "Paused: " in await slow.ask("/send sid1 pause")
        assert await slow.ask("/send sid1 pause") == "sid1 is paused: only a running sending can be paused."
        still = len(slow.sent())
        await slow.ask("/send templates")
        assert "Paused: an operator paused it." in await slow.ask("/send sid1")
        assert len(slow.sent()) <= still + 3
        assert await slow.ask("/send sid1 resume") == "sid1: “An offer” to all customers. It goes on."
        await until(lambda: len(slow.sent()) >= 60)
        assert await slow.ask("/send sid1 stop") == "sid1: “An offer” to all customers. Stopped; the report follows."
        ended = await slow.notice("■ sid1")
    sent = len(slow.sent())
    assert 60 <= sent < 200
    assert f"Stopped. {sent} sent, {200 - sent} skipped." in ended
    assert Counter(row["status"] for row in slow.report_rows("■ sid1")) == {"sent": sent, "skipped": 200 - sent}
    assert {int(row["user_id"]) for row in slow.report_rows("■ sid1") if row["status"] == "sent"} == {
        line.peer for line in slow.sent()
    }
    for command in ("pause", "resume", "stop", "del"):
        assert (await slow.ask(f"/send sid1 {command}")).startswith("sid1 is stopped: only ")


async def test_twenty_operators_type_at_once(slow: Office, clock: HandClock) -> None:
    slow.options |= {"extensions_allowed": ".", "rate_per_minute": 0}
    operators = [slow.telegram.add_person(f"Operator {number}") for number in range(20)]
    for each in operators:
        slow.telegram.join(slow.group, each)
    customers = slow.customers(20)
    await slow.open()
    topics = [await slow.topic_of(customer) for customer in customers]
    await slow.template("welcome", "", "")
    commands = [
        (slow.say(command, by=operator, topic=topic), topic)
        for command in ("/send welcome", "/send templates", "/send", "/send welcme")
        for operator, topic in zip(operators, topics, strict=True)
    ] + [(slow.say("/send templates", by=operator), 1) for operator in operators]
    for command, _ in commands:
        await slow.answer(command)
    await until(lambda: len(slow.sent()) >= 40)
    await until(lambda: sum("to this topic: sent." in said for said in slow.said()) >= 20)
    answers = [each for each in slow.telegram.messages(slow.group) if each.sender == slow.owner and each.reply_to]
    assert Counter(each.reply_to for each in answers if each.reply_to in dict(commands)) == {
        command: 1 for command, _ in commands
    }
    assert all(each.topic == dict(commands).get(each.reply_to or 0, each.topic) for each in answers)
    for customer in customers:
        assert [each.text for each in slow.arrived(customer)] == ["welcome 1", "welcome 2"]
