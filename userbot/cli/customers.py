"""The commands about customers: the list of them, and labels from another system. They need no connection."""

import asyncio
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from userbot.cli import snapshot, views
from userbot.config import Settings
from userbot.core import wording
from userbot.core.grammar import words
from userbot.core.label_file import LabelFile, read_labels
from userbot.core.textfile import Unreadable
from userbot.errors import UserbotError
from userbot.service import reports
from userbot.store import marks, peers
from userbot.store.database import Database


async def export(settings: Settings, label: str | None) -> None:
    """Write the customers to standard output. Raises UserbotError when there is no such label."""
    async with snapshot.existing(settings) as database:
        spelling = None if label is None or database is None else await marks.spelling(database.reader, label)
        if label is not None and spelling is None:
            raise UserbotError(f"There is no label {label}.")
        if database is None:
            raise UserbotError("There is no database yet: userbot run makes it.")
        # As the file in the group: UTF-8 whatever the terminal speaks, with CSV's own line ends.
        with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False) as out:  # noqa: ASYNC230
            await reports.write_customers(database, spelling or "", out, time.time())


async def import_labels(settings: Settings, file: Path) -> None:
    """Set the labels that a file names. Nothing is sent for them. Raises UserbotError when it cannot be read."""
    try:
        found = await asyncio.to_thread(lambda: read_labels(_chunks(file)))
    except OSError as error:
        raise UserbotError(f"{file} cannot be read: {error.strerror}.") from error
    if isinstance(found, Unreadable):
        raise UserbotError(found.reason)
    async with snapshot.existing(settings) as database:
        if database is None:
            raise UserbotError("There is no database yet: userbot run makes it.")
        lines = await _set(database, found)
    for line in lines:
        views.console().print(views.plain(line), soft_wrap=True)


def _chunks(file: Path) -> Iterable[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(65_536):
            yield chunk


async def _set(database: Database, found: LabelFile) -> list[str]:
    """All of it in one transaction; returns what to say."""
    unknown: set[int] = set()
    lines, left_out = [], []
    async with database.transaction() as on:
        labels = await marks.all_of(on)
        for name, people in found.people.items():
            label, ids = labels.get(words.fold(name)), set(people)
            if label is None or label.expression is not None:
                why = "there is no such label" if label is None else "it is computed"
                left_out.append(f"Left out: label {name}, {wording.of(len(ids), 'row')}: {why}.")
                continue
            known = await peers.customers_among(on, ids)
            new = await marks.put(on, label, known)
            unknown |= ids - set(known)
            lines.append(f"Label {label.name}: {len(new):,} new, {len(known) - len(new):,} already set.")
    lines += left_out
    if unknown:
        lines.append(f"Unknown, the account has no dialog with them: {len(unknown):,}")
        lines += [f"  {each}" for each in sorted(unknown)]
    if found.invalid:
        lines.append(f"No user ids: {len(found.invalid):,}")
        lines += [f"  {each}" for each in found.invalid]
    return lines or ["There is no label in the file."]
