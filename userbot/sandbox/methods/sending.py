"""messages.sendMessage, sendMedia, sendMultiMedia and forwardMessages: one road, and the random-id rule on it.

The rule (core.telegram.org/api/updates): the same random_id with the same peer, at any time, is answered with
the original messages.
"""

import math
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from telethon.extensions import BinaryReader
from telethon.tl import functions, types

from userbot.sandbox import boxes, contents, copies, media, render, spambot
from userbot.sandbox.boxes import Draft
from userbot.sandbox.errors import RpcError
from userbot.sandbox.faults import random_ids
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.peers import Channel, User, Users, channel, peer, resolve, users
from userbot.sandbox.render import GENERAL, Row
from userbot.sandbox.world import SPAMBOT, Caller, World


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: the dialog, the topic in it, in whose name, in reply to which message."""

    peer: int
    author: int
    thread: int = GENERAL
    reply_to: int | None = None
    reply_peer: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A draft and what the ledger has to know of it: the forwarded message, and whether its author is named."""

    draft: Draft
    source: int | None = None
    had_author: bool = False


@dataclass(frozen=True, slots=True)
class MessageGone:
    """What is left of a message that was sent and deleted."""

    id: int


@method(functions.messages.SendMessageRequest)
def send_message(world: World, caller: Caller, request: Any) -> Any:
    """Text with entities."""

    def compose(target: Target) -> list[Item]:
        if not request.message.strip():
            raise RpcError(400, "MESSAGE_EMPTY")
        if len(request.message) > 4096:
            raise RpcError(400, "MESSAGE_TOO_LONG")
        content = contents.keep(world, request.message, request.entities)
        return [Item(Draft(content, target.reply_to))]

    return deliver(world, caller, request.peer, request, compose)


@method(functions.messages.SendMediaRequest)
def send_media(world: World, caller: Caller, request: Any) -> Any:
    """One message with media."""

    def compose(target: Target) -> list[Item]:
        content = _media_content(world, caller, request)
        return [Item(Draft(content, target.reply_to))]

    return deliver(world, caller, request.peer, request, compose)


@method(functions.messages.SendMultiMediaRequest)
def send_multi_media(world: World, caller: Caller, request: Any) -> Any:
    """An album: several messages with one grouped_id."""

    def compose(target: Target) -> list[Item]:
        if not 1 <= len(request.multi_media) <= 10:
            raise RpcError(400, "MULTI_MEDIA_TOO_LONG")
        group = secrets.randbits(60)
        kept = [_media_content(world, caller, single) for single in request.multi_media]
        return [Item(Draft(content, target.reply_to, group)) for content in kept]

    return deliver(world, caller, request.peer, request, compose)


def _media_content(world: World, caller: Caller, given: Any) -> int:
    received = media.receive(world, user_of(caller), given.media)
    return contents.keep(world, given.message, given.entities, received)


@method(functions.messages.ForwardMessagesRequest)
def forward_messages(world: World, caller: Caller, request: Any) -> Any:
    """Copies that share the sources' content. Several messages of one album stay one album."""
    if len(request.id) != len(request.random_id):
        raise RpcError(400, "RANDOM_ID_INVALID")

    def compose(target: Target) -> list[Item]:
        sources = _sources(world, user_of(caller), request)
        groups = Counter(source.grouped_id for source in sources if source.grouped_id)
        renewed = {group: secrets.randbits(60) for group, size in groups.items() if size > 1}
        items = []
        for source in sources:
            content, header = source.content, None
            if not request.drop_author or isinstance(world.content(content).media, copies.NAMING):
                header = _forward_header(target, source)
            else:
                content = copies.content_of(world, user_of(caller), content)
            draft = Draft(content, target.reply_to, renewed.get(source.grouped_id or 0), header)
            items.append(Item(draft, source.id, header is not None))
        return items

    return deliver(world, caller, request.to_peer, request, compose)


def _sources(world: World, user: int, request: Any) -> list[Row]:
    origin = resolve(world, user, request.from_peer)
    box = origin if origin < 0 else user
    if origin < 0 and channel(world, user, origin).protected:
        raise RpcError(400, "CHAT_FORWARDS_RESTRICTED")
    sources = []
    for number in request.id:
        source = render.row(world, box, number)
        if source is None or source.peer != origin or _is_service(world, source):
            raise RpcError(400, "MESSAGE_ID_INVALID")
        sources.append(source)
    return sources


def _is_service(world: World, source: Row) -> bool:
    return isinstance(world.content(source.content), types.MessageService)


def _forward_header(target: Target, source: Row) -> bytes:
    """Who wrote it first: a forward of a forward keeps the first author."""
    if source.forward:
        header = BinaryReader(source.forward).tgread_object()
    else:
        header = types.MessageFwdHeader(source.date, from_id=peer(source.sender))
    if target.peer == target.author:
        header.saved_from_peer, header.saved_from_msg_id = peer(source.peer), source.id
    return bytes(header)


def deliver(
    world: World, caller: Caller, peer_given: Any, request: Any, compose: Callable[[Target], list[Item]]
) -> Any:
    """Send what `compose` makes, except what its random ids say was sent before."""
    user = user_of(caller)
    to = resolve(world, user, peer_given)
    ids = random_ids(request)
    shown = {number: row for number in ids if (row := sent_before(world, user, to, number))}
    known: Users = {}
    if shown:
        world.faults.counts["repeated"] += 1
    if len(shown) < len(ids):
        known = users(world, (user, to))
        target = _aim(world, user, to, request, known)
        fresh = {n: item for n, item in zip(ids, compose(target), strict=True) if n not in shown}
        rows = _place(
            world, caller, target, [replace(item.draft, reply_peer=target.reply_peer) for item in fresh.values()], known
        )
        shown |= dict(zip(fresh, rows, strict=True))
        if caller.session_id:
            _note(world, caller, to, fresh, shown)
    return _answer(world, user, to, {number: shown[number] for number in ids}, known)


def sent_before(world: World, user: int, to: int, random_id: int) -> Row | MessageGone | None:
    """What was sent to this peer with this random id before, if it was."""
    number = world.value(
        "SELECT message FROM sends WHERE account = ? AND peer = ? AND random_id = ?", user, to, random_id
    )
    if number is None:
        return None
    return render.row(world, to if to < 0 else user, number) or MessageGone(number)


def _answer(world: World, user: int, to: int, sent: dict[int, Row | MessageGone], known: Users) -> Any:
    """The same for the first call and every repetition, unless a message has been deleted since."""
    names = [types.UpdateMessageID(row.id, random_id) for random_id, row in sent.items()]
    rows = [row for row in sent.values() if isinstance(row, Row)]
    news = [render.new_message(world, user, row) for row in rows]
    ids = render.mentioned(world, rows) | {user, to}
    return render.updates(world, user, [*names, *news], ids, known)


def _place(world: World, caller: Caller, target: Target, drafts: list[Draft], known: Users) -> list[Row]:
    """Returns the messages as the caller's side has them."""
    user = user_of(caller)
    if target.peer < 0:
        rows = [boxes.place_in_channel(world, target.peer, target.author, target.thread, draft) for draft in drafts]
    else:
        rows = boxes.place_private(world, known[user], known[target.peer], drafts)
    for row in rows:
        boxes.tell(world, row, caller)
    if target.peer == SPAMBOT:
        text = world.content(drafts[0].content).message
        world.after(lambda: spambot.hear(world, user, text))
    return [row for row in rows if row.peer == target.peer]


def _note(world: World, caller: Caller, to: int, items: dict[int, Item], shown: dict[int, Row | MessageGone]) -> None:
    world.db.executemany(
        """INSERT INTO sends (account, peer, random_id, message, source, content, grouped_id, date, had_author,
           auth_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (user_of(caller), to, random_id, shown[random_id].id, item.source, item.draft.content,
             item.draft.grouped_id, world.now(), item.had_author, str(caller.auth_key_id))
            for random_id, item in items.items()
        ],
    )  # fmt: skip


def _aim(world: World, user: int, to: int, request: Any, known: Users) -> Target:
    """Where the request points, if its sender may write there."""
    reply = getattr(request.reply_to, "reply_to_msg_id", None)
    if getattr(request.reply_to, "reply_to_peer_id", None):
        origin = resolve(world, user, request.reply_to.reply_to_peer_id)
        _sees(world, user, origin, reply)
        return replace(_aim_at(world, user, to, request, known, None), reply_to=reply, reply_peer=origin)
    return _aim_at(world, user, to, request, known, reply)


def _sees(world: World, user: int, origin: int, number: Any) -> None:
    shown = render.row(world, origin if origin < 0 else user, number)
    if shown is None or shown.peer != origin:
        raise RpcError(400, "REPLY_MESSAGE_ID_INVALID")


def _aim_at(world: World, user: int, to: int, request: Any, known: Users, reply: int | None) -> Target:
    if to > 0:
        _may_write_to_user(world, user, known.get(to))
        if reply:
            _sees(world, user, to, reply)
        return Target(to, user, reply_to=reply)
    group = channel(world, user, to)
    top = getattr(request, "top_msg_id", None) or getattr(request.reply_to, "top_msg_id", None)
    thread, reply = _thread(world, group, top, reply)
    _may_write_to_channel(world, user, group, thread)
    return Target(to, _author(world, user, group, request.send_as), thread, reply)


def _thread(world: World, group: Channel, top: int | None, reply: int | None) -> tuple[int, int | None]:
    """The topic, and the message in it that is answered: a reply to a topic's root only names the topic."""
    answered = render.row(world, group.id, reply) if reply else None
    if reply and not answered:
        raise RpcError(400, "REPLY_MESSAGE_ID_INVALID")
    if not group.forum:
        return GENERAL, reply
    thread = top or (answered.thread if answered else GENERAL)
    return thread, None if reply == thread else reply


def _may_write_to_user(world: World, user: int, to: User | None) -> None:
    if to is None:
        raise RpcError(400, "PEER_ID_INVALID")
    if to.deleted:
        raise RpcError(400, "INPUT_USER_DEACTIVATED")
    blocked_by = world.value(
        "SELECT user FROM blocks WHERE user = ?1 AND whom = ?2 OR user = ?2 AND whom = ?1", user, to.id
    )
    if blocked_by is not None:
        raise RpcError(400, "YOU_BLOCKED_USER" if blocked_by == user else "USER_IS_BLOCKED")


def _may_write_to_channel(world: World, user: int, group: Channel, thread: int) -> None:
    if group.role == "muted" or not group.inside or (group.muted and not group.leads):
        raise RpcError(403, "CHAT_WRITE_FORBIDDEN")
    topic = world.one("SELECT closed FROM topics WHERE channel = ? AND id = ?", group.id, thread)
    if topic is None:
        raise RpcError(400, "TOPIC_DELETED")
    if topic[0] and not group.leads:
        raise RpcError(406, "TOPIC_CLOSED")
    if group.slow_mode and not group.leads:
        _keep_slow(world, user, group)


def _keep_slow(world: World, user: int, group: Channel) -> None:
    at = (group.id, user)
    last = world.value("SELECT last_sent FROM members WHERE channel = ? AND user = ?", *at)
    rest = last + group.slow_mode - world.clock()
    if rest > 0:
        raise RpcError(420, f"SLOWMODE_WAIT_{math.ceil(rest)}")
    world.db.execute("UPDATE members SET last_sent = ? WHERE channel = ? AND user = ?", (world.clock(), *at))


def _author(world: World, user: int, group: Channel, send_as: Any) -> int:
    """Administrators may write in the group's own name."""
    author = resolve(world, user, send_as) if send_as else user
    if author != user and not (author == group.id and group.leads):
        raise RpcError(400, "SEND_AS_PEER_INVALID")
    return author
