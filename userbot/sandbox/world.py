"""The state of the embedded Telegram: one SQLite database, changed by one request at a time.

Everything lives in the database, so that a sandbox killed at any moment comes back as it was after the last
answer it gave. Python holds no object per user or message: memory does not grow with the audience.
"""

import hashlib
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from telethon.extensions import BinaryReader

from userbot.sandbox.contrary import Contrary
from userbot.sandbox.faults import Faults

SCHEMA = Path(__file__).with_name("schema.sql")
DATABASE = "world.sqlite3"

SERVICE = 777000
"""Telegram's own service account, which sends login codes."""
SPAMBOT = 178220800

HOME, ABROAD = 2, 4
"""The data centre where everybody lives who was not put elsewhere, and the other one."""

FIRST_USER = 6_000_000_001
FIRST_CHANNEL = 2_000_000_001


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a request, in which data centre. `session_id` 0 and no `dc`: someone inside, without a connection."""

    auth_key_id: int
    session_id: int
    user_id: int | None
    dc: int | None = None


def nobody_listens(_user: int, _updates: Any, _leave_out: int | None) -> None:
    """What `World.publish` is until a server sets it."""


class World:
    """The database and what concerns all of it; without a folder it lives in memory."""

    def __init__(self, folder: Path | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.publish: Callable[[int, Any, int | None], None] = nobody_listens
        self.publish_to_key: Callable[[int, Any], None] = lambda _key, _updates: None
        self.later: Callable[[float, Callable[[], None]], object] = lambda _delay, action: action()
        self.addresses: dict[int, tuple[str, int]] = {}
        """Where each data centre is reached."""
        self.contrary = Contrary(self)
        self.faults = Faults(self)
        self.db = _open(folder)
        self._after: list[Callable[[], None]] = []
        self.secret = self._settled("secret", lambda: secrets.token_bytes(16))
        self.content = lru_cache(maxsize=1024)(self._load_content)
        self.access_hash = lru_cache(maxsize=4096)(self._access_hash)
        self.dialog_counts: dict[tuple[int, tuple[int, ...]], int] = {}
        self._keys: dict[tuple[int, int], bytes] = {}
        self._abroad = dict(self.db.execute("SELECT id, dc FROM users WHERE dc <> ?", (HOME,)).fetchall())
        self._users_by_key: dict[int, int] = {}
        self._keys_of: dict[int, set[int]] = {}
        for key, user in self.db.execute("SELECT id, user FROM auth_keys WHERE user NOT NULL"):
            self._note_login(int(key), user)
        self._found()

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def now(self) -> int:
        """The world's time in whole seconds, as TL counts it."""
        return int(self.clock())

    # Transactions

    @contextmanager
    def batch(self) -> Iterator[None]:
        """All transactions inside are committed together: a commit costs more than the request it is for."""
        self.db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            self._after.clear()
            raise
        self.db.execute("COMMIT")
        if self._after:
            actions, self._after = self._after, []
            for action in actions:
                action()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of a request's effect or none of it; others hear of it only once it is committed."""
        if not self.db.in_transaction:
            with self.batch():
                yield
            return
        begun = len(self._after)
        self.db.execute("SAVEPOINT request")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK TO request")
            del self._after[begun:]
            raise
        finally:
            self.db.execute("RELEASE request")

    def after(self, action: Callable[[], None]) -> None:
        """Do this once the current transaction is committed."""
        self._after.append(action)

    def push(self, user: int, updates: Any, leave_out: int | None = None) -> None:
        """Send updates to the user's sessions (but one) once the current transaction is committed."""
        told = self.contrary.told(user, updates)
        self._after.append(lambda: self.contrary.publish(lambda: self.publish(user, told, leave_out)))

    # Reading

    def one(self, sql: str, *values: Any) -> Any:
        """The first row, or None."""
        return self.db.execute(sql, values).fetchone()

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.db.execute(sql, values).fetchone()
        return row[0] if row else None

    def column(self, sql: str, *values: Any) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self.db.execute(sql, values)]

    def setting(self, name: str, default: Any = None) -> Any:
        """A kept setting of the world."""
        value = self.value("SELECT value FROM settings WHERE name = ?", name)
        return default if value is None else value

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting across restarts; None forgets it."""
        self.db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def _settled(self, name: str, make: Callable[[], Any]) -> Any:
        if self.setting(name) is None:
            self.set_setting(name, make())
        return self.setting(name)

    def _load_content(self, number: int) -> Any:
        body = self.value("SELECT body FROM contents WHERE id = ?", number)
        return BinaryReader(body).tgread_object()

    # Secrets that need no storage

    def _access_hash(self, viewer: int, target: int) -> int:
        """The hash with which `viewer` may address `target`; another viewer's is refused."""
        words = viewer.to_bytes(8, "little", signed=True) + target.to_bytes(8, "little", signed=True)
        digest = hashlib.blake2b(words, key=self.secret, digest_size=8).digest()
        return int.from_bytes(digest, "little", signed=True)

    # Authorization keys and logins

    def save_auth_key(self, key_id: int, key: bytes, dc: int = HOME) -> None:
        """Keep a new authorization key of a data centre, not logged in."""
        self.db.execute("INSERT OR IGNORE INTO auth_keys (id, key, dc) VALUES (?, ?, ?)", (str(key_id), key, dc))
        self._keys[key_id, dc] = key

    def load_auth_key(self, key_id: int, dc: int = HOME) -> bytes | None:
        """The key itself, or None when this data centre does not know it."""
        key: bytes | None = self._keys.get((key_id, dc))
        if key is None:
            key = self.value("SELECT key FROM auth_keys WHERE id = ? AND dc = ?", str(key_id), dc)
            if key is not None:
                self._keys[key_id, dc] = key
        return key

    def drop_auth_key(self, key_id: int) -> None:
        """Forget a key and its login."""
        self.db.execute("DELETE FROM auth_keys WHERE id = ?", (str(key_id),))
        self._keys = {place: key for place, key in self._keys.items() if place[0] != key_id}
        self._note_login(key_id, None)

    def user_of(self, auth_key_id: int) -> int | None:
        """Who is logged in with this key."""
        return self._users_by_key.get(auth_key_id)

    def log_in(self, auth_key_id: int, user: int | None) -> None:
        """Log the key in as a user, or out (None)."""
        self.db.execute("UPDATE auth_keys SET user = ?, candidate = NULL WHERE id = ?", (user, str(auth_key_id)))
        self.after(lambda: self._note_login(auth_key_id, user))

    def online(self, user: int, besides: int | None = None) -> bool:
        """Whether anybody is logged in as this user (with another key than `besides`): may want updates."""
        keys = self._keys_of.get(user)
        return keys is not None and (len(keys) > 1 or besides not in keys)

    def _note_login(self, auth_key_id: int, user: int | None) -> None:
        before = self._users_by_key.pop(auth_key_id, None)
        if before is not None:
            self._keys_of[before].discard(auth_key_id)
            if not self._keys_of[before]:
                del self._keys_of[before]
        if user is not None:
            self._users_by_key[auth_key_id] = user
            self._keys_of.setdefault(user, set()).add(auth_key_id)

    # People

    def new_user(self, first_name: str, **fields: Any) -> int:
        """Add a user; `fields` are columns of the table `users`."""
        columns: dict[str, Any] = {"id": self._next_id("users", FIRST_USER, 1), "first_name": first_name} | fields
        marks = ", ".join("?" * len(columns))
        self.db.execute(f"INSERT INTO users ({', '.join(columns)}) VALUES ({marks})", (*columns.values(),))
        return int(columns["id"])

    def home_of(self, user: int | None) -> int:
        """The data centre in which somebody's account is."""
        return int(self._abroad.get(user, HOME))

    def move(self, user: int, dc: int) -> None:
        """Put an account into a data centre."""
        self.db.execute("UPDATE users SET dc = ? WHERE id = ?", (dc, user))
        self._abroad[user] = dc

    def _next_id(self, table: str, first: int, step: int) -> int:
        best = "max" if step > 0 else "min"
        last = self.value(f"SELECT {best}(id) FROM {table}")
        return first if last is None or (last - first) * step < 0 else last + step

    def new_channel_id(self) -> int:
        """An unused marked id."""
        return self._next_id("channels", -1_000_000_000_000 - FIRST_CHANNEL, -1)

    def _found(self) -> None:
        """The two users that every Telegram has."""
        if not self.value("SELECT count(*) FROM users"):
            self.new_user("Telegram", id=SERVICE)
            self.new_user("Spam Info Bot", id=SPAMBOT, username="SpamBot", bot=1)


def _open(folder: Path | None) -> sqlite3.Connection:
    path = ":memory:" if folder is None else str(folder / DATABASE)
    db = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    # The sandbox has to survive its own death, not the machine's: no need to wait for the disk.
    # Small pages, because a commit writes every page that it touched.
    db.executescript(
        """PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
           PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"""
    )
    db.executescript(SCHEMA.read_text())
    return db
