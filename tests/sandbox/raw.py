"""A client for the tests of the server that shows every message and lets the test choose what goes wrong.

Framing and encryption are Telethon's own; what it would do next with an answer is left to the test.
"""

import asyncio
import logging
import struct
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from telethon.crypto import AuthKey
from telethon.network.authenticator import do_authentication
from telethon.network.connection.tcpfull import FullPacketCodec
from telethon.network.mtprotoplainsender import MTProtoPlainSender
from telethon.network.mtprotostate import MTProtoState
from telethon.tl import TLRequest, types
from telethon.tl.core import MessageContainer

Connect = Callable[..., Awaitable[Any]]
"""Connects a Telethon client, to a session of its own or to the one given."""

LOGGERS: defaultdict[str, logging.Logger] = defaultdict(lambda: logging.getLogger("raw client"))


class RawClient:
    """One connection and one session."""

    def __init__(self, key: bytes | None = None) -> None:
        self.state = MTProtoState(AuthKey(key), LOGGERS)

    async def connect(self, address: tuple[str, int]) -> None:
        self.reader, self.writer = await asyncio.open_connection(*address)
        self._codec = FullPacketCodec(None)

    def close(self) -> None:
        self.writer.transport.abort()

    async def shake_hands(self) -> None:
        """Gets a key and the right salt."""
        self.state.auth_key, _ = await do_authentication(MTProtoPlainSender(self, loggers=LOGGERS))
        self.ask(types.MsgsAck([]))
        (refused,) = await self.hear(1)
        self.state.salt = refused.obj.new_server_salt

    async def send(self, packet: bytes) -> None:
        self.writer.write(self._codec.encode_packet(packet))

    async def recv(self) -> bytes:
        return bytes(await self._codec.read_packet(self.reader))

    def message(self, obj: Any, msg_id: int | None = None) -> tuple[int, bytes]:
        """A message's id and its bytes, header included."""
        msg_id = msg_id or self.state._get_new_msg_id()
        body = obj if isinstance(obj, bytes) else bytes(obj)
        seq_no = self.state._get_seq_no(isinstance(obj, TLRequest))
        return msg_id, struct.pack("<qii", msg_id, seq_no, len(body)) + body

    def ask(self, obj: Any, msg_id: int | None = None) -> int:
        """Sends one message; returns its id."""
        msg_id, data = self.message(obj, msg_id)
        self.writer.write(self._codec.encode_packet(self.state.encrypt_message_data(data)))
        return msg_id

    def ask_all(self, *objects: Any) -> list[int]:
        """Sends a container; returns the ids of what is in it."""
        messages = [self.message(obj) for obj in objects]
        container = struct.pack("<Ii", MessageContainer.CONSTRUCTOR_ID, len(messages))
        self.ask(container + b"".join(data for _, data in messages))
        return [msg_id for msg_id, _ in messages]

    async def hear(self, count: int) -> list[Any]:
        """The next messages, at least this many, taken out of their containers."""
        heard: list[Any] = []
        while len(heard) < count:
            async with asyncio.timeout(60):
                message = self.state.decrypt_message_data(await self.recv())
            heard += message.obj.messages if isinstance(message.obj, MessageContainer) else [message]
        return heard

    async def answer_to(self, msg_id: int) -> Any:
        """The next answer to this request; what comes before it is passed over."""
        while True:
            for message in await self.hear(1):
                if getattr(message.obj, "req_msg_id", None) == msg_id:
                    return message.obj

    async def ended(self) -> bytes:
        """What the server says before it ends the connection."""
        async with asyncio.timeout(60):
            return await self.reader.read()
