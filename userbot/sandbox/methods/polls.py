"""messages.sendVote."""

from typing import Any

from telethon.tl import functions, types

from userbot.sandbox import polls, render
from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods.registry import method, user_of
from userbot.sandbox.peers import resolve
from userbot.sandbox.world import Caller, World


@method(functions.messages.SendVoteRequest)
def send_vote(world: World, caller: Caller, request: Any) -> Any:
    """Choose in a poll."""
    user = user_of(caller)
    origin = resolve(world, user, request.peer)
    row = render.row(world, origin if origin < 0 else user, request.msg_id)
    media = None if row is None else getattr(world.content(row.content), "media", None)
    if row is None or row.peer != origin or not isinstance(media, types.MessageMediaPoll):
        raise RpcError(400, "MESSAGE_ID_INVALID")
    if media.poll.closed:
        raise RpcError(400, "MESSAGE_POLL_CLOSED")
    polls.vote(world, media.poll, user, request.options)
    results = polls.shown(world, user, media).results
    return render.updates(world, user, [types.UpdateMessagePoll(media.poll.id, results, poll=media.poll)], {user})
