"""Data centres: accounts and files live in one of them, and whoever asks in the other is sent there.

Rules: core.telegram.org/api/datacenter and the 303 errors of core.telegram.org/api/errors. A key is good where it was
made. An authorization made in one data centre is taken to another by auth.exportAuthorization.
"""

import hmac
from hashlib import blake2b
from typing import Any

from telethon.tl import functions

from userbot.sandbox.errors import RpcError
from userbot.sandbox.world import Caller, World

EXPORT_LIFE = 60
"""Seconds for which an exported authorization can be imported."""

_BY_PHONE = (
    functions.auth.SendCodeRequest,
    functions.auth.ResendCodeRequest,
    functions.auth.SignInRequest,
)
_ANYWHERE = {"auth", "help", "upload"}
"""The areas that answer in every data centre."""


def check(world: World, caller: Caller, request: Any) -> None:
    """Raises RpcError when the request is to be made elsewhere."""
    if caller.dc is None:
        return
    error, whose = "USER_MIGRATE", caller.user_id
    if isinstance(request, _BY_PHONE):
        phone = "".join(filter(str.isdecimal, request.phone_number))
        error, whose = "PHONE_MIGRATE", world.value("SELECT id FROM users WHERE phone = ?", phone)
    elif type(request).__module__.rpartition(".")[2] in _ANYWHERE:
        return
    if whose is not None and world.home_of(whose) != caller.dc:
        raise RpcError(303, f"{error}_{world.home_of(whose)}")


def export(world: World, user: int, dc: int) -> bytes:
    """What lets a key of another data centre log in as this user."""
    until = world.now() + EXPORT_LIFE
    return until.to_bytes(8, "little") + _seal(world, user, dc, until)


def imports(world: World, user: int, dc: int, given: bytes) -> bool:
    """Whether an exported authorization is good here and now."""
    until = int.from_bytes(given[:8], "little")
    return world.now() <= until and hmac.compare_digest(given[8:], _seal(world, user, dc, until))


def _seal(world: World, user: int, dc: int, until: int) -> bytes:
    return blake2b(f"{user}/{dc}/{until}".encode(), key=world.secret, digest_size=32).digest()
