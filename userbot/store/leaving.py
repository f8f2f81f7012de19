"""Who wants no more mailings, and what is still to be said to customers about it."""

from dataclasses import dataclass

from userbot.store.database import Connection, rows, run

_MAILINGS = (
    "SELECT id FROM sending WHERE status IN ('awaits', 'running', 'paused') AND audience NOT IN ('test', 'topic')"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """Something that is to be said to a customer."""

    id: int
    peer_id: int
    text: str


async def leave(on: Connection, peer_id: int, now: float, since: float) -> bool:
    """Somebody wants no more mailings; False when that is known. What is left of theirs is due now, to be skipped.

    The last sending that reached them since a moment counts it.
    """
    # Their very first message may be this one, from somebody whom Telegram shows by half.
    await run(on, "INSERT OR IGNORE INTO peer (id, access_hash, name) VALUES (?, 0, '')", peer_id)
    if not await run(on, "UPDATE peer SET opted_out_at = ? WHERE id = ? AND opted_out_at IS NULL", now, peer_id):
        return False
    await run(
        on,
        f"UPDATE delivery SET due_at = ?1 WHERE sending_id IN ({_MAILINGS}) AND peer_id = ?2"  # noqa: S608  ours
        " AND status = 0 AND due_at > ?1",
        now,
        peer_id,
    )
    await run(
        on,
        "UPDATE sending SET opted_out = opted_out + 1 WHERE id = (SELECT max(sending.id) FROM sending JOIN delivery"
        " ON sending_id = sending.id AND peer_id = ?1 AND step = 1 AND delivery.status = 1 AND sent_at >= ?2"
        " WHERE audience NOT IN ('test', 'topic') AND act = 'send' AND coalesce(ended_at, ?2) >= ?2)",
        peer_id,
        since,
    )
    return True


async def come_back(on: Connection, peer_id: int) -> bool:
    """Somebody takes it back; False when there is nothing to take back."""
    return await run(on, "UPDATE peer SET opted_out_at = NULL WHERE id = ? AND opted_out_at NOT NULL", peer_id) > 0


async def write(on: Connection, peer_id: int, text: str) -> None:
    """Have something said to a customer."""
    await run(on, "INSERT INTO letter (peer_id, text) VALUES (?, ?)", peer_id, text)


async def unsaid(on: Connection) -> list[Letter]:
    """What is still to be said, the oldest first."""
    return [Letter(**dict(each)) for each in await rows(on, "SELECT * FROM letter ORDER BY id LIMIT 50")]


async def said(on: Connection, letter_id: int) -> None:
    """It was said, or cannot be."""
    await run(on, "DELETE FROM letter WHERE id = ?", letter_id)
