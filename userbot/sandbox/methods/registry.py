"""Which function answers which request."""

from collections.abc import Callable
from typing import Any

from userbot.sandbox.errors import RpcError
from userbot.sandbox.world import Caller, World

Method = Callable[[World, Caller, Any], Any]

METHODS: dict[type, Method] = {}
OPEN: set[type] = set()
"""Requests that need no login."""


def method(*requests: type, login: bool = True) -> Callable[[Method], Method]:
    """The decorated function answers these requests, by default only to someone who is logged in."""

    def register(function: Method) -> Method:
        METHODS.update(dict.fromkeys(requests, function))
        if not login:
            OPEN.update(requests)
        return function

    return register


def user_of(caller: Caller) -> int:
    """Who calls; the registry has made sure that somebody is logged in."""
    if caller.user_id is None:
        raise RpcError(401, "AUTH_KEY_UNREGISTERED")
    return caller.user_id
