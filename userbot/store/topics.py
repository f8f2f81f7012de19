"""The topics of the dialogs: whose is which, and whether it stands."""

import json
from collections.abc import Iterable

from userbot.core.desk import SUPERGROUPS
from userbot.store.database import Connection, row, rows, run


async def topic_of(on: Connection, peer_id: int) -> tuple[int, bool] | None:
    """The topic in which the messages of a peer appear, and whether it is closed."""
    found = await row(
        on, "SELECT id, state FROM topic WHERE peer_id = ? AND state <> 'gone' ORDER BY turn DESC LIMIT 1", peer_id
    )
    return None if found is None else (found["id"], found["state"] == "closed")


async def last_topic(on: Connection, peer_id: int) -> int:
    """The newest topic that a peer ever had; 0 when there was none."""
    found = await row(on, "SELECT coalesce(max(id), 0) FROM topic WHERE peer_id = ?", peer_id)
    assert found is not None
    return int(found[0])


async def turned(on: Connection, topics: Iterable[int], state: str) -> None:
    """Topics are open, closed or gone now. One that is gone does not come back."""
    await run(
        on,
        "UPDATE topic SET state = ? WHERE id IN (SELECT value FROM json_each(?)) AND state <> 'gone'",
        state,
        json.dumps(list(topics)),
    )


async def owners(on: Connection, topics: Iterable[int]) -> dict[int, int]:
    """Whose each of these topics is."""
    found = await rows(
        on, "SELECT id, peer_id FROM topic WHERE id IN (SELECT value FROM json_each(?))", json.dumps(list(topics))
    )
    return {each["id"]: each["peer_id"] for each in found}


async def bound_groups(on: Connection) -> dict[int, int]:
    """The supergroups that have a topic, with their access hashes."""
    found = await rows(
        on,
        "SELECT DISTINCT peer_id, access_hash FROM topic JOIN peer ON peer.id = peer_id"
        " WHERE peer_id < ? AND state <> 'gone'",
        SUPERGROUPS,
    )
    return {each["peer_id"]: each["access_hash"] for each in found}


async def has_topic(on: Connection, peer_id: int) -> bool:
    """Whether there is a topic for a peer."""
    return await topic_of(on, peer_id) is not None
