"""One connection: its bytes become messages, its sessions' messages become bytes.

What one read brings is handled at once and committed together. Only then, when the loop turns, everything there is
to say goes out: no client ever hears of an effect that could still be lost.
"""

import asyncio
import logging
import secrets
import time
from typing import cast

from telethon.tl import types

from userbot.sandbox import body, salts, service, wire
from userbot.sandbox.handshake import Handshake
from userbot.sandbox.hub import Hub
from userbot.sandbox.session import Session

_log = logging.getLogger(__name__)


class ServerConnection(asyncio.Protocol):
    """The server's end of one TCP connection to one of its data centres."""

    def __init__(self, hub: Hub, dc: int) -> None:
        self.hub = hub
        self.dc = dc
        self._framing = wire.Framing()
        self._unsent: list[bytes] = []
        self._handshake = Handshake(hub.key)
        self.sessions: set[Session] = set()
        self._awake = False
        self._closing = False
        self._transport: asyncio.Transport
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has connected."""
        self._transport = cast("asyncio.Transport", transport)
        self.hub.connections.add(self)

    def connection_lost(self, _error: Exception | None) -> None:
        """The client is gone; its sessions stay, in case it comes back to one."""
        self.hub.connections.discard(self)
        for session in self.sessions:
            if session.connection is self:
                session.connection = None
        if self._deadline:
            self._deadline.cancel()

    def pause_writing(self) -> None:
        """A client that does not read its answers gets no more requests taken."""
        self._transport.pause_reading()

    def resume_writing(self) -> None:
        """It reads again."""
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        """Handles the packets that are complete; one that is wrong ends the connection."""
        with self.hub.world.batch():
            try:
                for packet in self._framing.feed(data):
                    if self._closing:
                        return
                    self._receive(packet)
            except wire.WireError as error:
                _log.info("closing a connection: %s", error)
                self.close()

    def _receive(self, packet: bytes) -> None:
        key_id = wire.key_id_of(packet)
        if key_id == 0:
            self._shake_hands(packet)
            return
        key = self.hub.world.load_auth_key(key_id, self.dc)
        if key is None:
            self._say(wire.KEY_UNKNOWN)
            self.close()
            return
        envelope = wire.unseal(key, packet)
        session = self._session(key, key_id, envelope.session_id)
        objection = service.objection(key, envelope, time.time())
        if objection is not None:
            session.reply(bytes(objection))
            return
        if not session.announced:
            self._announce(session, envelope.message.id)
        for message in body.messages_in(envelope.message):
            if self._closing:
                return
            service.receive(self, session, message)

    def _shake_hands(self, packet: bytes) -> None:
        answer = self._handshake.answer(wire.open_plain(packet))
        if self._handshake.auth_key is not None:
            key = self._handshake.auth_key
            self.hub.world.save_auth_key(wire.id_of_key(key), key, self.dc)
            self._handshake = Handshake(self.hub.key)
        self._say(wire.seal_plain(self.hub.ids.next(reply=True), answer))

    def _session(self, key: bytes, key_id: int, session_id: int) -> Session:
        session = self.hub.session(key, key_id, session_id)
        session.connection = self
        self.sessions.add(session)
        return session

    def _announce(self, session: Session, first_msg_id: int) -> None:
        session.announced = True
        unique_id = int.from_bytes(secrets.token_bytes(8), "little", signed=True)
        salt = salts.current(session.key, time.time())
        session.notify(bytes(types.NewSessionCreated(first_msg_id, unique_id, salt)))

    def _say(self, packet: bytes) -> None:
        self._unsent.append(packet)
        self.wake()

    def wake(self) -> None:
        """A session has something to say through this connection."""
        if not self._awake:
            self._awake = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        self._awake = False
        if self._transport.is_closing():
            return
        for session in self.sessions:
            if session.connection is self:
                salt = salts.current(session.key, time.time())
                for message in session.drain():
                    self._unsent.append(wire.seal(session.key, session.key_id, salt, session.id, message))
        if self._unsent:
            self._transport.write(b"".join(map(self._framing.frame, self._unsent)))
            self._unsent.clear()
        if self._closing:
            self._transport.close()

    def close(self) -> None:
        """Ends the connection once what is said has been sent. Nothing more is taken from it."""
        self._closing = True
        self.wake()

    def close_after(self, seconds: int) -> None:
        """Ends the connection unless this is called again before."""
        if self._deadline:
            self._deadline.cancel()
        self._deadline = asyncio.get_running_loop().call_later(max(seconds, 0), self.close)

    def abort(self) -> None:
        """Ends the connection at once."""
        self._transport.abort()
