"""One database file: a connection that writes, one that reads, and the migrations.

WAL lets the readers go on while somebody writes. `synchronous=NORMAL` may lose the last transactions when the
machine loses power, never when a process is killed; a lost outcome is repeated with the same random id, so even
that sends nothing twice.
"""

import shutil
import sqlite3
from asyncio import Lock
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

import aiosqlite

from userbot.core import variants
from userbot.errors import StoreError

LONGEST_WAL = 16 * 2**20
"""Bytes that the file of the WAL keeps when all of it is in the database, however long somebody read meanwhile."""

BUSY_SECONDS = 5.0
"""How long a statement waits for another process that holds the file."""

OLDEST_SQLITE = (3, 38)
"""The first with the operator ->>."""


@contextmanager
def speaking() -> Iterator[None]:
    """Turn SQLite's errors into sentences."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"The database cannot be used now: {error}.") from error


def migrations() -> list[tuple[int, str]]:
    """The schema's steps as (number, SQL), in order."""
    folder = files("userbot.store") / "migrations"
    scripts = [entry for entry in folder.iterdir() if entry.name.endswith(".sql")]
    return sorted((int(entry.name[:4]), entry.read_text("utf-8")) for entry in scripts)


Connection = aiosqlite.Connection
"""Either the reader, or the writer inside a transaction: every function of the store takes one."""


async def rows(on: Connection, sql: str, *values: object) -> list[sqlite3.Row]:
    """All rows of a query; for those that are few."""
    with speaking():
        return list(await on.execute_fetchall(sql, values))


async def row(on: Connection, sql: str, *values: object) -> sqlite3.Row | None:
    """The first row of a query; for one that brings few."""
    return next(iter(await rows(on, sql, *values)), None)


async def value(on: Connection, sql: str, *values: object) -> Any | None:
    """What stands first in the first row of a query; None when it brings no row."""
    found = await row(on, sql, *values)
    return None if found is None else found[0]


async def run(on: Connection, sql: str, *values: object) -> int:
    """Carry out one statement that brings no rows; returns how many it changed."""
    with speaking():
        # Without rows there is nothing to close, and closing would be a second way to the connection's thread.
        return (await on.execute(sql, values)).rowcount


class Database:
    """An open database. Use `transaction` to write and `reader` to read what is committed."""

    def __init__(self, path: Path, writer: Connection, reader: Connection) -> None:
        self.path = path
        self.reader = reader
        self._writer = writer
        self._turn = Lock()
        self._afterwards: list[Callable[[], object]] = []
        self._otherwise: list[Callable[[], object]] = []

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open or create the file, and bring its schema up to date. Raises StoreError when it is not usable."""
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            needed = ".".join(map(str, OLDEST_SQLITE))
            raise StoreError(f"This Python has SQLite {sqlite3.sqlite_version}, and {needed} or newer is needed.")
        try:
            # Asked here first: aiosqlite's thread outlives a failure, and may then speak to a loop that is closed.
            sqlite3.connect(path).close()
            async with AsyncExitStack() as undo:
                writer = await _connect(path)
                undo.push_async_callback(writer.close)
                await _migrate(writer, path)
                reader = await _connect(path)
                undo.push_async_callback(reader.close)
                await reader.execute("PRAGMA query_only = ON")
                undo.pop_all()
        except sqlite3.DatabaseError as error:
            raise StoreError(_diagnosis(path, error)) from error
        return cls(path, writer, reader)

    async def close(self) -> None:
        """Close both connections."""
        await self.reader.close()
        await self._writer.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """All or nothing, one at a time.

        BEGIN stands inside the try, and everything rolls back on BaseException: a cancelled statement goes on in
        its thread, so a cancellation at BEGIN would otherwise leave a transaction open.
        """
        async with self._turn:
            with speaking():
                try:
                    await self._writer.execute("BEGIN IMMEDIATE")
                    yield self._writer
                    await self._writer.commit()
                except BaseException:
                    self._afterwards, undoing, self._otherwise = [], self._otherwise, []
                    for action in undoing:
                        action()
                    await self._writer.rollback()
                    raise
            actions, self._afterwards, self._otherwise = self._afterwards, [], []
        for action in actions:
            action()

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[Connection]:
        """A connection of its own, for a reading so long that nobody else's should be held at its moment."""
        with speaking():
            connection = await _connect(self.path)
            try:
                await connection.execute("PRAGMA query_only = ON")
                yield connection
            finally:
                await connection.close()

    def afterwards(self, action: Callable[[], object]) -> None:
        """Inside a transaction: do this once it is committed, and not at all if it is not."""
        self._afterwards.append(action)

    def otherwise(self, action: Callable[[], object]) -> None:
        """Inside a transaction: do this if it is not committed, or nobody knows."""
        self._otherwise.append(action)


async def _connect(path: Path) -> Connection:
    connection = await aiosqlite.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        await connection.create_function("chosen", 3, variants.chosen, deterministic=True)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            f"journal_size_limit = {LONGEST_WAL}",
        ):
            await connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        await connection.close()
        raise
    return connection


async def _migrate(connection: Connection, path: Path) -> None:
    """Apply what is missing, each script in one transaction with its number."""
    have, scripts = await _version(connection), migrations()
    if have > scripts[-1][0]:
        raise StoreError(f"{path} was written by a newer version of userbot: update the program.")
    if 0 < have < scripts[-1][0]:
        _back_up(path, have)
    for number, script in scripts:
        if number > have:
            await _apply(connection, number, script)


async def _version(connection: Connection) -> int:
    async with connection.execute("PRAGMA user_version") as cursor:
        found = await cursor.fetchone()
    return int(found[0]) if found else 0


def _back_up(path: Path, version: int) -> None:
    """Keep a copy of the file as it was before a migration, through SQLite so that the WAL is in it."""
    copy = path.with_suffix(f".v{version}.bak")
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    shutil.copymode(path, copy)


async def _apply(connection: Connection, number: int, script: str) -> None:
    """Run one script. Not executescript: that would commit first, and a half-applied script could stay."""
    try:
        await connection.execute("BEGIN IMMEDIATE")
        if await _version(connection) < number:  # else another process was faster
            for statement in _statements(script):
                await connection.execute(statement)
            await connection.execute(f"PRAGMA user_version = {number}")
        await connection.commit()
    except BaseException:
        await connection.rollback()
        raise


def _statements(script: str) -> Iterator[str]:
    """Split a script where SQLite itself says that a statement is complete."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _diagnosis(path: Path, error: sqlite3.DatabaseError) -> str:
    """What to do about a file that cannot be opened."""
    if isinstance(error, sqlite3.OperationalError):
        return f"{path} cannot be opened: {error}. Check the disk, the rights, and whether another program holds it."
    return (
        f"{path} is damaged ({error}). Nothing was changed: move the file away and put a backup in its place, "
        f"or repair it with: sqlite3 {path.name} .recover"
    )
