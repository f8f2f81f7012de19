"""Users and channels: what an input peer names, and how each viewer sees them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from telethon.tl import types

from userbot.sandbox.errors import RpcError
from userbot.sandbox.world import World

_MARK = -1_000_000_000_000

CREATOR_RIGHTS = types.ChatAdminRights(
    change_info=True, delete_messages=True, ban_users=True, invite_users=True, pin_messages=True,
    add_admins=True, manage_call=True, other=True, manage_topics=True,
)  # fmt: skip
ADMIN_RIGHTS = types.ChatAdminRights(
    change_info=True, delete_messages=True, ban_users=True, invite_users=True, pin_messages=True,
    manage_call=True, other=True, manage_topics=True,
)  # fmt: skip


class User(NamedTuple):
    """A row of `users`: who it is, and where their message box stands."""

    id: int
    first_name: str
    last_name: str
    username: str | None
    phone: str | None
    bot: int
    deleted: int
    last_message: int
    pts: int


Users = dict[int, User]


class Channel(NamedTuple):
    """A row of `channels` together with the viewer's role in it (None: not a member)."""

    id: int
    title: str
    username: str | None
    about: str
    creator: int
    date: int
    forum: int
    protected: int
    muted: int
    slow_mode: int
    last_message: int
    pts: int
    role: str | None

    @property
    def inside(self) -> bool:
        """Whether the viewer takes part."""
        return self.role is not None and self.role != "banned"

    @property
    def leads(self) -> bool:
        """Whether the viewer is an administrator."""
        return self.role in {"creator", "admin"}


def bare(marked: int) -> int:
    """A marked channel id (-100...) as TL writes it; the same the other way round."""
    return _MARK - marked


def peer(marked: int) -> types.PeerUser | types.PeerChannel:
    """The TL peer of a marked id."""
    return types.PeerUser(marked) if marked > 0 else types.PeerChannel(bare(marked))


def input_peer(world: World, viewer: int, marked: int) -> types.InputPeerUser | types.InputPeerChannel:
    """The peer as `viewer` would address it."""
    access_hash = world.access_hash(viewer, marked)
    if marked > 0:
        return types.InputPeerUser(marked, access_hash)
    return types.InputPeerChannel(bare(marked), access_hash)


def resolve(world: World, viewer: int, given: Any) -> int:
    """The marked id that an InputPeer, InputUser, InputChannel or InputDialogPeer names.

    Refuses a wrong access hash with the error that Telegram has for this kind of input.
    """
    if isinstance(given, types.InputPeerUser | types.InputUser):
        if given.access_hash == world.access_hash(viewer, given.user_id):
            return int(given.user_id)
        raise RpcError(400, "PEER_ID_INVALID" if isinstance(given, types.InputPeerUser) else "USER_ID_INVALID")
    if isinstance(given, types.InputPeerChannel | types.InputChannel):
        if given.access_hash == world.access_hash(viewer, bare(given.channel_id)):
            return bare(given.channel_id)
        raise RpcError(400, "CHANNEL_INVALID")
    if isinstance(given, types.InputPeerSelf | types.InputUserSelf):
        return viewer
    if isinstance(given, types.InputDialogPeer):
        return resolve(world, viewer, given.peer)
    if isinstance(given, types.InputPeerUserFromMessage | types.InputUserFromMessage):
        return _met(world, viewer, given)
    raise RpcError(400, "PEER_ID_INVALID")


def _met(world: World, viewer: int, given: Any) -> int:
    """The sender of a message that the viewer sees: so half-known people are addressed (core.telegram.org/api/min)."""
    dialog = resolve(world, viewer, given.peer)
    if dialog < 0:
        channel(world, viewer, dialog)
    box = dialog if dialog < 0 else viewer
    sender: int | None = world.value("SELECT sender FROM messages WHERE box = ? AND id = ?", box, given.msg_id)
    if sender is None:
        raise RpcError(400, "MSG_ID_INVALID")
    if sender != given.user_id:
        raise RpcError(400, "USER_ID_INVALID")
    return sender


def channel(world: World, viewer: int, marked: int) -> Channel:
    """A channel the viewer may look into; CHANNEL_PRIVATE otherwise."""
    found = channels(world, viewer, (marked,))
    if not found:
        raise RpcError(400, "CHANNEL_INVALID")
    if not found[0].inside and (found[0].username is None or found[0].role == "banned"):
        raise RpcError(400, "CHANNEL_PRIVATE")
    return found[0]


def channels(world: World, viewer: int, marked: Iterable[int]) -> list[Channel]:
    """Those of the channels that exist."""
    ids = (*marked,)
    rows = world.db.execute(
        f"""SELECT channels.*, members.role FROM channels
            LEFT JOIN members ON members.channel = channels.id AND members.user = ?
            WHERE channels.id IN ({", ".join("?" * len(ids))})""",
        (viewer, *ids),
    )
    return [Channel._make(row) for row in rows]


def members(world: World, marked: int) -> list[int]:
    """Who takes part in a channel."""
    return world.column("SELECT user FROM members WHERE channel = ? AND role <> 'banned'", marked)


def users(world: World, ids: Iterable[int]) -> Users:
    """Those of the users that exist, by id."""
    wanted = (*ids,)
    rows = world.db.execute(
        f"""SELECT id, first_name, last_name, username, phone, bot, deleted, last_message, pts
            FROM users WHERE id IN ({", ".join("?" * len(wanted))})""",
        wanted,
    )
    return {row[0]: User._make(row) for row in rows}


def user_object(world: World, viewer: int, user: User) -> types.User:
    """A user as `viewer` sees them."""
    access_hash = world.access_hash(viewer, user.id)
    if user.deleted:
        return types.User(user.id, deleted=True, access_hash=access_hash)
    return types.User(
        user.id,
        is_self=user.id == viewer,
        bot=bool(user.bot),
        bot_info_version=1 if user.bot else None,
        access_hash=access_hash,
        first_name=user.first_name,
        last_name=user.last_name or None,
        username=user.username,
        phone=user.phone if user.id == viewer else None,
        status=None if user.bot else types.UserStatusRecently(),
    )


def channel_objects(world: World, viewer: int, ids: Iterable[int]) -> list[Any]:
    """These channels as `viewer` sees them."""
    return [channel_object(world, viewer, found) for found in channels(world, viewer, ids)]


def channel_object(world: World, viewer: int, found: Channel) -> Any:
    """A Channel; a ChannelForbidden for someone who was thrown out or never was in a private one."""
    access_hash = world.access_hash(viewer, found.id)
    if not found.inside and (found.username is None or found.role == "banned"):
        return types.ChannelForbidden(bare(found.id), access_hash, found.title, megagroup=True)
    return types.Channel(
        bare(found.id),
        found.title,
        types.ChatPhotoEmpty(),
        found.date,
        creator=found.role == "creator",
        left=not found.inside,
        megagroup=True,
        forum=bool(found.forum),
        noforwards=bool(found.protected),
        slowmode_enabled=bool(found.slow_mode),
        access_hash=access_hash,
        username=found.username,
        admin_rights=_admin_rights(found.role),
        banned_rights=muted_rights() if found.role == "muted" else None,
        default_banned_rights=types.ChatBannedRights(
            None, send_messages=bool(found.muted), manage_topics=topics_kept(world, found.id)
        ),
    )


def topics_kept(world: World, group: int) -> bool:
    """Whether only administrators of a group may open topics."""
    return bool(world.setting(f"topics of {group} are kept"))


def _admin_rights(role: str | None) -> types.ChatAdminRights | None:
    return {"creator": CREATOR_RIGHTS, "admin": ADMIN_RIGHTS}.get(role or "")


def muted_rights() -> types.ChatBannedRights:
    """May read, may not write."""
    return types.ChatBannedRights(None, send_messages=True, send_media=True, send_plain=True)


def objects(
    world: World, viewer: int, ids: Iterable[int], known: Users | None = None, *, full: bool = False
) -> dict[str, list[Any]]:
    """The `users` and `chats` that go with an answer in which these marked ids occur.

    Users that the caller has at hand need not be looked up again. `full` is for answers that are about these people.
    """
    wanted = set(ids)
    found = {number: known[number] for number in wanted if number in known} if known else {}
    people = [number for number in wanted if number > 0 and number not in found]
    groups = [number for number in wanted if number < 0]
    if people:
        found |= users(world, people)
    people_shown = [user_object(world, viewer, user) for user in found.values()]
    return {
        "users": people_shown if full else [world.contrary.half(viewer, each) for each in people_shown],
        "chats": channel_objects(world, viewer, groups) if groups else [],
    }
