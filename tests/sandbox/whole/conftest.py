"""A whole sandbox, and an account that is logged in to it with an unmodified Telethon client."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.clients import PHONE, client_of, log_in
from userbot.sandbox.people import Sandbox


@pytest.fixture
async def sandbox(key_folder: Path) -> AsyncIterator[Sandbox]:
    async with Sandbox(keys=key_folder) as sandbox:
        yield sandbox


@pytest.fixture
async def me(sandbox: Sandbox) -> int:
    return sandbox.add_person("Shop", username="the_shop", phone=PHONE)


@pytest.fixture
async def client(sandbox: Sandbox, me: int, tmp_path: Path) -> AsyncIterator[Any]:
    """The account, logged in."""
    async with client_of(sandbox.address(), sandbox.public_key(), tmp_path / "me") as client:
        await log_in(client, sandbox)
        yield client
