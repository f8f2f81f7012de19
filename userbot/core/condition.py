"""The account's condition: whether anything may go out, and what. One state and one table, like a circuit breaker.

An event that does not concern a state leaves it as it is. Times are seconds of a monotonic clock.
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

TROUBLE = 10
"""So many calls in a row without an answer, or with the server's own errors, are trouble."""


class State(StrEnum):
    """What the account can do now."""

    OPEN = "open"
    GIVING_WAY = "giving way"
    """An operator waits for an answer: only urgent deliveries go out."""
    RESTING = "resting"
    """Telegram could not be reached: nothing goes out before `until`, and then one try after the other."""
    HALTED = "halted"
    """Nothing goes out until what runs is paused: a lane that is only closed might be opened again."""
    CLOSING = "closing"
    """The program ends: nothing more goes out."""


class Event(StrEnum):
    """What can happen to it."""

    ASKED = "asked"
    """An operator asked something."""
    REPLIED = "replied"
    """They are answered, or have waited long enough."""
    TROUBLE = "trouble"
    ANSWERED = "answered"
    """Telegram answered a call."""
    HALT = "halt"
    HELD = "held"
    """Everything that ran is paused."""
    CLOSE = "close"


_S, _E = State, Event
_NEXT: dict[tuple[State, Event], State] = {
    (_S.OPEN, _E.ASKED): _S.GIVING_WAY,
    (_S.OPEN, _E.TROUBLE): _S.RESTING,
    (_S.OPEN, _E.HALT): _S.HALTED,
    (_S.GIVING_WAY, _E.REPLIED): _S.OPEN,
    (_S.GIVING_WAY, _E.TROUBLE): _S.RESTING,
    (_S.GIVING_WAY, _E.HALT): _S.HALTED,
    (_S.RESTING, _E.ANSWERED): _S.OPEN,
    (_S.RESTING, _E.HALT): _S.HALTED,
    (_S.HALTED, _E.HELD): _S.OPEN,
    **{(state, _E.CLOSE): _S.CLOSING for state in _S},
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A value: every function below returns a new one."""

    state: State = State.OPEN
    until: float = -math.inf
    """When a rest ends. Trouble that goes on makes it longer."""
    lost: int = 0
    """Calls in a row that brought no answer of Telegram's."""
    halts: int = 0
    """How often it was halted. A call made before a halt tells nothing new about the account."""

    def rest(self, now: float) -> float | None:
        """Seconds for which nothing may go out; infinite until something happens, None when something may."""
        if self.state in {State.HALTED, State.CLOSING}:
            return math.inf
        return self.until - now if self.state is State.RESTING and now < self.until else None

    @property
    def only_urgent(self) -> bool:
        """Whether mailings stand aside."""
        return self.state is State.GIVING_WAY


def after(condition: Condition, event: Event) -> Condition:
    """The condition after an event other than trouble."""
    state = _NEXT.get((condition.state, event), condition.state)
    if state is condition.state:
        return condition
    return replace(condition, state=state, halts=condition.halts + (state is State.HALTED))


def troubled(condition: Condition, until: float) -> Condition:
    """Nothing may go out before `until`."""
    return replace(after(condition, Event.TROUBLE), until=until)


def answered(condition: Condition, now: float) -> Condition:
    """Telegram answered. What comes back during a rest was sent before it, and does not end it."""
    heard = replace(condition, lost=0) if condition.lost else condition
    return heard if now < condition.until else after(heard, Event.ANSWERED)


def unanswered(condition: Condition) -> Condition:
    """A call was lost, or met the server's own trouble. See `TROUBLE`."""
    return replace(condition, lost=condition.lost + 1)
