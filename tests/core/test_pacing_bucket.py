"""How near the pace comes to limits that it is never told. Time is simulated; every run is the same."""

from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from tests.benchmarks.pace import Fixed, Ours, Run, Server, simulate
from tests.core.jitter import simulate_jitter
from userbot.core.pacing import Pace, fresh, learnt

DEFAULT = 1000 / 60
HIGH = 6000 / 60
LIMITS = list(product((5, 20, 60), (5, 30), (5, 30)))
SLOW_LIMITS = list(product((5, 20), (5, 30), (5, 30)))


def trained(ceiling: float | None, server: Server, seconds: float) -> tuple[Pace, Run]:
    """The pace after so long against a server, and what happened."""
    ours = Ours(ceiling)
    run = simulate(ours, server, seconds)
    return ours.pace, run


@pytest.mark.parametrize(("limit", "burst", "wait"), LIMITS)
def test_nine_tenths_of_the_hidden_limit(limit: float, burst: float, wait: float) -> None:
    """At full speed, which finds it the hard way; below a ceiling see the benchmark of the pace."""
    server = Server(limit, burst, wait)
    _, run = trained(None, server, 900)
    delivered = run.between(120, 900)
    assert delivered >= 0.90 * limit * (900 - 120)
    assert sum(moment >= 120 for moment in server.floods) <= delivered / 1000
    assert run.trespasses == 0
    assert run.refused <= 8 * len(server.floods)


@pytest.mark.parametrize("limit", [17, 20, 60])
def test_ten_thousand_messages_at_a_thousand_a_minute(limit: float) -> None:
    server = Server(limit, 5, 30)
    _, run = trained(DEFAULT, server, 700)
    assert run.delivered[9_999] < 620
    assert run.delivered[999] < 75
    assert not server.floods


@pytest.mark.parametrize(("limit", "burst", "wait"), [(5, 5, 30), (15, 30, 30), (16, 5, 5)])
def test_a_limit_below_the_default_ceiling(limit: float, burst: float, wait: float) -> None:
    server = Server(limit, burst, wait)
    _, run = trained(DEFAULT, server, 900)
    assert run.between(120, 900) >= 0.90 * limit * (900 - 120)


@pytest.mark.parametrize(("limit", "burst", "wait"), SLOW_LIMITS)
def test_a_limit_that_halves_is_noticed_at_once(limit: float, burst: float, wait: float) -> None:
    server = Server(limit, burst, wait, changes=[(300, limit / 2)])
    pace, run = trained(HIGH, server, 900)
    assert sum(300 <= moment < 420 for moment in server.floods) <= 4
    assert 0.85 * limit / 2 < pace.rate < 1.5 * limit / 2
    assert run.between(480, 900) >= 0.85 * limit / 2 * (900 - 480)


@pytest.mark.parametrize(("limit", "burst", "wait"), SLOW_LIMITS)
def test_a_limit_that_doubles_is_noticed(limit: float, burst: float, wait: float) -> None:
    server = Server(limit, burst, wait, changes=[(300, limit * 2)])
    pace, _ = trained(200.0, server, 1200)
    assert 1.9 * limit < pace.rate < 2.1 * limit


def test_a_limit_that_falls_after_an_hour_at_the_ceiling() -> None:
    server = Server(20, 30, 5, changes=[(3600, 8)])
    pace, run = trained(DEFAULT, server, 4200)
    assert 7 < pace.rate < 10
    assert pace.bucket.burst == pytest.approx(30, abs=5)
    assert run.between(3800, 4200) > 0.9 * 8 * 400


def test_restarts_lose_nothing_that_was_learnt() -> None:
    server = Server(20, 5, 30)
    ours = Ours(HIGH)
    delivered = 0
    for begin in range(0, 1800, 300):
        run = simulate(ours, server, 300, begin)
        delivered += run.between(120, 1800)
        ours.pace = fresh(HIGH, begin + 300.0, learnt(ours.pace, begin + 300.0))
    assert delivered > 0.90 * 20 * (1800 - 120)
    assert len(server.floods) <= 4


def test_once_settled_the_pace_is_level() -> None:
    server = Server(20, 30, 30)
    ours = Ours(HIGH)
    rates: list[float] = []
    for begin in range(120, 440, 10):
        simulate(ours, server, 10 if rates else 130, begin if rates else 0)
        rates.append(ours.pace.rate)
    assert max(rates) < 1.05 * min(rates)


@settings(max_examples=15)
@given(st.floats(1, 40), st.floats(2, 60), st.floats(2, 60))
def test_whatever_the_limit_the_pace_finds_it(limit: float, burst: float, wait: float) -> None:
    server = Server(limit, burst, wait)
    pace, run = trained(HIGH, server, 900)
    assert run.trespasses == 0
    assert len(server.floods) <= 20
    assert 0.5 * limit < pace.rate < 2 * limit + burst / 10


def test_the_first_minute_at_full_speed() -> None:
    for in_flight in (8, 128):
        server = Server(20, 30, 5)
        run = simulate(Ours(None), server, 60, in_flight=in_flight)
        assert len(run.delivered) >= 0.85 * 20 * 60
        assert len(server.floods) <= 4


@pytest.mark.parametrize(("wait", "search"), [(5, 0.05), (30, 0.10)])
def test_a_network_that_jitters_costs_what_it_must(wait: float, search: float) -> None:
    """A bucket of 5 at 60 a second cannot take what 40 ms of jitter bunch, so even the best steady pace loses a lot.

    `search` is what it may cost to find that pace, as a share of the limit: two or three flood waits.
    """

    def share(sender: Ours | Fixed) -> float:
        moments = simulate_jitter(sender, Server(60, 5, wait), 900, 0.04)
        return sum(moment >= 120 for moment in moments) / (60 * 780)

    best = max(share(Fixed(1 / rate)) for rate in (48, 51, 54, 57))
    assert share(Ours(HIGH)) >= best - search
