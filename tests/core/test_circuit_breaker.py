"""The breaker: so many refusals, and no fewer."""

import pytest
from hypothesis import given, strategies as st

from userbot.core.circuit_breaker import FAILURES, WINDOW, CircuitBreaker


def after(*refusals: bool) -> CircuitBreaker:
    breaker = CircuitBreaker()
    for refused in refusals:
        breaker = breaker.after(refused=refused)
    return breaker


def test_it_trips_at_the_last_straw() -> None:
    assert not CircuitBreaker().tripped
    assert not after(*[True] * (FAILURES - 1)).tripped
    assert after(*[True] * FAILURES).tripped


def test_refusals_before_the_window_are_forgotten() -> None:
    nearly = [True] * (FAILURES - 1)
    good = [False] * (WINDOW - FAILURES)
    assert after(*nearly, *good, True).tripped
    assert not after(*nearly, *good, False, True).tripped


@pytest.mark.parametrize("every", [3, 10, 100])
def test_a_healthy_list_never_trips_it(every: int) -> None:
    breaker = CircuitBreaker()
    for number in range(1000):
        breaker = breaker.after(refused=number % every == 0)
        assert not breaker.tripped


@given(st.lists(st.booleans(), max_size=200))
def test_it_counts_the_last_ones_and_remembers_no_more(refusals: list[bool]) -> None:
    breaker = after(*refusals)
    assert breaker.tripped is (sum(refusals[-WINDOW:]) >= FAILURES)
    assert len(breaker.last) <= WINDOW
