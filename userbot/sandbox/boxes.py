"""Message boxes: every change of a user's private messages or of a channel gets its id and its pts here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from telethon.tl import types

from userbot.sandbox import render
from userbot.sandbox.peers import User, bare, members, peer, users
from userbot.sandbox.render import Row
from userbot.sandbox.world import Caller, World


@dataclass(frozen=True, slots=True)
class Draft:
    """One message about to be placed."""

    content: int
    reply_to: int | None = None
    grouped_id: int | None = None
    forward: bytes | None = None
    reply_peer: int | None = None


_ADD_MESSAGE = "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_RAISE_DIALOG = """INSERT INTO dialogs (owner, peer, top, date) VALUES (?, ?, ?, ?)
                   ON CONFLICT (owner, peer) DO UPDATE SET top = excluded.top, date = excluded.date"""


def place_private(world: World, sender: User, to: User, drafts: list[Draft]) -> list[Row]:
    """Put messages into both users' boxes, or into one when someone writes to themselves.

    Returns the rows in pairs, the sender's first.
    """
    date = world.now()
    sides = {sender.id: sender, to.id: to}
    placed = []
    for step, draft in enumerate(drafts, 1):
        for box, owner in sides.items():
            other = to if box == sender.id else sender
            placed.append(Row(
                box, owner.last_message + step, other.id, sender.id, draft.content, owner.pts + step, date,
                None, _reply_in(world, draft, sender.id, box), draft.grouped_id, draft.forward,
                other.last_message + step if other is not owner else None, draft.reply_peer,
            ))  # fmt: skip
    world.db.executemany(
        "UPDATE users SET last_message = ?, pts = ? WHERE id = ?",
        [(row.id, row.pts, row.box) for row in placed[-len(sides) :]],
    )
    world.db.executemany(_ADD_MESSAGE, placed)
    raised = [(row.box, row.thread, row.id, date) for row in placed[-len(sides) :]]
    world.db.executemany(_RAISE_DIALOG, raised)
    return placed


def _reply_in(world: World, draft: Draft, sender: int, box: int) -> int | None:
    if draft.reply_to is None or draft.reply_peer or box == sender:
        return draft.reply_to
    twin: int | None = world.value("SELECT twin FROM messages WHERE box = ? AND id = ?", sender, draft.reply_to)
    return twin


def write(world: World, sender: int, to: int, content: int) -> None:
    """A private message from one of Telegram's own accounts."""
    both = users(world, (sender, to))
    for row in place_private(world, both[sender], both[to], [Draft(content)]):
        tell(world, row)


def place_in_channel(world: World, channel: int, author: int, thread: int | None, draft: Draft) -> Row:
    """Put a message into a channel; `thread` None makes it the root of a topic of its own."""
    date = world.now()
    number, pts = world.one(
        "UPDATE channels SET last_message = last_message + 1, pts = pts + 1 WHERE id = ? RETURNING last_message, pts",
        channel,
    )
    row = Row(
        channel, number, thread or number, author, draft.content, pts, date, None, draft.reply_to,
        draft.grouped_id, draft.forward, None, draft.reply_peer,
    )  # fmt: skip
    world.db.execute(_ADD_MESSAGE, row)
    raised = [(user, channel, number, date) for user in members(world, channel)]
    world.db.executemany(_RAISE_DIALOG, raised)
    return row


def tell(world: World, row: Row, by: Caller | None = None) -> None:
    """Send the news of a message to everybody who sees its box, but `by` whom the answer reaches anyway."""
    for viewer in listeners(world, row.box, by):
        update = render.new_message(world, viewer, row)
        push(world, viewer, [update], render.mentioned(world, [row]), by)


def listeners(world: World, box: int, by: Caller | None = None) -> list[int]:
    """Who sees this box and is logged in elsewhere than where `by` calls from."""
    besides = by.auth_key_id if by else None
    return [user for user in _owners(world, box) if world.online(user, besides)]


def push(world: World, viewer: int, items: list[Any], ids: Iterable[int], by: Caller | None = None) -> None:
    """Send updates, and whom they mention, to the viewer's sessions."""
    world.push(viewer, render.updates(world, viewer, items, ids), by.session_id if by else None)


def _owners(world: World, box: int) -> list[int]:
    return [box] if box > 0 else members(world, box)


def advance(world: World, box: int, count: int) -> int:
    """Take `count` steps in the box's pts sequence; returns the new pts."""
    table = "users" if box > 0 else "channels"
    sql = f"UPDATE {table} SET pts = pts + ? WHERE id = ? RETURNING pts"
    return int(world.value(sql, count, box))


def edit(world: World, row: Row, content: int, by: Caller | None = None) -> tuple[Row, int]:
    """Give a message (and its twin) new content; returns what it is now, and the pts of the edit."""
    edited = []
    for box, number in _copies(row):
        world.db.execute(
            "UPDATE messages SET content = ?, edited = ? WHERE box = ? AND id = ?",
            (content, world.now(), box, number),
        )
        changed = render.row(world, box, number)
        if changed is None:  # the other side deleted theirs
            continue
        pts = advance(world, box, 1)
        world.db.execute("INSERT INTO events VALUES (?, ?, ?, NULL)", (box, pts, number))
        for viewer in listeners(world, box, by):
            update = render.edited_message(world, viewer, changed, pts)
            push(world, viewer, [update], render.mentioned(world, [changed]), by)
        edited.append((changed, pts))
    return edited[0]


def _copies(row: Row) -> list[tuple[int, int]]:
    return [(row.box, row.id)] + ([(row.thread, row.twin)] if row.box > 0 and row.twin else [])


def delete(world: World, box: int, ids: list[int], by: Caller | None = None) -> tuple[int, int]:
    """Remove messages from one box; returns (pts, how many steps it took)."""
    gone = [row for number in ids if (row := render.row(world, box, number))]
    if not gone:
        return advance(world, box, 0), 0
    world.db.executemany("DELETE FROM messages WHERE box = ? AND id = ?", [(box, row.id) for row in gone])
    for thread in {row.peer for row in gone}:
        _lower_dialogs(world, box, thread)
    pts = advance(world, box, len(gone))
    numbers = [row.id for row in gone]
    if box > 0:
        update = types.UpdateDeleteMessages(numbers, pts, len(gone))
    else:
        update = types.UpdateDeleteChannelMessages(bare(box), numbers, pts, len(gone))
    record(world, box, update, by)
    return pts, len(gone)


_IN = {True: "box = ? AND thread = ?", False: "box = ?"}
"""The messages of a dialog: a private one is a thread of its owner's box, a channel a whole box."""


def _place(box: int, dialog: int) -> tuple[int, ...]:
    return (box, dialog) if box > 0 else (box,)


def _lower_dialogs(world: World, box: int, dialog: int) -> None:
    """A dialog stands where its last message stands; a private one without any disappears."""
    last = render.rows(world, f"{_IN[box > 0]} ORDER BY id DESC LIMIT 1", *_place(box, dialog))
    for owner in _owners(world, box):
        if last:
            place = (last[0].id, last[0].date, owner, dialog)
            world.db.execute("UPDATE dialogs SET top = ?, date = ? WHERE owner = ? AND peer = ?", place)
        else:
            world.db.execute("DELETE FROM dialogs WHERE owner = ? AND peer = ?", (owner, dialog))


def record(world: World, box: int, update: Any, by: Caller | None = None) -> None:
    """Keep an update that has pts in the history of its box, and send it."""
    world.db.execute("INSERT INTO events VALUES (?, ?, NULL, ?)", (box, update.pts, bytes(update)))
    dialog = [box] if box < 0 else []
    for viewer in listeners(world, box, by):
        push(world, viewer, [update], dialog, by)


def read_private(world: World, reader: int, writer: int, up_to: int, by: Caller | None = None) -> int:
    """The reader has seen the dialog up to a message of theirs; the writer learns which of theirs that was."""
    seen = render.rows(
        world,
        "box = ? AND thread = ? AND sender = ? AND id <= ? ORDER BY id DESC LIMIT 1",
        *(reader, writer, writer, up_to or 2**31),
    )
    before = world.value("SELECT read_inbox FROM dialogs WHERE owner = ? AND peer = ?", reader, writer)
    if not seen or before is None or seen[0].id <= before:
        return advance(world, reader, 0)
    mark_read(world, "read_inbox", reader, writer, seen[0].id)
    pts = advance(world, reader, 1)
    left = unread(world, reader, writer, seen[0].id)
    record(world, reader, types.UpdateReadHistoryInbox(peer(writer), seen[0].id, left, pts, 1), by)
    if twin := seen[0].twin:
        mark_read(world, "read_outbox", writer, reader, twin)
        record(world, writer, types.UpdateReadHistoryOutbox(peer(reader), twin, advance(world, writer, 1), 1))
    return pts


def mark_read(world: World, column: str, owner: int, other: int, number: int) -> None:
    """Raise `read_inbox` or `read_outbox` of a dialog to this message."""
    sql = f"UPDATE dialogs SET {column} = max({column}, ?) WHERE owner = ? AND peer = ?"
    world.db.execute(sql, (number, owner, other))


def unread(world: World, owner: int, dialog: int, read_up_to: int) -> int:
    """How many messages of others lie above what the owner has read."""
    where, box = _IN[dialog > 0], owner if dialog > 0 else dialog
    sql = f"SELECT count(*) FROM messages WHERE {where} AND id > ? AND sender <> ?"
    return int(world.value(sql, *_place(box, dialog), read_up_to, owner))
