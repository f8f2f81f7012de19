"""Figures for a monitoring system: `METRICS=127.0.0.1:9464` serves them as OpenMetrics.

Nothing is counted beside the work. Whoever asks is answered from the journal, which outlives restarts, and from the
rate limiter; so figures cost nothing while nobody asks. Their library, 3 MB of it, is loaded where it is asked for.
"""

import asyncio
from collections.abc import Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from userbot.errors import SettingsError, in_words
from userbot.store import totals

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from userbot.service.rate_limiter import RateLimiter
    from userbot.store.database import Connection

PATIENCE = 5.0
"""Seconds within which the event loop has to answer; whoever asks later gets an error, and asks again."""


class Metrics:
    """A collector of prometheus_client's: asked in a thread of the HTTP server, answered by the event loop."""

    def __init__(self, reader: "Connection", limiter: "RateLimiter") -> None:
        self._reader = reader
        self._limiter = limiter
        self._loop = asyncio.get_running_loop()

    def describe(self) -> list[Any]:
        """Nothing: the figures are not collected only to learn their names."""
        return []

    def collect(self) -> Iterator[Any]:
        """The figures now. Raises TimeoutError when the event loop does not answer."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        found = asyncio.run_coroutine_threadsafe(totals.deliveries(self._reader), self._loop).result(PATIENCE)
        deliveries = CounterMetricFamily("userbot_deliveries", "Deliveries by what became of them.", labels=["status"])
        for status in ("sent", "failed", "skipped"):
            deliveries.add_metric([status], found[status])
        yield deliveries
        yield GaugeMetricFamily("userbot_backlog", "Deliveries still to be tried.", found["pending"])
        yield GaugeMetricFamily("userbot_sendings_running", "Sendings that run.", found["running"])
        yield GaugeMetricFamily("userbot_sendings_paused", "Sendings that are paused.", found["paused"])
        yield CounterMetricFamily("userbot_flood_waits", "Flood waits since the start.", self._limiter.floods)
        yield CounterMetricFamily(
            "userbot_flood_wait_seconds", "Seconds that they lasted.", self._limiter.flood_seconds
        )
        yield GaugeMetricFamily("userbot_pace_per_second", "Messages a second at most.", self._limiter.pace.rate)


def unheard(address: tuple[str, int], error: OSError) -> str:
    """That nothing can be served there, and why."""
    host, port = address
    return f"METRICS: {host}:{port} cannot be listened on: {in_words(error)}."


@asynccontextmanager
async def served(address: tuple[str, int] | None, metrics: Metrics) -> "AsyncIterator[None]":
    """Serve the figures while inside; without an address, do nothing. Raises SettingsError when it cannot be had."""
    if address is None:
        yield
        return
    from prometheus_client import CollectorRegistry, start_http_server

    registry = CollectorRegistry(auto_describe=False)
    registry.register(metrics)
    host, port = address
    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as error:
        raise SettingsError(unheard(address, error)) from error
    try:
        yield
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()
        thread.join()
