"""What was asked in the backend group and what is still to be answered.

A command's effect, the mark that it was handled, and the answer are written in one transaction: whatever is killed
when, each command is carried out once and answered once.
"""

from userbot.core.model import Notice
from userbot.store import announcements
from userbot.store.database import Connection, row, rows, run, value


async def claim(on: Connection, message_id: int, at: float, mistake: str | None = None) -> bool:
    """Mark a command that was written then as handled; False when it was already.

    `mistake` is its text when it was not understood: another text of the same message may be claimed once more.
    """
    return (
        await run(
            on,
            "INSERT INTO handled (message_id, at, mistake) VALUES (?1, ?3, ?2) ON CONFLICT (message_id) DO UPDATE"
            " SET mistake = ?2 WHERE mistake <> coalesce(?2, '')",
            message_id,
            mistake,
            at,
        )
        == 1
    )


async def was_handled(on: Connection, message_id: int) -> bool:
    """Whether a command was carried out, or answered, before."""
    return await row(on, "SELECT 1 FROM handled WHERE message_id = ?", message_id) is not None


async def was_mistaken(on: Connection, message_id: int, text: str) -> bool:
    """Whether a command was answered as a mistake, and this is another text of it."""
    found = await row(on, "SELECT 1 FROM handled WHERE message_id = ? AND mistake <> ?", message_id, text)
    return found is not None


async def say(on: Connection, notice: Notice) -> None:
    """Have something said in the backend group."""
    about = notice.sending_id or notice.report_of
    await run(
        on,
        "INSERT INTO notice (text, topic, reply_to, report_of, sending_id, live, listing, export, question)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        notice.text,
        notice.topic,
        notice.reply_to,
        notice.report_of,
        about,
        notice.live,
        notice.listing,
        notice.export,
        notice.question,
    )
    if notice.live and about is not None:
        await announcements.begin(on, about, notice.text)


async def unsaid(on: Connection) -> list[Notice]:
    """The oldest of what is still to be said."""
    return [Notice(**dict(each)) for each in await rows(on, "SELECT * FROM notice ORDER BY id LIMIT 50")]


async def said(on: Connection, notice: Notice, message_id: int | None) -> None:
    """It stands in the group now, as this message; None when it cannot be said there."""
    await run(on, "DELETE FROM notice WHERE id = ?", notice.id)
    if message_id is not None:
        await run(
            on,
            "INSERT OR IGNORE INTO posted (message_id, sending_id) VALUES (?, ?)",
            message_id,
            notice.sending_id,
        )
    if notice.live and notice.sending_id is not None:
        if message_id is None:
            await announcements.lost(on, notice.sending_id)
        else:
            await announcements.stands(on, notice.sending_id, message_id, notice.text)


async def is_own(on: Connection, message_id: int, text: str) -> bool:
    """Whether a message of the group is the program's own, be it one that is being said at this moment."""
    found = await row(
        on,
        "SELECT 1 FROM posted WHERE message_id = ? UNION ALL SELECT 1 FROM notice WHERE text = ?",
        message_id,
        text,
    )
    return found is not None


async def about(on: Connection, message_id: int) -> int | None:
    """The sending that a notice of the program is about."""
    return await value(on, "SELECT sending_id FROM posted WHERE message_id = ?", message_id)
