"""Who a sending is for, and who of them is left out and why: for its start, for the month's check, for everything."""

import json
from collections.abc import Sequence

from userbot.core.model import Audience, Sending
from userbot.store import marks, segments
from userbot.store.database import Connection, row, run

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
# Those of a computed label stand where the ids of a list do (see `work_out`).
MEANT[Audience.MARK] += f" UNION ALL {MEANT[Audience.LIST]}"
# An operator's word to one person goes out whatever was before; what a label sends by itself does not.
MEANT[Audience.TOPIC] = (
    f"SELECT peer_id AS id, iif(begun_by IS NULL, NULL, {_LEFT_OUT}) AS reason"  # noqa: S608  ours
    " FROM addressed JOIN sending ON sending.id = sending_id LEFT JOIN peer ON peer.id = peer_id WHERE sending_id = ?1"
)


async def expected(on: Connection, audience: Audience, mark: str | None, peer_ids: Sequence[int], now: float) -> int:
    """How many recipients a sending would have if it started now, without those who are left out."""
    value: str | None = None
    if audience is Audience.ALL:
        among = "peer WHERE true"
    elif audience is Audience.MARK:
        label = await marks.find(on, mark or "")
        members = "SELECT NULL AS id" if label is None else await segments.members(on, label, now)
        among = f"({members}) AS member JOIN peer ON peer.id = member.id WHERE true"
    elif audience in {Audience.LIST, Audience.FILE}:
        among, value = "json_each(?) JOIN peer ON peer.id = value WHERE true", json.dumps(list(peer_ids))
    else:
        return len(peer_ids)
    people = "" if audience in {Audience.LIST, Audience.FILE} else "AND peer.id > 0"
    sql = f"SELECT count(*) FROM {among} {people} AND ({_LEFT_OUT}) IS NULL"  # noqa: S608  ours
    found = await row(on, sql, *([] if value is None else [value]))
    return int(found[0]) if found else 0


async def work_out(on: Connection, sending: Sending) -> None:
    """Of whom a computed label holds when its sending starts: in one statement, so all at one moment.

    For a million customers that is a second or two in which nobody else writes.
    """
    label = None if sending.mark is None else await marks.find(on, sending.mark)
    if label is not None and label.expression is not None:
        members = await segments.members(on, label, sending.start_at)
        sql = f"INSERT OR IGNORE INTO addressed (sending_id, peer_id) SELECT ?, id FROM ({members})"  # noqa: S608
        await run(on, sql, sending.id)
