"""One connection as the account: the session file, its lock, and Telethon set up so that it hides nothing."""

import asyncio
import logging
import os
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from telethon import TelegramClient, errors, functions, types
from telethon.crypto import rsa
from telethon.sessions import MemorySession, SQLiteSession

from userbot import __version__
from userbot.config import Settings
from userbot.core.delivery import logged_out
from userbot.errors import NotLoggedInError, SettingsError, TelegramError, in_words
from userbot.locks import alone
from userbot.telegram import route, timekeeping, translate
from userbot.telegram.patience import patiently

SESSION = "account.session"

SHORT_WAIT = 10.0
"""Seconds of a flood wait that is slept through while a connection begins; of a longer one somebody is told."""


class Session(SQLiteSession):
    """Telethon's session file, without a row for every person met.

    It would store the recipient again with every answer, which is a tenth of the work of a mailing; whom the account
    can address stands in our own database. Groups stay: Telethon needs their access hashes to read their updates.
    """

    def __init__(self, path: Path | None = None) -> None:
        super().__init__(path and str(path))
        self._known_chats: set[int] = set()

    def process_entities(self, tlo: Any) -> None:
        """Store the chats of an answer, each once; and id 0, under which Telethon notes who the account is."""
        told = getattr(tlo, "chats", None) or ()
        account = [each for each in told if isinstance(each, types.InputPeerUser)]
        chats = {0: account[0]} if account else translate.entities(told)
        new = chats.keys() - self._known_chats
        if new:
            super().process_entities([chats[each] for each in new if each <= 0])
            self._known_chats |= new


class Client(TelegramClient):
    """Telethon's client, which leaves no data centre behind in which it is logged in."""

    trouble: deque[BaseException]
    """Why the last try to connect failed, if it did."""
    fresh: bool
    """Whether its session is new: nobody can have been logged in with it."""
    advice: str
    """What to do about a connection that fails."""

    async def _switch_dc(self, new_dc: int) -> None:
        """Go where the account is, before it is logged in. Raises UserMigrateError afterwards: see `_follow`."""
        try:
            await self._sender.send(functions.updates.GetStateRequest())
        except errors.UnauthorizedError:
            await super()._switch_dc(new_dc)


def open_client(settings: Settings, *, retries: int = 0) -> Client:
    """A client for the session file, not yet connected."""
    path = session_path(settings)
    try:
        session = Session(path)
    except sqlite3.DatabaseError as error:
        raise NotLoggedInError(
            f"The session {path} is damaged ({error}). Remove it, then run: userbot login"
        ) from error
    route.aim(session, settings)
    if settings.telegram_server_key is not None:
        _trust(settings.telegram_server_key)
    # Where the data centres are Telethon keeps for all clients of a process; this one may go to another server.
    Client._config = None
    # Every line of Telethon's at lower levels may hold a request with a code, a hash or a phone number in it.
    logging.getLogger("telethon").setLevel(logging.WARNING)
    return _client(session, settings, retries)


def _client(session: Any, settings: Settings, retries: int = 0) -> Client:
    """Telethon would sleep through flood waits and repeat calls by itself; here both come to us.

    Logging in needs one retry, to be sent to the account's own data centre. The updates a client missed are replayed
    by our own reading of the group's history, which knows what was done.
    """
    trouble: deque[BaseException] = deque(maxlen=1)
    client = Client(
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
        **route.way(session, settings.proxy, trouble.append),
    )
    client.trouble = trouble
    client.fresh = session.auth_key is None
    client.advice = f"Check {route.named(settings.proxy)}the network."
    return client


def session_path(settings: Settings) -> Path:
    """The session file, made with its folder for the owner's eyes only from the first byte."""
    folder = settings.sessions_dir
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / SESSION
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)
    return path


@asynccontextmanager
async def connected(
    settings: Settings, *, logged_in: bool = True, retries: int = 0, patience: float | None = None
) -> AsyncIterator[Client]:
    """A connected client. Raises NotLoggedInError when the session is none, unless `logged_in` is False.

    `patience` is in seconds: how long to wait for a connection before a TelegramError says why there is none.
    """
    with alone(settings.sessions_dir, "the session in"):
        client = open_client(settings, retries=retries)
        try:
            try:
                await _connect(client, logged_in=logged_in, patience=patience)
            except errors.UserMigrateError as moved:
                await _follow(client, settings, moved.new_dc)
                await _disconnect(client)
                client = open_client(settings, retries=retries)
                await _connect(client, logged_in=logged_in, patience=patience)
            timekeeper = asyncio.create_task(timekeeping.keep(client))
            try:
                yield client
            finally:
                timekeeper.cancel()
        finally:
            # The connection is closed before the session file is written, which a full disk may forbid.
            with suppress(sqlite3.Error):
                await _disconnect(client)


async def _connect(client: Client, *, logged_in: bool, patience: float | None) -> None:
    async def connect() -> None:
        try:
            await client.connect()
            if logged_in:
                # Not `is_user_authorized`: to that, every error means that nobody is logged in.
                await client(functions.updates.GetStateRequest())
        except errors.FloodWaitError:
            # Telethon is half connected then, and would not begin anew by itself.
            await client.disconnect()
            raise

    with _reaching(client):
        async with asyncio.timeout(patience):
            await patiently(connect, SHORT_WAIT)


async def _disconnect(client: Client) -> None:
    """End a client, be it in the middle of reconnecting.

    Telethon asks its reconnecting to end only once. Before Python 3.12 `wait_for` loses that wish when a try to connect
    fails at the same moment (github.com/python/cpython/issues/86296), and Telethon would try, and we wait, for ever.
    """
    reconnecting = client._sender._reconnect_task  # Telethon has no other way to end it
    while reconnecting is not None and not reconnecting.done():
        reconnecting.cancel()
        await asyncio.wait([reconnecting], timeout=0.1)
    await client.disconnect()


async def _follow(client: Client, settings: Settings, dc: int) -> None:
    """Take the session's login to the data centre into which Telegram has moved the account.

    Telethon would drop the old key first, and the login with it. Here the new one is authorized before it is written
    down (core.telegram.org/api/datacenter).
    """
    with _reaching(client):
        place = await client._get_dc(dc)
        session = MemorySession()
        session.set_dc(dc, place.ip_address, place.port)
        there = _client(session, settings)
        try:
            exported = await client(functions.auth.ExportAuthorizationRequest(dc))
            await there.connect()
            await there(functions.auth.ImportAuthorizationRequest(exported.id, exported.bytes))
        finally:
            await there.disconnect()
    client.session.set_dc(dc, place.ip_address, place.port)
    client.session.auth_key = session.auth_key
    client.session.save()


@contextmanager
def _reaching(client: Client) -> Iterator[None]:
    """Say in a sentence why there is no connection. That the account has moved is for `connected`."""
    try:
        yield
    except errors.UserMigrateError:
        raise
    except (errors.RPCError, errors.AuthKeyNotFound, OSError, EOFError) as error:
        refused = translate.refused(error)
        if refused.ends_session:
            if client.fresh:
                raise NotLoggedInError("This account is not logged in. Run: userbot login") from error
            raise NotLoggedInError(logged_out(refused)) from error
        met = client.trouble[0] if client.trouble else error
        why = (in_words(met) or "it does not answer") if isinstance(error, OSError) else refused.reason
        raise TelegramError(f"Telegram cannot be reached: {why}. {client.advice}") from error


def _trust(key: Path) -> None:
    """Let the handshake accept a server's key."""
    try:
        rsa.add_key(key.read_text(), old=False)
    except (OSError, ValueError) as error:
        raise SettingsError(f"TELEGRAM_SERVER_KEY: {key} holds no public key in PKCS#1 PEM form.") from error
