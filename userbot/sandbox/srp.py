"""The server's side of two-step passwords: Telegram's SRP (core.telegram.org/api/srp).

A stored password is salt1 (8 bytes), salt2 (16 bytes) and the verifier g^x mod p (256 bytes), never the password.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from telethon import password as telethon_password
from telethon.tl import types

_G = 3
_PRIME = int(
    "C71CAEB9C6B1C9048E6C522F70F13F73980D40238E3E21C14934D037563D930F48198A0AA7C14058229493D22530F4DB"
    "FA336F6E0AC925139543AED44CCE7C3720FD51F69458705AC68CD4FE6B6B13ABDC9746512969328454F18FAF8C595F64"
    "2477FE96BB2A941D5BCD1D4AC8CC49880708FA9B378E3C4F3A9060BEE67CF9A4A4A695811051907E162753B56B0F6B41"
    "0DBA74D8A84B2A14B3144E0EF1284754FD17ED950D5965B4B9DD46582DB1178D169C6BC465B0D6FF9CA3928FEF5B9AE4"
    "E418FC15E83EBEA0F87FA9FF5EED70050DED2849F47BF959D956850CE929851F0D8115F635B105EE2E4E15D04B2454BF"
    "6F4FADF034B10403119CD8E3B92FCC5B",
    16,
)
"""Telegram's prime; clients know it and skip the slow test."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """One exchange: g_b as the client gets it, and the exponent behind it."""

    id: int
    secret: int
    public: bytes


def algorithm(stored: bytes) -> Any:
    """How a client turns the password into x."""
    return types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
        stored[:8], stored[8:24], _G, _PRIME.to_bytes(256, "big")
    )


def store(password: str) -> bytes:
    """What is kept of a new password."""
    salts = secrets.token_bytes(24)
    digest: bytes = telethon_password.compute_digest(algorithm(salts), password)
    return salts + digest


def challenge(stored: bytes, secret: bytes, auth_key_id: int) -> Challenge:
    """The exchange of this authorization key, the same on every call, so that a restart does not break it."""
    seed = hmac.digest(secret, stored + str(auth_key_id).encode(), "sha512")
    exponent = int.from_bytes(hashlib.shake_256(seed).digest(256), "big")
    public = (_k() * int.from_bytes(stored[24:], "big") + pow(_G, exponent, _PRIME)) % _PRIME
    return Challenge(int.from_bytes(seed[:7], "big"), exponent, public.to_bytes(256, "big"))


def proves(stored: bytes, exchange: Challenge, a: bytes, proof: bytes) -> bool:
    """Whether the client's M1 shows that it knows the password."""
    u = int.from_bytes(_hash(a.rjust(256, b"\0"), exchange.public), "big")
    verifier = int.from_bytes(stored[24:], "big")
    shared = pow(int.from_bytes(a, "big") * pow(verifier, u, _PRIME), exchange.secret, _PRIME)
    mixed = bytes(p ^ g for p, g in zip(_hash(_number(_PRIME)), _hash(_number(_G)), strict=True))
    expected = _hash(
        mixed,
        _hash(stored[:8]),
        _hash(stored[8:24]),
        a.rjust(256, b"\0"),
        exchange.public,
        _hash(_number(shared)),
    )
    return hmac.compare_digest(expected, proof)


def _k() -> int:
    return int.from_bytes(_hash(_number(_PRIME), _number(_G)), "big")


def _number(value: int) -> bytes:
    return value.to_bytes(256, "big")


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()
