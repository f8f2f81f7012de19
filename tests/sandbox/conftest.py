"""A running sandbox server, real clients for it, and a raw one that may break the rules."""

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.sessions import MemorySession

from tests.sandbox.raw import Connect, RawClient
from tests.sandbox.town import Clock, Town
from userbot.sandbox.server import Server
from userbot.sandbox.world import World


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Making an RSA key takes half a second; all servers here share one."""
    return tmp_path_factory.mktemp("server-key")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.close()


@pytest.fixture
def town(world: World) -> Town:
    """In a time that stands still until a test moves it."""
    world.clock = Clock()
    return Town(world)


@pytest.fixture
async def server(world: World, key_folder: Path) -> AsyncIterator[Server]:
    server = Server(world, key_folder)
    await server.start()
    rsa.add_key(server.public_key.read_text(), old=False)
    yield server
    await server.stop()


@pytest.fixture
async def connect(server: Server) -> AsyncIterator[Connect]:
    """Connects an ordinary Telethon client, to a session of its own or to the one given."""
    clients = []

    async def connect(session: MemorySession | None = None) -> TelegramClient:
        if session is None:
            session = MemorySession()
            session.set_dc(2, *server.address)
        options = {"request_retries": 1, "raise_last_call_error": True, "connection_retries": 30, "retry_delay": 0.1}
        client = TelegramClient(session, 1, "hash", **options)
        clients.append(client)
        await client.connect()
        return client

    yield connect
    for client in clients:
        await client.disconnect()
        # How the connection ended, if not by this; unasked for, it would be reported when nobody expects it.
        with suppress(Exception):
            await client.disconnected


@pytest.fixture
async def client(connect: Connect) -> Any:
    return await connect()


@pytest.fixture
async def raw(server: Server) -> AsyncIterator[RawClient]:
    """A client without manners, its key exchange done."""
    raw = RawClient()
    await raw.connect(server.address)
    await raw.shake_hands()
    yield raw
    raw.close()
