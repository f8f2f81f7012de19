"""What was asked in the backend group and what is still to be answered.

A command's effect, the mark that it was handled, and the answer are written in one transaction: whatever is killed
when, each command is carried out once and answered once.
"""

from userbot.core.model import Notice
from userbot.store.database import Connection, row, rows, run


async def claim(on: Connection, message_id: int) -> bool:
    """Mark a command as handled; False when it was already."""
    return await run(on, "INSERT OR IGNORE INTO handled (message_id) VALUES (?)", message_id) == 1


async def was_handled(on: Connection, message_id: int) -> bool:
    """Whether a command was carried out, or answered, before."""
    return await row(on, "SELECT 1 FROM handled WHERE message_id = ?", message_id) is not None


async def say(on: Connection, notice: Notice) -> None:
    """Have something said in the backend group."""
    await run(
        on,
        "INSERT INTO notice (text, topic, reply_to, report_of) VALUES (?, ?, ?, ?)",
        notice.text,
        notice.topic,
        notice.reply_to,
        notice.report_of,
    )


async def unsaid(on: Connection) -> list[Notice]:
    """The oldest of what is still to be said."""
    return [Notice(**dict(each)) for each in await rows(on, "SELECT * FROM notice ORDER BY id LIMIT 50")]


async def said(on: Connection, notice_id: int) -> None:
    """It stands in the group now."""
    await run(on, "DELETE FROM notice WHERE id = ?", notice_id)
