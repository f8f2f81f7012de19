"""Single facts that outlive a process, and the month's count of delivered messages."""

import json
import os
from datetime import UTC, datetime
from typing import Any

from userbot.store.database import Connection, row, run

LISTENED = "listened to"
"""Message ids of the group: from the first after this one, and up to this one, everything was heard."""

VOICE = "voice"
"""What makes this database's random ids for notices differ from those of any other one in the same group."""

RENAMED = "renamed templates"
"""Pairs of old and new names, from a migration, until General is told."""

LETTERS = "letters"
"""The same for what is said to customers."""

DESK = "desk"
"""The same for what the desk carries. A copy has it too: there a random id names the message that is carried, and not a
place in a queue, so what a copy carries once more is the same message, and Telegram keeps it single."""

UNTOLD = "ends untold"
"""The sendings that were stopped and whose end is to be told once what was under way has come back."""

PREPARED = "prepared in vain"
"""The sendings that were cancelled and of which there may still be what was prepared for them."""

LOGGED_OUT = "logged out"
"""That Telegram ended the session, and why, in a sentence; until somebody is logged in again."""

STREAMS = "streams"
"""How far the updates of each box were taken down."""

NOT_COPIED = (LISTENED, VOICE, LETTERS, STREAMS)
"""Facts that only the very database may have that lived through them. One that an older copy takes the place of has
heard, and said, more than the copy knows: what was ordered then must not be carried out again, and new notices must
not have the random ids of notices that stand in the group already."""


async def seed(on: Connection, name: str) -> bytes:
    """A key for random ids, drawn once for each database."""
    known = await recall(on, name)
    if known is None:
        known = os.urandom(16).hex()
        await remember(on, name, known)
    return bytes.fromhex(known)


async def recall(on: Connection, name: str) -> Any:
    """A fact as it was stored; None when there is none of that name."""
    found = await row(on, "SELECT value FROM fact WHERE name = ?", name)
    return None if found is None else json.loads(found["value"])


async def remember(on: Connection, name: str, value: object) -> None:
    """Store a fact: whatever JSON can hold."""
    await run(
        on,
        "INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        json.dumps(value),
    )


async def forget(on: Connection, name: str) -> None:
    """Drop a fact, if there is one of that name."""
    await run(on, "DELETE FROM fact WHERE name = ?", name)


def month(at: float) -> str:
    """The calendar month of a moment, UTC, as 2026-11."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m")


async def delivered(on: Connection, in_month: str) -> int:
    """How many mailing messages went out in a month."""
    found = await row(on, "SELECT delivered FROM quota WHERE month = ?", in_month)
    return int(found["delivered"]) if found else 0


async def count_delivered(on: Connection, in_month: str, messages: int) -> None:
    """Add to the month's count."""
    await run(
        on,
        "INSERT INTO quota (month, delivered) VALUES (?, ?)"
        " ON CONFLICT (month) DO UPDATE SET delivered = delivered + excluded.delivered",
        in_month,
        messages,
    )
