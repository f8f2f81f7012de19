"""What is measured at the end of every week of `tests.torture.year`, and what is to be seen in it."""

import asyncio
import gc
import os
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from userbot.sandbox.world import DATABASE, SPAMBOT

FOR_EVER = {"sending", "posted", "quota"}
"""Tables that grow by a line with every mailing, notice or month: figures are kept for ever, and so is the knowledge
which messages of the group are the program's own, for none of them is ever to be mailed."""

ONE_EACH = {"peer", "topic"}
"""Tables with a line for each person, sooner or later."""

LINE = 400
"""Bytes that a mailing may leave in the database for ever, with its notices."""

SLACK = {"memory": 6 * 2**20, "handles": 3, "tasks": 5, "threads": 1, "log": 2**20, "database": 2**19}
"""What two weeks may differ by that are alike; of rows of a table 30."""


@dataclass(slots=True)
class Week:
    """The end of a week. Memory, log and database in bytes."""

    day: date
    delivered: int
    sizes: dict[str, int]
    rows: dict[str, int]
    wrong: list[str]

    def line(self) -> str:
        """It in a line."""
        sizes = {name: f"{size / 2**20:.1f} MB" if size > 2**16 else str(size) for name, size in self.sizes.items()}
        told = "  ".join(f"{name} {size}" for name, size in sizes.items())
        return f"{self.day:%Y-%m-%d} {self.delivered:>9,}  {told}{''.join(f'  {each}!' for each in self.wrong)}"


@dataclass(slots=True)
class Books:
    """The program's database and the embedded Telegram's, as somebody reads them who belongs to neither."""

    path: Path
    telegram: Path
    account: int
    people: int
    mailings: list[int] = field(default_factory=list)
    _seq: int = 0
    _base: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))

    def open_database(self) -> None:
        """The program has made its database."""
        self.close()
        self._base = sqlite3.connect(self.path, isolation_level=None)

    def close(self) -> None:
        """No more is read."""
        self._base.close()

    def _one(self, sql: str, *values: object) -> int:
        found = self._base.execute(sql, values).fetchone()
        return int(found[0]) if found and found[0] is not None else 0

    def handled(self, message: int) -> bool:
        """Whether a command was carried out, and nothing is left to be said."""
        done = self._one("SELECT 1 FROM handled WHERE message_id = ?", message)
        return bool(done) and not self._one("SELECT count(*) FROM notice")

    def open(self) -> bool:
        """Whether a sending is not at its end."""
        return bool(self._one("SELECT 1 FROM sending WHERE status IN ('awaits', 'running', 'paused')"))

    def starting(self, now: float) -> bool:
        """Whether a sending is to start now."""
        return bool(self._one("SELECT 1 FROM sending WHERE status = 'awaits' AND start_at <= ?", now))

    def due(self, now: float) -> bool:
        """Whether there is something to start or to deliver."""
        sql = """SELECT 1 FROM sending JOIN delivery ON sending_id = sending.id WHERE sending.status = 'running'
                 AND delivery.status = 0 AND due_at <= ? LIMIT 1"""
        return self.starting(now) or bool(self._one(sql, now))

    def sent(self) -> int:
        """How much the newest sending has delivered."""
        return self._one("SELECT sent FROM sending ORDER BY id DESC LIMIT 1")

    def topic(self, person: int) -> int:
        """Somebody's topic; 0 when there is none."""
        return self._one("SELECT max(id) FROM topic WHERE peer_id = ?", person)

    def mirrored(self, message: int) -> bool:
        """Whether what an operator wrote is with the customer."""
        return bool(self._one("SELECT 1 FROM mirror WHERE topic_id = ? AND status = 'done'", message))

    # The end of a week

    def check(self, zone: ZoneInfo) -> tuple[int, list[str]]:
        """How much was delivered since the last time, and what is wrong with it."""
        with closing(sqlite3.connect(f"file:{self.telegram / DATABASE}?mode=ro", uri=True)) as world:
            count, last = world.execute(
                "SELECT count(*), max(seq) FROM sends WHERE seq > ? AND account = ? AND peer > 0 AND peer <> ?",
                (self._seq, self.account, SPAMBOT),
            ).fetchone()
            minutes = world.execute(
                "SELECT DISTINCT date / 60 * 60 FROM ledger WHERE seq > ? AND account = ? AND peer > 0"
                " AND text LIKE '%#%'",
                (self._seq, self.account),
            ).fetchall()
        self._seq = last or self._seq
        wrong = [f"a delivery at {here:%Y-%m-%d %H:%M}" for (at,) in minutes if _quiet(here := _wall(at, zone))]
        short = "SELECT count(*) FROM sending WHERE ended_at IS NOT NULL AND sent <> total"
        if missed := self._one(short):
            wrong.append(f"{missed} sendings did not reach everybody")
        return count, wrong

    def measure(self, day: date, delivered: int, wrong: list[str]) -> Week:
        """What there is of everything."""
        gc.collect()
        tables = [name for (name,) in self._base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return Week(
            day,
            delivered,
            {
                "memory": int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"),
                "handles": len(list(Path("/proc/self/fd").iterdir())),
                "tasks": len(asyncio.all_tasks()),
                "threads": threading.active_count(),
                "log": sum(each.stat().st_size for each in self.path.parent.glob("*.log*")),
                "database": sum(each.stat().st_size for each in self.path.parent.glob(f"{self.path.name}*")),
            },
            {name: self._one(f"SELECT count(*) FROM {name}") for name in tables if not name.startswith("sqlite_")},
            wrong,
        )

    def verdict(self) -> list[str]:
        """What is wrong with the whole: every mailing to everybody exactly once, by the ledger."""
        with closing(sqlite3.connect(f"file:{self.telegram / DATABASE}?mode=ro", uri=True)) as world:
            found = world.execute(
                "SELECT CAST(substr(text, instr(text, '#') + 1) AS INTEGER), count(*), count(DISTINCT peer)"
                " FROM ledger WHERE account = ? AND peer > 0 AND text LIKE '%#%' GROUP BY 1",
                (self.account,),
            ).fetchall()
        got = {number: (count, people) for number, count, people in found}
        once = (self.people, self.people)
        return [
            f"#{each}: {got.get(each)}, not {once}"
            for each in sorted(got.keys() | set(self.mailings))
            if got.get(each) != once or each not in self.mailings
        ]


def _wall(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at, zone)


def _quiet(here: datetime) -> bool:
    """By the clock on the wall, from 22:00 until before 02:30."""
    return here.hour >= 22 or (here.hour, here.minute) < (2, 30)


def growing(weeks: list[Week], keep_days: int) -> list[str]:
    """What is larger at the end than in the weeks in which it should have reached its full size."""
    full = keep_days // 7 + 3
    if len(weeks) < full + 2:
        return []
    size = min(4, (len(weeks) - full) // 2)
    early, late = weeks[full : full + size], weeks[-size:]
    found = []
    for name, slack in SLACK.items():
        for_ever = LINE * (late[-1].rows["sending"] - early[0].rows["sending"]) if name == "database" else 0
        before, after = (max(each.sizes[name] for each in some) for some in (early, late))
        if after > before + slack + for_ever:
            found.append(f"{name} grows: {before:,} to {after:,}")
    for name in late[-1].rows.keys() - FOR_EVER - ONE_EACH:
        before, after = (max(each.rows[name] for each in some) for some in (early, late))
        if after > before * 1.05 + 30:
            found.append(f"table {name} grows: {before:,} to {after:,} rows")
    return found


def table(weeks: list[Week]) -> str:
    """The rows of each table over the weeks."""
    some = weeks[:: max(1, len(weeks) // 9)]
    names = sorted(name for name, count in weeks[-1].rows.items() if any(each.rows[name] for each in weeks) or count)
    lines = [f"{name:18}" + "".join(f"{each.rows[name]:>10,}" for each in some) for name in names]
    return "\n".join([f"{'rows':18}" + "".join(f"{each.day:%m-%d}".rjust(10) for each in some), *lines])
