"""Announcements: of each sending the one message in the group that stays true.

What it should say is written with whatever changed; what it shows follows, at its own pace. A message that says
already what it should is left alone, so a repeat after a crash is harmless.
"""

from dataclasses import dataclass

from userbot.store.database import Connection, rows, run


@dataclass(frozen=True, slots=True)
class Announcement:
    """A message of the group that shows something else than it should."""

    sending_id: int
    message_id: int
    text: str
    topic: int


async def begin(on: Connection, sending_id: int, text: str) -> None:
    """A message is on its way that will be the announcement."""
    await run(
        on,
        "INSERT INTO announcement (sending_id, text) VALUES (?, ?)"
        " ON CONFLICT (sending_id) DO UPDATE SET text = excluded.text, message_id = NULL, shown = NULL",
        sending_id,
        text,
    )


async def stands(on: Connection, sending_id: int, message_id: int, shown: str) -> None:
    """It stands in the group and shows this."""
    await run(
        on,
        "UPDATE announcement SET message_id = ?, shown = ? WHERE sending_id = ?",
        message_id,
        shown,
        sending_id,
    )


async def change(on: Connection, sending_id: int, text: str) -> bool:
    """Have it say something else; False when there is none, nor one on its way."""
    return await run(on, "UPDATE announcement SET text = ? WHERE sending_id = ?", text, sending_id) == 1


async def lost(on: Connection, sending_id: int) -> None:
    """It is not there any more, or cannot be edited any more."""
    await run(on, "DELETE FROM announcement WHERE sending_id = ?", sending_id)


async def stale(on: Connection) -> list[Announcement]:
    """Those that show something else than they should."""
    found = await rows(
        on,
        "SELECT sending_id, message_id, text, topic FROM announcement"
        " JOIN sending ON sending.id = sending_id WHERE shown <> text",
    )
    return [Announcement(**dict(each)) for each in found]
