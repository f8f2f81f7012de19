"""Whom the account can address, and which topic is whose."""

import json
from collections.abc import Iterable, Mapping

from userbot.core.model import Peer, Written
from userbot.store.database import Connection, row, rows, run, value


async def learn(on: Connection, peers: Iterable[Peer]) -> None:
    """Remember peers as Telegram describes them now.

    What is known already stays where the new word is silent: a dialog does not end because its peer was met in a
    group, and who blocked the account is `gone` until they write.
    """
    found = [
        {
            "id": peer.id,
            "access_hash": peer.access_hash,
            "name": peer.name,
            "username": peer.username,
            "has_dialog": peer.has_dialog,
            "gone": peer.gone,
            "first_name": peer.first_name,
            "last_name": peer.last_name,
        }
        for peer in peers
    ]
    # One statement for the whole page: SQLite runs it without the interpreter, however long the page is.
    await run(
        on,
        """
        INSERT INTO peer (id, access_hash, name, username, has_dialog, gone, first_name, last_name)
        SELECT value ->> 'id', value ->> 'access_hash', value ->> 'name', value ->> 'username',
               value ->> 'has_dialog', value ->> 'gone', value ->> 'first_name', value ->> 'last_name'
        FROM json_each(?) WHERE true
        ON CONFLICT (id) DO UPDATE SET
            access_hash = excluded.access_hash, name = excluded.name, username = excluded.username,
            has_dialog = max(has_dialog, excluded.has_dialog AND NOT tester), gone = coalesce(excluded.gone, gone),
            first_name = excluded.first_name, last_name = excluded.last_name
        """,
        json.dumps(found),
    )


async def wrote(on: Connection, last: Mapping[int, Written]) -> None:
    """The last message each of these wrote: there is a dialog, and what kept messages from them before is over."""
    await run(
        on,
        """
        UPDATE peer SET has_dialog = 1, tester = 0, gone = NULL, wrote_id = value ->> 0, wrote_at = value ->> 1,
            first_contact = min(coalesce(first_contact, value ->> 1), value ->> 1),
            last_contact = max(coalesce(last_contact, value ->> 1), value ->> 1)
        FROM json_each(?) WHERE peer.id = CAST(key AS INTEGER) AND value ->> 0 > coalesce(wrote_id, 0)
        """,
        json.dumps(last),
    )


async def in_contact(on: Connection, moments: Mapping[int, float]) -> None:
    """When the last message with each of these was written, whoever wrote it."""
    await run(
        on,
        """
        UPDATE peer SET first_contact = min(coalesce(first_contact, value), value),
            last_contact = max(coalesce(last_contact, value), value)
        FROM json_each(?) WHERE peer.id = CAST(key AS INTEGER)
        """,
        json.dumps(moments),
    )


async def tests(on: Connection, peer_id: int) -> None:
    """Somebody tries a message on themselves: the dialog that this may open makes them no customer."""
    await run(on, "UPDATE peer SET tester = 1 WHERE id = ? AND NOT has_dialog", peer_id)


async def find(on: Connection, peer_id: int) -> Peer | None:
    """One peer."""
    found = await row(on, "SELECT * FROM peer WHERE id = ?", peer_id)
    if found is None:
        return None
    return Peer(
        found["id"],
        found["access_hash"],
        found["name"],
        found["username"],
        bool(found["has_dialog"]),
        found["gone"],
        found["first_name"],
        found["last_name"],
    )


async def named(on: Connection, usernames: Iterable[str]) -> dict[str, int]:
    """Who has a dialog with the account, by the usernames they have; compared without case."""
    found = await rows(
        on,
        "SELECT value, peer.id AS id FROM json_each(?) JOIN peer ON username = value COLLATE NOCASE WHERE has_dialog",
        json.dumps(list(usernames)),
    )
    return {each["value"]: each["id"] for each in found}


async def are_known(on: Connection, ids: Iterable[int]) -> bool:
    """Whether the account has a dialog with every one of these."""
    found = await row(
        on,
        "SELECT count(*) FROM json_each(?) LEFT JOIN peer ON peer.id = value WHERE NOT coalesce(has_dialog, 0)",
        json.dumps(list(ids)),
    )
    return found is not None and not found[0]


async def customers_among(on: Connection, ids: Iterable[int]) -> list[int]:
    """Those of these who are people with a dialog."""
    found = await rows(
        on,
        "SELECT peer.id FROM json_each(?) JOIN peer ON peer.id = value WHERE peer.id > 0 AND has_dialog",
        json.dumps(list(ids)),
    )
    return [each["id"] for each in found]


async def without_address(on: Connection, ids: Iterable[int]) -> set[int]:
    """Those of these that are not known with an access hash."""
    found = await rows(
        on,
        "SELECT value FROM json_each(?) LEFT JOIN peer ON peer.id = value WHERE NOT coalesce(access_hash, 0)",
        json.dumps(list(ids)),
    )
    return {each for (each,) in found}


async def count_customers(on: Connection) -> int:
    """How many people have a dialog with the account."""
    found = await row(on, "SELECT count(*) FROM peer WHERE id > 0 AND has_dialog")
    return int(found[0]) if found else 0


async def bind_topic(on: Connection, topic: int, peer_id: int) -> None:
    """Make a topic of the backend group the dialog topic of a peer: theirs appears there from now on."""
    await run(
        on,
        "INSERT INTO topic (id, peer_id, turn) SELECT ?, ?, coalesce(max(turn), 0) + 1 FROM topic WHERE true"
        " ON CONFLICT (id) DO UPDATE SET peer_id = excluded.peer_id, turn = excluded.turn, state = 'open'",
        topic,
        peer_id,
    )


async def of_topic(on: Connection, topic: int) -> Peer | None:
    """The peer whose dialog topic this is."""
    found = await row(on, "SELECT peer_id FROM topic WHERE id = ?", topic)
    return None if found is None else await find(on, found[0])


async def topic_of(on: Connection, peer_id: int) -> int | None:
    """The topic that belongs to a peer, the latest when there are several."""
    return await value(on, "SELECT max(id) AS topic FROM topic WHERE peer_id = ?", peer_id)
