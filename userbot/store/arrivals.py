"""Deliveries that arrived though no answer said so: known by their random ids, from the account's news."""

import json
from collections.abc import Sequence
from typing import Any

from userbot.core.delivery import Sent, random_ids
from userbot.core.model import Delivery, Sending
from userbot.core.news import Arrived
from userbot.store.database import Connection, rows, run


async def note(on: Connection, arrived: Sequence[Arrived]) -> None:
    """Keep which of these messages are deliveries that are pending still."""
    by_random_id = {(each.chat, each.random_id): each for each in arrived}
    found = []
    for each in await _pending(on, {each.chat for each in arrived}):
        sources = [int(number) for number in each["message_ids"].split()]
        for place, random_id in enumerate(random_ids(each["seed"], each["peer_id"], each["step"], sources)):
            there = by_random_id.get((each["peer_id"], random_id))
            if there is not None:
                found.append([each["id"], each["peer_id"], each["step"], place, there.message_id, there.date])
    if found:
        await run(
            on,
            "INSERT OR IGNORE INTO arrival (sending_id, peer_id, step, place, message_id, sent_at)"
            " SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?)",
            json.dumps(found),
        )


async def _pending(on: Connection, chats: set[int]) -> list[Any]:
    """The deliveries to these that have no outcome, of whatever sends or has just been stopped."""
    return await rows(
        on,
        """
        SELECT sending.id, seed, peer_id, step, sending_step.message_ids
        FROM sending INDEXED BY sending_unsettled CROSS JOIN json_each(?) AS chat
            CROSS JOIN delivery ON delivery.sending_id = sending.id AND peer_id = chat.value AND delivery.status = 0
            JOIN sending_step ON sending_step.sending_id = sending.id AND position = step
                AND (versions = 1 OR version = chosen(seed, peer_id, versions))
        WHERE act = 'send' AND total > sent + failed + skipped
        """,
        json.dumps(list(chats)),
    )


async def of(on: Connection, sending: Sending, only: Delivery | None = None) -> list[tuple[Delivery, Sent, float]]:
    """The pending deliveries of a sending that are there, or the one that is meant; as what, and since when."""
    found = await rows(
        on,
        """
        SELECT peer_id, step, due_at, tries, json_group_array(arrival.message_id) AS ids, min(arrival.sent_at) AS at
        FROM (SELECT * FROM arrival WHERE sending_id = ?1 AND (?2 IS NULL OR (peer_id = ?2 AND step = ?3))
              ORDER BY peer_id, step, place) AS arrival
        JOIN delivery USING (sending_id, peer_id, step)
        WHERE delivery.status = 0 GROUP BY peer_id, step
        """,
        sending.id,
        only and only.peer_id,
        only and only.step,
    )
    there = []
    for each in found:
        first, *others = json.loads(each["ids"])
        delivery = Delivery(sending.id, each["peer_id"], each["step"], each["due_at"], each["tries"], 0)
        there.append((delivery, Sent(first, tuple(others)), each["at"]))
    return there
