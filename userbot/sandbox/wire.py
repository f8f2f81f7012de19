"""What travels on the socket: packets of the "full" transport, and encrypted messages inside them.

Bytes in, bytes out, no input or output of its own. Rules: core.telegram.org/mtproto/mtproto-transports and
core.telegram.org/mtproto/description (version 2.0). Whatever breaks one raises WireError, which ends the connection.
"""

import os
import struct
from collections.abc import Iterator
from hashlib import sha1, sha256
from typing import NamedTuple
from zlib import crc32

from telethon.crypto import AES

SHORTEST_PACKET = 16
LONGEST_PACKET = 2 * 1024 * 1024
"""Bytes. Telethon packs at most 1,044,448 into one message; what claims more is no client."""

KEY_UNKNOWN = struct.pack("<i", -404)
"""The packet that says so to a client whose message cannot be decrypted."""

_FROM_CLIENT, _FROM_SERVER = 0, 8
_PADDING = range(12, 1025)


class WireError(Exception):
    """The other side does not speak the protocol."""


class Message(NamedTuple):
    """One message: `body` is a serialised object, a container or a packed object."""

    id: int
    seq_no: int
    body: bytes


class Envelope(NamedTuple):
    """The content of an encrypted packet."""

    salt: int
    session_id: int
    message: Message


class Framing:
    """The packets of one connection: length, number and checksum around each."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._received = 0
        self._sent = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The payloads that are complete now; raises WireError at the first packet that is wrong."""
        self._buffer += data
        while len(self._buffer) >= 4:
            length = int.from_bytes(self._buffer[:4], "little")
            if not SHORTEST_PACKET <= length <= LONGEST_PACKET:
                raise WireError(f"a packet of {length} bytes")
            if len(self._buffer) < length:
                return
            packet = bytes(self._buffer[:length])
            del self._buffer[:length]
            yield self._payload(packet)

    def _payload(self, packet: bytes) -> bytes:
        if int.from_bytes(packet[4:8], "little") != self._received:
            raise WireError("a packet out of order")
        if int.from_bytes(packet[-4:], "little") != crc32(packet[:-4]):
            raise WireError("a damaged packet")
        self._received += 1
        return packet[8:-4]

    def frame(self, payload: bytes) -> bytes:
        """The payload as the next packet to send."""
        packet = struct.pack("<ii", len(payload) + 12, self._sent) + payload
        self._sent += 1
        return packet + struct.pack("<I", crc32(packet))


def key_id_of(packet: bytes) -> int:
    """The id of the key a packet is encrypted with; 0 when it is not encrypted."""
    return int.from_bytes(packet[:8], "little", signed=True)


def id_of_key(key: bytes) -> int:
    """The id that packets name this key by."""
    return int.from_bytes(sha1(key).digest()[-8:], "little", signed=True)


def open_plain(packet: bytes) -> bytes:
    """The body of an unencrypted message."""
    if len(packet) < 20:
        raise WireError("a plain message without a header")
    length = int.from_bytes(packet[16:20], "little")
    if length > len(packet) - 20:
        raise WireError("a plain message shorter than it says")
    return packet[20 : 20 + length]


def seal_plain(msg_id: int, body: bytes) -> bytes:
    """An unencrypted message."""
    return struct.pack("<qqi", 0, msg_id, len(body)) + body


def unseal(key: bytes, packet: bytes) -> Envelope:
    """Decrypts what a client sent."""
    sealed = packet[24:]
    if len(packet) < 24 or not sealed or len(sealed) % 16:
        raise WireError("an encrypted message of a wrong length")
    msg_key = packet[8:24]
    data = AES.decrypt_ige(sealed, *_aes(key, msg_key, _FROM_CLIENT))
    if msg_key != _msg_key(key, data, _FROM_CLIENT):
        raise WireError("a message key that does not match its message")
    salt, session_id, msg_id, seq_no, length = struct.unpack_from("<qqqii", data)
    if length < 0 or length % 4 or len(data) - 32 - length not in _PADDING:
        raise WireError("a message of an impossible length")
    return Envelope(salt, session_id, Message(msg_id, seq_no, data[32 : 32 + length]))


def seal(key: bytes, key_id: int, salt: int, session_id: int, message: bytes) -> bytes:
    """Encrypts a message, header included, for the client."""
    data = struct.pack("<qq", salt, session_id) + message
    data += os.urandom(12 + -(len(data) + 12) % 16)
    msg_key = _msg_key(key, data, _FROM_SERVER)
    sealed = AES.encrypt_ige(data, *_aes(key, msg_key, _FROM_SERVER))
    return struct.pack("<q", key_id) + msg_key + bytes(sealed)


def _msg_key(key: bytes, data: bytes, x: int) -> bytes:
    return sha256(key[88 + x : 120 + x] + data).digest()[8:24]


def _aes(key: bytes, msg_key: bytes, x: int) -> tuple[bytes, bytes]:
    a = sha256(msg_key + key[x : x + 36]).digest()
    b = sha256(key[40 + x : 76 + x] + msg_key).digest()
    return a[:8] + b[8:24] + a[24:32], b[:8] + a[8:24] + b[24:32]
