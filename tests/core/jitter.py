"""A network whose latency jitters, so that calls arrive bunched and out of order. Simulated time."""

import heapq
import random

from tests.benchmarks.pace import LATENCY, Sender, Server


def simulate_jitter(sender: Sender, server: Server, seconds: float, jitter: float) -> list[float]:
    """Send as fast as the sender allows; each way takes half the latency and a normally distributed delay more.

    `jitter` is its standard deviation in seconds. Returns the moments of delivery.
    """
    chance = random.Random(7)
    coming: list[tuple[float, int, float | None]] = []  # when, in which order, and for an answer its flood wait
    delivered, now = [], 0.0
    while now < seconds:
        ready = sender.ready(now)
        way = LATENCY / 2 + abs(chance.gauss(0, jitter))
        if coming and coming[0][0] <= ready:
            now, order, wait = heapq.heappop(coming)
            if wait is None:
                heapq.heappush(coming, (now + way, order, server.call(now)))
                continue
            if not wait:
                delivered.append(now)
            sender.answered(wait, now)
        elif ready > now:
            now = ready
        else:
            heapq.heappush(coming, (now + way, chance.getrandbits(40), None))
            sender.sent(now)
    return delivered
