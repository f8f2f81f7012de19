"""What a message holds: containers, packed objects, requests, and the results of requests.

Telethon's classes read and write every object that has a constructor. The rest is done here: `Vector` and `Bool`
results, `rpc_result`, `msg_container` and `gzip_packed` (core.telegram.org/mtproto/service_messages).
"""

import gzip
import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from telethon.errors import TypeNotFoundError
from telethon.extensions import BinaryReader
from telethon.tl import TLObject, types

from userbot.sandbox.errors import RpcError
from userbot.sandbox.wire import Message, WireError

_CONTAINER = struct.pack("<I", 0x73F1F8DC)
_PACKED = struct.pack("<I", 0x3072CFA1)
_VECTOR = struct.pack("<I", 0x1CB5C415)
_BOOL = {True: struct.pack("<I", 0x997275B5), False: struct.pack("<I", 0xBC799737)}
_RPC_RESULT = 0xF35C6D01

_WORTH_PACKING = 8 * 1024
_LARGEST_UNPACKED = 16 * 1024 * 1024
_CONTAINER_BYTES = 1_000_000
_CONTAINER_MESSAGES = 100


class _RequestReader(BinaryReader):
    """Telethon's reader, but for dates: a client leaves one out by writing zero, which is not the year 1970."""

    def tgread_date(self) -> datetime | None:
        date: datetime = super().tgread_date()
        return date if date.timestamp() else None


def messages_in(message: Message) -> Iterator[Message]:
    """The messages of a container, or the message itself, unpacked."""
    if not message.body.startswith(_CONTAINER):
        yield message._replace(body=_unpacked(message.body))
        return
    position = 8
    try:
        for _ in range(int.from_bytes(message.body[4:8], "little")):
            msg_id, seq_no, length = struct.unpack_from("<qiI", message.body, position)
            position += 16 + length
            if position > len(message.body):
                raise WireError("a container that ends early")
            yield Message(msg_id, seq_no, _unpacked(message.body[position - length : position]))
    except struct.error as error:
        raise WireError("a container that ends early") from error


def containers_of(messages: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The serialised messages in groups that fit a container each, in order."""
    group: list[bytes] = []
    size = 0
    for message in messages:
        if group and (size + len(message) > _CONTAINER_BYTES or len(group) == _CONTAINER_MESSAGES):
            yield group
            group, size = [], 0
        group.append(message)
        size += len(message)
    if group:
        yield group


def container(messages: list[bytes]) -> bytes:
    """The body that carries several serialised messages."""
    return b"".join((_CONTAINER, struct.pack("<i", len(messages)), *messages))


def parse(body: bytes) -> Any:
    """The object a client sent; raises RpcError with Telegram's words when it is none."""
    try:
        return _RequestReader(body).tgread_object()
    except TypeNotFoundError as error:
        raise RpcError(400, "INPUT_METHOD_INVALID") from error
    except Exception as error:  # whatever Telethon's reader trips over in bytes that a stranger chose
        raise RpcError(400, "INPUT_FETCH_FAIL") from error


def rpc_result(req_msg_id: int, result: bytes) -> bytes:
    """The answer to a request."""
    return struct.pack("<Iq", _RPC_RESULT, req_msg_id) + _packed(result)


def failure(error: RpcError) -> bytes:
    """An error as the result of a request."""
    return bytes(types.RpcError(error.code, error.message))


def result(request: Any, value: Any) -> bytes:
    """A value as the result that this request's `read_result` reads."""
    if isinstance(value, bool):
        return _BOOL[value]
    if isinstance(value, list):
        return _VECTOR + struct.pack("<i", len(value)) + _items(request, value)
    return bytes(value)


def _items(request: Any, values: list[Any]) -> bytes:
    if not values or not isinstance(values[0], int):
        return b"".join(map(bytes, values))
    # A bare number does not say its size, only the reader in the request's class knows it.
    reader = BinaryReader(_VECTOR + struct.pack("<iq", 1, 0))
    request.read_result(reader)
    return struct.pack(f"<{len(values)}{'q' if reader.position == 16 else 'i'}", *values)


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(_PACKED):
        return body
    try:
        unpacker = zlib.decompressobj(wbits=31)
        unpacked = unpacker.decompress(BinaryReader(body[4:]).tgread_bytes(), _LARGEST_UNPACKED)
    except (zlib.error, struct.error, BufferError) as error:
        raise WireError("a packed object that does not unpack") from error
    if not unpacker.eof:
        raise WireError("a packed object that is too large or cut off")
    return unpacked


def _packed(body: bytes) -> bytes:
    if len(body) < _WORTH_PACKING:
        return body
    packed = _PACKED + TLObject.serialize_bytes(gzip.compress(body, compresslevel=1))
    return bytes(min(packed, body, key=len))
