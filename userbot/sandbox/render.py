"""A stored message as TL: each viewer's own picture of it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from telethon.extensions import BinaryReader
from telethon.tl import types

from userbot.sandbox import polls
from userbot.sandbox.peers import Users, objects, peer
from userbot.sandbox.world import World

GENERAL = 1
"""The topic that every forum has, and the only one of a group without topics."""


class Row(NamedTuple):
    """A row of `messages`."""

    box: int
    id: int
    thread: int
    sender: int
    content: int
    pts: int
    date: int
    edited: int | None
    reply_to: int | None
    grouped_id: int | None
    forward: bytes | None
    twin: int | None
    reply_peer: int | None = None

    @property
    def peer(self) -> int:
        """The dialog in which the box's owner sees it."""
        return self.thread if self.box > 0 else self.box


def rows(world: World, condition: str, *values: Any) -> list[Row]:
    """The messages that meet an SQL condition (which may go on with ORDER BY and LIMIT)."""
    return [Row._make(row) for row in world.db.execute(f"SELECT * FROM messages WHERE {condition}", values)]


def row(world: World, box: int, number: int) -> Row | None:
    """One message by its box and id."""
    found = world.one("SELECT * FROM messages WHERE box = ? AND id = ?", box, number)
    return Row._make(found) if found else None


def message(world: World, viewer: int, shown: Row) -> Any:
    """The message as `viewer` gets it: a Message or a MessageService."""
    content = world.content(shown.content)
    out = shown.sender == viewer
    # Telegram leaves from_id out where the dialog already says who wrote.
    author = peer(shown.sender) if out or shown.box < 0 else None
    if isinstance(content, types.MessageService):
        return types.MessageService(
            shown.id, peer(shown.peer), shown.date, out=out, from_id=author, reply_to=reply_header(shown),
            action=content.action,
        )  # fmt: skip
    return types.Message(
        shown.id,
        peer(shown.peer),
        shown.date,
        content.message,
        out=out,
        from_id=author,
        fwd_from=BinaryReader(shown.forward).tgread_object() if shown.forward else None,
        reply_to=reply_header(shown),
        media=polls.shown(world, viewer, content.media)
        if isinstance(content.media, types.MessageMediaPoll)
        else content.media,
        entities=content.entities,
        edit_date=shown.edited,
        grouped_id=shown.grouped_id,
    )


def reply_header(shown: Row) -> types.MessageReplyHeader | None:
    """Where a message stands. In a topic other than General even one that is no reply points at the root."""
    if shown.reply_peer:
        topic = (
            {"forum_topic": True, "reply_to_top_id": shown.thread} if shown.box < 0 and shown.thread != GENERAL else {}
        )
        return types.MessageReplyHeader(
            reply_to_msg_id=shown.reply_to, reply_to_peer_id=peer(shown.reply_peer), **topic
        )
    if shown.box > 0 or shown.thread == GENERAL:
        return types.MessageReplyHeader(reply_to_msg_id=shown.reply_to) if shown.reply_to else None
    if shown.reply_to:
        return types.MessageReplyHeader(forum_topic=True, reply_to_msg_id=shown.reply_to, reply_to_top_id=shown.thread)
    if shown.id == shown.thread:
        return None
    return types.MessageReplyHeader(forum_topic=True, reply_to_msg_id=shown.thread)


def mentioned(world: World, shown: Iterable[Row]) -> set[int]:
    """The marked ids of all whom these messages show, those whom a text names by a link among them.

    Bots get such people whole (`user` of core.telegram.org/bots/api#messageentity), with the message only.
    """
    found: set[int] = set()
    for each in shown:
        found.update((each.sender, each.peer))
        if each.forward:
            origin = BinaryReader(each.forward).tgread_object().from_id
            found.update(_ids_of(origin) if origin else ())
        content = world.content(each.content)
        found.update(getattr(getattr(content, "action", None), "users", ()))
        entities = getattr(content, "entities", None) or ()
        found.update(name.user_id for name in entities if isinstance(name, types.MessageEntityMentionName))
    return found


def _ids_of(origin: Any) -> tuple[int]:
    return (origin.user_id,) if isinstance(origin, types.PeerUser) else (-1_000_000_000_000 - origin.channel_id,)


def updates(
    world: World, viewer: int, items: list[Any], ids: Iterable[int], known: Users | None = None
) -> types.Updates:
    """The `Updates` that carry these updates, with everybody they mention."""
    return types.Updates(items, date=world.now(), seq=0, **objects(world, viewer, ids, known))


def new_message(world: World, viewer: int, shown: Row) -> Any:
    """The update that tells of a message."""
    told = message(world, viewer, shown)
    kind = types.UpdateNewMessage if shown.box > 0 else types.UpdateNewChannelMessage
    return kind(told, shown.pts, 1)


def edited_message(world: World, viewer: int, shown: Row, pts: int) -> Any:
    """The update that tells of an edit."""
    told = message(world, viewer, shown)
    kind = types.UpdateEditMessage if shown.box > 0 else types.UpdateEditChannelMessage
    return kind(told, pts, 1)
