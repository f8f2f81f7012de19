"""The server: listens, knows every session, and passes updates on to those who are to see them."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from userbot.sandbox.connection import Connection
from userbot.sandbox.keys import server_key
from userbot.sandbox.session import MessageIds, Session

if TYPE_CHECKING:
    from userbot.sandbox.world import World

_MOST_SESSIONS = 1000


class Server:
    """An embedded Telegram for the clients of one world.

    `folder` keeps the RSA key; `port` 0 lets the system choose one, which `address` tells after `start`.
    """

    def __init__(self, world: "World", folder: Path, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.world = world
        self.key = server_key(folder)
        self.public_key = self.key.public_path
        self.address = (host, port)
        self.ids = MessageIds()
        self.connections: set[Connection] = set()
        self._sessions: dict[tuple[int, int], Session] = {}
        self._timers: set[asyncio.TimerHandle] = set()
        self._listener: asyncio.Server | None = None
        world.publish = self._publish
        world.publish_to_key = self._publish_to_key
        world.later = self.later

    async def start(self) -> None:
        """Listens; from now on `address` is where."""
        host, port = self.address
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(lambda: Connection(self), host, port)
        self.address = self.world.address = (host, self._listener.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Closes everything at once; a request that was ordered to be late has no effect any more."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        await self.go_away()

    async def go_away(self) -> None:
        """Cannot be reached any more, as in an outage: all connections end, new ones are refused."""
        if self._listener is None:
            return
        self._listener.close()
        for connection in list(self.connections):
            connection.abort()
        await self._listener.wait_closed()
        self._listener = None

    async def come_back(self) -> None:
        """Can be reached again, at the same address."""
        await self.start()

    def session(self, key: bytes, key_id: int, session_id: int) -> Session:
        """The session with this id under this key, which begins when it is named for the first time."""
        session = self._sessions.get((key_id, session_id))
        if session is None:
            self._make_room()
            session = self._sessions[key_id, session_id] = Session(key, key_id, session_id, self.ids)
        return session

    def _make_room(self) -> None:
        if len(self._sessions) >= _MOST_SESSIONS:
            self._sessions = {i: s for i, s in self._sessions.items() if s.connection is not None}

    def forget_session(self, key_id: int, session_id: int) -> bool:
        """Ends a session; False when there is none."""
        return self._sessions.pop((key_id, session_id), None) is not None

    def later(self, seconds: float, effect: Callable[[], None]) -> None:
        """Calls `effect` after a while, unless the server is stopped before."""

        def run() -> None:
            self._timers.discard(timer)
            effect()

        timer = asyncio.get_running_loop().call_later(seconds, run)
        self._timers.add(timer)

    def _publish(self, user_id: int, updates: Any, except_session: int | None) -> None:
        # Whoever is not connected finds out by asking for the difference.
        listeners = [
            session
            for session in self._listening()
            if self.world.user_of(session.key_id) == user_id and session.id != except_session
        ]
        _notify(listeners, updates)

    def _publish_to_key(self, key_id: int, updates: Any) -> None:
        _notify([session for session in self._listening() if session.key_id == key_id], updates)

    def _listening(self) -> Iterator[Session]:
        for connection in self.connections:
            for session in connection.sessions:
                if session.connection is connection and session.wants_updates:
                    yield session


def _notify(sessions: list[Session], updates: Any) -> None:
    if sessions:
        data = bytes(updates)
        for session in sessions:
            session.notify(data)
