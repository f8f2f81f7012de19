"""What tests of several rooms work with, and that none of them fails because the machine is busy."""

import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.store.making import opened
from userbot.store.database import Database

# How long an example takes is the machine's business.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# Where there is room in memory, what tests write stays there: a disk that is asked for every commit slows them down by
# half, and what a disk loses with the power is nothing that killing a process could show.
MEMORY = "/dev/shm"
ROOM = 2_000_000_000
"""Bytes; a run of all tests writes a tenth of it."""
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("TMPDIR", MEMORY)
    tempfile.tempdir = None

# Tests that a script's `&` has started, and the processes that they start, would be deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """Two for each core: what goes over sockets and into processes waits as much as it computes."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The ordeals begin first: they wait most, and at the end there would be nobody to wait beside."""
    items.sort(key=lambda each: "torture" not in each.path.name)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path / "userbot.db") as database:
        yield database
