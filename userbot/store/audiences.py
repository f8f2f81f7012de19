"""Who a sending is for, and who of them is left out and why: for its start, for the month's check, for everything."""

import json
from collections.abc import Sequence

from userbot.core.model import Audience
from userbot.store.database import Connection, row

# Why somebody with a row in `peer` is left out of a mailing; NULL when they are not.
_LEFT_OUT = "CASE WHEN NOT has_dialog THEN 'no dialog' WHEN opted_out_at IS NOT NULL THEN 'opted out' ELSE gone END"

# Who is meant, as (id, reason to leave out); `?1` is the sending.
MEANT = {
    Audience.ALL: f"SELECT id, {_LEFT_OUT} AS reason FROM peer WHERE id > 0 AND has_dialog",  # noqa: S608  ours
    Audience.MARK: (
        f"SELECT peer.id, {_LEFT_OUT} AS reason FROM sending"  # noqa: S608  ours
        " JOIN mark ON mark.name = sending.mark JOIN marked ON mark_id = mark.id JOIN peer ON peer.id = peer_id"
        " WHERE sending.id = ?1 AND peer.id > 0"
    ),
    Audience.LIST: (
        f"SELECT peer_id AS id, iif(id IS NULL, 'no dialog', {_LEFT_OUT}) AS reason"  # noqa: S608  ours
        " FROM addressed LEFT JOIN peer ON id = peer_id WHERE sending_id = ?1"
    ),
    Audience.TEST: "SELECT peer_id AS id, NULL AS reason FROM addressed WHERE sending_id = ?1",
}
MEANT[Audience.FILE] = MEANT[Audience.LIST]
MEANT[Audience.TOPIC] = MEANT[Audience.TEST]


async def expected(on: Connection, audience: Audience, mark: str | None, peer_ids: Sequence[int]) -> int:
    """How many recipients a sending would have if it started now, without those who are left out."""
    value: str | None = None
    if audience is Audience.ALL:
        among = "peer WHERE true"
    elif audience is Audience.MARK:
        among = (
            "mark JOIN marked ON mark_id = mark.id JOIN peer ON peer.id = peer_id WHERE mark.name = ? AND peer.id > 0"
        )
        value = mark
    elif audience in {Audience.LIST, Audience.FILE}:
        among, value = "json_each(?) JOIN peer ON peer.id = value WHERE true", json.dumps(list(peer_ids))
    else:
        return len(peer_ids)
    people = "" if audience in {Audience.LIST, Audience.FILE} else "AND peer.id > 0"
    sql = f"SELECT count(*) FROM {among} {people} AND ({_LEFT_OUT}) IS NULL"  # noqa: S608  ours
    found = await row(on, sql, *([] if value is None else [value]))
    return int(found[0]) if found else 0
