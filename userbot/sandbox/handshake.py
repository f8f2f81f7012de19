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
_GENERATOR = 2
_PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
    "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
    "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
    "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
    "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
    "3995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)
"""The 2048-bit prime of RFC 3526, group 14."""
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
        data = sha1(bytes(offer)).digest() + bytes(offer)  # noqa: S324 - the protocol's hash
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
    digest = sha1(data[20 : 20 + length]).digest()  # noqa: S324 - the protocol's hash
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
