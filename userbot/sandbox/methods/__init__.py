"""What each request does: `handle` finds the method, runs it as one transaction and returns its answer."""

from typing import Any

from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods import (
    auth,
    centres,
    channels,
    dialogs,
    edits,
    files,
    forums,
    help as help_,
    history,
    polls,
    sending,
    updates,
    users,
)
from userbot.sandbox.methods.registry import METHODS, OPEN
from userbot.sandbox.world import Caller, World

__all__ = [
    "Caller",
    "auth",
    "centres",
    "channels",
    "dialogs",
    "edits",
    "files",
    "forums",
    "handle",
    "help_",
    "history",
    "polls",
    "sending",
    "updates",
    "users",
]


def handle(world: World, caller: Caller, request: Any) -> Any:
    """Answer a request; its effect is committed when this returns. Raises RpcError for a refusal."""
    kind = type(request)
    method = METHODS.get(kind)
    if method is None:
        raise RpcError(400, "INPUT_METHOD_INVALID")
    centres.check(world, caller, request)
    if caller.user_id is None and kind not in OPEN:
        ended = world.setting(f"ended {caller.auth_key_id}", "AUTH_KEY_UNREGISTERED")
        raise RpcError(406 if ended == "AUTH_KEY_DUPLICATED" else 401, ended)
    with world.transaction():
        answer = method(world, caller, request)
    # A refusal that is returned, not raised, has had its effect.
    if isinstance(answer, RpcError):
        raise answer
    if error := world.faults.judge_answer(caller.user_id, request):
        raise error
    return answer
