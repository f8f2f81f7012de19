"""Figures are served as OpenMetrics while the program works, and agree with what was sent."""

import asyncio
import os
import socket
import urllib.request
from contextlib import suppress

import pytest

from tests.office import Office
from userbot import app
from userbot.errors import SettingsError


def free_port() -> int:
    """Below those that connections get by themselves: one of them might take it meanwhile."""
    for port in range(10_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as taken, suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def fetch(port: int) -> str:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert "openmetrics" in answer.headers["Content-Type"]
        return str(answer.read().decode())


async def test_what_was_sent_and_refused(team: Office) -> None:
    team.options["metrics"] = ("127.0.0.1", port := free_port())
    first, *_ = team.customers(5)
    team.telegram.block(first, team.owner)
    await team.open()
    await team.ask("/send all", reply_to=team.say("News"))
    await team.notice("Finished.")
    said = await asyncio.to_thread(fetch, port)
    assert 'userbot_deliveries_total{status="sent"} 4.0' in said
    assert 'userbot_deliveries_total{status="failed"} 1.0' in said
    assert "userbot_backlog 0.0" in said
    assert "userbot_flood_waits_total 0.0" in said
    assert said.endswith("# EOF\n")
    await team.close()
    with socket.socket() as again:  # the address is free once it has stopped
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


async def test_an_address_that_is_taken_is_named(team: Office) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = taken.getsockname()
        gone = asyncio.Event()
        with pytest.raises(SettingsError, match=f"METRICS: 127.0.0.1:{address[1]} cannot be listened on"):
            await app.run(team.settings(metrics=address), lambda _: None, team.clock, gone)
