"""The window keeps a server busy, and little waiting at it."""

from collections import deque

import pytest
from hypothesis import given, strategies as st

from userbot.core.congestion import LARGEST, MEMORY, SMALLEST, WAITING, CongestionWindow

SECONDS = st.floats(0, 60, allow_nan=False)


@given(st.lists(st.tuples(SECONDS, SECONDS)))
def test_it_stays_within_its_bounds(calls: list[tuple[float, float]]) -> None:
    window, now = CongestionWindow(), 0.0
    for seconds, pause in calls:
        now += pause
        window = window.after([seconds], now)
        assert SMALLEST <= window.size <= LARGEST


@given(st.lists(SECONDS), st.lists(SECONDS, min_size=1), SECONDS)
def test_calls_that_come_back_together_are_one_after_the_other(
    before: list[float], took: list[float], now: float
) -> None:
    window = one_by_one = CongestionWindow().after(before, now / 2)
    for each in took:
        one_by_one = one_by_one.after([each], now)
    assert window.after(took, now) == one_by_one


def served(
    way: float, rate: float, seconds: float, window: CongestionWindow, now: float = 0.0
) -> tuple[CongestionWindow, float, float]:
    """After so long at a server that takes `rate` calls a second and is `way` seconds off.

    Returns the window, how many calls were answered a second, and how long the last ones waited there.
    """
    flying: deque[tuple[float, float]] = deque()
    free_at, answered, took, end = now, 0, 0.0, now + seconds
    while now < end:
        while len(flying) < window.size:
            free_at = max(free_at, now + way / 2) + 1 / rate
            flying.append((free_at + way / 2, now))
        now, began = flying.popleft()
        answered += 1
        took = now - began
        window = window.after([took], now)
    return window, answered / seconds, took - way - 1 / rate


@pytest.mark.parametrize("way", [0.001, 0.05, 0.1])
@pytest.mark.parametrize("rate", [100, 1_000, 5_000])
def test_a_server_is_kept_busy_and_little_waits_at_it(way: float, rate: float) -> None:
    _, answered, waited = served(way, rate, 20, CongestionWindow())
    most = min(rate, LARGEST / (way + 1 / rate))
    assert answered >= 0.9 * most
    assert waited <= max(2 * (WAITING + way / 2), SMALLEST / rate)


def test_a_way_that_has_become_longer_is_learnt() -> None:
    window, _, _ = served(0.01, 1_000, 10, CongestionWindow())
    window, _, _ = served(0.2, 1_000, 3 * MEMORY, window, 10.0)
    _, answered, _ = served(0.2, 1_000, 10, window, 10 + 3 * MEMORY)
    assert answered >= 0.9 * 1_000
