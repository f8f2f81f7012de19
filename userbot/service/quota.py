"""The month's messages: how many went out, how many are left (MONTHLY_LIMIT)."""

from userbot.core import wording
from userbot.core.language import gettext
from userbot.core.ports import Clock
from userbot.store import facts
from userbot.store.database import Connection


class Quota:
    """Counts deliveries of mailings in a calendar month, UTC. `limit` 0 is none."""

    def __init__(self, clock: Clock, limit: int) -> None:
        self._clock = clock
        self.limit = limit
        self._month = ""
        self._taken = 0

    async def left(self, on: Connection) -> int | None:
        """How many messages this month still holds by what is written down; None without a limit."""
        if not self.limit:
            return None
        return max(0, self.limit - await facts.delivered(on, facts.month(self._clock.now())))

    def too_many(self, needed: int, left: int) -> str:
        """The sentence for a run that cannot fit."""
        return gettext(
            "it needs {needed} messages, and this month has {left} left of {limit} (MONTHLY_LIMIT).",
            needed=wording.number(needed),
            left=wording.number(left),
            limit=wording.number(self.limit),
        )

    async def has_room(self, on: Connection) -> bool:
        """Whether one more may be taken. The month's count is read once, then kept up with what is taken."""
        if not self.limit:
            return True
        month = facts.month(self._clock.now())
        if month != self._month:
            self._month, self._taken = month, await facts.delivered(on, month)
        return self._taken < self.limit

    def fits(self, messages: int) -> int:
        """How many of these the month still holds, as it was when `has_room` was asked."""
        return min(messages, self.limit - self._taken) if self.limit else messages

    def take(self, messages: int) -> None:
        """Messages go out."""
        self._taken += messages

    def give_back(self) -> None:
        """One of them was not sent."""
        self._taken -= 1
