"""The program over time: it connects, works, and begins anew after trouble."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext, suppress
from pathlib import Path

from userbot.config import Settings
from userbot.core import local_time
from userbot.core.language import gettext, speak
from userbot.core.model import Notice
from userbot.core.ports import Clock
from userbot.errors import AlreadyRunningError, NotLoggedInError, SettingsError, StoreError, UserbotError
from userbot.locks import alone
from userbot.service.metrics import served
from userbot.store import facts, outbox
from userbot.store.database import Database
from userbot.store.place import DATA_LOCK, opened
from userbot.telegram.account import Client
from userbot.telegram.client import connected
from userbot.telegram.gateway import Gateway
from userbot.telegram.line import Line
from userbot.telegram.listener import listen, listen_for_news
from userbot.wiring import App

log = logging.getLogger(__name__)

YOUNG = 20_000
"""So many new objects set off the garbage collector, in place of 700: a mailing has thousands under way that all end by
themselves, and looking through them time and again takes some of its time."""

_OWNER = "owner"
"""The fact that says whose customers and whose messages the database knows."""

LONGEST_DELAY = 3600.0
"""The longest wait, in seconds, before the program begins anew after trouble inside."""


async def run(
    settings: Settings, ready: Callable[[str], None], clock: Clock, stop: asyncio.Event, line: Line | None = None
) -> None:
    """Connect and work until `stop` is set; `ready` is called with a sentence when everything listens.

    `line` watches whether Telegram answers, for those who want to know.
    Once it has worked, it begins anew by itself after whatever trouble nobody has to do something about.
    """
    if settings.backend_group is None:
        raise SettingsError("BACKEND_GROUP is not set. Run: userbot link")
    gc.set_threshold(YOUNG)
    local_time.ZONE.set(settings.timezone)
    speak(settings.language)
    with alone(settings.data_dir, "the data in", lock=DATA_LOCK):
        async with opened(settings) as database, _end_noted(database):
            worked = asyncio.Event()
            told: set[str] = set()
            delay, began = settings.restart_delay / 2, clock.monotonic()

            def listening(where: str) -> None:
                nonlocal began
                began = clock.monotonic()
                worked.set()
                ready(where)

            while not stop.is_set():
                try:
                    await _work(settings, database, listening, clock, stop, line)
                except (NotLoggedInError, SettingsError, AlreadyRunningError):
                    raise
                except Exception as error:
                    if not worked.is_set():
                        raise
                    # What fails again and again is tried ever more rarely.
                    well = clock.monotonic() - began > LONGEST_DELAY
                    delay, told = (settings.restart_delay, set()) if well else (min(2 * delay, LONGEST_DELAY), told)
                    log.exception("it begins anew in %s seconds", delay)
                    await _tell_once(database, error, told)
                    await clock.wait(stop, delay)


async def _tell_once(database: Database, error: Exception, told: set[str]) -> None:
    """Have General told that something failed inside, unless it was `told` already."""
    what = str(error) if isinstance(error, UserbotError) else type(error).__name__
    text = gettext("⚠ Userbot met trouble and began anew: {what}. Details are in its log.", what=what.rstrip("."))
    if text not in told:
        with suppress(StoreError):
            async with database.transaction() as on:
                await outbox.say(on, Notice(text))
            told.add(text)


@asynccontextmanager
async def _end_noted(database: Database) -> AsyncIterator[None]:
    """Write down why the session is over, for those who look later."""
    try:
        yield
    except NotLoggedInError as error:
        with suppress(StoreError):
            async with database.transaction() as on:
                await facts.remember(on, facts.LOGGED_OUT, str(error))
        raise


@asynccontextmanager
async def _watched(settings: Settings, line: Line | None) -> AsyncIterator[Client]:
    """A connection under the eyes of whoever wants to know whether Telegram answers."""
    async with AsyncExitStack() as stack:
        with nullcontext() if line is None else line.expecting():
            client = await stack.enter_async_context(connected(settings))
        if line is not None:
            stack.callback(asyncio.ensure_future(line.watch(client)).cancel)
        yield client


async def _work(
    settings: Settings,
    database: Database,
    ready: Callable[[str], None],
    clock: Clock,
    stop: asyncio.Event,
    line: Line | None,
) -> None:
    """Work over one connection."""
    assert settings.backend_group is not None
    async with _watched(settings, line) as client:
        gateway = await Gateway.enter(client, settings.backend_group)
        await _check_owner(database, gateway.me.id, gateway.group_id, settings.data_dir)
        app = App(settings, database, gateway, clock, settings.data_dir)
        listen(client, gateway.group_id, on_group=app.inbox.hear, on_private=app.met)
        listen_for_news(client, app.stir)
        try:
            async with served(settings.metrics, app.metrics):
                await app.run(stop, lambda: ready(f"as {gateway.me.name} in {gateway.group_title}"))
        except ExceptionGroup as group:
            raise _reason(group) from group


async def _check_owner(database: Database, account: int, group: int, folder: Path) -> None:
    """A database is one account's and one group's.

    Access hashes are the account's own; templates and handled commands are message ids of the group, and in another
    group the same ids are other messages.
    """
    async with database.transaction() as on:
        await facts.forget(on, facts.LOGGED_OUT)
        if await facts.recall(on, _OWNER) is None:
            await facts.remember(on, _OWNER, {"account": account, "group": group})
    if (why := await not_for(database, account, group, folder)) is not None:
        raise SettingsError(why)


async def not_for(database: Database, account: int, group: int, folder: Path) -> str | None:
    """Why an account does not work in a group with this database, in a sentence; None when it may."""
    owner = await facts.recall(database.reader, _OWNER)
    if owner in (None, {"account": account, "group": group}):
        return None
    return (
        f"The database in {folder} belongs to account {owner['account']} in group {owner['group']}, and this is "
        f"account {account} in group {group}. Go back to those, or set DATA_DIR to a folder of its own."
    )


def _reason(group: ExceptionGroup[Exception]) -> Exception:
    """The error of ours that ended everything, else the first one."""
    errors = [each for each in _leaves(group) if isinstance(each, UserbotError)]
    return errors[0] if errors else group


def _leaves(group: ExceptionGroup[Exception]) -> list[Exception]:
    return [
        leaf for each in group.exceptions for leaf in (_leaves(each) if isinstance(each, ExceptionGroup) else [each])
    ]
