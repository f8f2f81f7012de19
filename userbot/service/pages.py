"""Work on many deliveries, page by page: each page a transaction so short that nobody who writes waits for it."""

import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from userbot.core.paging import PageSize
from userbot.store.clearing import START, Key
from userbot.store.database import Connection, Database

T = TypeVar("T")


class Pages:
    """Pages whose size follows from how long the last ones took."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._size = PageSize()

    async def one(self, work: Callable[[Connection, int], Awaitable[T]]) -> T:
        """Do so much of a work as is given to it; returns what it does."""
        async with self._database.transaction() as on:
            # Real time, not the clock's: this is about the machine as it is.
            began = time.perf_counter()
            done = await work(on, self._size.rows)
            self._size = self._size.after(time.perf_counter() - began)
        return done

    async def through(self, work: Callable[[Connection, Key, int], Awaitable[Key | None]]) -> None:
        """Do a work on all deliveries of a sending: on those behind a key, until no key is given back any more."""
        behind: Key | None = START
        while behind is not None:
            behind = await self.one(partial(_behind, work, behind))


async def _behind(
    work: Callable[[Connection, Key, int], Awaitable[Key | None]], key: Key, on: Connection, size: int
) -> Key | None:
    return await work(on, key, size)
