"""What the freeze has written into a sending, counted page by page: while it is counted nobody waits."""

from collections import Counter
from dataclasses import dataclass, field

from userbot.store.database import Connection, rows, run

PAGE = 10_000
"""Recipients counted in one statement: some 5 ms."""


@dataclass(slots=True)
class Frozen:
    """How many people and messages; of the former those who are left out, by reason."""

    people: int = 0
    messages: int = 0
    skipped: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


async def count(on: Connection, sending_id: int) -> Frozen:
    """Count a sending that has not started yet: until then nobody else touches what was written."""
    frozen, last, full = Frozen(), -(2**63), True
    while full:
        found = await rows(
            on,
            """
            SELECT reason, count(*) AS people, sum(messages) AS messages, max(peer_id) AS last
            FROM (SELECT peer_id, reason, count(*) AS messages FROM delivery
                  WHERE sending_id = ? AND peer_id > ? GROUP BY peer_id ORDER BY peer_id LIMIT ?)
            GROUP BY reason
            """,
            sending_id,
            last,
            PAGE,
        )
        for each in found:
            frozen.people += each["people"]
            frozen.messages += each["messages"]
            if each["reason"] is not None:
                frozen.skipped += each["messages"]
                frozen.left_out[each["reason"]] += each["people"]
        full = sum(each["people"] for each in found) == PAGE
        last = max((each["last"] for each in found), default=last)
    return frozen


async def note(on: Connection, sending_id: int, frozen: Frozen) -> None:
    """Write the counts into the sending."""
    await run(
        on,
        "UPDATE sending SET recipients = ?2, total = ?3, skipped = ?4 WHERE id = ?1",
        sending_id,
        frozen.people,
        frozen.messages,
        frozen.skipped,
    )


async def ask_for_a_go(on: Connection, sending_id: int, recipients: int) -> None:
    """It waits for an administrator's word, which is to hold for so many."""
    await run(on, "UPDATE sending SET unconfirmed = 1, confirmed = ?2 WHERE id = ?1", sending_id, recipients)


async def forget_addressed(on: Connection, sending_id: int, limit: int) -> bool:
    """Drop some of the ids that a list or a file named, which are resolved now; False when none are left."""
    gone = await run(
        on,
        "DELETE FROM addressed WHERE sending_id = ?1 AND peer_id IN"
        " (SELECT peer_id FROM addressed WHERE sending_id = ?1 LIMIT ?2)",
        sending_id,
        limit,
    )
    return gone > 0
