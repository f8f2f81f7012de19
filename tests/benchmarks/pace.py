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


class Allotment:
    """`number` messages in every window of `seconds`, which the first of them begins; then a wait for its end."""

    def __init__(self, number: int, seconds: float) -> None:
        self.number = number
        self.seconds = seconds
        self.floods: list[float] = []
        self._left = 0
        self._ends = 0.0
        self._told = False

    def call(self, now: float) -> float:
        """Take a call: the seconds of flood wait it meets, 0 when it passes."""
        if now >= self._ends:
            self._left, self._ends, self._told = self.number, now + self.seconds, False
        if self._left:
            self._left -= 1
            return 0
        if not self._told:
            self.floods.append(now)
        self._told = True
        return self._ends - now


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


def simulate(
    sender: Sender, server: Server | Allotment, seconds: float, begin: float = 0.0, in_flight: int = IN_FLIGHT
) -> Run:
    """Send as fast as the sender allows, several calls in flight, from `begin` for so many `seconds`."""
    run = Run()
    answers: deque[tuple[float, float]] = deque()
    now, known_until, end = begin, 0.0, begin + seconds
    while now < end:
        ready = sender.ready(now) if len(answers) < in_flight else end
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


def until(sender: Sender, server: Server | Allotment, messages: int, begin: float = 0.0) -> float:
    """Send so many messages, in sittings of a minute; returns the seconds that it took."""
    delivered, now = 0, begin
    while delivered < messages:
        delivered += len(simulate(sender, server, 60, now).delivered)
        now += 60
    return now - begin


def main() -> None:
    """Print the tables."""
    first_minute()
    half_an_hour()
    hours()


def first_minute() -> None:
    """The first minute without a ceiling, with nothing known."""
    print("Share of the hidden limit in the first minute without a ceiling; flood waits; calls refused.\n")
    for limit, burst, wait in ((20, 30, 5), (20, 30, 30), (60, 30, 5)):
        server = Server(limit, burst, wait)
        run = simulate(Ours(None), server, 60)
        share = len(run.delivered) / (60 * limit)
        print(f"{limit:3}/s {burst:6} {wait:4} s {share:12.3f} {len(server.floods):4} {run.refused:4}")


def hours() -> None:
    """Limits that last hours: 30,000 messages against each."""
    print("\nShare of what a limit of hours lets through while 30,000 messages go out; its long waits.\n")
    limits: list[tuple[str, Server | Allotment, float, float]] = [
        ("2,000 at once, 0.8/s, wait 3,000 s", Server(0.8, 2000, 3000), 2000, 0.8),
        ("2,000 at once, 0.2/s, wait 1,386 s", Server(0.2, 2000, 1386), 2000, 0.2),
        ("2,200 an hour", Allotment(2200, 3600), 2200, 2200 / 3600),
        ("200 a minute", Allotment(200, 60), 200, 200 / 60),
    ]
    for name, server, burst, rate in limits:
        took = until(Ours(1000 / 60), server, 30_000)
        print(f"{name:36} {30_000 / (burst + rate * took):6.3f} {len(server.floods):4}")


def half_an_hour() -> None:
    """Every limit with every sender, over half an hour."""
    print(f"\nShare of the hidden limit, after the first {WARM_UP:.0f} of {RUN:.0f} s; flood waits per 1,000 messages;")
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
