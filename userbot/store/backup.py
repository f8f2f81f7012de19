"""A copy of the database, consistent while somebody writes, and checked before it counts as one."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from userbot.errors import StoreError
from userbot.store import facts
from userbot.store.database import migrations, speaking

LEFT_OUT = 1000
"""So many numbers of sendings are left out in a copy: more than are given out between it and the need for it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy holds."""

    sendings: int
    customers: int


def make(source: Path, target: Path) -> Contents:
    """Copy the database into a new file for its owner alone. Raises StoreError, and leaves no half copy then."""
    if not source.exists():
        raise StoreError(f"There is no database {source} yet: there is nothing to back up.")
    if target.exists():
        raise StoreError(f"{target} exists already and was not overwritten. Name another file.")
    if not target.parent.is_dir():
        raise StoreError(f"There is no folder {target.parent}.")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with speaking():
            _copy(source, draft)
            found = _checked(draft)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return found


def _copy(source: Path, draft: Path) -> None:
    """In one step: a reader beside the WAL sees one moment, however long it reads, and holds nobody up."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as old,
        closing(sqlite3.connect(draft)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # one file is the whole copy
        with new:
            new.executemany("DELETE FROM fact WHERE name = ?", [[name] for name in facts.NOT_COPIED])
            # Numbers that are given out after this moment stand in the group: sid12 must not mean two mailings.
            new.execute("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'sending'", [LEFT_OUT])


def _checked(draft: Path) -> Contents:
    """Open the copy as a restore would, and look whether it is whole."""
    with closing(sqlite3.connect(draft)) as copy:

        def value(sql: str) -> Any:
            return copy.execute(sql).fetchone()[0]

        verdict = value("PRAGMA integrity_check(1)")
        if verdict != "ok":
            raise StoreError(f"The database is damaged, and so would be its copy: {verdict}. Run: userbot doctor")
        version, newest = value("PRAGMA user_version"), migrations()[-1][0]
        if version not in range(1, newest + 1):
            raise StoreError(
                f"The database has the version {version}, and this userbot knows 1 to {newest}: update it."
            )
        return Contents(
            sendings=value("SELECT count(*) FROM sending"),
            customers=value("SELECT count(*) FROM peer WHERE id > 0 AND has_dialog"),
        )
