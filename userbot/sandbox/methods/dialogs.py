"""The list of dialogs, and what has been read in them."""

from typing import Any

from telethon.tl import functions, types

from userbot.sandbox import boxes, render
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.methods.updates import state_of
from userbot.sandbox.peers import bare, channel, channels, members, objects, peer, resolve
from userbot.sandbox.render import Row
from userbot.sandbox.world import Caller, World

_DIALOGS = """
    SELECT dialogs.peer, top, read_inbox, read_outbox, pinned, folder, messages.*
    FROM dialogs LEFT JOIN messages ON messages.id = top AND box = iif(peer < 0, peer, owner)
    WHERE owner = ? AND """
_TOP = (2**62, 0, 0)
_NEWEST_FIRST = "ORDER BY dialogs.date DESC, top DESC, dialogs.peer DESC"


@method(functions.messages.GetDialogsRequest)
def get_dialogs(world: World, caller: Caller, request: Any) -> Any:
    """A page of dialogs: pinned ones first, then by the date of the last message.

    Without a folder both the main list (0) and the archive (1) are meant.
    """
    viewer = user_of(caller)
    folders = (0, 1) if request.folder_id is None else (request.folder_id,) * 2
    found = []
    if not request.exclude_pinned:
        pinned = f"{_DIALOGS} pinned = 1 AND folder IN (?, ?) {_NEWEST_FIRST}"
        found += world.db.execute(pinned, (viewer, *folders)).fetchall()
    page = f"""{_DIALOGS} pinned = 0 AND (dialogs.date, top, dialogs.peer) < (?, ?, ?) AND folder IN (?, ?)
               {_NEWEST_FIRST} LIMIT ?"""
    limit = world.contrary.page_length(min(request.limit, 100)) - len(found)
    offset = _offset(world, viewer, request)
    found += world.db.execute(page, (viewer, *offset, *folders, max(limit, 0))).fetchall()
    answer = _answer(world, viewer, found[: request.limit])
    count = _count(world, viewer, folders, first=offset == _TOP)
    world.contrary.odd_dialogs(answer, archive=request.folder_id == 0 and offset == _TOP)
    if count == len(found):
        return types.messages.Dialogs(**answer)
    return types.messages.DialogsSlice(count=count, **answer)


def _offset(world: World, viewer: int, request: Any) -> tuple[int, int, int]:
    if request.offset_date is None and not request.offset_id:
        return _TOP
    empty = isinstance(request.offset_peer, types.InputPeerEmpty)
    other = 0 if empty else resolve(world, viewer, request.offset_peer)
    date = int(request.offset_date.timestamp()) if request.offset_date else 2**62
    return date, request.offset_id, other


def _count(world: World, viewer: int, folders: tuple[int, ...], *, first: bool) -> int:
    """How many there are. Counting a million takes long, so later pages repeat what the first one said."""
    at = (viewer, folders)
    if first or at not in world.dialog_counts:
        sql = "SELECT count(*) FROM dialogs WHERE owner = ? AND folder IN (?, ?)"
        world.dialog_counts[at] = world.value(sql, viewer, *folders)
    return world.dialog_counts[at]


@method(functions.messages.GetPeerDialogsRequest)
def get_peer_dialogs(world: World, caller: Caller, request: Any) -> Any:
    """Certain dialogs; one that does not exist yet is empty."""
    viewer = user_of(caller)
    found = []
    for each in request.peers:
        other = resolve(world, viewer, each)
        row = world.one(f"{_DIALOGS} dialogs.peer = ?", viewer, other)
        found.append(row or (other, 0, 0, 0, 0, 0, *(None,) * len(Row._fields)))
    return types.messages.PeerDialogs(**_answer(world, viewer, found), state=state_of(world, viewer))


@method(functions.messages.GetPinnedDialogsRequest)
def get_pinned_dialogs(world: World, caller: Caller, request: Any) -> Any:
    """The pinned dialogs of a folder."""
    viewer = user_of(caller)
    pinned = f"{_DIALOGS} pinned = 1 AND folder = ? {_NEWEST_FIRST}"
    found = world.db.execute(pinned, (viewer, request.folder_id)).fetchall()
    return types.messages.PeerDialogs(**_answer(world, viewer, found), state=state_of(world, viewer))


def _answer(world: World, viewer: int, found: list[Any]) -> dict[str, Any]:
    tops = [Row._make(row[6:]) for row in found if row[6] is not None]
    ids = render.mentioned(world, tops).union(row[0] for row in found)
    about = objects(world, viewer, ids, full=True)
    partners = {row[0] for row in found}
    about["users"] = [world.contrary.half(viewer, each, rarely=each.id in partners) for each in about["users"]]
    groups = {each.id: each for each in channels(world, viewer, [row[0] for row in found if row[0] < 0])}
    return {
        "dialogs": [_dialog(world, viewer, row, groups.get(row[0])) for row in found],
        "messages": [render.message(world, viewer, top) for top in tops],
        **about,
    }


def _dialog(world: World, viewer: int, row: Any, group: Any) -> Any:
    other, top, read_inbox, read_outbox, pinned, folder = row[:6]
    return types.Dialog(
        peer(other),
        top,
        read_inbox,
        read_outbox,
        unread_count=boxes.unread(world, viewer, other, read_inbox),
        unread_mentions_count=0,
        unread_reactions_count=0,
        unread_poll_votes_count=0,
        notify_settings=types.PeerNotifySettings(),
        pinned=bool(pinned),
        pts=group.pts if group else None,
        folder_id=folder or None,
    )


@method(functions.messages.ToggleDialogPinRequest)
def toggle_dialog_pin(world: World, caller: Caller, request: Any) -> bool:
    """To the top, or back into the line."""
    viewer = user_of(caller)
    _change(world, "pinned", viewer, resolve(world, viewer, request.peer), int(bool(request.pinned)))
    return True


@method(functions.folders.EditPeerFoldersRequest)
def edit_peer_folders(world: World, caller: Caller, request: Any) -> Any:
    """Into the archive (1), or out of it (0)."""
    viewer = user_of(caller)
    for each in request.folder_peers:
        _change(world, "folder", viewer, resolve(world, viewer, each.peer), each.folder_id)
    return render.updates(world, viewer, [], [])


def _change(world: World, column: str, viewer: int, other: int, value: int) -> None:
    sql = f"UPDATE dialogs SET {column} = ? WHERE owner = ? AND peer = ?"
    world.db.execute(sql, (value, viewer, other))


@method(functions.messages.ReadHistoryRequest)
def read_history(world: World, caller: Caller, request: Any) -> Any:
    """The caller has read a private dialog; the other side learns it."""
    viewer = user_of(caller)
    before = boxes.advance(world, viewer, 0)
    pts = boxes.read_private(world, viewer, resolve(world, viewer, request.peer), request.max_id, caller)
    return types.messages.AffectedMessages(pts, pts - before)


@method(functions.channels.ReadHistoryRequest)
def read_channel_history(world: World, caller: Caller, request: Any) -> bool:
    """The caller has read a channel; who wrote there learns that somebody did."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, request.channel))
    up_to = min(request.max_id or group.last_message, group.last_message)
    world.db.execute(
        "UPDATE dialogs SET read_inbox = max(read_inbox, ?) WHERE owner = ? AND peer = ?",
        (up_to, viewer, group.id),
    )
    left = boxes.unread(world, viewer, group.id, up_to)
    mine = types.UpdateReadChannelInbox(bare(group.id), up_to, left, group.pts)
    boxes.push(world, viewer, [mine], [group.id], caller)
    for other in (user for user in members(world, group.id) if user != viewer):
        boxes.mark_read(world, "read_outbox", other, group.id, up_to)
        if world.online(other):
            boxes.push(world, other, [types.UpdateReadChannelOutbox(bare(group.id), up_to)], [group.id])
    return True


@method(functions.messages.ReadDiscussionRequest, functions.messages.SetTypingRequest)
def accept(_world: World, _caller: Caller, _request: Any) -> bool:
    """Reading one topic and typing: taken note of, without effect."""
    return True
