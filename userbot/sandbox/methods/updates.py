"""updates.*: what happened while a client was away, from the stored history of its boxes."""

from typing import Any

from telethon.extensions import BinaryReader
from telethon.tl import functions, types

from userbot.sandbox import render
from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.peers import bare, channel, objects, peer, resolve
from userbot.sandbox.world import Caller, World

_SLICE = 100
_TOO_LONG_ACCOUNT = 1_000_000
"""The same for the account's own box. Nobody has published Telegram's figure; a test sets its own."""
_TOO_LONG = 1000
"""Events a client may be behind in a channel before it is told to start anew."""


class News:
    """What the stretch of a box's history after a pts, `limit` steps at most, means to a caller."""

    def __init__(self, world: World, caller: Caller, box: int, after: int, limit: int) -> None:
        viewer = user_of(caller)
        steps = _steps(world, box, after, limit)
        self.pts = steps[-1][0] if steps else after
        self.full = len(steps) == limit
        self.messages: list[Any] = []
        self.others: list[Any] = []
        new: list[render.Row] = []
        rows: list[render.Row] = []
        for pts, edited, step in steps:
            if isinstance(step, bytes):
                self.others.append(BinaryReader(step).tgread_object())
            elif edited:
                self.others.append(render.edited_message(world, viewer, step, pts))
                rows.append(step)
            else:
                self.messages.append(render.message(world, viewer, step))
                new.append(step)
        self.others += _named(world, caller, new)
        rows += new
        self.ids = render.mentioned(world, rows)


def _named(world: World, caller: Caller, shown: list[render.Row]) -> list[Any]:
    """Of these messages those that the caller's session sent, with the random ids that they had.

    A difference tells them to whoever may have missed the answer: TDLib (UpdatesManager.cpp,
    process_get_difference_updates) and tdesktop (api_updates.cpp, feedMessageIds) take them from there.
    """
    if world.setting("untold"):
        return []
    user = user_of(caller)
    return [
        types.UpdateMessageID(row.id, random_id)
        for row in shown
        if row.sender == user
        for (random_id,) in world.db.execute(
            "SELECT random_id FROM sends WHERE account = ? AND peer = ? AND message = ? AND auth_key = ?",
            (user, row.peer, row.id, str(caller.auth_key_id)),
        )
    ]


def _steps(world: World, box: int, after: int, limit: int) -> list[tuple[int, bool, Any]]:
    """(pts, whether it is an edit, a message or an update's bytes), oldest first.

    What has been deleted since is left out: its deletion comes later.
    """
    arrived = render.rows(world, "box = ? AND id > ? ORDER BY id LIMIT ?", box, _last_before(world, box, after), limit)
    steps: list[tuple[int, bool, Any]] = [(row.pts, False, row) for row in arrived]
    events = world.db.execute(
        "SELECT pts, edited, body FROM events WHERE box = ? AND pts > ? ORDER BY pts LIMIT ?",
        (box, after, limit),
    ).fetchall()
    for pts, edited, body in events:
        step = body or render.row(world, box, edited)
        if step:
            steps.append((pts, edited is not None, step))
    return sorted(steps, key=lambda step: step[0])[:limit]


def _last_before(world: World, box: int, pts: int) -> int:
    """The id below which everything had arrived at this pts: a bisection, as ids and pts grow together."""
    low, high = 0, world.value("SELECT max(id) FROM messages WHERE box = ?", box) or 0
    while low < high:
        middle = (low + high + 1) // 2
        found = world.value("SELECT pts FROM messages WHERE box = ? AND id >= ? ORDER BY id LIMIT 1", box, middle)
        low, high = (middle, high) if found <= pts else (low, middle - 1)
    return low


def state_of(world: World, user: int, pts: int | None = None) -> Any:
    """The state of a user's own box."""
    if pts is None:
        pts = world.value("SELECT pts FROM users WHERE id = ?", user)
    return types.updates.State(pts, qts=0, date=world.now(), seq=0, unread_count=0)


@method(functions.updates.GetStateRequest)
def get_state(world: World, caller: Caller, _request: Any) -> Any:
    """Where the caller's box stands now."""
    return state_of(world, user_of(caller))


@method(functions.updates.GetDifferenceRequest)
def get_difference(world: World, caller: Caller, request: Any) -> Any:
    """Private news since `pts`, in slices; of channels only that they may have some."""
    viewer = user_of(caller)
    now = world.value("SELECT pts FROM users WHERE id = ?", viewer)
    if now - request.pts > world.setting("too long", _TOO_LONG_ACCOUNT):
        return types.updates.DifferenceTooLong(now)
    news = News(world, caller, viewer, request.pts, _SLICE)
    groups = _channels_of(world, viewer)
    if not (news.messages or news.others or news.full or groups):
        return types.updates.DifferenceEmpty(world.now(), seq=0)
    hints = [] if news.full else [types.UpdateChannelTooLong(bare(n), pts) for n, pts in groups]
    answer = {
        "new_messages": news.messages,
        "new_encrypted_messages": [],
        "other_updates": news.others + hints,
        **objects(world, viewer, news.ids.union(n for n, _ in groups)),
    }
    if news.full:
        return types.updates.DifferenceSlice(**answer, intermediate_state=state_of(world, viewer, news.pts))
    return types.updates.Difference(**answer, state=state_of(world, viewer))


def _channels_of(world: World, viewer: int) -> list[tuple[int, int]]:
    return world.db.execute(
        """SELECT id, pts FROM members JOIN channels ON channels.id = channel
           WHERE user = ? AND role <> 'banned'""",
        (viewer,),
    ).fetchall()


@method(functions.updates.GetChannelDifferenceRequest)
def get_channel_difference(world: World, caller: Caller, request: Any) -> Any:
    """A channel's news since `pts`; only its present state for one who is far behind."""
    viewer = user_of(caller)
    if request.pts < 1:
        raise RpcError(400, "PERSISTENT_TIMESTAMP_INVALID")
    group = channel(world, viewer, resolve(world, viewer, request.channel))
    if group.pts - request.pts > world.setting("too long", _TOO_LONG):
        return _too_long(world, viewer, group)
    news = News(world, caller, group.id, request.pts, max(1, min(request.limit, _SLICE)))
    if not (news.messages or news.others or news.full):
        return types.updates.ChannelDifferenceEmpty(group.pts, final=True)
    return types.updates.ChannelDifference(
        news.pts if news.full else group.pts,
        news.messages,
        news.others,
        final=not news.full,
        **objects(world, viewer, news.ids | {group.id}),
    )


def _too_long(world: World, viewer: int, group: Any) -> Any:
    last = render.rows(world, "box = ? ORDER BY id DESC LIMIT 1", group.id)
    read = world.one("SELECT read_inbox, read_outbox FROM dialogs WHERE owner = ? AND peer = ?", viewer, group.id)
    dialog = types.Dialog(
        peer(group.id), group.last_message, *(read or (0, 0)), 0, 0, 0, 0, types.PeerNotifySettings(),
        pts=group.pts,
    )  # fmt: skip
    return types.updates.ChannelDifferenceTooLong(
        dialog,
        [render.message(world, viewer, row) for row in last],
        final=True,
        **objects(world, viewer, render.mentioned(world, last) | {group.id}),
    )
