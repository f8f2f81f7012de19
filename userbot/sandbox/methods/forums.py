"""Forum topics: each is named by the service message that created it."""

from typing import Any, NamedTuple

from telethon.tl import functions, types

from userbot.sandbox import boxes, contents, render
from userbot.sandbox.boxes import Draft
from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.methods.sending import MessageGone, sent_before
from userbot.sandbox.peers import Channel, channel, objects, peer, resolve, topics_kept
from userbot.sandbox.world import Caller, World

_COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)


class Topic(NamedTuple):
    """A row of `topics`."""

    channel: int
    id: int
    title: str
    creator: int
    date: int
    icon_color: int
    icon_emoji_id: int | None
    closed: int
    hidden: int


def _forum(world: World, caller: Caller, given: Any) -> Channel:
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, given))
    if not group.forum:
        raise RpcError(400, "CHANNEL_FORUM_MISSING")
    return group


@method(functions.messages.CreateForumTopicRequest)
def create_topic(world: World, caller: Caller, request: Any) -> Any:
    """A new topic, with the id of the service message that tells of it."""
    viewer, group = user_of(caller), _forum(world, caller, request.peer)
    # The random id works as for messages (core.telegram.org/method/messages.createForumTopic).
    before = sent_before(world, viewer, group.id, request.random_id)
    if before is not None:
        return _created(world, viewer, group, request.random_id, before)
    if group.role == "muted" or not group.inside:
        raise RpcError(403, "CHAT_WRITE_FORBIDDEN")
    # "Requires can_manage_topics administrator or can_create_topics member right" (TDLib, createForumTopic); the error
    # is the one that Telegram's page on channels.createForumTopic has for who may not.
    if topics_kept(world, group.id) and not group.leads:
        raise RpcError(403, "CHAT_WRITE_FORBIDDEN")
    if not request.title.strip():
        raise RpcError(400, "TOPIC_TITLE_EMPTY")
    colour = request.icon_color or _COLOURS[group.last_message % len(_COLOURS)]
    action = types.MessageActionTopicCreate(request.title, colour, icon_emoji_id=request.icon_emoji_id)
    row = boxes.place_in_channel(world, group.id, viewer, None, Draft(contents.keep_service(world, action)))
    topic = Topic(group.id, row.id, request.title, viewer, world.now(), colour, request.icon_emoji_id, 0, 0)
    world.db.execute("INSERT INTO topics VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", topic)
    boxes.tell(world, row, caller)
    world.db.execute(
        """INSERT INTO sends (account, peer, random_id, message, source, content, grouped_id, date, had_author,
               auth_key)
           VALUES (?, ?, ?, ?, NULL, ?, NULL, ?, 0, ?)""",
        (viewer, group.id, request.random_id, row.id, row.content, world.now(), str(caller.auth_key_id)),
    )
    return _created(world, viewer, group, request.random_id, row)


def _created(world: World, viewer: int, group: Channel, random_id: int, row: render.Row | MessageGone) -> Any:
    news: list[Any] = [types.UpdateMessageID(row.id, random_id)]
    if isinstance(row, render.Row):
        news.append(render.new_message(world, viewer, row))
    return render.updates(world, viewer, news, [viewer, group.id])


@method(functions.messages.DeleteTopicHistoryRequest)
def delete_topic_history(world: World, caller: Caller, request: Any) -> Any:
    """A topic goes, with every message in it; General stays."""
    viewer, group = user_of(caller), _forum(world, caller, request.peer)
    topic = _topic(world, group, request.top_msg_id)
    if topic is None or topic.id == render.GENERAL:
        raise RpcError(400, "TOPIC_ID_INVALID")
    if not group.leads and topic.creator != viewer:
        raise RpcError(400, "CHAT_ADMIN_REQUIRED")
    ids = world.column("SELECT id FROM messages WHERE box = ? AND thread = ?", group.id, topic.id)
    world.db.execute("DELETE FROM topics WHERE channel = ? AND id = ?", (group.id, topic.id))
    pts, count = boxes.delete(world, group.id, ids, caller)
    return types.messages.AffectedHistory(pts, count, offset=0)


@method(functions.messages.EditForumTopicRequest)
def edit_topic(world: World, caller: Caller, request: Any) -> Any:
    """New title or icon, closed or open, hidden or shown; a service message in the topic says so."""
    viewer, group = user_of(caller), _forum(world, caller, request.peer)
    before = _topic(world, group, request.topic_id)
    if before is None:
        raise RpcError(400, "TOPIC_ID_INVALID")
    if not group.leads and before.creator != viewer:
        raise RpcError(400, "CHAT_ADMIN_REQUIRED")
    wanted = {name: getattr(request, name) for name in ("title", "icon_emoji_id", "closed", "hidden")}
    changes = {n: value for n, value in wanted.items() if value is not None and value != getattr(before, n)}
    if not changes:
        raise RpcError(400, "TOPIC_NOT_MODIFIED")
    for name, value in changes.items():
        world.db.execute(
            f"UPDATE topics SET {name} = ? WHERE channel = ? AND id = ?",
            (value, group.id, request.topic_id),
        )
    draft = Draft(contents.keep_service(world, types.MessageActionTopicEdit(**changes)))
    row = boxes.place_in_channel(world, group.id, viewer, request.topic_id, draft)
    boxes.tell(world, row, caller)
    news = [render.new_message(world, viewer, row)]
    return render.updates(world, viewer, news, [viewer, group.id])


@method(functions.messages.GetForumTopicsRequest)
def get_topics(world: World, caller: Caller, request: Any) -> Any:
    """A page of topics, newest first by creation: the order that does not change between two pages."""
    group = _forum(world, caller, request.peer)
    rows = world.db.execute(
        "SELECT * FROM topics WHERE channel = ? AND id < ? AND title LIKE ? ORDER BY id DESC LIMIT ?",
        (group.id, request.offset_topic or 2**31, f"%{request.q or ''}%", min(request.limit, 100)),
    )
    return _answer(world, user_of(caller), group, [Topic._make(row) for row in rows])


@method(functions.messages.GetForumTopicsByIDRequest)
def get_topics_by_id(world: World, caller: Caller, request: Any) -> Any:
    """Certain topics; ForumTopicDeleted for what is none."""
    group = _forum(world, caller, request.peer)
    found = {number: _topic(world, group, number) for number in request.topics}
    answer = _answer(world, user_of(caller), group, [topic for topic in found.values() if topic])
    answer.topics += [types.ForumTopicDeleted(number) for number, topic in found.items() if topic is None]
    return answer


def _topic(world: World, group: Channel, number: int) -> Topic | None:
    row = world.one("SELECT * FROM topics WHERE channel = ? AND id = ?", group.id, number)
    return Topic._make(row) if row else None


def _answer(world: World, viewer: int, group: Channel, topics: list[Topic]) -> Any:
    tops = {topic.id: _last(world, topic) for topic in topics}
    shown = [top for top in tops.values() if top]
    ids = render.mentioned(world, shown).union([group.id], (topic.creator for topic in topics))
    return types.messages.ForumTopics(
        count=world.value("SELECT count(*) FROM topics WHERE channel = ?", group.id),
        topics=[_object(viewer, topic, tops[topic.id]) for topic in topics],
        messages=[render.message(world, viewer, top) for top in shown],
        pts=group.pts,
        order_by_create_date=True,
        **objects(world, viewer, ids),
    )


def _last(world: World, topic: Topic) -> render.Row | None:
    condition = "box = ? AND thread = ? ORDER BY id DESC LIMIT 1"
    return next(iter(render.rows(world, condition, topic.channel, topic.id)), None)


def _object(viewer: int, topic: Topic, top: render.Row | None) -> Any:
    return types.ForumTopic(
        topic.id, topic.date, peer(topic.channel), topic.title, topic.icon_color,
        top.id if top else topic.id, 0, 0, 0, 0, 0, 0, from_id=peer(topic.creator),
        notify_settings=types.PeerNotifySettings(), my=topic.creator == viewer, closed=bool(topic.closed),
        hidden=bool(topic.hidden), icon_emoji_id=topic.icon_emoji_id,
    )  # fmt: skip
