"""How much is done in one transaction: so much that it is worth its cost, so little that nobody waits for it."""

from dataclasses import dataclass

SECONDS = 0.02
"""What a page may take. Others who write, and whoever they answer, wait for as long."""

FEWEST, MOST = 2_000, 20_000
"""Where the machine is slow for want of a turn, smaller pages would only want more of them."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """Rows of the next page. The machine, what else it does, and what the rows are like decide how many fit."""

    rows: int = FEWEST

    def after(self, seconds: float) -> "PageSize":
        """When a page of this size took so long."""
        fit = self.rows * min(2.0, SECONDS / max(seconds, 1e-6))
        return PageSize(round(min(MOST, max(FEWEST, fit))))
