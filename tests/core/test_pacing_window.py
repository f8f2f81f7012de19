"""The limit of hours: simulated against what has been reported of Telegram. Every run is the same."""

import json
import math

import pytest

from tests.benchmarks.pace import Allotment, Ours, Server, simulate, until
from userbot.core.pacing import Learnt, expected_rate, expected_seconds, flooded, fresh, kept, recalled, sent
from userbot.core.pacing.window import Stretch, Window, _model

DEFAULT = 1000 / 60
MESSAGES = 30_000


def restarted(ours: Ours, ceiling: float | None, now: float, away: float = 0.0) -> None:
    """What is remembered goes through JSON, and the clock of the new process begins somewhere else."""
    known = json.loads(json.dumps(kept(ours.pace, now), allow_nan=False))
    ours.pace = fresh(ceiling, now + away, recalled(known, away))


@pytest.mark.parametrize("ceiling", [DEFAULT, 100.0, None])
def test_a_bucket_of_hours_is_learnt_from_two_waits(ceiling: float | None) -> None:
    server = Server(0.8, 2000, 3000)
    ours = Ours(ceiling)
    took = until(ours, server, MESSAGES)
    assert 0.9 * (2000 + 0.8 * took) <= MESSAGES
    assert len(server.floods) <= 3
    assert ours.pace.window.refill == pytest.approx(0.8, rel=0.1)
    assert ours.pace.window.burst == pytest.approx(0.9 * 2000, rel=0.05)


@pytest.mark.parametrize("ceiling", [DEFAULT, 1.0, None])
def test_a_number_for_each_hour_is_learnt_from_two_waits(ceiling: float | None) -> None:
    """2,200 at once and then 2,983 s; one a second and then 1,386 s: both would be 2,200 an hour."""
    server = Allotment(2200, 3600)
    ours = Ours(ceiling)
    took = until(ours, server, MESSAGES)
    assert 0.9 * 2200 * (1 + took / 3600) <= MESSAGES
    assert len(server.floods) <= 3
    assert ours.pace.window.burst == 0


@pytest.mark.parametrize(("limit", "burst", "wait"), [(0.2, 2000, 1386), (0.75, 2200, 2983), (0.8, 1500, 1386)])
def test_a_bucket_that_a_wait_does_not_fill(limit: float, burst: float, wait: float) -> None:
    server = Server(limit, burst, wait)
    took = until(Ours(DEFAULT), server, 10_000)
    assert 0.85 * (burst + limit * took) <= 10_000
    assert len(server.floods) <= 3


def test_two_hundred_a_minute() -> None:
    server = Allotment(200, 60)
    took = until(Ours(DEFAULT), server, 10_000)
    assert 0.9 * 200 / 60 * took <= 10_000


def test_restarts_in_the_middle_of_a_window_lose_nothing() -> None:
    server, ours, delivered, now = Server(0.8, 2000, 3000), Ours(DEFAULT), 0, 0.0
    while delivered < MESSAGES:
        run = simulate(ours, server, 400, now)
        assert not run.trespasses
        delivered += len(run.delivered)
        now += 400
        restarted(ours, DEFAULT, now, away=20)
        now += 20
    assert 0.85 * (2000 + 0.8 * now) <= MESSAGES
    assert len(server.floods) <= 3


def test_the_same_sent_and_left_after_a_restart_by_another_clock() -> None:
    ours = Ours(DEFAULT)
    simulate(ours, Server(0.8, 2000, 3000), 12_000)
    before = ours.pace.window
    restarted(ours, DEFAULT, 12_000, away=100)
    after = ours.pace.window
    assert (after.calls, after.refill, after.burst) == (before.calls, before.refill, before.burst)
    assert 12_100 - after.began == pytest.approx(12_100 - before.began)
    assert after.left == pytest.approx(before.rested(12_100).left)


def test_a_limit_that_halves_brings_one_wait_and_one_that_doubles_is_found() -> None:
    server = Server(0.8, 2000, 3000, changes=[(40_000, 0.4)])
    ours = Ours(DEFAULT)
    simulate(ours, server, 60_000)
    assert ours.pace.window.refill == pytest.approx(0.4, rel=0.15)
    assert len(server.floods) <= 4
    server = Server(0.8, 2000, 1500, changes=[(20_000, 1.6)])
    ours = Ours(DEFAULT)
    simulate(ours, server, 70_000)
    assert ours.pace.window.refill == pytest.approx(1.6, rel=0.1)


def test_an_hourly_number_that_halves_and_doubles() -> None:
    server = Allotment(2200, 3600)
    ours = Ours(DEFAULT)
    simulate(ours, server, 30_000)
    server.number = 1100
    simulate(ours, server, 20_000, 30_000)
    assert ours.pace.window.refill == pytest.approx(1100 / 3600, rel=0.1)
    server.number = 2200
    simulate(ours, server, 90_000, 50_000)
    assert ours.pace.window.refill == pytest.approx(2200 / 3600, rel=0.2)


def test_what_was_saved_up_is_spread() -> None:
    ours = Ours(DEFAULT)
    server = Server(0.8, 2000, 3000)
    simulate(ours, server, 30_000)
    assert expected_rate(ours.pace, 30_000) < 0.85
    rested = 30_000 + 5000
    assert expected_rate(ours.pace, rested) == pytest.approx(2 * 0.8, rel=0.1)
    before = len(server.floods)
    run = simulate(ours, server, 3600, rested)
    assert len(run.delivered) > 1.2 * 0.8 * 3600
    assert len(server.floods) == before


def test_what_is_expected_is_what_it_takes() -> None:
    for rest in (0, 1000, 6000):
        ours, server = Ours(DEFAULT), Server(0.8, 2000, 3000)
        simulate(ours, server, 20_000)
        expected = expected_seconds(ours.pace, 3000, 20_000 + rest)
        assert until(ours, server, 3000, 20_000 + rest) == pytest.approx(expected, rel=0.05)
    assert expected_seconds(ours.pace, 0, 0.0) == 0


def test_nothing_is_expected_while_nothing_is_known() -> None:
    assert expected_rate(fresh(None, 0.0), 0.0) == math.inf
    assert expected_seconds(fresh(None, 0.0), 100, 0.0) == 0
    assert expected_seconds(fresh(DEFAULT, 0.0), 1000, 0.0) == pytest.approx(60)


def test_the_rest_of_a_wait_is_expected_too() -> None:
    pace = flooded(sent(fresh(DEFAULT, 0.0), 0.0), 600, 0.0)
    assert expected_seconds(pace, 1000, 100.0) == pytest.approx(500 + 60)


def test_a_long_wait_at_the_first_call_says_nothing_of_a_window() -> None:
    pace = flooded(sent(fresh(DEFAULT, 0.0), 0.0), 3000, 0.1)
    assert pace.window.refill is None
    assert 0.4 < pace.rate <= 1.0


def test_short_waits_are_none_of_the_window() -> None:
    ours = Ours(None)
    simulate(ours, Server(20, 30, 60), 900)
    assert ours.pace.window.refill is None


def test_a_short_wait_early_in_a_window_is_the_buckets() -> None:
    pace = fresh(DEFAULT, 0.0, Learnt(rate=DEFAULT, burst=30.0, window=Window(refill=0.5, span=3600)))
    hit = flooded(sent(pace, 1.0), 5, 1.1)
    assert hit.window == pace.window
    assert hit.rate == pace.rate


def test_what_was_remembered_before_there_were_windows_still_loads() -> None:
    old = {"rate": 5.0, "burst": 30.0, "calm": 120.0, "flood_left": 50.0, "saved_at": 1.0}
    known = recalled(old, 20.0)
    assert (known.rate, known.burst, known.calm, known.flood_left) == (5.0, 30.0, 120.0, 30.0)
    assert known.window.rate == math.inf


@pytest.mark.parametrize(
    ("first", "second", "refill", "burst"),
    [
        (Stretch(2200, 600, 3000), Stretch(2200, 2600, 1000), 2200 / 3600, 0),
        (Stretch(2080, 100, 3000), Stretch(4400, 3000, 3000), 0.8, 2000),
        (Stretch(2020, 100, 1000), Stretch(260, 300, 1000), 0.2, 2000),
    ],
)
def test_two_stretches_tell_what_the_limit_is(first: Stretch, second: Stretch, refill: float, burst: float) -> None:
    assert _model(first, second) == pytest.approx((refill, burst))
