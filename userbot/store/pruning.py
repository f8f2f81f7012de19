"""Old deliveries go, a small slice at a time: nobody who writes meanwhile waits for long."""

from userbot.store.database import Connection, row, run

SLICE = 1_000
"""Deliveries removed in one transaction: some 5 ms, far below what a mailing would notice."""


async def prune(on: Connection, before: float) -> bool:
    """Remove some deliveries of a sending that ended before a moment; False when there are none left.

    Those that a computed label asks about stay: without them it would say something else.
    """
    oldest = await row(
        on,
        "SELECT id FROM sending WHERE ended_at < ? AND NOT pruned"
        " AND id NOT IN (SELECT sending_id FROM asked) ORDER BY ended_at LIMIT 1",
        before,
    )
    if oldest is None:
        return False
    removed = await run(
        on,
        "DELETE FROM delivery WHERE sending_id = ?1 AND (peer_id, step) IN"
        " (SELECT peer_id, step FROM delivery WHERE sending_id = ?1 ORDER BY peer_id, step LIMIT ?2)",
        oldest["id"],
        SLICE,
    )
    if removed < SLICE:
        await run(on, "UPDATE sending SET pruned = 1 WHERE id = ?", oldest["id"])
    return True
