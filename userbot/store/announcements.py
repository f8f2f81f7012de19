"""Announcements: of each sending the one message in the group that stays true.

What it should say is written with whatever changed; what it shows follows, at its own pace. A message that says
already what it should is left alone, so a repeat after a crash is harmless.
"""

from dataclasses import dataclass

from userbot.store.database import Connection, row, rows, run


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


@dataclass(frozen=True, slots=True)
class Told:
    """What an announcement should say, and the part of it that stays once its sending has started."""

    head: str | None
    text: str


async def begin_with(on: Connection, sending_id: int, head: str) -> None:
    """From now on, whatever it says begins with this."""
    await run(on, "UPDATE announcement SET head = ? WHERE sending_id = ?", head, sending_id)


async def told(on: Connection, sending_id: int) -> Told | None:
    """What it should say; None when there is none."""
    found = await row(on, "SELECT head, text FROM announcement WHERE sending_id = ?", sending_id)
    return None if found is None else Told(**dict(found))


async def lost(on: Connection, sending_id: int) -> None:
    """It could not be posted."""
    await run(on, "DELETE FROM announcement WHERE sending_id = ?", sending_id)


async def stale(on: Connection) -> list[Announcement]:
    """Those that show something else than they should."""
    found = await rows(
        on,
        "SELECT sending_id, message_id, text, topic FROM announcement"
        " JOIN sending ON sending.id = sending_id WHERE shown <> text",
    )
    return [Announcement(**dict(each)) for each in found]
