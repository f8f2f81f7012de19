"""Who read and answered what a sending delivered: learnt in batches, while the sending runs and for a week after."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from userbot.core.model import Written
from userbot.store.database import Connection, rows, run

WATCHED_SECONDS = 7 * 86400.0

# The sendings whose figures are live, or were at `?3`: what came in a downtime is heard of later. Few, so each delivery
# is found by the journal's own key, and they by their indexes, be there ever so many that ended long ago.
_WATCHED = f"""
    SELECT id FROM sending WHERE status IN ('awaits', 'running', 'paused') AND audience <> 'test' AND reached > 0
    UNION ALL SELECT id FROM sending
    WHERE ended_at >= ?3 - {WATCHED_SECONDS} AND NOT pruned AND audience <> 'test' AND reached > 0
"""  # noqa: S608  ours

# What these delivered to those of whom `?1` tells, in this order and no other: SQLite would look at every delivery.
_THEIRS = f"""
    FROM json_each(?1) AS told CROSS JOIN ({_WATCHED}) AS watched CROSS JOIN delivery AS each
        ON each.sending_id = watched.id AND each.peer_id = CAST(told.key AS INTEGER) AND each.status = 1
"""


async def read(on: Connection, marks: Mapping[int, int], now: float) -> None:
    """These people have read everything up to a message."""
    found = await rows(
        on,
        f"""
        UPDATE delivery SET read_at = ?2 WHERE (sending_id, peer_id, step) IN (
            SELECT sending_id, peer_id, step {_THEIRS} AND read_at IS NULL AND message_id <= told.value
        ) RETURNING sending_id, step
        """,  # noqa: S608  ours
        json.dumps(marks),
        now,
        now,
    )
    for sending_id, people in Counter(each["sending_id"] for each in found if each["step"] == 1).items():
        await run(on, "UPDATE sending SET was_read = was_read + ? WHERE id = ?", people, sending_id)


async def answered(on: Connection, messages: Mapping[int, Written], now: float) -> None:
    """These people wrote: an answer to what they got before, within a week after the last of it."""
    found = await rows(
        on,
        f"""
        UPDATE delivery SET answered_at = ?2 WHERE (sending_id, peer_id, step) IN (
            SELECT sending_id, peer_id, step {_THEIRS} AND answered_at IS NULL AND message_id < told.value ->> 0
                AND told.value ->> 1 <= {WATCHED_SECONDS} + (
                    SELECT max(sent_at) FROM delivery AS last
                    WHERE last.sending_id = each.sending_id AND last.peer_id = each.peer_id)
        ) RETURNING sending_id, step
        """,  # noqa: S608  ours
        json.dumps(messages),
        now,
        min(each.date for each in messages.values()),
    )
    for sending_id, people in Counter(each["sending_id"] for each in found if each["step"] == 1).items():
        await run(on, "UPDATE sending SET answered = answered + ? WHERE id = ?", people, sending_id)


async def answered_before(on: Connection, people: Sequence[int], now: float) -> None:
    """What was sent to these people is written down only now, and may have its answer already."""
    found = await rows(
        on,
        "SELECT id, wrote_id, wrote_at FROM peer"
        " WHERE id IN (SELECT value FROM json_each(?)) AND wrote_id IS NOT NULL AND wrote_at IS NOT NULL",
        json.dumps(people),
    )
    if found:
        await answered(on, {number: Written(*written) for number, *written in found}, now)
