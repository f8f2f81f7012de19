"""A failure ratio that no healthy audience has stops everything, before Telegram does."""

from dataclasses import dataclass

WINDOW = 50
FAILURES = 20


@dataclass(frozen=True, slots=True)
class CircuitBreaker:
    """The last recipients that were tried; True for each who refused for good."""

    last: tuple[bool, ...] = ()

    def after(self, *, refused: bool) -> "CircuitBreaker":
        """The breaker after one more recipient."""
        return CircuitBreaker((*self.last, refused)[-WINDOW:])

    @property
    def tripped(self) -> bool:
        """Whether too many of them refused."""
        return sum(self.last) >= FAILURES
