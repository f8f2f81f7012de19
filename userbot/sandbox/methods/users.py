"""users.* and contacts.*: who somebody is, and whom one does not want to hear."""

from typing import Any

from telethon.tl import functions, types

from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.peers import channel_objects, objects, peer, resolve, user_object, users
from userbot.sandbox.world import Caller, World


@method(functions.users.GetUsersRequest)
def get_users(world: World, caller: Caller, request: Any) -> list[Any]:
    """Users in the order asked for; UserEmpty, and no error, for one that does not exist or has another hash."""
    viewer = user_of(caller)
    asked = [_known(world, viewer, each) for each in request.id]
    found = users(world, asked)
    return [
        user_object(world, viewer, found[number]) if number in found else types.UserEmpty(given.user_id)
        for given, number in zip(request.id, asked, strict=True)
    ]


def _known(world: World, viewer: int, given: Any) -> int:
    try:
        return resolve(world, viewer, given)
    except RpcError as error:
        if error.message == "USER_ID_INVALID":
            return 0
        raise


@method(functions.users.GetFullUserRequest)
def get_full_user(world: World, caller: Caller, request: Any) -> Any:
    """A user's profile, with whether they are blocked."""
    viewer = user_of(caller)
    number = resolve(world, viewer, request.id)
    about = objects(world, viewer, [number], full=True)
    if not about["users"]:
        raise RpcError(400, "USER_ID_INVALID")
    blocked = world.one("SELECT 1 FROM blocks WHERE user = ? AND whom = ?", viewer, number) is not None
    full = types.UserFull(
        number, types.PeerSettings(), types.PeerNotifySettings(), common_chats_count=0, blocked=blocked
    )
    return types.users.UserFull(full, **about)


@method(functions.contacts.ResolveUsernameRequest)
def resolve_username(world: World, caller: Caller, request: Any) -> Any:
    """A user or a channel by its @name."""
    name = request.username.removeprefix("@")
    found = world.value(
        "SELECT id FROM users WHERE username = ?1 UNION ALL SELECT id FROM channels WHERE username = ?1", name
    )
    if found is None:
        raise RpcError(400, "USERNAME_NOT_OCCUPIED")
    return types.contacts.ResolvedPeer(peer(found), **objects(world, user_of(caller), [found], full=True))


@method(functions.contacts.BlockRequest)
def block(world: World, caller: Caller, request: Any) -> bool:
    """From now on neither of the two can write to the other."""
    viewer = user_of(caller)
    whom = resolve(world, viewer, request.id)
    world.db.execute("INSERT OR IGNORE INTO blocks VALUES (?, ?)", (viewer, whom))
    return True


@method(functions.contacts.UnblockRequest)
def unblock(world: World, caller: Caller, request: Any) -> bool:
    """The opposite."""
    viewer = user_of(caller)
    whom = resolve(world, viewer, request.id)
    world.db.execute("DELETE FROM blocks WHERE user = ? AND whom = ?", (viewer, whom))
    return True


@method(functions.contacts.GetContactsRequest)
def get_contacts(_world: World, _caller: Caller, _request: Any) -> Any:
    """Nobody keeps an address book here."""
    return types.contacts.Contacts([], 0, [])


@method(functions.channels.GetChannelsRequest)
def get_channels(world: World, caller: Caller, request: Any) -> Any:
    """Channels as the caller sees them."""
    viewer = user_of(caller)
    ids = [resolve(world, viewer, each) for each in request.id]
    return types.messages.Chats(channel_objects(world, viewer, ids))


@method(functions.messages.GetChatsRequest)
def get_chats(_world: World, _caller: Caller, _request: Any) -> Any:
    """Basic groups: there are none here."""
    raise RpcError(400, "PEER_ID_INVALID")
