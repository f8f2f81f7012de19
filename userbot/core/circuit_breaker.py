"""Too many refusals stop everything, before Telegram does: a failure ratio that no healthy audience has, a message
that nobody gets, one recipient after the other with whom the account itself is refused.
"""

from dataclasses import dataclass

from userbot.core.delivery import Meaning, Outcome, Sent

WINDOW = 50
FAILURES = 20


@dataclass(frozen=True, slots=True)
class CircuitBreaker:
    """The last recipients that were tried, the latest in the lowest bit; 1 for each who refused for good."""

    last: int = 0

    def after(self, *, refused: bool) -> "CircuitBreaker":
        """The breaker after one more recipient."""
        if not refused and not self.last:
            return self
        return CircuitBreaker((self.last << 1 | refused) & (1 << WINDOW) - 1)

    @property
    def tripped(self) -> bool:
        """Whether too many of them refused."""
        return self.last.bit_count() >= FAILURES


TRYING = 8
"""So many calls at once for a message of which nobody knows yet whether Telegram lets it through."""

ODD_REFUSALS = 5
"""So many recipients in a row who are refused with one code that nobody knows blame the message."""

ACCOUNT_REFUSALS = 3
"""With so many recipients in a row the account was refused: that is no matter of theirs any more."""


@dataclass(frozen=True, slots=True)
class Passage:
    """How one message of a sending fares with Telegram."""

    open: bool = False
    """Whether somebody got it, and nobody was refused oddly since."""
    code: str = ""
    refused: frozenset[int] = frozenset()
    """Who was refused with this code since anybody got it."""

    def after(self, outcome: Outcome, peer_id: int) -> "Passage":
        """The same after one more call. A refusal whose meaning is known says nothing about the message."""
        if isinstance(outcome, Sent):
            return THROUGH
        if outcome.meaning is not Meaning.UNKNOWN:
            return self
        others = self.refused if outcome.code == self.code else frozenset()
        return Passage(code=outcome.code, refused=others | {peer_id})

    @property
    def blocked(self) -> bool:
        """Whether the message is to blame."""
        return len(self.refused) >= ODD_REFUSALS


THROUGH = Passage(open=True)
