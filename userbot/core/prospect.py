"""What can be hoped for of a sending under way: how fast it goes, and when it ends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prospect:
    """By what the pace knows now, and by the times of the steps."""

    rate: float | None = None
    """Messages a second at most; None when nobody knows."""
    work: float = 0.0
    """Seconds that what is pending takes, with the rest of a flood wait; 0 when nobody knows."""
    chain: float = 0.0
    """Seconds from the start to the last step, for somebody who gets every step at once."""

    def end(self, started_at: float, now: float) -> float:
        """The moment of the end, in Unix seconds."""
        return max(started_at + self.chain, now) + self.work
