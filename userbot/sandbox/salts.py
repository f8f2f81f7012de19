"""The server salts of a key: a new one every half hour, each accepted for an hour.

They are a function of the key and the time, so nothing is stored and a restarted server accepts what it gave out.
"""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from telethon.tl.types import FutureSalt, FutureSalts

PERIOD = 30 * 60
"""Seconds; core.telegram.org/mtproto/service_messages#request-for-several-future-salts."""

_MOST = 64


def current(key: bytes, now: float) -> int:
    """The salt to use at this moment (Unix time)."""
    return _salt(key, int(now) // PERIOD)


def accepted(key: bytes, salt: int, now: float) -> bool:
    """Whether a message with this salt is taken at this moment."""
    period = int(now) // PERIOD
    return salt in {_salt(key, period), _salt(key, period - 1)}


def future(key: bytes, req_msg_id: int, count: int, now: float) -> Any:
    """The present salt and those that follow it, at most 64, as the answer to `get_future_salts`."""
    first = int(now) // PERIOD
    periods = range(first, first + max(1, min(count, _MOST)))
    salts = [FutureSalt(_start(p), _start(p + 2), _salt(key, p)) for p in periods]
    return FutureSalts(req_msg_id, int(now), salts)


def _start(period: int) -> datetime:
    return datetime.fromtimestamp(period * PERIOD, UTC)


def _salt(key: bytes, period: int) -> int:
    return int.from_bytes(sha256(key + period.to_bytes(8, "little")).digest()[:8], "little", signed=True)
