"""Reports and lists as files, written page by page so that a million rows cost no memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from userbot.core import listing, report
from userbot.core.acts import Act
from userbot.core.model import GENERAL, Notice, Sending
from userbot.core.report import ReportRow
from userbot.core.variants import chosen
from userbot.store import audiences, customers, journal, sendings, templates, versions
from userbot.store.audiences import Limit, Question
from userbot.store.database import Database

PAGE = 500

BOM = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""


async def write(database: Database, sending_id: int, out: IO[str]) -> int:
    """Write a sending's report as far as it goes; returns the number of rows."""
    sending = await sendings.find(database.reader, sending_id)
    act = Act.SEND if sending is None else sending.act
    out.write(report.header())
    count = 0
    names = [name for name, _ in await versions.of(database.reader, sending_id)]
    async for page in journal.report(database.reader, sending_id):
        out.write(report.lines(_with_versions(page, sending, names), act))
        count += len(page)
    return count


def _with_versions(page: list[ReportRow], sending: Sending | None, names: list[str]) -> list[ReportRow]:
    if sending is None or not names:
        return page
    return [each._replace(variant=names[chosen(sending.seed, each.user_id, len(names))]) for each in page]


async def _write_sendings(database: Database, topic: int | None, out: IO[str]) -> None:
    out.write(BOM + listing.lines([listing.SENDINGS]))
    before = None
    while page := await sendings.page(database.reader, before, PAGE, topic):
        out.write(listing.lines(map(listing.sending_row, page)))
        before = page[-1].id


async def _write_templates(database: Database, out: IO[str]) -> None:
    out.write(BOM + listing.lines([listing.TEMPLATES, *await templates.overview(database.reader)]))


async def write_customers(database: Database, label: str, out: IO[str], now: float) -> int:
    """Write the customers, or those with a label, as they are at one moment; returns how many."""
    out.write(BOM + listing.lines([listing.CUSTOMERS]))
    count = 0
    async with database.aside() as on:
        async for page in customers.pages(on, label, now):
            out.write(listing.lines(map(listing.customer_row, page)))
            count += len(page)
    return count


async def _write_checked(database: Database, question: Question, limit: Limit, out: IO[str]) -> None:
    out.write(BOM + listing.lines([listing.CHECKED]))
    async for page in audiences.everybody(database.reader, question, limit):
        out.write(listing.lines(map(listing.checked_row, page)))


@asynccontextmanager
async def as_file(database: Database, notice: Notice, folder: Path, now: float) -> AsyncIterator[Path]:
    """What is attached to a notice as a file in `folder`, for as long as it is needed."""
    with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=folder, prefix="report-", suffix=".csv") as file:
        if notice.report_of is not None:
            await write(database, notice.report_of, file)
        elif notice.export is not None:
            await write_customers(database, notice.export, file, now)
        elif notice.question is not None:
            await _write_checked(database, *audiences.read(notice.question), file)
        elif notice.listing == "templates":
            await _write_templates(database, file)
        else:
            await _write_sendings(database, None if notice.topic == GENERAL else notice.topic, file)
        file.flush()
        yield Path(file.name)
