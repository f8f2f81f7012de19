"""What is old goes, a small slice at a time: nobody who writes meanwhile waits for long."""

from userbot.store import clearing, sendings, versions
from userbot.store.database import Connection, row, run

SLICE = 1_000
"""Rows removed in one transaction: some 5 ms, far below what a mailing would notice."""


async def prune(on: Connection, before: float) -> bool:
    """Remove some deliveries of a sending that ended before a moment; False when there are none left.

    Those that a computed label asks about stay, for without them it would say something else; and those that a sending
    goes back to which is not at its end.
    """
    oldest = await row(
        on,
        "SELECT id FROM sending WHERE ended_at < ? AND NOT pruned AND id NOT IN (SELECT sending_id FROM asked)"
        " AND id NOT IN (SELECT origin FROM sending WHERE origin IS NOT NULL AND ended_at IS NULL)"
        " ORDER BY ended_at LIMIT 1",
        before,
    )
    if oldest is None:
        return False
    sending = await sendings.find(on, oldest["id"])
    assert sending is not None
    if sending.versions > 1:
        await versions.keep_figures(on, sending)
    if not await clearing.drop_page(on, sending.id, SLICE):
        await run(on, "UPDATE sending SET pruned = 1 WHERE id = ?", sending.id)
        for table in ("sending_step", "announcement", "arrival"):
            await run(on, f"DELETE FROM {table} WHERE sending_id = ?", sending.id)  # noqa: S608  one of three words
    return True


async def forget_commands(on: Connection, before: float, up_to: int) -> bool:
    """Forget some commands that were written before a moment, up to a message of the group; False when that was all.

    Later ones may be read in the group's history again, however old they are.
    """
    removed = await run(
        on,
        "DELETE FROM handled WHERE message_id IN"
        " (SELECT message_id FROM handled WHERE at < ? AND message_id <= ? ORDER BY at LIMIT ?)",
        before,
        up_to,
        SLICE,
    )
    return removed == SLICE


async def forget_mirrored(on: Connection, before: float, dropped_before: float) -> bool:
    """Forget some of what the desk carried over before a moment, and of what was not for the other side.

    Returns False when that was all. What is still to be carried over stays.
    """
    removed = await run(
        on,
        "DELETE FROM mirror WHERE id IN (SELECT id FROM mirror WHERE status IN ('done', 'failed') AND date < ?"
        " UNION ALL SELECT id FROM mirror WHERE status = 'dropped' AND date < ? LIMIT ?)",
        before,
        dropped_before,
        SLICE,
    )
    return removed == SLICE
