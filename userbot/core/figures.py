"""How many of a sending's deliveries became what, and what people did."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """How many deliveries of a sending are in each status."""

    total: int = 0
    sent: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def pending(self) -> int:
        """How many are still to be tried."""
        return self.total - self.sent - self.failed - self.skipped


@dataclass(frozen=True, slots=True)
class Receipts:
    """What people did whom a sending reached, as far as it was learnt until a week after its last delivery."""

    reached: int = 0
    read: int = 0
    answered: int = 0
    opted_out: int = 0
    blocked: int = 0
