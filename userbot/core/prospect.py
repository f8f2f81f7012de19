"""What can be hoped for of a sending under way: how fast it goes, and when it ends."""

from dataclasses import dataclass

from userbot.core.quiet_hours import QuietHours


@dataclass(frozen=True, slots=True)
class Prospect:
    """By what the pace knows now, and by the times of the steps."""

    rate: float | None = None
    """Messages a second at most; None when nobody knows."""
    work: float = 0.0
    """Seconds that what is pending takes, with the rest of a flood wait; 0 when nobody knows."""
    chain: float = 0.0
    """Seconds from the start to the last step, for somebody who gets every step at once."""

    hours: QuietHours | None = None
    """When it rests, if it ever does."""

    def end(self, started_at: float, now: float) -> float:
        """The moment of the end, in Unix seconds."""
        at = max(started_at + self.chain, now)
        return at + self.work if self.hours is None else self.hours.done(at, self.work)

    def rests_until(self, now: float) -> float | None:
        """When quiet hours end, in Unix seconds; None when there are none now."""
        return self.hours.opens(now) if self.hours is not None and self.hours.quiet(now) else None
