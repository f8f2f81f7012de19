"""The hub: every session of the clients of one server, and who is to hear of what."""

from collections.abc import Iterator
from typing import Any, Protocol

from userbot.sandbox.keys import ServerKey
from userbot.sandbox.session import Line, MessageIds, Session
from userbot.sandbox.world import World

_MOST_SESSIONS = 1000


class Connection(Line, Protocol):
    """A connection, for those who handle what came through it."""

    hub: "Hub"
    dc: int
    sessions: set[Session]
    """Those that came through here; one may have gone on through another connection since."""

    def close(self) -> None:
        """Ends the connection once what is said has been sent. Nothing more is taken from it."""

    def close_after(self, seconds: int) -> None:
        """Ends the connection unless this is called again before."""

    def abort(self) -> None:
        """Ends the connection at once."""


class Hub:
    """What all connections of a server share: the world behind them, the key, the sessions."""

    def __init__(self, world: World, key: ServerKey) -> None:
        self.world = world
        self.key = key
        self.ids = MessageIds()
        self.connections: set[Connection] = set()
        self._sessions: dict[tuple[int, int], Session] = {}
        world.publish = self._publish
        world.publish_to_key = self._publish_to_key

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

    def _publish(self, user_id: int, updates: Any, except_session: int | None) -> None:
        # Whoever is not connected finds out by asking for the difference; other data centres tell nothing.
        listeners = [
            session
            for session in self._listening(self.world.home_of(user_id))
            if self.world.user_of(session.key_id) == user_id and session.id != except_session
        ]
        _notify(listeners, updates)

    def _publish_to_key(self, key_id: int, updates: Any) -> None:
        _notify([session for session in self._listening() if session.key_id == key_id], updates)

    def _listening(self, dc: int | None = None) -> Iterator[Session]:
        for connection in self.connections:
            if dc not in {None, connection.dc}:
                continue
            for session in connection.sessions:
                if session.connection is connection and session.wants_updates:
                    yield session


def _notify(sessions: list[Session], updates: Any) -> None:
    if sessions:
        data = bytes(updates)
        for session in sessions:
            session.notify(data)
