"""One Telegram for all examinations, and a folder and a group for each."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.cli.conftest import Shell, Shop
from tests.cli.doctor.examining import change
from userbot.config import Settings
from userbot.telegram import account, spambot


@pytest_asyncio.fixture(loop_scope="module")
async def shop(town: Shop, shell: Shell) -> AsyncIterator[Shop]:
    """A folder and a group for one test; what it did to Telegram is undone."""
    world = town.telegram.world
    clock = world.clock
    made = replace(town, shell=shell, group=town.telegram.add_group("Our team", town.account, [town.boss]))
    change(made)
    yield made
    world.clock = clock
    world.faults.clear()
    town.telegram.set_spambot()


@pytest.fixture
def logged_in(shop: Shop, town: Shop) -> Shop:
    shutil.copytree(town.shell.folder / "sessions", shop.shell.folder / "sessions")
    return shop


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As the console script begins, with nothing of ours in the environment; and nobody waits long in vain."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setattr(account, "CONNECT_SECONDS", 1.0)
    monkeypatch.setattr(spambot, "SPAMBOT_POLLS", (0.0, 0.05, 0.1))
    before = os.umask(0o077)
    yield
    os.umask(before)
