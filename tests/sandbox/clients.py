"""Unmodified Telethon clients for the tests of the whole sandbox."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.sessions import SQLiteSession

from userbot.sandbox.people import Sandbox

PHONE = "+4915112345678"
PATIENCE = 60.0


@asynccontextmanager
async def client_of(address: tuple[str, int], key: str | Path, session: Path, **extra: Any) -> AsyncIterator[Any]:
    """A Telethon client as our program configures it."""
    rsa.add_key(Path(key).read_text(), old=False)
    kept = SQLiteSession(str(session))
    kept.set_dc(2, *address)
    options = {"request_retries": 0, "raise_last_call_error": True, "flood_sleep_threshold": 0} | extra
    client = TelegramClient(kept, 1, "0" * 32, connection_retries=50, retry_delay=0.1, **options)
    await client.connect()
    try:
        yield client
    finally:
        await client.disconnect()


async def log_in(client: Any, sandbox: Sandbox) -> None:
    await client.send_code_request(PHONE)
    await client.sign_in(PHONE, sandbox.login_code(PHONE))


async def until(condition: Any) -> None:
    """Wait for something that comes over the wire by itself."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.01)
