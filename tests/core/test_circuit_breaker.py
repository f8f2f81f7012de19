"""What trips the breaker, and what blames a message: so many refusals, and no fewer."""

import pytest
from hypothesis import given, strategies as st

from userbot.core.circuit_breaker import FAILURES, ODD_REFUSALS, WINDOW, CircuitBreaker, Passage
from userbot.core.delivery import Outcome, Refused, Sent

ODD = Refused("NEVER_HEARD_OF")


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
    assert breaker.last.bit_length() <= WINDOW


def fared(*calls: tuple[Outcome, int]) -> Passage:
    passage = Passage()
    for outcome, peer_id in calls:
        passage = passage.after(outcome, peer_id)
    return passage


def test_five_recipients_in_a_row_with_one_unknown_code_blame_the_message() -> None:
    assert not fared(*[(ODD, peer) for peer in range(ODD_REFUSALS - 1)]).blocked
    assert fared(*[(ODD, peer) for peer in range(ODD_REFUSALS)]).blocked


@pytest.mark.parametrize("between", [Sent(1), Refused("ANOTHER_ONE")])
def test_whoever_gets_it_and_whatever_else_is_said_ends_the_row(between: Outcome) -> None:
    assert not fared((ODD, 1), (ODD, 2), (between, 3), (ODD, 4), (ODD, 5), (ODD, 6)).blocked


def test_one_recipient_who_is_refused_again_and_again_blames_nobody() -> None:
    assert not fared(*[(ODD, 1)] * 20).blocked


def test_refusals_with_a_known_meaning_neither_count_nor_end_the_row() -> None:
    known = (Refused("USER_IS_BLOCKED"), 9)
    assert fared((ODD, 1), known, (ODD, 2), (ODD, 3), known, (ODD, 4), (ODD, 5)).blocked
    assert fared(known) == Passage()


def test_a_message_is_through_once_somebody_has_it_until_somebody_is_refused_oddly() -> None:
    assert not fared().open
    assert fared((ODD, 1), (Sent(1), 2)).open
    assert not fared((Sent(1), 2), (ODD, 1)).open
