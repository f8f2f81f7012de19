"""How the pace finds limits that it is never told: plots of simulated runs, by the servers of the benchmarks."""

from itertools import pairwise

from tests.benchmarks.pace import Allotment, Ours, Server, simulate
from tests.pictures.plot import GREY, Axis, Line, Plot, Point

CEILING = 1000 / 60
"""Messages a second: the default of RATE_PER_MINUTE."""

MINUTE, HOUR = 60.0, 3600.0

_BLUE, _ORANGE = "#2f7ed8", "#e08a00"


class Watched(Ours):
    """The pace, with a look at it each time it may have changed. Minutes or hours, messages a minute."""

    def __init__(self, unit: float) -> None:
        super().__init__(CEILING)
        self.seen: list[Point] = []
        self._unit = unit

    def answered(self, wait: float, now: float) -> None:
        super().answered(wait, now)
        rate = round(self.pace.rate * 60, 1)
        if not self.seen or abs(self.seen[-1][1] - rate) >= 1:
            self.seen.append((now / self._unit, rate))


def _until(points: list[Point], end: float) -> list[Point]:
    """The last value holds on."""
    return [*points, (end, points[-1][1])]


def _sent(delivered: list[float], seconds: float, span: float, unit: float) -> list[Point]:
    """Messages a minute, over spans of so many seconds."""
    counts = [0] * int(seconds / span)
    for moment in delivered:
        counts[min(int(moment / span), len(counts) - 1)] += 1
    return [(number * span / unit, count * 60 / span) for number, count in enumerate(counts)]


def climb() -> str:
    """The first 12 minutes with an account of which nothing is known."""
    server, sender, seconds = Server(limit=8, burst=30, wait=20), Watched(MINUTE), 12 * MINUTE
    run = simulate(sender, server, seconds)
    lines = [
        Line("what went out", _ORANGE, _until(_sent(run.delivered, seconds, 10, MINUTE), 12), steps=True),
        Line("the pace", _BLUE, _until(sender.seen, 12)),
        Line("the hidden limit", GREY, [(0, 480), (12, 480)], dashed=True),
    ]
    waits = [(moment / MINUTE, (moment + server.wait) / MINUTE) for moment in server.floods]
    return Plot(
        "The pace finds a limit of 480 messages a minute",
        Axis("minutes since the first message", 12, 1),
        Axis("messages a minute", 900, 150),
        lines,
        waits,
        "flood waits",
    ).svg()


def change() -> str:
    """A limit that falls to a half after 30 minutes, and is back after 60."""
    changes = [(30 * MINUTE, 4.0), (60 * MINUTE, 8.0)]
    server, sender, seconds = Server(limit=8, burst=30, wait=10, changes=changes), Watched(MINUTE), 90 * MINUTE
    simulate(sender, server, seconds)
    limits = [(0, 480), (30, 480), (30, 240), (60, 240), (60, 480), (90, 480)]
    return Plot(
        "A limit that falls and rises again",
        Axis("minutes since the first message", 90, 10),
        Axis("messages a minute", 900, 150),
        [Line("the pace", _BLUE, _until(sender.seen, 90)), Line("the hidden limit", GREY, limits, dashed=True)],
        [(moment / MINUTE, (moment + server.wait) / MINUTE) for moment in server.floods],
        "flood waits",
    ).svg()


def hours() -> str:
    """A limit of 2,200 messages an hour, as people report it."""
    server, sender, seconds = Allotment(2200, HOUR), Watched(HOUR), 12 * HOUR
    run = simulate(sender, server, seconds)
    total = _grown(run.delivered, seconds)
    most = [(0.0, 0.0), *[(hour + step, 2200.0 * (hour + 1)) for hour in range(12) for step in (0, 1)]]
    return Plot(
        "A limit of 2,200 messages an hour",
        Axis("hours since the first message", 12, 1),
        Axis("messages that have gone out", 30_000, 5_000),
        [Line("userbot", _BLUE, total), Line("as much as the limit lets through", GREY, most, dashed=True)],
        _waits(run.delivered),
        "long flood waits",
    ).svg()


def _grown(delivered: list[float], seconds: float) -> list[Point]:
    """How many had gone out, every five minutes. Hours, messages."""
    return [(moment / HOUR, sum(each <= moment for each in delivered)) for moment in range(0, int(seconds) + 1, 5 * 60)]


def _waits(delivered: list[float]) -> list[Point]:
    """The gaps of five minutes and more between two messages, in hours."""
    return [(before / HOUR, after / HOUR) for before, after in pairwise(delivered) if after - before >= 5 * MINUTE]
