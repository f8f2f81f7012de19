"""What is never sent goes in pages: the rest of a stopped sending is skipped, what was prepared for a cancelled one
dropped. A page is so many deliveries as they stand, whatever became of them.
"""

from userbot.store import facts
from userbot.store.database import Connection, row, run

Key = tuple[int, int]
"""Of a delivery among those of its sending: the recipient, the step."""

START: Key = (-(2**63), 0)
_END: Key = (2**63 - 1, 2**31)


async def skip_page(on: Connection, sending_id: int, reason: str, behind: Key, size: int) -> Key | None:
    """Skip what is pending among the next deliveries, `size` of them.

    Returns the last one's key, behind which the next page begins; None when there are no more.
    """
    skipped, last = await _change_page(on, "status = 3, reason = ?", reason, "TRUE", sending_id, behind, size)
    await run(on, "UPDATE sending SET skipped = skipped + ? WHERE id = ?", skipped, sending_id)
    return last


async def due_anew_page(on: Connection, sending_id: int, due_at: float, behind: Key, size: int) -> Key | None:
    """Put the first step to another moment, in a sending that has not started: page by page, as `skip_page`."""
    _, last = await _change_page(on, "due_at = ?", due_at, "step = 1", sending_id, behind, size)
    return last


async def _change_page(
    on: Connection, change: str, value: object, only: str, sending_id: int, behind: Key, size: int
) -> tuple[int, Key | None]:
    """Change `only` some of what is pending in a page; how many these were, and the page's last key."""
    last = await _last_of_page(on, sending_id, behind, size)
    changed = await run(
        on,
        f"UPDATE delivery SET {change} WHERE sending_id = ? AND status = 0 AND {only}"  # noqa: S608  words of ours
        " AND (peer_id, step) > (?, ?) AND (peer_id, step) <= (?, ?)",
        value,
        sending_id,
        *behind,
        *(last or _END),
    )
    return changed, last


async def _last_of_page(on: Connection, sending_id: int, behind: Key, size: int) -> Key | None:
    found = await row(
        on,
        "SELECT peer_id, step FROM delivery WHERE sending_id = ? AND (peer_id, step) > (?, ?)"
        " ORDER BY peer_id, step LIMIT 1 OFFSET ?",
        sending_id,
        *behind,
        size - 1,
    )
    return None if found is None else (found["peer_id"], found["step"])


async def drop_page(on: Connection, sending_id: int, size: int) -> bool:
    """Remove some deliveries of a sending; False when none are left."""
    removed = await run(
        on,
        "DELETE FROM delivery WHERE sending_id = ?1 AND (peer_id, step) IN"
        " (SELECT peer_id, step FROM delivery WHERE sending_id = ?1 ORDER BY peer_id, step LIMIT ?2)",
        sending_id,
        size,
    )
    return removed == size


async def owe(on: Connection, fact: str, sending_id: int) -> None:
    """Something is to be done with a sending's deliveries, which takes more than this transaction."""
    await facts.remember(on, fact, [*await owed(on, fact), sending_id])


async def owed(on: Connection, fact: str) -> list[int]:
    """The sendings with which it is still to be done."""
    return await facts.recall(on, fact) or []


async def done(on: Connection, fact: str, sending_id: int) -> None:
    """It is done."""
    await facts.remember(on, fact, [each for each in await owed(on, fact) if each != sending_id])
