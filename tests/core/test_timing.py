"""Times: what they come to, and that what is rendered reads back."""

import pytest
from hypothesis import given, strategies as st

from userbot.core import timing
from userbot.core.timing import MAX_DELAY, At, Delay, NoTime, Now, Time

YEAR_1, YEAR_9999 = -62_135_596_800, 253_402_300_799

times = st.one_of(
    st.just(Now()),
    st.integers(0, MAX_DELAY).map(Delay),
    st.integers(YEAR_1, YEAR_9999).map(At),
)
clock = st.integers(0, 2**40)


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (Now(), "now"),
        (Delay(0), "0s"),
        (Delay(300), "5m"),
        (Delay(330), "5m 30s"),
        (Delay(5_400), "1h 30m"),
        (Delay(MAX_DELAY), "366d"),
        (Delay(90_061), "1d 1h 1m 1s"),
        (At(0), "1970-01-01 00:00"),
        (At(1_735_309_500), "2024-12-27 14:25"),
        (At(1_735_309_555), "2024-12-27 14:25:55"),
        (At(-1), "1969-12-31 23:59:59"),
        (At(YEAR_1), "0001-01-01 00:00"),
        (At(YEAR_9999), "9999-12-31 23:59:59"),
    ],
)
def test_time_is_written_as_people_write_it(time: Time, text: str) -> None:
    assert timing.render(time) == text
    assert timing.parse(text) == time


@given(times)
def test_what_is_rendered_reads_back(time: Time) -> None:
    text = timing.render(time)
    assert timing.parse(text) == time
    assert timing.extent(text.split()) == len(text.split())


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("NOW", Now()),
        ("5M", Delay(300)),
        ("1h30m", Delay(5_400)),
        ("5 m 30 s", Delay(330)),
        ("90m", Delay(5_400)),
        ("1d2h3m4s", Delay(93_784)),
        ("0m", Delay(0)),
        ("007s", Delay(7)),
        ("2024-02-29 00:00", At(1_709_164_800)),
    ],
)
def test_other_ways_to_write_a_time(text: str, time: Time) -> None:
    assert timing.parse(text) == time


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("", "YYYY-MM-DD HH:MM"),
        ("soon", "TIME"),
        ("now now", "TIME"),
        ("now 5m", "TIME"),
        ("5x", "TIME"),
        ("1w", "TIME"),
        ("5m 5", "TIME"),
        ("30s 5m", "5m 30s"),
        ("5m 5m", "10m"),
        ("5min", "5m"),
        ("2 hours", "2h"),
        ("1day 30 sec", "1d 30s"),
        ("367d", "TIME"),
        ("366d 1s", "TIME"),
        ("99999999999999999999d", "TIME"),
        ("2024-02-30 10:00", "YYYY-MM-DD HH:MM"),
        ("2023-02-29 10:00", "YYYY-MM-DD HH:MM"),
        ("2024-12-27 24:00", "YYYY-MM-DD HH:MM"),
        ("2024-12-27 24:61", "YYYY-MM-DD HH:MM"),
        ("2024-12-27 23:59:60", "YYYY-MM-DD HH:MM"),
        ("0000-01-01 00:00", "YYYY-MM-DD HH:MM"),
        ("10000-01-01 00:00", "YYYY-MM-DD HH:MM"),
        ("31.02.", "YYYY-MM-DD HH:MM"),
        ("27.12.2024 14:25", "2024-12-27 14:25"),
        ("27.12.24 14:25:05", "2024-12-27 14:25:05"),
        ("14:25 27.12.2024", "2024-12-27 14:25"),
        ("14:25 2024-12-27", "2024-12-27 14:25"),
        ("2024/12/27 14:25", "2024-12-27 14:25"),
        ("2024–12–27 14:25", "2024-12-27 14:25"),
        ("2024-12-27 14:25.", "2024-12-27 14:25"),
        ("27/12/2024 14:25", "2024-12-27 14:25"),
        ("12/27/2024 14:25", "2024-12-27 14:25"),
        ("05/06/2024 14:25", "YYYY-MM-DD HH:MM"),  # a day in May, or in June
        ("27.12. 14:25", "YYYY-12-27 14:25"),
        ("27.12.", "YYYY-12-27 HH:MM"),
        ("2024-12-27 14:25 utc", "2024-12-27 14:25"),
        ("2024-12-27 14:25 CET", "2024-12-27 13:25"),
        ("2024-07-27 14:25 CEST", "2024-07-27 12:25"),
        ("2024-12-27 00:25 MSK", "2024-12-26 21:25"),
        ("2024-12-27 22:25 EST", "2024-12-28 03:25"),
        ("2024-12-27T14:25+02:00", "2024-12-27 12:25"),
        ("2024-12-27 14:25 UTC+5:30", "2024-12-27 08:55"),
        ("2024-12-27 14:25 -05:00", "2024-12-27 19:25"),
        ("24.12.2026 10:00 CET", "2026-12-24 09:00"),
        ("14:25 CET", "YYYY-MM-DD 13:25"),
        ("9999-12-31 23:59 EST", "YYYY-MM-DD HH:MM"),
        ("2024-12-27 10 Uhr", "2024-12-27 10:00"),
        ("tomorrow 5 pm", "YYYY-MM-DD 17:00"),
        ("12 am", "YYYY-MM-DD 00:00"),
        ("morgen", "YYYY-MM-DD HH:MM"),
        ("завтра 10:00", "YYYY-MM-DD 10:00"),
        ("jetzt", "now"),
        ("5мин", "5m"),
        ("2 Stunden", "2h"),
        ("5m.", "5m"),
        ("2024-12-27", "2024-12-27 HH:MM"),
        ("2024-02-30", "YYYY-MM-DD HH:MM"),
        ("14:25", "YYYY-MM-DD 14:25"),
        ("25:00", "YYYY-MM-DD HH:MM"),
        ("2024-12-27T14:25:55Z", "2024-12-27 14:25:55"),
        ("2024-1-5 9:05", "2024-01-05 09:05"),
        ("５m", "TIME"),  # a full-width digit is none
    ],
)
def test_what_is_no_time_and_the_nearest_that_is(text: str, nearest: str) -> None:
    time = timing.parse(text)
    assert isinstance(time, NoTime)
    assert time.nearest == nearest
    assert time.reason.endswith(".")


@given(st.text(max_size=50))
def test_any_text_is_a_time_or_none(text: str) -> None:
    assert isinstance(timing.parse(text), Now | Delay | At | NoTime)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ([], 0),
        (["777"], 0),
        (["1,2"], 0),
        (["-5m"], 0),
        (["now", "777"], 1),
        (["5m", "30s", "777"], 2),
        (["5", "m", "30", "s", "777"], 4),
        (["5", "minutes"], 2),
        (["777", "1"], 0),
        (["2024-12-27", "14:25", "special"], 2),
        (["31.02."], 1),
        (["5"], 0),
        (["10:00", "CET", "777"], 2),
        (["10:00", "-05:00"], 2),
        (["10:00", "-1001"], 1),
        (["10:00", "Berlin"], 1),
        (["morgen", "10", "Uhr"], 3),
        (["1s"] * 20, 8),
    ],
)
def test_how_many_words_speak_of_time(words: list[str], count: int) -> None:
    assert timing.extent(words) == count


@pytest.mark.parametrize("seconds", [-1, MAX_DELAY + 1])
def test_delay_has_bounds(seconds: int) -> None:
    with pytest.raises(ValueError, match="delay"):
        Delay(seconds)


def test_start_now_later_and_at_a_moment() -> None:
    assert timing.start_at(Now(), 1000.5) == 1000.5
    assert timing.start_at(Delay(60), 1000.5) == 1060.5
    assert timing.start_at(At(2000), 1000.5) == 2000


def test_start_in_the_past_is_refused() -> None:
    assert timing.start_at(At(1000), 1000.0) == 1000
    assert timing.start_at(At(1000), 1000.5) is None


def test_step_counts_from_the_previous_one() -> None:
    assert timing.step_due(Now(), previous=1000.5) == 1000.5
    assert timing.step_due(Delay(60), previous=1000.5) == 1060.5
    assert timing.step_due(At(2000), previous=1000.5) == 2000
    assert timing.step_due(At(500), previous=1000.5) == 1000.5


@given(times, clock)
def test_nothing_starts_or_falls_due_before_what_it_follows(time: Time, moment: int) -> None:
    assert timing.step_due(time, previous=moment) >= moment
    start = timing.start_at(time, moment)
    assert start is None or start >= moment
