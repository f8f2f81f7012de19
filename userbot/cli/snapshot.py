"""What the database says at one moment, for those who only look."""

import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from userbot.config import Settings
from userbot.core import pacing, wording
from userbot.core.model import Peer, Sending, SendingStatus
from userbot.locks import held
from userbot.service.customers import READING
from userbot.service.rate_limiter import PACE
from userbot.store import facts, peers, sendings
from userbot.store.database import Database
from userbot.store.place import DATA_LOCK, DATABASE, opened

ACCOUNT = "account"
"""The fact that says who logged in, as the fields of a Peer."""

LATEST = 20
"""How many sendings are listed."""

SIGN_SECONDS = 180.0
"""After how long without a sign of life a running program counts as stuck; it remembers its pace all the time."""

NOT_RUNNING = "userbot run is not running."

OPEN = (SendingStatus.RUNNING, SendingStatus.PAUSED, SendingStatus.AWAITS)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The program's state. `pace` is what was learnt of it, None before; `monthly_limit` 0 is none."""

    database: Path
    month: str
    monthly_limit: int
    now: float = 0.0
    running: bool = False
    """Whether a `userbot run` works with this database."""
    account: Peer | None = None
    logged_out: str | None = None
    """Why Telegram ended the session, in a sentence, if it did."""
    customers: int = 0
    used: int = 0
    pace: dict[str, Any] | None = None
    reading: tuple[int, int] | None = None
    """How many dialogs are known, and of how many, while they are read for the first time."""
    open: tuple[Sending, ...] = ()
    latest: tuple[Sending, ...] = ()

    @property
    def flood_until(self) -> float | None:
        """Until when Telegram asks for a pause, if it does."""
        until = 0.0 if self.pace is None else self.pace["saved_at"] + self.pace["flood_left"]
        return until if until > self.now else None

    @property
    def learnt_rate(self) -> float | None:
        """Messages a second that may go out now by what was learnt; None when nothing was."""
        if self.pace is None:
            return None
        known = pacing.recalled(self.pace, max(0.0, self.now - self.pace["saved_at"]))
        rate = pacing.fresh(None, self.now, known).rate
        return None if math.isinf(rate) else rate


@asynccontextmanager
async def existing(settings: Settings) -> AsyncIterator[Database | None]:
    """The database, None when there is none yet: looking makes no files."""
    if not (settings.data_dir / DATABASE).exists():
        yield None
        return
    async with opened(settings) as database:
        yield database


async def take(settings: Settings, database: Database | None) -> Snapshot:
    """The state now; an empty one without a database."""
    path, now = settings.data_dir / DATABASE, time.time()
    month = facts.month(now)
    if database is None:
        return Snapshot(path, month, settings.monthly_limit, now)
    on = database.reader
    account = await facts.recall(on, ACCOUNT)
    reading = await facts.recall(on, READING)
    return Snapshot(
        database=path,
        month=month,
        monthly_limit=settings.monthly_limit,
        now=now,
        running=held(settings.data_dir, DATA_LOCK),
        account=None if account is None else Peer(**account),
        logged_out=await facts.recall(on, facts.LOGGED_OUT),
        customers=await peers.count_customers(on),
        used=await facts.delivered(on, month),
        pace=await facts.recall(on, PACE),
        reading=None if reading is None or reading["since"] else (reading["known"], reading["total"]),
        open=tuple([each for status in OPEN for each in await sendings.having(on, status)]),
        latest=tuple(await sendings.listed(on, LATEST)),
    )


async def ailing(settings: Settings) -> str | None:
    """Why `userbot run` is not at work, in a sentence; None while it is."""
    if not held(settings.data_dir, DATA_LOCK):
        return NOT_RUNNING
    async with opened(settings) as database:
        pace = await facts.recall(database.reader, PACE)
    # The lock's file is as old as the run.
    sign = max((settings.data_dir / DATA_LOCK).stat().st_mtime, 0.0 if pace is None else pace["saved_at"])
    silent = time.time() - sign
    if silent > SIGN_SECONDS:
        return f"userbot run has written nothing for {wording.duration(silent)}."
    return None


async def note_account(database: Database, me: Peer | None) -> None:
    """Write down who is logged in, None for nobody."""
    async with database.transaction() as on:
        await facts.remember(on, ACCOUNT, None if me is None else asdict(me))
        await facts.forget(on, facts.LOGGED_OUT)
