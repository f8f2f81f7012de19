"""Offices for the end-to-end tests: one that lives by the machine's clock, and one whose clock the test moves."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.office import HandClock, Office, office


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Making an RSA key takes half a second; all sandboxes here share one."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
async def team(tmp_path: Path, keys: Path) -> AsyncIterator[Office]:
    """A team whose program does not run yet."""
    async with office(tmp_path, keys) as made:
        yield made


@pytest.fixture
async def desk(tmp_path: Path, keys: Path) -> AsyncIterator[Office]:
    """The same, with its desk."""
    async with office(tmp_path, keys, desk=True) as made:
        yield made


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def slow(tmp_path: Path, keys: Path, clock: HandClock) -> AsyncIterator[Office]:
    """The same, in a time that only `clock` moves."""
    async with office(tmp_path, keys, clock) as made:
        yield made


@pytest.fixture
async def counter(tmp_path: Path, keys: Path, clock: HandClock) -> AsyncIterator[Office]:
    """One with its desk, in a time that only `clock` moves."""
    async with office(tmp_path, keys, clock, desk=True) as made:
        yield made
