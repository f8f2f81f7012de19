"""The server's part of making an authorization key: three questions, three answers, no input or output of its own.

Rules: core.telegram.org/mtproto/auth_key. Of the two ways to encrypt the client's first secret this is the older
one (SHA1, data, padding), the only one Telethon speaks.
"""

import secrets
import time
from hashlib import sha1
from typing import Any

from telethon.crypto import AES, AuthKey
from telethon.extensions import BinaryReader
from telethon.helpers import generate_key_data_from_nonce
from telethon.tl import functions, types

from userbot.sandbox.keys import ServerKey
from userbot.sandbox.wire import WireError

# Against floods, Telegram's product of two primes costs the client some work; here small ones do. Its first bit
# must not be set, because Telethon takes it for a sign.
_P, _Q = 1_000_003, 1_299_709
_GENERATOR = 3
_PRIME = int(
    "C71CAEB9C6B1C9048E6C522F70F13F73980D40238E3E21C14934D037563D930F"
    "48198A0AA7C14058229493D22530F4DBFA336F6E0AC925139543AED44CCE7C37"
    "20FD51F69458705AC68CD4FE6B6B13ABDC9746512969328454F18FAF8C595F64"
    "2477FE96BB2A941D5BCD1D4AC8CC49880708FA9B378E3C4F3A9060BEE67CF9A4"
    "A4A695811051907E162753B56B0F6B410DBA74D8A84B2A14B3144E0EF1284754"
    "FD17ED950D5965B4B9DD46582DB1178D169C6BC465B0D6FF9CA3928FEF5B9AE4"
    "E418FC15E83EBEA0F87FA9FF5EED70050DED2849F47BF959D956850CE929851F"
    "0D8115F635B105EE2E4E15D04B2454BF6F4FADF034B10403119CD8E3B92FCC5B",
    16,
)
"""The prime that Telegram uses (core.telegram.org/mtproto/auth_key#presenting-proof-of-work-server-authentication);
some clients take no other."""
_SECRET_BITS = 512
"""Of the server's exponent: twice what the group's strength asks for, and four times faster than a full one."""


class Handshake:
    """One exchange on one connection; every step of it must be the next one of the protocol."""

    def __init__(self, key: ServerKey) -> None:
        self._server_key = key
        self._step: type = type(None)
        self._nonce = self._server_nonce = self._new_nonce = self._secret = 0
        self.auth_key: bytes | None = None
        """The key, once the exchange is done."""

    def answer(self, body: bytes) -> bytes:
        """The answer to the client's next question; raises WireError when it is wrong in any way."""
        question, _ = _read(body)
        if isinstance(question, functions.ReqPqRequest | functions.ReqPqMultiRequest):
            reply = self._begin(question)
        elif isinstance(question, functions.ReqDHParamsRequest):
            reply = self._offer(self._expected(question))
        elif isinstance(question, functions.SetClientDHParamsRequest):
            reply = self._finish(self._expected(question))
        else:
            raise WireError("a plain message outside the key exchange")
        return bytes(reply)

    def _expected(self, question: Any) -> Any:
        nonces = (question.nonce, question.server_nonce)
        _require(isinstance(question, self._step) and nonces == (self._nonce, self._server_nonce))
        return question

    def _begin(self, question: Any) -> Any:
        self._nonce = question.nonce
        self._server_nonce = int.from_bytes(secrets.token_bytes(16), "little", signed=True)
        self._step = functions.ReqDHParamsRequest
        return types.ResPQ(self._nonce, self._server_nonce, _big_endian(_P * _Q), [self._server_key.fingerprint])

    def _offer(self, question: Any) -> Any:
        _require(question.public_key_fingerprint == self._server_key.fingerprint)
        inner = _hashed(self._server_key.decrypt(question.encrypted_data), types.PQInnerData)
        _require((inner.nonce, inner.server_nonce) == (self._nonce, self._server_nonce))
        # With primes as small as these, Telethon's factorization now and then ends with the product and 1.
        _require(int.from_bytes(inner.p, "big") * int.from_bytes(inner.q, "big") == _P * _Q)
        self._new_nonce = inner.new_nonce
        self._secret = secrets.randbits(_SECRET_BITS) | 1 << (_SECRET_BITS - 1)
        self._step = functions.SetClientDHParamsRequest
        offer = types.ServerDHInnerData(
            self._nonce,
            self._server_nonce,
            _GENERATOR,
            _big_endian(_PRIME),
            _big_endian(pow(_GENERATOR, self._secret, _PRIME)),
            int(time.time()),
        )
        data = sha1(bytes(offer)).digest() + bytes(offer)
        encrypted = AES.encrypt_ige(data, *self._temporary_key())
        return types.ServerDHParamsOk(self._nonce, self._server_nonce, bytes(encrypted))

    def _finish(self, question: Any) -> Any:
        _require(question.encrypted_data and len(question.encrypted_data) % 16 == 0)
        data = AES.decrypt_ige(question.encrypted_data, *self._temporary_key())
        inner = _hashed(bytes(data), types.ClientDHInnerData)
        _require((inner.nonce, inner.server_nonce) == (self._nonce, self._server_nonce))
        power = int.from_bytes(inner.g_b, "big")
        _require(1 < power < _PRIME - 1)
        # Without leading zero bytes, as Telethon keeps its keys: one in 256 is shorter than the protocol says.
        self.auth_key = _big_endian(pow(power, self._secret, _PRIME))
        self._step = type(None)
        proof = AuthKey(self.auth_key).calc_new_nonce_hash(self._new_nonce, 1)
        return types.DhGenOk(self._nonce, self._server_nonce, proof)

    def _temporary_key(self) -> tuple[bytes, bytes]:
        key, iv = generate_key_data_from_nonce(self._server_nonce, self._new_nonce)
        return key, iv


def _hashed(data: bytes, expected: type) -> Any:
    """The object that follows its own SHA1 and is followed by padding."""
    inner, length = _read(data[20:])
    digest = sha1(data[20 : 20 + length]).digest()
    _require(isinstance(inner, expected) and digest == data[:20])
    return inner


def _read(data: bytes) -> tuple[Any, int]:
    """The object these bytes begin with, and its length."""
    reader = BinaryReader(data)
    try:
        return reader.tgread_object(), reader.tell_position()
    except Exception as error:  # whatever Telethon's reader trips over in bytes that a stranger chose
        raise WireError("an unreadable object in the key exchange") from error


def _require(condition: object) -> None:
    if not condition:
        raise WireError("a wrong step in the key exchange")


def _big_endian(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
