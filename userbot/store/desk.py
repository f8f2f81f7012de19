"""The desk's journal: what happened on one side and what the other side shows of it."""

import json
from collections.abc import Sequence
from sqlite3 import Row

from userbot.core.desk import SUPERGROUPS, Fate, Item, Side, What
from userbot.core.news import Edited, Said
from userbot.store.database import Connection, row, rows, run, value

_FIELDS = (
    "id, peer_id, side, what, dialog_id, topic_id, reply_to, grouped_id, batch, out, sender, date, content, elsewhere"
)


async def note(on: Connection, peer_id: int, side: Side, said: Said) -> None:
    """A message; one that was noted before stays as it is."""
    await run(
        on,
        "INSERT OR IGNORE INTO mirror (peer_id, side, what, dialog_id, topic_id, reply_to, grouped_id, out, sender,"
        " date, elsewhere) VALUES (?, ?, 'message', ?, ?, ?, ?, ?, ?, ?, ?)",
        peer_id,
        side,
        *((said.message_id, None) if side is Side.DIALOG else (None, said.message_id)),
        said.reply_to,
        said.grouped_id,
        said.out,
        said.sender,
        said.date,
        said.elsewhere,
    )


async def note_edit(on: Connection, side: Side, edited: Edited) -> None:
    """A message that is known shows something else."""
    message = edited.message
    column = "dialog_id" if side is Side.DIALOG else "topic_id"
    whose = "peer_id = ?4" if side is Side.DIALOG else "?4"
    await run(
        on,
        f"INSERT INTO mirror (peer_id, side, what, {column}, out, date)"  # noqa: S608  one of two words
        f" SELECT peer_id, side, 'edit', ?1, out, ?2 FROM mirror WHERE {column} = ?1 AND side = ?3"
        f" AND what = 'message' AND status IN ('pending', 'done') AND {whose}",
        message.message_id,
        edited.at,
        side,
        message.chat if side is Side.DIALOG else 1,
    )


async def note_deletions(on: Connection, side: Side, chat: int | None, ids: Sequence[int], now: float) -> None:
    """Messages that are known are gone. Without a chat they are of private dialogs and basic groups."""
    column = "dialog_id" if side is Side.DIALOG else "topic_id"
    only = (
        "side = 'topic'" if side is Side.TOPIC else "peer_id = ?3" if chat is not None else f"peer_id > {SUPERGROUPS}"
    )
    await run(
        on,
        f"INSERT INTO mirror (peer_id, side, what, {column}, date)"  # noqa: S608  all of them are ours
        f" SELECT peer_id, ?2, 'deletion', {column}, ?4 FROM mirror WHERE what = 'message'"
        f" AND status IN ('pending', 'done') AND {column} IN (SELECT value FROM json_each(?1)) AND {only} ORDER BY id",
        json.dumps(list(ids)),
        side,
        chat,
        now,
    )


async def waiting(on: Connection) -> list[tuple[int, Side]]:
    """The lanes in which something is to be done, the longest waiting first."""
    found = await rows(
        on, "SELECT peer_id, side FROM mirror WHERE status = 'pending' GROUP BY peer_id, side ORDER BY min(id)"
    )
    return [(each["peer_id"], Side(each["side"])) for each in found]


async def head(on: Connection, peer_id: int, side: Side) -> list[Item]:
    """The first things to be done in a lane, more of them than make an album."""
    found = await rows(
        on,
        f"SELECT {_FIELDS} FROM mirror WHERE status = 'pending' AND peer_id = ? AND side = ? ORDER BY id LIMIT 101",  # noqa: S608
        peer_id,
        side,
    )
    return [_item(each) for each in found]


async def pending_before(on: Connection, peer_id: int, side: Side, before: int) -> bool:
    """Whether something that was noted earlier is still to be done in a lane."""
    found = await row(
        on,
        "SELECT 1 FROM mirror WHERE status = 'pending' AND peer_id = ? AND side = ? AND id < ?",
        peer_id,
        side,
        before,
    )
    return found is not None


async def seal(on: Connection, items: Sequence[Item]) -> None:
    """These go in one call, whatever happens before it comes back."""
    await run(
        on,
        "UPDATE mirror SET batch = ? WHERE id IN (SELECT value FROM json_each(?))",
        items[0].id,
        json.dumps([each.id for each in items]),
    )


async def settle(
    on: Connection, item: Item, fate: Fate, *, message_id: int | None = None, content: bytes | None = None
) -> None:
    """What became of it: as which message the other side shows it."""
    other = "topic_id" if item.side is Side.DIALOG else "dialog_id"
    await run(
        on,
        f"UPDATE mirror SET status = ?, {other} = coalesce(?, {other}), content = coalesce(?, content) WHERE id = ?",  # noqa: S608
        fate,
        message_id,
        content,
        item.id,
    )


async def in_topic(on: Connection, peer_id: int, dialog_id: int) -> int | None:
    """Where a message of a dialog stands in the group."""
    return await value(
        on,
        "SELECT topic_id FROM mirror WHERE dialog_id = ? AND peer_id = ? AND what = 'message' AND topic_id IS NOT NULL",
        dialog_id,
        peer_id,
    )


async def appears(on: Connection, item: Item) -> bool:
    """Whether the message of a dialog that was edited is one that appears in the topic, and not a copy from there."""
    found = await row(
        on,
        "SELECT 1 FROM mirror WHERE dialog_id = ? AND peer_id = ? AND side = 'dialog' AND what = 'message'"
        " AND status = 'done'",
        item.dialog_id,
        item.peer_id,
    )
    return found is not None


async def in_dialog(on: Connection, peer_id: int, topic_id: int) -> int | None:
    """Which message of the dialog a message of a topic shows, be it by the news of an edit."""
    return await value(
        on,
        "SELECT dialog_id FROM mirror WHERE topic_id = ? AND peer_id = ? AND dialog_id IS NOT NULL",
        topic_id,
        peer_id,
    )


async def is_copy(on: Connection, side: Side, peer_id: int, message_id: int) -> bool:
    """Whether a message on this side is a copy that the desk made of one on the other."""
    column, other = ("dialog_id", "topic") if side is Side.DIALOG else ("topic_id", "dialog")
    found = await row(
        on,
        f"SELECT 1 FROM mirror WHERE {column} = ? AND peer_id = ? AND side = ?",  # noqa: S608  one of two words
        message_id,
        peer_id,
        other,
    )
    return found is not None


async def shown(on: Connection, peer_id: int, dialog_id: int) -> bytes | None:
    """A digest of what the topic shows last of a message."""
    return await value(
        on,
        "SELECT content FROM mirror WHERE dialog_id = ? AND peer_id = ? AND side = 'dialog' AND what <> 'deletion'"
        " AND content IS NOT NULL ORDER BY id DESC LIMIT 1",
        dialog_id,
        peer_id,
    )


async def taken_back(on: Connection, item: Item) -> bool:
    """Whether the message of a dialog that is gone was deleted from its topic, or there twice."""
    found = await row(
        on,
        "SELECT 1 FROM mirror WHERE peer_id = ?1 AND what = 'deletion' AND id < ?2 AND (dialog_id = ?3 OR topic_id ="
        " (SELECT topic_id FROM mirror WHERE dialog_id = ?3 AND peer_id = ?1 AND side = 'topic' AND what = 'message'))",
        item.peer_id,
        item.id,
        item.dialog_id,
    )
    return found is not None


def _item(found: Row) -> Item:
    values = dict(found)
    flags = {name: bool(values[name]) for name in ("out", "elsewhere")}
    return Item(**values | flags | {"side": Side(found["side"]), "what": What(found["what"])})
