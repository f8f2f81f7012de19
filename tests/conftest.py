"""What tests of several rooms work with: an open database in a file of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.store.making import opened
from userbot.store.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(tmp_path / "userbot.db") as database:
        yield database
