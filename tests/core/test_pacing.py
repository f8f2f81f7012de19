"""The pace: what it may never do, whatever happens, and what single events make of it."""

import json
import math
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from userbot.core.pacing import (
    BURST,
    Learnt,
    Pace,
    Send,
    Wait,
    decide,
    flooded,
    fresh,
    held_up,
    kept,
    learnt,
    recalled,
    sent,
    succeeded,
)
from userbot.core.pacing.bucket import FLOOR
from userbot.core.pacing.window import Stretch, Window

DEFAULT = 1000 / 60
HIGH = 6000 / 60


def send_greedily(pace: Pace, begin: float, end: float) -> tuple[Pace, list[float]]:
    """Everything that the pace lets through, each call answered well at once."""
    moments, now = [], begin
    while now < end:
        decision = decide(pace, now)
        if isinstance(decision, Wait):
            now = decision.until
            continue
        moments.append(now)
        pace = succeeded(sent(pace, now), now)
    return pace, moments


# What it may never do.

ceilings = st.none() | st.floats(1 / 60, 200)
windows = st.builds(
    Window,
    calls=st.integers(0, 5000),
    began=st.floats(-1e5, 0),
    refill=st.none() | st.floats(1 / 60, 50),
    burst=st.just(0.0) | st.floats(1, 5000),
    left=st.floats(0, 5000),
    span=st.floats(300, 1e4),
    first=st.none() | st.builds(Stretch, st.integers(20, 5000), st.floats(0, 1e4), st.floats(300, 1e4)),
)
knowledge = st.none() | st.builds(
    Learnt,
    window=windows,
    rate=st.none() | st.floats(0.001, 1000),
    burst=st.none() | st.floats(1, 1000),
    calm=st.floats(0, 1e5),
    flood_left=st.floats(0, 1e5),
)
passing = st.tuples(st.just("passes"), st.floats(0, 100) | st.floats(0, 0.1))
jumping = st.tuples(st.just("passes"), st.floats(-1e6, 1e9))
happening = st.one_of(
    st.tuples(st.sampled_from(["ask", "ask urgently", "succeed"]), st.just(0.0)),
    st.tuples(st.just("flood"), st.floats(0, 1000)),
    st.tuples(st.just("flood"), st.floats(299, 4000)),
    st.tuples(st.just("use up"), st.floats(0, 3)),
)


@given(ceilings, knowledge, st.lists(happening | passing | jumping, max_size=60))
def test_whatever_happens_no_call_during_a_flood_wait_and_the_rate_stays_in_bounds(
    ceiling: float | None, known: Learnt | None, events: list[tuple[str, float]]
) -> None:
    now = 1000.0
    pace = fresh(ceiling, now, known)
    blocked = now + (known.flood_left if known else 0)
    for event, number in events:
        match event:
            case "passes":
                now += number
            case "ask" | "ask urgently":
                decision = decide(pace, now, urgent=event == "ask urgently")
                if isinstance(decision, Send):
                    assert now >= blocked
                    pace = sent(pace, now)
                else:
                    assert now < decision.until < math.inf
                    assert isinstance(decide(pace, decision.until, urgent=event == "ask urgently"), Send)
            case "use up":
                for _ in range(int(number * 10)):
                    if isinstance(decide(pace, now), Send):
                        assert now >= blocked
                        pace = succeeded(sent(pace, now), now)
            case "succeed":
                pace = succeeded(pace, now)
            case "flood":
                pace = flooded(pace, number, now)
                blocked = max(blocked, now + number)
        assert FLOOR <= pace.rate <= (ceiling or math.inf)


@given(st.floats(0.1, 100), knowledge, st.lists(happening | passing, max_size=40))
def test_in_no_stretch_of_time_more_calls_than_the_ceiling_allows(
    ceiling: float, known: Learnt | None, events: list[tuple[str, float]]
) -> None:
    now = 0.0
    pace = fresh(ceiling, now, known)
    moments = []
    for event, number in events:
        match event:
            case "passes":
                now += number
            case "use up":
                pace, more = send_greedily(pace, now, now + number)
                moments += more
                now += number
            case "flood":
                pace = flooded(pace, number / 100, now)
            case "succeed":
                pace = succeeded(pace, now)
    for first in range(len(moments)):
        for last in range(first, min(len(moments), first + 200)):
            allowed = ceiling * (moments[last] - moments[first]) + BURST + 1
            assert last - first + 1 <= allowed + 1e-6


@given(ceilings, knowledge, st.booleans(), st.integers(0, 50), st.floats(-100, 1e5), st.integers(1, 100))
def test_calls_that_succeed_together_are_one_after_the_other(
    ceiling: float | None, known: Learnt | None, pressed: bool, passed: int, later: float, calls: int
) -> None:
    pace = one_by_one = fresh(ceiling, 1000.0, known)._replace(pressed=pressed, passed=passed, since=900.0)
    for _ in range(calls):
        one_by_one = succeeded(one_by_one, 1000.0 + later)
    together = succeeded(pace, 1000.0 + later, calls)
    left = together.window.left  # less one many times, or less as many once: floats
    assert left == pytest.approx(one_by_one.window.left)
    assert together == one_by_one._replace(window=one_by_one.window._replace(left=left))


@given(knowledge, st.floats(0, 100))
def test_what_was_learnt_survives_as_json(known: Learnt | None, now: float) -> None:
    pace = fresh(HIGH, now, known)
    again = fresh(HIGH, now, recalled(json.loads(json.dumps(kept(pace, now))), 0.0))
    assert again.rate == pytest.approx(pace.rate)
    assert (again.bucket.burst, again.bucket.calm) == (pace.bucket.burst, pace.bucket.calm)
    assert again.blocked_until == pytest.approx(pace.blocked_until)


# Single events.


def test_several_calls_in_flight_meet_one_flood_wait() -> None:
    pace = fresh(None, 0.0, Learnt(rate=20.0, burst=10.0))
    for tick in range(4):
        pace = sent(pace, tick / 20)
    once = flooded(pace, 30, 0.3)
    more = flooded(flooded(once, 30, 0.31), 29, 0.32)
    assert more.rate == once.rate
    assert decide(more, 30.30, urgent=True) == Wait(30.31)
    assert isinstance(decide(more, 30.31), Wait)


def test_a_success_of_an_earlier_call_does_not_end_a_flood_wait() -> None:
    pace = succeeded(flooded(sent(fresh(DEFAULT, 0.0), 0.0), 30, 0.1), 0.2)
    assert decide(pace, 30.0, urgent=True) == Wait(30.1)


def test_a_wait_that_is_none_of_the_paces_holds_it_up_and_teaches_nothing() -> None:
    pace = succeeded(sent(fresh(None, 0.0), 0.0), 0.1)
    held = held_up(pace, 30, 0.1)
    assert decide(held, 30.0, urgent=True) == Wait(30.1)
    assert isinstance(decide(held, 30.2), Send)
    assert learnt(held, 30.2).rate is None


def test_an_urgent_call_goes_ahead_of_the_pace_and_is_counted() -> None:
    pace = sent(fresh(DEFAULT, 0.0, Learnt(rate=1.0, burst=5.0)), 0.0)
    for _ in range(10):
        pace = sent(pace, 0.0)
    assert isinstance(decide(pace, 0.0, urgent=True), Send)
    waits = decide(pace, 0.0)
    assert isinstance(waits, Wait)
    assert waits.until >= 8


def test_without_a_ceiling_nothing_waits_until_the_first_flood_wait() -> None:
    pace = fresh(None, 0.0)
    for tick in range(1000):
        assert isinstance(decide(pace, tick / 1e6), Send)
        pace = succeeded(sent(pace, tick / 1e6), tick / 1e6)
    assert learnt(pace, 1.0).rate is None
    pace = flooded(pace, 5, 50.0)
    assert 50 < pace.rate < 60  # three times what 1,000 calls in 55 seconds sustained
    assert isinstance(decide(pace, 54.0), Wait)


def test_zero_is_no_ceiling_too() -> None:
    assert fresh(0.0, 0.0).rate == math.inf


def test_an_idle_sender_saves_nothing_up() -> None:
    pace, _ = send_greedily(fresh(DEFAULT, 0.0), 0.0, 60.0)
    burst = 0
    while isinstance(decide(pace, 10_000.0), Send):
        pace = sent(pace, 10_000.0)
        burst += 1
    assert burst <= BURST


def test_a_sender_that_does_not_use_the_pace_does_not_raise_it() -> None:
    pace = fresh(DEFAULT, 0.0)
    for turn in range(500):
        now = turn * 3.0
        assert isinstance(decide(pace, now), Send)
        pace = succeeded(sent(pace, now), now)
    assert pace.rate == pytest.approx(1.0, abs=0.3)


def test_sends_are_not_metronomic_and_yet_on_time() -> None:
    pace, moments = send_greedily(fresh(10.0, 0.0, Learnt(rate=10.0, burst=5.0)), 0.0, 100.0)
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert len({round(gap, 3) for gap in gaps[10:]}) > 20
    assert max(gaps) < 0.15
    assert len(moments) == pytest.approx(1000, abs=BURST)
    assert pace.rate == 10.0


def test_the_rest_of_a_flood_wait_outlives_a_restart() -> None:
    pace = flooded(sent(fresh(DEFAULT, 0.0), 0.0), 300, 1.0)
    known = learnt(pace, 101.0)
    assert known.flood_left == pytest.approx(200)
    waits = decide(fresh(DEFAULT, 5.0, known), 6.0, urgent=True)
    assert isinstance(waits, Wait)
    assert waits.until == pytest.approx(205)
