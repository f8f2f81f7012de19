"""What of a dialog a mailing has delivered, and what answers it: the delivery journal as the desk reads it."""

import json
from collections.abc import Sequence

from userbot.core.desk import Item
from userbot.core.news import Said
from userbot.store.database import Connection, row, rows, value

# The sendings that are open, or ended after `?2`, by their indexes.
_SINCE = """
    SELECT * FROM sending WHERE status IN ('awaits', 'running', 'paused')
    UNION ALL SELECT * FROM sending WHERE ended_at > ?2 AND NOT pruned
"""

NEARLY = 3600.0
"""Seconds by which the clocks of this machine and of Telegram may differ."""


async def delivered(on: Connection, messages: Sequence[Said | Item]) -> set[int]:
    """Which of these messages in private dialogs and groups a mailing has delivered. By their ids.

    A mailing's own messages have ids in a row. One whose id Telegram never told is known by its time.
    """
    if not messages:
        return set()
    asked = [
        [each.chat, each.message_id, each.date] if isinstance(each, Said) else [each.peer_id, each.dialog_id, each.date]
        for each in messages
    ]
    found = await rows(
        on,
        f"""
        WITH recent AS MATERIALIZED ({_SINCE})
        SELECT value ->> 1 AS id FROM json_each(?1) CROSS JOIN recent CROSS JOIN delivery
            ON delivery.sending_id = recent.id AND delivery.peer_id = value ->> 0 AND delivery.status = 1
        CROSS JOIN sending_step ON sending_step.sending_id = recent.id AND position = step
        WHERE started_at <= value ->> 2 + {NEARLY} AND coalesce(ended_at, value ->> 2) >= value ->> 2 - {NEARLY}
            AND iif(message_id IS NULL, abs(sent_at - (value ->> 2)) < 60, value ->> 1 BETWEEN message_id AND
                message_id + length(sending_step.message_ids) - length(replace(sending_step.message_ids, ' ', '')))
        """,  # noqa: S608  ours
        json.dumps(asked),
        min(each.date for each in messages) - NEARLY,
    )
    return {each["id"] for each in found}


async def may_be_delivered(on: Connection, peer_id: int, due_by: float) -> str | None:
    """The status of a sending that may have delivered something to a peer without having written it down.

    That is one with a delivery that was tried, or that was due then and may have been under way.
    """
    return await value(
        on,
        "SELECT sending.status FROM sending CROSS JOIN delivery ON sending_id = sending.id AND peer_id = ?"
        " WHERE sending.status IN ('awaits', 'running', 'paused') AND sending.status <> 'awaits'"
        " AND delivery.status = 0 AND (tries > 0 OR due_at <= ?)"
        " ORDER BY sending.status = 'running' DESC LIMIT 1",
        peer_id,
        due_by,
    )


async def answered(on: Connection, item: Item, within: float) -> int | None:
    """The mailing that a message of a customer is the first answer to, if it came so many seconds after its last step.

    Private messages share one sequence of ids, so what came later has the higher one.
    """
    found = await row(
        on,
        f"""
        WITH recent AS MATERIALIZED ({_SINCE})
        SELECT id, min(message_id) AS first FROM (
            SELECT recent.id, audience, message_id, sent_at FROM recent CROSS JOIN delivery
                ON sending_id = recent.id AND peer_id = ?1 AND delivery.status = 1
            UNION ALL SELECT recent.id, audience, message_id, sent_at FROM recent CROSS JOIN arrival
                ON sending_id = recent.id AND peer_id = ?1
        ) WHERE audience NOT IN ('test', 'topic') GROUP BY id
        HAVING min(message_id) < ?3 AND max(sent_at) > ?2 ORDER BY max(sent_at) DESC LIMIT 1
        """,  # noqa: S608  ours
        item.peer_id,
        item.date - within,
        item.dialog_id,
    )
    if found is None:
        return None
    earlier = await row(
        on,
        "SELECT 1 FROM mirror WHERE peer_id = ? AND side = 'dialog' AND what = 'message' AND NOT out"
        " AND dialog_id > ? AND dialog_id < ? LIMIT 1",
        item.peer_id,
        found["first"],
        item.dialog_id,
    )
    return found["id"] if earlier is None else None
