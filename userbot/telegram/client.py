"""One connection as the account: the session file, its lock, and Telethon set up so that it hides nothing."""

import fcntl
import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.sessions import SQLiteSession

from userbot import __version__
from userbot.config import Settings
from userbot.errors import AlreadyRunningError, NotLoggedInError, SettingsError, TelegramError

SESSION = "account.session"
DC = 2
"""The data centre a server other than Telegram's stands for."""


def open_client(settings: Settings, *, retries: int = 0) -> TelegramClient:
    """A client for the session file, not yet connected.

    Telethon would sleep through flood waits and repeat calls by itself; here both come to us. Logging in needs one
    retry, to be sent to the account's own data centre.
    """
    # The updates a client missed are replayed by our own reading of the group's history, which knows what was done.
    session = SQLiteSession(str(session_path(settings)))
    if settings.telegram_server is not None and settings.telegram_server_key is not None:
        session.set_dc(DC, *settings.telegram_server)
        _trust(settings.telegram_server_key)
    client = TelegramClient(
        session,
        settings.api_id,
        settings.api_hash.get_secret_value(),
        request_retries=retries,
        connection_retries=-1,
        retry_delay=1,
        flood_sleep_threshold=0,
        raise_last_call_error=True,
        device_model="userbot",
        app_version=__version__,
        base_logger="telethon",
    )
    # Every line of Telethon's at these levels may hold a request with a code, a hash or a phone number in it.
    logging.getLogger("telethon").setLevel(logging.WARNING)
    return client


def session_path(settings: Settings) -> Path:
    """The session file, made with its folder for the owner's eyes only from the first byte."""
    folder = settings.sessions_dir
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / SESSION
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)
    return path


@contextmanager
def alone(folder: Path, what: str) -> Iterator[None]:
    """Hold a folder for this process. Raises AlreadyRunningError when another one has it.

    Two processes on one session would make Telegram end it (AUTH_KEY_DUPLICATED). The lock goes with the process,
    however it ends.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunningError(f"Another userbot is running on {what} {folder}. Stop it first.") from None
        yield


@asynccontextmanager
async def connected(settings: Settings, *, logged_in: bool = True, retries: int = 0) -> AsyncIterator[TelegramClient]:
    """A connected client. Raises NotLoggedInError when the session is none, unless `logged_in` is False."""
    with alone(settings.sessions_dir, "the session in"):
        client = open_client(settings, retries=retries)
        try:
            await _connect(client)
            if logged_in and not await client.is_user_authorized():
                raise NotLoggedInError("This account is not logged in. Run: userbot login")
            yield client
        finally:
            await client.disconnect()


async def _connect(client: TelegramClient) -> None:
    try:
        await client.connect()
    except OSError as error:
        raise TelegramError(f"Telegram cannot be reached: {error}. Check the network.") from error


def _trust(key: Path) -> None:
    """Let the handshake accept a server's key."""
    try:
        rsa.add_key(key.read_text(), old=False)
    except (OSError, ValueError) as error:
        raise SettingsError(f"TELEGRAM_SERVER_KEY: {key} holds no public key in PKCS#1 PEM form.") from error
