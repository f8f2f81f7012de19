"""How fast deliveries went out lately, from the journal."""

import json
from collections.abc import Iterable

from userbot.store.database import Connection, rows


async def lately(on: Connection, sendings: Iterable[int], now: float, width: float, count: int) -> list[int]:
    """How many messages of these sendings went out in each of the last `count` stretches of `width` seconds.

    Oldest first. It reads all deliveries of those sendings: a question for once, not for every second.
    """
    begin = now - width * count
    found = await rows(
        on,
        "SELECT CAST((sent_at - ?1) / ?2 AS INTEGER) AS stretch, count(*) AS messages FROM delivery"
        " WHERE sending_id IN (SELECT value FROM json_each(?3)) AND sent_at > ?1 AND sent_at <= ?4 GROUP BY 1",
        begin,
        width,
        json.dumps(list(sendings)),
        now,
    )
    stretches = [0] * count
    for each in found:
        stretches[min(each["stretch"], count - 1)] += each["messages"]
    return stretches
