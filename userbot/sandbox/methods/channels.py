"""channels.*: supergroups and their members."""

from typing import Any

from telethon.tl import functions, types

from userbot.sandbox import boxes, contents, render
from userbot.sandbox.boxes import Draft
from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.peers import (
    ADMIN_RIGHTS,
    CREATOR_RIGHTS,
    Channel,
    bare,
    channel,
    muted_rights,
    objects,
    peer,
    resolve,
)
from userbot.sandbox.render import GENERAL
from userbot.sandbox.world import Caller, World

_BLUE = 0x6FB9F0
"""The colour of General's icon."""


@method(functions.channels.CreateChannelRequest)
def create_channel(world: World, caller: Caller, request: Any) -> Any:
    """A supergroup, with topics if wanted; its first message says that it was created."""
    if not request.megagroup and not request.forum:
        raise RpcError(400, "CHANNELS_TOO_MUCH")
    if not request.title.strip():
        raise RpcError(400, "CHAT_TITLE_EMPTY")
    viewer, number, now = user_of(caller), world.new_channel_id(), world.now()
    world.db.execute(
        "INSERT INTO channels (id, title, about, creator, date, forum) VALUES (?, ?, ?, ?, ?, ?)",
        (number, request.title, request.about, viewer, now, int(bool(request.forum))),
    )
    _enroll(world, number, viewer, "creator")
    world.db.execute(
        "INSERT INTO topics (channel, id, title, creator, date, icon_color) VALUES (?, ?, 'General', ?, ?, ?)",
        (number, GENERAL, viewer, now, _BLUE),
    )
    return _announce(world, caller, number, types.MessageActionChannelCreate(request.title))


def _enroll(world: World, group: int, user: int, role: str) -> None:
    world.db.execute(
        "INSERT OR REPLACE INTO members (channel, user, role, date) VALUES (?, ?, ?, ?)",
        (group, user, role, world.now()),
    )


def _announce(world: World, caller: Caller, group: int, action: Any) -> Any:
    """A service message in General; returned as the caller's own updates."""
    viewer = user_of(caller)
    draft = Draft(contents.keep_service(world, action))
    row = boxes.place_in_channel(world, group, viewer, GENERAL, draft)
    boxes.tell(world, row, caller)
    news = [types.UpdateChannel(bare(group)), render.new_message(world, viewer, row)]
    return render.updates(world, viewer, news, render.mentioned(world, [row]))


@method(functions.channels.InviteToChannelRequest)
def invite(world: World, caller: Caller, request: Any) -> Any:
    """New members; the group learns of them by a service message."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, request.channel))
    if not group.inside:
        raise RpcError(403, "CHAT_WRITE_FORBIDDEN")
    users = [resolve(world, viewer, each) for each in request.users]
    new = [user for user in users if role_of(world, group.id, user) is None]
    for user in new:
        _enroll(world, group.id, user, "member")
    if not new:
        return types.messages.InvitedUsers(render.updates(world, viewer, [], [group.id]), [])
    action = types.MessageActionChatAddUser(new)
    return types.messages.InvitedUsers(_announce(world, caller, group.id, action), [])


def role_of(world: World, group: int, user: int) -> str | None:
    """creator, admin, member, muted or banned; None for a stranger."""
    role: str | None = world.value("SELECT role FROM members WHERE channel = ? AND user = ?", group, user)
    return role


@method(functions.channels.JoinChannelRequest)
def join(world: World, caller: Caller, request: Any) -> Any:
    """Into a public group by oneself."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, request.channel))
    if group.inside:
        raise RpcError(400, "USER_ALREADY_PARTICIPANT")
    _enroll(world, group.id, viewer, "member")
    return _announce(world, caller, group.id, types.MessageActionChatAddUser([viewer]))


@method(functions.channels.LeaveChannelRequest)
def leave(world: World, caller: Caller, request: Any) -> Any:
    """Out of a group, and out of one's list of dialogs."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, request.channel))
    if not group.inside:
        raise RpcError(400, "USER_NOT_PARTICIPANT")
    answer = _announce(world, caller, group.id, types.MessageActionChatDeleteUser(viewer))
    _remove(world, group.id, viewer)
    return answer


def _remove(world: World, group: int, user: int) -> None:
    world.db.execute("DELETE FROM members WHERE channel = ? AND user = ?", (group, user))
    world.db.execute("DELETE FROM dialogs WHERE owner = ? AND peer = ?", (user, group))


@method(functions.channels.EditAdminRequest)
def edit_admin(world: World, caller: Caller, request: Any) -> Any:
    """Promote, or (without any right) demote."""
    group, user = _lead(world, caller, request, request.user_id)
    rights = any(value is True for value in vars(request.admin_rights).values())
    _enroll(world, group.id, user, "admin" if rights else "member")
    return _changed(world, caller, group, user)


@method(functions.channels.EditBannedRequest)
def edit_banned(world: World, caller: Caller, request: Any) -> Any:
    """Throw out, mute, or (without any restriction) let be a member again."""
    group, user = _lead(world, caller, request, request.participant)
    rights = request.banned_rights
    if rights.view_messages:
        _remove(world, group.id, user)
        _enroll(world, group.id, user, "banned")
    elif role_of(world, group.id, user) == "banned":
        _remove(world, group.id, user)
    else:
        _enroll(world, group.id, user, "muted" if rights.send_messages else "member")
    return _changed(world, caller, group, user)


def _lead(world: World, caller: Caller, request: Any, whom: Any) -> tuple[Channel, int]:
    viewer = user_of(caller)
    group = led(world, caller, request.channel)
    user = resolve(world, viewer, whom)
    if user == group.creator:
        raise RpcError(400, "USER_CREATOR")
    return group, user


def led(world: World, caller: Caller, given: Any) -> Channel:
    """A channel whose administrator the caller is."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, given))
    if not group.leads:
        raise RpcError(400, "CHAT_ADMIN_REQUIRED")
    return group


def _changed(world: World, caller: Caller, group: Channel, *users: int) -> Any:
    """Tells those concerned, and the caller, to look at the channel again."""
    update = types.UpdateChannel(bare(group.id))
    for user in users:
        if world.online(user):
            boxes.push(world, user, [update], [group.id], caller)
    return render.updates(world, user_of(caller), [update], [group.id])


@method(
    functions.channels.ToggleForumRequest,
    functions.channels.ToggleSlowModeRequest,
    functions.messages.ToggleNoForwardsRequest,
    functions.messages.EditChatDefaultBannedRightsRequest,
)
def set_up(world: World, caller: Caller, request: Any) -> Any:
    """Topics, slow mode, protected content, and what plain members may do."""
    group = led(world, caller, getattr(request, "channel", None) or request.peer)
    column, value = _SETTINGS[type(request)](request)
    world.db.execute(f"UPDATE channels SET {column} = ? WHERE id = ?", (int(value), group.id))
    members = world.column("SELECT user FROM members WHERE channel = ?", group.id)
    return _changed(world, caller, group, *(user for user in members if user != caller.user_id))


_SETTINGS: dict[type, Any] = {
    functions.channels.ToggleForumRequest: lambda request: ("forum", request.enabled),
    functions.channels.ToggleSlowModeRequest: lambda request: ("slow_mode", request.seconds),
    functions.messages.ToggleNoForwardsRequest: lambda request: ("protected", request.enabled),
    functions.messages.EditChatDefaultBannedRightsRequest: lambda request: (
        "muted",
        bool(request.banned_rights.send_messages),
    ),
}


@method(functions.channels.UpdateUsernameRequest)
def update_username(world: World, caller: Caller, request: Any) -> bool:
    """Make a group public (or, with an empty name, private again)."""
    group = led(world, caller, request.channel)
    world.db.execute("UPDATE channels SET username = ? WHERE id = ?", (request.username or None, group.id))
    return True


@method(functions.channels.GetFullChannelRequest)
def get_full_channel(world: World, caller: Caller, request: Any) -> Any:
    """A group's particulars."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, request.channel))
    read = world.one("SELECT read_inbox, read_outbox FROM dialogs WHERE owner = ? AND peer = ?", viewer, group.id)
    inbox, outbox = read or (0, 0)
    full = types.ChannelFull(
        bare(group.id), group.about, inbox, outbox, boxes.unread(world, viewer, group.id, inbox),
        types.PhotoEmpty(0), types.PeerNotifySettings(), bot_info=[], pts=group.pts,
        can_view_participants=not _hidden(world, group), slowmode_seconds=group.slow_mode or None,
        participants_count=_count(world, group, _ALL), admins_count=_count(world, group, _ADMINS),
        participants_hidden=bool(world.setting(f"hidden members of {group.id}")),
    )  # fmt: skip
    return types.messages.ChatFull(full, **objects(world, viewer, [group.id]))


def _hidden(world: World, group: Channel) -> bool:
    """Whether this viewer is not shown who the members are (channels.toggleParticipantsHidden)."""
    return bool(world.setting(f"hidden members of {group.id}")) and not group.leads


_ALL = "role <> 'banned'"
_ADMINS = "role IN ('creator', 'admin')"
_FILTERS: dict[type, str] = {
    types.ChannelParticipantsRecent: _ALL,
    types.ChannelParticipantsSearch: _ALL,
    types.ChannelParticipantsAdmins: _ADMINS,
    types.ChannelParticipantsBots: "role <> 'banned' AND bot",
    types.ChannelParticipantsKicked: "role = 'banned'",
    types.ChannelParticipantsBanned: "role = 'muted'",
}


def _count(world: World, group: Channel, condition: str) -> int:
    sql = f"SELECT count(*) FROM members JOIN users ON users.id = user WHERE channel = ? AND {condition}"
    return int(world.value(sql, group.id))


@method(functions.channels.GetParticipantsRequest)
def get_participants(world: World, caller: Caller, request: Any) -> Any:
    """A page of a group's members."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, request.channel))
    condition = _FILTERS.get(type(request.filter), "0")
    rows = world.db.execute(
        f"""SELECT user, role, members.date FROM members JOIN users ON users.id = user
            WHERE channel = ? AND {condition} AND first_name || ' ' || last_name LIKE ?
            ORDER BY user LIMIT ? OFFSET ?""",
        (group.id, f"%{getattr(request.filter, 'q', '')}%", min(request.limit, 200), request.offset),
    ).fetchall()
    found = [_participant(viewer, group, *row) for row in rows]
    about = objects(world, viewer, [group.id, *(row[0] for row in rows)])
    return types.channels.ChannelParticipants(_count(world, group, condition), found, **about)


@method(functions.channels.GetParticipantRequest)
def get_participant(world: World, caller: Caller, request: Any) -> Any:
    """One member; USER_NOT_PARTICIPANT for a stranger. Hidden members are shown to administrators alone."""
    viewer = user_of(caller)
    group = channel(world, viewer, resolve(world, viewer, request.channel))
    user = resolve(world, viewer, request.participant)
    if _hidden(world, group) and user != viewer:
        raise RpcError(400, "CHAT_ADMIN_REQUIRED")
    row = world.one("SELECT user, role, date FROM members WHERE channel = ? AND user = ?", group.id, user)
    if row is None:
        raise RpcError(400, "USER_NOT_PARTICIPANT")
    about = objects(world, viewer, [group.id, user], full=True)
    return types.channels.ChannelParticipant(_participant(viewer, group, *row), **about)


def _participant(viewer: int, group: Channel, user: int, role: str, date: int) -> Any:
    if role == "creator":
        return types.ChannelParticipantCreator(user, CREATOR_RIGHTS)
    if role == "admin":
        return types.ChannelParticipantAdmin(user, group.creator, date, ADMIN_RIGHTS, is_self=user == viewer)
    if role in {"muted", "banned"}:
        rights = muted_rights() if role == "muted" else types.ChatBannedRights(None, view_messages=True)
        left = role == "banned"
        return types.ChannelParticipantBanned(peer(user), group.creator, date, rights, left=left)
    if user == viewer:
        return types.ChannelParticipantSelf(user, group.creator, date)
    return types.ChannelParticipant(user, date)
