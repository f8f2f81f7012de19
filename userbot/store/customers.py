"""The customers as a list: one statement, read page by page, so that a million of them cost no memory."""

from collections.abc import AsyncIterator

from userbot.core.listing import CustomerRow
from userbot.store import marks, segments
from userbot.store.database import Connection, speaking

PAGE = 1_000


async def pages(on: Connection, label: str, now: float) -> AsyncIterator[list[CustomerRow]]:
    """All customers, or those with a label, by id. Nobody has a label that is gone."""
    sql = _customers(await _members(on, label, now) if label else None)
    with speaking():
        async with on.execute(sql) as cursor:
            while page := await cursor.fetchmany(PAGE):
                yield [CustomerRow(*each) for each in page]


async def _members(on: Connection, label: str, now: float) -> str:
    found = await marks.find(on, label)
    return "SELECT NULL" if found is None else await segments.members(on, found, now)


def _customers(members: str | None) -> str:
    only = "" if members is None else f"AND id IN ({members})"
    return f"""
        SELECT id, username, name, first_contact, last_contact,
            (SELECT group_concat(mark.name, ' ') FROM marked JOIN mark ON mark.id = mark_id WHERE peer_id = peer.id),
            topic, gone, opted_out_at NOT NULL
        FROM peer LEFT JOIN (SELECT peer_id, max(id) AS topic FROM topic GROUP BY peer_id) ON peer_id = peer.id
        WHERE peer.id > 0 AND has_dialog {only} ORDER BY peer.id
    """  # noqa: S608  the members are a statement of our own
