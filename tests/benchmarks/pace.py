"""How close the pace comes to a limit it is never told, beside loops without one. Simulated time, nothing is sent.

`python -m tests.benchmarks.pace`
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import Protocol

from userbot.core import pacing

LATENCY = 0.05
IN_FLIGHT = 8
WARM_UP = 120.0
RUN = 1800.0


class Server:
    """A token bucket: `burst` messages at once, `limit` a second. Once dry it refuses everything for `wait` seconds."""

    def __init__(self, limit: float, burst: float, wait: float, changes: Iterable[tuple[float, float]] = ()) -> None:
        """`changes` are moments and the limits that hold from then on."""
        self.limit = limit
        self.burst = burst
        self.wait = wait
        self.floods: list[float] = []
        self._changes = deque(changes)
        self._left = burst
        self._refilled = 0.0
        self._refuses_until = 0.0

    def call(self, now: float) -> float:
        """Take a call: the seconds of flood wait it meets, 0 when it passes."""
        while self._changes and self._changes[0][0] <= now:
            moment, limit = self._changes.popleft()
            self._refill(moment)
            self.limit = limit
        if now < self._refuses_until:
            return self._refuses_until - now
        self._refill(now)
        if self._left >= 1:
            self._left -= 1
            return 0
        self.floods.append(now)
        self._refuses_until = now + self.wait
        return self.wait

    def _refill(self, now: float) -> None:
        self._left = min(self.burst, self._left + self.limit * (now - self._refilled))
        self._refilled = now


class Sender(Protocol):
    """Something that decides when the next call goes out."""

    def ready(self, now: float) -> float:
        """When the next call may go: `now`, or later."""

    def sent(self, now: float) -> None:
        """It went."""

    def answered(self, wait: float, now: float) -> None:
        """An answer came, with the seconds of a flood wait or 0."""


class Ours:
    """The pace itself."""

    def __init__(self, ceiling: float | None) -> None:
        self.pace = pacing.fresh(ceiling, 0.0)

    def ready(self, now: float) -> float:
        decision = pacing.decide(self.pace, now)
        return now if isinstance(decision, pacing.Send) else decision.until

    def sent(self, now: float) -> None:
        self.pace = pacing.sent(self.pace, now)

    def answered(self, wait: float, now: float) -> None:
        if wait:
            self.pace = pacing.flooded(self.pace, wait, now)
        else:
            self.pace = pacing.succeeded(self.pace, now)


class Fixed:
    """A constant gap between calls, 0 for none, that sleeps through flood waits."""

    def __init__(self, gap: float) -> None:
        self.next = 0.0
        self.gap = gap

    def ready(self, now: float) -> float:
        return max(now, self.next)

    def sent(self, now: float) -> None:
        self.next = now + self.gap

    def answered(self, wait: float, now: float) -> None:
        if wait:
            self.next = max(self.next, now + wait)


@dataclass
class Run:
    """What happened."""

    delivered: list[float] = field(default_factory=list)
    refused: int = 0
    trespasses: int = 0
    """Calls handed out although a flood wait was known to last."""

    def between(self, begin: float, end: float) -> int:
        """How many were delivered."""
        return sum(begin <= moment < end for moment in self.delivered)


def simulate(sender: Sender, server: Server, seconds: float, begin: float = 0.0) -> Run:
    """Send as fast as the sender allows, several calls in flight, from `begin` for so many `seconds`."""
    run = Run()
    answers: deque[tuple[float, float]] = deque()
    now, known_until, end = begin, 0.0, begin + seconds
    while now < end:
        ready = sender.ready(now) if len(answers) < IN_FLIGHT else end
        if answers and answers[0][0] <= ready:
            now, wait = answers.popleft()
            if wait:
                run.refused += 1
                known_until = max(known_until, now + wait)
            else:
                run.delivered.append(now)
            sender.answered(wait, now)
        elif ready > now:
            now = ready
        else:
            # Latency is the same for all, so calls arrive in the order in which they were sent.
            answers.append((now + LATENCY, server.call(now + LATENCY / 2)))
            run.trespasses += now < known_until
            sender.sent(now)
    return run


def main() -> None:
    """Print the table: every limit with every sender, over half an hour."""
    print(f"Share of the hidden limit, after the first {WARM_UP:.0f} of {RUN:.0f} s; flood waits per 1,000 messages;")
    print(f"calls handed out during a flood wait. {LATENCY * 1000:.0f} ms latency, {IN_FLIGHT} calls in flight.\n")
    print("limit  burst  wait " + "".join(f"{name:>23}" for name in ("pace", "no pace", "half the limit", "twice it")))
    worst = 1.0
    for limit, burst, wait in product((5, 20, 60), (5, 30), (5, 30)):
        row = f"{limit:3}/s {burst:6} {wait:4} s"
        for sender in (Ours(100.0), Fixed(0.0), Fixed(2 / limit), Fixed(0.5 / limit)):
            server = Server(limit, burst, wait)
            run = simulate(sender, server, RUN)
            delivered = run.between(WARM_UP, RUN)
            share = delivered / (limit * (RUN - WARM_UP))
            floods = 1000 * sum(moment >= WARM_UP for moment in server.floods) / delivered
            row += f"{share:12.3f} {floods:7.2f} {run.trespasses:2}"
            worst = min(worst, share) if isinstance(sender, Ours) else worst
        print(row)
    print(f"\nThe worst share of the pace: {worst:.3f}")


if __name__ == "__main__":
    main()
