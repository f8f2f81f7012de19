"""Changing and taking back what was sent."""

from typing import Any

from telethon.tl import functions, types

from userbot.sandbox import boxes, contents, media, render
from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.peers import channel, resolve
from userbot.sandbox.render import Row
from userbot.sandbox.world import Caller, World

EDIT_TIME_LIMIT = 172_800
"""Seconds for which a user may edit a message (help.getConfig: edit_time_limit)."""


@method(functions.messages.EditMessageRequest)
def edit_message(world: World, caller: Caller, request: Any) -> Any:
    """New text for one's own message; its media stays unless there is other."""
    viewer = user_of(caller)
    dialog = resolve(world, viewer, request.peer)
    row = _own(world, viewer, dialog, request.id)
    if world.now() - row.date > EDIT_TIME_LIMIT and not _may_edit_for_ever(world, viewer, dialog):
        raise RpcError(400, "MESSAGE_EDIT_TIME_EXPIRED")
    before = world.content(row.content)
    shown = before.media if request.media is None else media.receive(world, viewer, request.media)
    if (request.message, request.entities or None, shown) == (before.message, before.entities, before.media):
        raise RpcError(400, "MESSAGE_NOT_MODIFIED")
    content = contents.keep(world, request.message, request.entities, shown)
    edited, pts = boxes.edit(world, row, content, caller)
    update = render.edited_message(world, viewer, edited, pts)
    return render.updates(world, viewer, [update], render.mentioned(world, [edited]))


def _may_edit_for_ever(world: World, viewer: int, dialog: int) -> bool:
    """Nobody but who leads a group, and whoever writes to themselves (TDLib: MessagesManager::can_edit_message)."""
    return dialog == viewer or (dialog < 0 and channel(world, viewer, dialog).leads)


def _own(world: World, viewer: int, dialog: int, number: int) -> Row:
    row = render.row(world, dialog if dialog < 0 else viewer, number)
    if row is None or row.peer != dialog:
        raise RpcError(400, "MESSAGE_ID_INVALID")
    if row.sender != viewer:
        raise RpcError(403, "MESSAGE_AUTHOR_REQUIRED")
    return row


@method(functions.messages.DeleteMessagesRequest)
def delete_messages(world: World, caller: Caller, request: Any) -> Any:
    """Private messages, by ids alone: they may lie in several dialogs. `revoke` takes them back from the others."""
    viewer = user_of(caller)
    twins: dict[int, list[int]] = {}
    if request.revoke:
        for row in (render.row(world, viewer, number) for number in request.id):
            if row and row.twin:
                twins.setdefault(row.thread, []).append(row.twin)
    pts, count = boxes.delete(world, viewer, request.id, caller)
    for other, ids in twins.items():
        boxes.delete(world, other, ids)
    return types.messages.AffectedMessages(pts, count)


@method(functions.channels.DeleteMessagesRequest)
def delete_channel_messages(world: World, caller: Caller, request: Any) -> Any:
    """Messages of a channel, for everybody: one's own, or anybody's for administrators."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, request.channel))
    rows = [row for number in request.id if (row := render.row(world, group.id, number))]
    if not group.leads and any(row.sender != viewer for row in rows):
        raise RpcError(403, "MESSAGE_DELETE_FORBIDDEN")
    pts, count = boxes.delete(world, group.id, request.id, caller)
    return types.messages.AffectedMessages(pts, count)
