"""Every state with every event, and the times of a rest."""

import math

import pytest

from userbot.core import condition
from userbot.core.condition import Condition, Event, State

O, G, R, H, C = State.OPEN, State.GIVING_WAY, State.RESTING, State.HALTED, State.CLOSING  # noqa: E741  the states as the table has them

# What follows, in the order of the states above.
TABLE = {
    Event.ASKED: (G, G, R, H, C),
    Event.REPLIED: (O, O, R, H, C),
    Event.TROUBLE: (R, R, R, H, C),
    Event.ANSWERED: (O, G, O, H, C),
    Event.HALT: (H, H, H, H, C),
    Event.HELD: (O, G, R, O, C),
    Event.CLOSE: (C, C, C, C, C),
}


@pytest.mark.parametrize("event", Event)
def test_every_pair(event: Event) -> None:
    assert tuple(condition.after(Condition(state), event).state for state in (O, G, R, H, C)) == TABLE[event]


def test_a_rest_lasts_until_its_end_and_trouble_makes_it_longer() -> None:
    rests = condition.troubled(Condition(), until=100.0)
    assert (rests.rest(now=40.0), rests.rest(now=100.0)) == (60.0, None)
    assert condition.troubled(rests, until=220.0).rest(now=100.0) == 120.0


def test_what_comes_back_during_a_rest_does_not_end_it() -> None:
    rests = condition.troubled(Condition(lost=10), until=100.0)
    assert condition.answered(rests, now=99.0) == Condition(State.RESTING, 100.0)
    assert condition.answered(rests, now=100.0).state is State.OPEN


def test_only_calls_in_a_row_without_an_answer_count() -> None:
    twice = condition.unanswered(condition.unanswered(Condition()))
    assert (twice.lost, condition.answered(twice, now=0.0).lost) == (2, 0)


@pytest.mark.parametrize("state", [State.HALTED, State.CLOSING])
def test_halted_and_closing_have_no_end_of_their_own(state: State) -> None:
    assert Condition(state).rest(now=0.0) == math.inf


def test_every_halt_counts_once() -> None:
    halted = condition.after(condition.after(Condition(), Event.HALT), Event.HALT)
    again = condition.after(condition.after(halted, Event.HELD), Event.HALT)
    assert (halted.halts, again.halts) == (1, 2)


def test_only_urgent_deliveries_go_out_while_an_operator_waits() -> None:
    assert [Condition(state).only_urgent for state in State] == [state is State.GIVING_WAY for state in State]
