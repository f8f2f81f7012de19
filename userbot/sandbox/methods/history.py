"""Looking at messages: by id, by page, by search."""

from typing import Any

from telethon.tl import functions, types

from userbot.sandbox import render
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.peers import channel, channels, objects, peer, resolve
from userbot.sandbox.render import Row
from userbot.sandbox.world import Caller, World

_KINDS: dict[type, tuple[str, ...]] = {
    types.InputMessagesFilterPhotos: ("photo",),
    types.InputMessagesFilterVideo: ("video",),
    types.InputMessagesFilterPhotoVideo: ("photo", "video"),
    types.InputMessagesFilterDocument: ("document",),
    types.InputMessagesFilterMusic: ("audio",),
    types.InputMessagesFilterVoice: ("voice",),
    types.InputMessagesFilterRoundVideo: ("video_note",),
    types.InputMessagesFilterRoundVoice: ("voice", "video_note"),
    types.InputMessagesFilterGif: ("animation",),
    types.InputMessagesFilterGeo: ("location", "venue"),
    types.InputMessagesFilterContacts: ("contact",),
    types.InputMessagesFilterPoll: ("poll",),
}


class Where:
    """The condition that messages have to meet, put together piece by piece."""

    def __init__(self, condition: str, *values: Any) -> None:
        self.conditions = [condition]
        self.values = [*values]

    def also(self, condition: str, *values: Any) -> None:
        """Narrow it down."""
        self.conditions.append(condition)
        self.values += values

    def rows(self, world: World, order: str, limit: int, skip: int = 0, extra: str = "") -> list[Row]:
        """The messages, `order` ASC or DESC by id."""
        condition = " AND ".join([*self.conditions, extra] if extra else self.conditions)
        values = (*self.values, max(limit, 0), skip)
        return render.rows(world, f"{condition} ORDER BY id {order} LIMIT ? OFFSET ?", *values)

    def count(self, world: World) -> int:
        """How many there are."""
        sql = f"SELECT count(*) FROM messages WHERE {' AND '.join(self.conditions)}"
        return int(world.value(sql, *self.values))


@method(functions.messages.GetHistoryRequest)
def get_history(world: World, caller: Caller, request: Any) -> Any:
    """The messages of a dialog, newest first."""
    viewer = user_of(caller)
    dialog = resolve(world, viewer, request.peer)
    return _page(world, viewer, dialog, _dialog(world, viewer, dialog), request)


@method(functions.messages.GetRepliesRequest)
def get_replies(world: World, caller: Caller, request: Any) -> Any:
    """The messages of a topic, or the replies to one message."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, request.peer))
    topic = world.one("SELECT 1 FROM topics WHERE channel = ? AND id = ?", group.id, request.msg_id)
    column = "thread" if topic else "reply_to"
    where = Where(f"box = ? AND {column} = ?", group.id, request.msg_id)
    return _page(world, viewer, group.id, where, request)


@method(functions.messages.SearchRequest)
def search(world: World, caller: Caller, request: Any) -> Any:
    """A dialog's messages that contain the words, are of the kind, come from the sender."""
    viewer = user_of(caller)
    dialog = resolve(world, viewer, request.peer)
    where = _dialog(world, viewer, dialog)
    if request.q:
        where.also("content IN (SELECT id FROM contents WHERE text LIKE ?)", f"%{request.q}%")
    if kinds := _KINDS.get(type(request.filter)):
        marks = ", ".join("?" * len(kinds))
        where.also(f"content IN (SELECT id FROM contents WHERE kind IN ({marks}))", *kinds)
    elif not isinstance(request.filter, types.InputMessagesFilterEmpty):
        where.also("0")
    if request.from_id:
        where.also("sender = ?", resolve(world, viewer, request.from_id))
    if request.top_msg_id:
        where.also("thread = ?", request.top_msg_id)
    if request.min_date:
        where.also("date >= ?", int(request.min_date.timestamp()))
    if request.max_date:
        where.also("date <= ?", int(request.max_date.timestamp()))
    return _page(world, viewer, dialog, where, request)


def _dialog(world: World, viewer: int, dialog: int) -> Where:
    if dialog > 0:
        return Where("box = ? AND thread = ?", viewer, dialog)
    return Where("box = ?", channel(world, viewer, dialog).id)


def _page(world: World, viewer: int, dialog: int, where: Where, request: Any) -> Any:
    """The slice that begins `add_offset` messages after (or, when negative, before) the offset."""
    count = where.count(world)
    if request.max_id:
        where.also("id < ?", request.max_id)
    if request.min_id:
        where.also("id > ?", request.min_id)
    limit, skip = min(request.limit, 100), request.add_offset
    if not limit:
        return _messages(world, viewer, dialog, [], count)
    newer = []
    if skip < 0:
        newer = where.rows(world, "ASC", -skip, extra=_beyond(request, newer=True))[::-1][:limit]
    left = limit - max(-skip, 0)
    older = where.rows(world, "DESC", left, max(skip, 0), _beyond(request, newer=False))
    return _messages(world, viewer, dialog, newer + older, count)


def _beyond(request: Any, *, newer: bool) -> str:
    if request.offset_id:
        return f"id {'>=' if newer else '<'} {int(request.offset_id)}"
    date = getattr(request, "offset_date", None)
    if date:
        return f"date {'>=' if newer else '<'} {int(date.timestamp())}"
    return "0" if newer else ""


@method(functions.messages.GetMessagesRequest)
def get_messages(world: World, caller: Caller, request: Any) -> Any:
    """Private messages by id; MessageEmpty for what is not there."""
    viewer = user_of(caller)
    return _by_id(world, viewer, viewer, request.id)


@method(functions.channels.GetMessagesRequest)
def get_channel_messages(world: World, caller: Caller, request: Any) -> Any:
    """Messages of a channel by id; MessageEmpty for what is not there."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, request.channel))
    return _by_id(world, viewer, group.id, request.id)


def _by_id(world: World, viewer: int, box: int, given: list[Any]) -> Any:
    numbers = [_number(world, box, each) for each in given]
    found = {number: render.row(world, box, number) for number in numbers}
    answer = _messages(world, viewer, box, [row for row in found.values() if row], len(numbers))
    empty = peer(box) if box < 0 else None
    shown = {message.id: message for message in answer.messages}
    answer.messages = [shown.get(number) or types.MessageEmpty(number, empty) for number in numbers]
    return answer


def _number(world: World, box: int, given: Any) -> int:
    if isinstance(given, types.InputMessageReplyTo):
        row = render.row(world, box, given.id)
        return (row and row.reply_to) or 0
    return int(getattr(given, "id", 0))


def _messages(world: World, viewer: int, dialog: int, found: list[Row], count: int) -> Any:
    shown = [render.message(world, viewer, row) for row in found]
    about = {"topics": [], **objects(world, viewer, render.mentioned(world, found))}
    if dialog < 0:
        pts = channels(world, viewer, [dialog])[0].pts
        return types.messages.ChannelMessages(pts, count, shown, **about)
    if count == len(found):
        return types.messages.Messages(shown, **about)
    return types.messages.MessagesSlice(count, shown, **about)
