"""Mailings rest in quiet hours, tests and dialog topics do not; the odd nights lose and double nothing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.office import HandClock, Office, until
from userbot.core.quiet_hours import read
from userbot.sandbox.people import Delivery

BERLIN = "Europe/Berlin"
HOUR = 3600


def at(text: str, zone: str = BERLIN) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def loud(lines: list[Delivery], span: str, zone: str) -> bool:
    hours = read(span, ZoneInfo(zone))
    return not any(hours.quiet(line.date) for line in lines)


@pytest.fixture
async def night(slow: Office, clock: HandClock) -> Office:
    slow.options |= {"quiet_hours": "21:00-08:00", "timezone": BERLIN}
    clock.advance(at("2027-01-15T20:30") - clock.now())
    return slow


async def test_a_mailing_waits_for_the_morning(night: Office, clock: HandClock) -> None:
    one, two = night.customers(2)
    await night.open()
    await night.template("chain", "", "45m", "now")
    topic = await night.topic_of(one)
    await night.ask(f"/send list chain {one},{two}")
    started = await night.notice("Started. It goes to 2 recipients.")
    assert "Expected: about 11 h 30 min." in started  # 08:00 is in 11 h 30 min
    await night.written_down(1, sent=2)
    clock.advance(45 * 60)
    status = await night.ask("/send sid1")
    assert "Quiet hours: nothing goes out before 2027-01-16 07:00 UTC (08:00)." in status
    assert "Expected end: about 2027-01-16 07:00 UTC (08:00)" in status
    await night.ask("/send test", reply_to=night.say("A word"))
    await night.notice("sid2: test of “A word”: sent.")
    await night.ask("/send chain", topic=topic)
    await until(lambda: len(night.sent(one)) == 2)
    assert len(night.sent(two)) == 1
    await night.close()
    await night.open()
    clock.advance(at("2027-01-16T07:59:59") - clock.now())
    assert "2 sent, 4 pending" in await night.ask("/send sid1")
    clock.advance(1)
    await night.notice("Finished. 6 sent.")
    to_two = night.sent(two)
    assert [line.text for line in to_two] == ["chain 1", "chain 2", "chain 3"]
    assert loud(to_two, "21:00-08:00", BERLIN)


@pytest.mark.parametrize(
    ("zone", "span", "evening"),
    [
        (BERLIN, "22:00-02:30", "2027-03-27T21:50"),  # the end is jumped over
        (BERLIN, "02:15-02:45", "2027-10-31T01:30"),  # comes twice
        ("America/New_York", "22:00-02:30", "2027-03-13T21:50"),
        ("America/New_York", "01:15-01:45", "2027-11-07T00:30"),
    ],
)
async def test_an_odd_night(slow: Office, clock: HandClock, zone: str, span: str, evening: str) -> None:
    """A step every ten minutes, through the night."""
    [customer] = slow.customers(1)
    clock.advance(at(evening, zone) - clock.now())
    slow.options |= {"quiet_hours": span, "timezone": zone}
    await slow.open()
    await slow.template("often", "", *["10m"] * 5)
    await slow.ask(f"/send list often {customer}")
    hours = read(span, ZoneInfo(zone))
    for step in range(6):
        due = clock.now() + 600 * bool(step)
        if hours.quiet(due):
            clock.advance(hours.opens(due) - clock.now() - 1)
            assert f"{step} sent, {6 - step} pending" in await slow.ask("/send sid1")
        clock.advance(hours.opens(due) - clock.now())
        await slow.written_down(1, sent=step + 1)
    await slow.notice("Finished. 6 sent.")
    assert [line.text for line in slow.sent(customer)] == [f"often {number}" for number in range(1, 7)]
    assert loud(slow.sent(customer), span, zone)


@pytest.mark.parametrize("zone", [BERLIN, "America/New_York"])
async def test_a_year(slow: Office, clock: HandClock, zone: str) -> None:
    """A step every other week or so, at all hours of the day, until the clock has been changed twice."""
    [customer] = slow.customers(1)
    hours = read("21:00-08:00", ZoneInfo(zone))
    slow.options |= {"quiet_hours": "21:00-08:00", "timezone": zone}
    clock.advance(hours.opens(clock.now()) - clock.now())
    await slow.open()
    gap = 13 * 86400 + 7 * HOUR + 17 * 60
    await slow.template("year", "", *["13d 7h 17m"] * 28)
    await slow.ask(f"/send list year {customer}")
    await slow.written_down(1, sent=1)
    waited = 0
    for step in range(2, 30):
        due = clock.now() + gap
        clock.advance(gap)
        if hours.quiet(due):
            waited += 1
            assert f"{step - 1} sent, {30 - step} pending" in await slow.ask("/send sid1")
            clock.advance(hours.opens(due) - due)
        await slow.written_down(1, sent=step)
    await slow.notice("Finished. 29 sent.")
    lines = slow.sent(customer)
    assert [line.text for line in lines] == [f"year {number}" for number in range(1, 30)]
    assert loud(lines, "21:00-08:00", zone)
    assert lines[-1].date - lines[0].date > 366 * 86400
    assert waited >= 5
