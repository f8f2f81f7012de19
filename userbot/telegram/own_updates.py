"""What our own calls changed in the account's updates, told to Telethon's message box without the updates themselves.

Every message we send is a step of the account's `pts`; unless Telethon learns of it, the next update from anybody
else shows a gap (core.telegram.org/api/updates). Telethon does the like for deletions, whose answers hold no updates.
"""

from typing import Any

from telethon import TelegramClient
from telethon._updates import messagebox


class _Steps:
    """Steps that follow one another, in the place of an update that nobody is told of."""

    date = messagebox.epoch()
    """Telethon reads this as: no date."""
    _self_outgoing = True

    def __init__(self, states: dict[Any, Any], pts: int) -> None:
        self._states = states
        self._before = pts - 1
        self.pts = pts

    @property
    def pts_count(self) -> int:
        """How many steps; without those that the message box has meanwhile learnt from elsewhere."""
        state = self._states.get(messagebox.ENTRY_ACCOUNT)
        known = state.pts if state is not None and self._before < state.pts < self.pts else self._before
        return self.pts - known


class OwnUpdates:
    """The steps of one client's own messages. They keep their place among the updates that come in."""

    def __init__(self, client: TelegramClient) -> None:
        self._queue = client._updates_queue
        self._states = client._message_box.map
        self._mine: set[int] = set()

    def reached(self, pts: int) -> None:
        """One of our messages was the step to this `pts`.

        Steps that wait together are one update: each costs Telethon as much as all of our own work on a message.
        """
        self._mine.add(pts)
        waiting = self._queue._queue
        last = waiting[-1] if waiting else None
        if isinstance(last, _Steps) and last.pts + 1 == pts:
            last.pts = pts
        else:
            self._queue.put_nowait(_Steps(self._states, pts))

    def holds(self, pts: int) -> bool:
        """Whether the step to this `pts` was one of our messages."""
        return pts in self._mine

    def skipped(self, pts: int) -> int:
        """How far our own steps alone lead from a `pts`: whoever reads on from there misses nothing.

        Asked for what is new, Telegram would tell of every message of a mailing again.
        """
        while pts + 1 in self._mine:
            pts += 1
        self._mine = {each for each in self._mine if each > pts}
        return pts
