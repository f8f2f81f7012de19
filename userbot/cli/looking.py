"""The commands that look at the database. They need no connection."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from userbot.cli import frame, snapshot, views
from userbot.config import Settings
from userbot.core import wording
from userbot.errors import UserbotError
from userbot.service import reports
from userbot.store import backup as copies, sendings as sendings_of, templates as templates_of
from userbot.store.database import Database
from userbot.store.place import DATABASE


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database | None]:
    """The database to look at; says so when there is none yet."""
    async with snapshot.existing(settings) as database:
        if database is None:
            sys.stderr.write(f"There is no database {settings.data_dir / DATABASE} yet: userbot run makes it.\n")
        yield database


async def status(settings: Settings, *, as_json: bool) -> None:
    """Show the program's state."""
    async with _database(settings) as database:
        found = await snapshot.take(settings, database)
    if as_json:
        views.print_json(views.status_fields(found))
    else:
        views.console().print(views.status(found))


async def check(settings: Settings) -> None:
    """For health checks: say that the program is at work. Raises UserbotError when it is not."""
    ailment = await snapshot.ailing(settings)
    if ailment is not None:
        raise UserbotError(ailment)
    views.console().print("userbot run is at work.")


async def sendings(settings: Settings, *, as_json: bool) -> None:
    """List the latest sendings."""
    async with _database(settings) as database:
        found = [] if database is None else await sendings_of.listed(database.reader, snapshot.LATEST)
    if as_json:
        views.print_json([views.sending_fields(each) for each in found])
    else:
        views.console().print(views.sendings(found))


async def templates(settings: Settings, *, as_json: bool) -> None:
    """List the templates."""
    async with _database(settings) as database:
        found = [] if database is None else await templates_of.overview(database.reader)
    if as_json:
        views.print_json([{"name": name, "messages": steps} for name, steps in found])
    else:
        views.console().print(views.templates(found))


async def report(settings: Settings, number: int) -> None:
    """Write a sending's report to standard output. Raises UserbotError when there is no such sending."""
    async with snapshot.existing(settings) as database:
        found = None if database is None else await sendings_of.find(database.reader, number)
        if database is None or found is None:
            raise UserbotError(f"There is no sid{number}. userbot sendings shows the latest.")
        if found.pruned:
            raise UserbotError(f"Who got sid{number} is not kept any longer: KEEP_DAYS is {settings.keep_days}.")
        # As the file in the group: UTF-8 whatever the terminal speaks, with CSV's own line ends.
        with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as out:  # noqa: ASYNC230  nothing else runs
            await reports.write(database, number, out)


def backup(settings: Settings, file: Path) -> None:
    """Copy the database into a new file. Raises StoreError."""
    with frame.interruptible():
        found = copies.make(settings.data_dir / DATABASE, file)
    held = f"{wording.of(found.sendings, 'sending')} and {wording.of(found.customers, 'customer')}"
    views.console().print(views.plain(f"{file} is a sound copy, with {held}."), soft_wrap=True)
