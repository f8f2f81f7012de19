"""No quiet minute is open, on any night of the year, in zones with every kind of odd night."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from userbot.core.quiet_hours import QuietHours, read

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
LORD_HOWE, KATHMANDU = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kathmandu")
YEAR = datetime(2026, 1, 1, tzinfo=UTC).timestamp()

ZONES = st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, KATHMANDU, UTC])
MOMENTS = st.floats(YEAR, YEAR + 2 * 366 * 86400)
MINUTES = st.integers(0, 1439)


def at(text: str, zone: ZoneInfo, fold: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).timestamp()


@pytest.mark.parametrize("text", ["", "21-8", "21:00", "24:00-08:00", "21:60-08:00", "08:00-08:00", "9pm-8am"])
def test_what_is_no_span(text: str) -> None:
    with pytest.raises(ValueError, match="it"):
        read(text)


def test_forms() -> None:
    assert read("21:00-08:00", BERLIN) == QuietHours(21 * 60, 8 * 60, BERLIN)
    assert read(" 9:30 – 17:05 ") == QuietHours(9 * 60 + 30, 17 * 60 + 5)


def test_an_ordinary_night() -> None:
    night = read("21:00-08:00", BERLIN)
    assert night.opens(at("2026-06-01T20:59:59", BERLIN)) == at("2026-06-01T20:59:59", BERLIN)
    assert night.opens(at("2026-06-01T21:00", BERLIN)) == at("2026-06-02T08:00", BERLIN)
    assert night.opens(at("2026-06-02T03:12:34", BERLIN)) == at("2026-06-02T08:00", BERLIN)
    assert night.closes(at("2026-06-02T08:00", BERLIN)) == at("2026-06-02T21:00", BERLIN)


def test_an_end_that_the_clock_jumps_over() -> None:
    """On 29 March 2026 it is 03:00 in Berlin right after 01:59."""
    night = read("22:00-02:30", BERLIN)
    assert night.opens(at("2026-03-29T01:30", BERLIN)) == at("2026-03-29T03:00", BERLIN)


def test_an_end_that_comes_twice() -> None:
    """On 25 October 2026 it is 02:00 in Berlin again right after 02:59."""
    night = read("22:00-02:30", BERLIN)
    first = night.opens(at("2026-10-25T01:00", BERLIN))
    assert first == at("2026-10-25T02:30", BERLIN)
    again = night.closes(first)
    assert again == at("2026-10-25T02:00", BERLIN, fold=1)
    assert night.opens(again) == at("2026-10-25T02:30", BERLIN, fold=1)


@settings(max_examples=300)
@given(start=MINUTES, end=MINUTES, zone=ZONES, moment=MOMENTS)
def test_the_first_open_moment(start: int, end: int, zone: ZoneInfo, moment: float) -> None:
    hours = QuietHours(start, end if end != start else (end + 1) % 1440, zone)
    opens = hours.opens(moment)
    assert opens >= moment
    assert not hours.quiet(opens)
    assert all(
        hours.quiet(between) for between in (moment, (moment + opens) / 2, opens - 1) if moment <= between < opens
    )


ODD_NIGHTS = st.sampled_from(
    [
        at("2026-03-29T00:00", BERLIN),
        at("2026-10-25T00:00", BERLIN),
        at("2026-03-08T00:00", NEW_YORK),
        at("2026-11-01T00:00", NEW_YORK),
        at("2026-04-05T00:00", LORD_HOWE),  # put back by half an hour
        at("2026-10-04T00:00", LORD_HOWE),
    ]
)


@settings(max_examples=500)
@given(start=MINUTES, end=MINUTES, zone=ZONES, night=ODD_NIGHTS, later=st.integers(-86400, 86400), quiet=st.booleans())
def test_it_is_as_if_every_minute_was_looked_at(
    start: int, end: int, zone: ZoneInfo, night: float, later: int, *, quiet: bool
) -> None:
    hours, moment = QuietHours(start, end if end != start else (end + 1) % 1440, zone), night + later
    minutes = (moment // 60 * 60 + count * 60 for count in range(1, 2 * 1440))
    walked = next(each for each in (moment, *minutes) if hours.quiet(each) is quiet)
    assert (hours.closes if quiet else hours.opens)(moment) == walked


@settings(max_examples=100)
@given(zone=ZONES, moment=MOMENTS, seconds=st.floats(0, 5 * 86400))
def test_work_rests_at_night(zone: ZoneInfo, moment: float, seconds: float) -> None:
    night = QuietHours(21 * 60, 8 * 60, zone)
    done = night.done(moment, seconds)
    awake = sum(not night.quiet(moment + minute * 60) for minute in range(int((done - moment) / 60)))
    assert abs(awake * 60 - seconds) <= 180
