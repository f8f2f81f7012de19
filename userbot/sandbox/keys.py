"""The server's RSA key: made once for a folder, in which both halves lie as PKCS#1 PEM files."""

import os
import secrets
from hashlib import sha1
from math import gcd, prod
from pathlib import Path
from typing import NamedTuple

import rsa
from telethon.tl import TLObject

_BITS = 2048
_EXPONENT = 65537
_SMALL_PRIMES = prod(n for n in range(3, 2000, 2) if all(n % d for d in range(3, int(n**0.5) + 1, 2)))
_ROUNDS = 8
"""Of the primality test; for random numbers of this size fewer would do."""


class ServerKey(NamedTuple):
    """The private key, the fingerprint clients name it by, and where its public half lies."""

    private: rsa.PrivateKey
    fingerprint: int
    public_path: Path

    def decrypt(self, block: bytes) -> bytes:
        """The 255 bytes that a client encrypted without any padding scheme."""
        key = self.private
        cipher = int.from_bytes(block, "big")
        # By the Chinese remainder theorem: a quarter of the work.
        by_p, by_q = pow(cipher, key.exp1, key.p), pow(cipher, key.exp2, key.q)
        plain = by_q + key.coef * (by_p - by_q) % key.p * key.q
        return plain.to_bytes(_BITS // 8, "big")[1:]


def server_key(folder: Path) -> ServerKey:
    """The key in this folder (`server.pem`, with `server.pub.pem` beside it), which is made when there is none."""
    path, public_path = folder / "server.pem", folder / "server.pub.pem"
    if not path.exists():
        _write(path, _generate())
    private = rsa.PrivateKey.load_pkcs1(path.read_bytes())
    public_path.write_bytes(rsa.PublicKey(private.n, private.e).save_pkcs1())
    return ServerKey(private, _fingerprint(private), public_path)


def _write(path: Path, key: rsa.PrivateKey) -> None:
    """All or nothing, and for the owner's eyes alone from the first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key.save_pkcs1())
    draft.replace(path)


def _fingerprint(key: rsa.PrivateKey) -> int:
    parts = (TLObject.serialize_bytes(n.to_bytes((n.bit_length() + 7) // 8, "big")) for n in (key.n, key.e))
    return int.from_bytes(sha1(b"".join(parts)).digest()[-8:], "little", signed=True)


def _generate() -> rsa.PrivateKey:
    p, q = _prime(_BITS // 2), _prime(_BITS // 2)
    phi = (p - 1) * (q - 1)
    if p == q or gcd(_EXPONENT, phi) != 1:
        return _generate()
    return rsa.PrivateKey(p * q, _EXPONENT, pow(_EXPONENT, -1, phi), p, q)


def _prime(bits: int) -> int:
    # With the two top bits set, the product of two such primes has exactly twice the bits.
    while True:
        candidate = secrets.randbits(bits) | 3 << (bits - 2) | 3
        if gcd(candidate, _SMALL_PRIMES) == 1 and all(_passes(candidate) for _ in range(_ROUNDS)):
            return candidate


def _passes(candidate: int) -> bool:
    # Candidates are 3 modulo 4, for which the test of Miller and Rabin is this one power.
    base = secrets.randbelow(candidate - 3) + 2
    return pow(base, candidate >> 1, candidate) in {1, candidate - 1}
