"""A real MTProto server, and settings that lead to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.telegram.persons import PASSWORD, PHONE
from userbot.config import Settings, load
from userbot.sandbox.people import Sandbox


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Making an RSA key takes half a second."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
async def sandbox(tmp_path: Path, keys: Path) -> AsyncIterator[Sandbox]:
    async with Sandbox(tmp_path / "telegram", keys=keys) as sandbox:
        yield sandbox


@pytest.fixture
def settings(tmp_path: Path, sandbox: Sandbox) -> Settings:
    host, port = sandbox.address()
    return load(
        _env_file=None,
        api_id=12345,
        api_hash="0123456789abcdef" * 2,
        sessions_dir=tmp_path / "sessions",
        data_dir=tmp_path / "data",
        telegram_server=f"{host}:{port}",
        telegram_server_key=sandbox.public_key(),
    )


@pytest.fixture
def anna(sandbox: Sandbox) -> int:
    return sandbox.add_person("Anna", "Example", username="anna_ex", phone=PHONE)


@pytest.fixture
def guarded(sandbox: Sandbox) -> int:
    """Somebody with a two-step password."""
    return sandbox.add_person("Gus", phone=PHONE, password=PASSWORD)
