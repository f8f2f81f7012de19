"""The time limit of calls: one timer for all that wait, as they all may wait equally long.

A timer for each would cost a mailing as much as reading the answer does.
"""

import asyncio


class Deadlines:
    """Cancels calls that wait longer than so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._ends: dict[asyncio.Future[object], float] = {}
        """In order: whatever came first ends first."""
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, call: "asyncio.Future[object]") -> None:
        """The call's time begins."""
        self._ends[call] = self._loop.time() + self._seconds
        if self._timer is None:
            self._timer = self._loop.call_later(self._seconds, self._look)

    def end(self, call: "asyncio.Future[object]") -> None:
        """It has come back."""
        self._ends.pop(call, None)

    def _look(self) -> None:
        now = self._loop.time()
        for call, end in list(self._ends.items()):
            if end > now:
                self._timer = self._loop.call_at(end, self._look)
                return
            self.end(call)
            call.cancel()
        self._timer = None
