"""Reports as files, written page by page so that a million rows cost no memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from userbot.core import report
from userbot.store import journal
from userbot.store.database import Database


async def write(database: Database, sending_id: int, out: IO[str]) -> int:
    """Write a sending's report as far as it goes; returns the number of rows."""
    out.write(report.header())
    count = 0
    async for page in journal.report(database.reader, sending_id):
        out.write(report.lines(page))
        count += len(page)
    return count


@asynccontextmanager
async def as_file(database: Database, sending_id: int, folder: Path) -> AsyncIterator[Path]:
    """The report as a file in `folder`, for as long as it is needed."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=folder, prefix=f"sid{sending_id}-", suffix=".csv"
    ) as file:
        await write(database, sending_id, file)
        file.flush()
        yield Path(file.name)
