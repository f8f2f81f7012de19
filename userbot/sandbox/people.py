"""The embedded Telegram as tests and the demo use it: people and groups by plain calls, and a real server."""

import base64
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from telethon.tl import functions, types

from userbot.sandbox import population, srp
from userbot.sandbox.ordering import Ordering
from userbot.sandbox.peers import ADMIN_RIGHTS, bare
from userbot.sandbox.posting import Posting
from userbot.sandbox.server import Server
from userbot.sandbox.world import ABROAD, HOME, World


@dataclass(frozen=True, slots=True)
class Delivery:
    """A line of the ledger: one message that an account delivered to another peer over a connection."""

    seq: int
    account: int
    peer: int
    source: int | None
    random_id: int
    message: int
    kind: str
    text: str
    grouped_id: int | None
    date: int
    had_author: int


class Sandbox(Posting, Ordering):
    """An embedded Telegram in the running event loop.

    With a folder everything is kept there and found again; without one it is gone at the end. `keys` is a
    folder with the server's RSA key, for several sandboxes that shall share one.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        keys: Path | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._host = host
        self._port = port
        self._keys = keys or folder
        self._clock = clock
        self._stack = AsyncExitStack()
        self.world: World
        self.server: Server

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            if self._folder:
                self._folder.mkdir(parents=True, exist_ok=True)
            self.world = World(self._folder, clock=self._clock)
            stack.callback(self.world.close)
            keys = self._keys or Path(stack.enter_context(TemporaryDirectory()))
            self.server = Server(self.world, keys, host=self._host, port=self._port)
            await self.server.start()
            stack.push_async_callback(self.server.stop)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stack.aclose()

    def address(self) -> tuple[str, int]:
        """Host and port of the server."""
        return self.server.address

    def public_key(self) -> str:
        """The path of the server's RSA public key (PKCS#1 PEM)."""
        return str(self.server.public_key)

    def at(self, moment: float, since: float, speed: float) -> None:
        """For those who let years pass: it was `moment` (Unix time) when time.monotonic() of this machine showed
        `since`, and time goes on so many times as fast.
        """
        self.world.clock = lambda: moment + (time.monotonic() - since) * speed

    async def go_away(self) -> None:
        """An outage: no connection is kept or taken."""
        await self.server.go_away()

    async def come_back(self) -> None:
        """The end of the outage."""
        await self.server.come_back()

    # People

    def add_person(
        self,
        first_name: str,
        last_name: str = "",
        *,
        username: str | None = None,
        phone: str | None = None,
        password: str | None = None,
        bot: bool = False,
        abroad: bool = False,
    ) -> int:
        """A new user, perhaps in the other data centre; one with a phone number can log in. Returns the user id."""
        made = self.world.new_user(
            first_name,
            last_name=last_name,
            username=username,
            phone=phone and phone.lstrip("+"),
            password=srp.store(password) if password else None,
            bot=int(bot),
        )
        if abroad or self.world.contrary.lives_abroad():
            self.move(made)
        return made

    def move(self, user: int, *, abroad: bool = True) -> None:
        """An account is moved to the other data centre, as Telegram does with people who move; or back."""
        self.world.move(user, ABROAD if abroad else HOME)

    def populate(self, account: int, count: int, name: str = "Customer", text: str = "Hello!") -> int:
        """`count` customers who have each written to the account; their ids run on from the one returned."""
        return population.populate(self.world, account, count, name=name, text=text)

    def login_code(self, phone: str) -> str:
        """The code that was sent to this number last."""
        code = self.world.value("SELECT code FROM login_codes WHERE phone = ?", phone.lstrip("+"))
        if code is None:
            raise LookupError(f"no code was sent to {phone}")
        return str(code)

    def send_codes_by(self, way: str) -> None:
        """How login codes go from now on: "app" as usual, or another way of `sandbox.codes`, "payment" for none."""
        self.world.set_setting("login_by", way)

    def accept_qr(self, url: str, user: int) -> None:
        """What this user's phone does when it sees the QR code (tg://login?token=...)."""
        token = url.rpartition("token=")[2]
        padded = token + "=" * (-len(token) % 4)
        self.ask(user, functions.auth.AcceptLoginTokenRequest(base64.urlsafe_b64decode(padded)))

    def block(self, by: int, whom: int, *, blocked: bool = True) -> None:
        """From now on neither can write to the other."""
        request = functions.contacts.BlockRequest if blocked else functions.contacts.UnblockRequest
        self.ask(by, request(self.peer(by, whom)))

    def delete_account(self, user: int) -> None:
        """The user is gone; dialogs with them stay."""
        self.world.db.execute("UPDATE users SET deleted = 1, username = NULL WHERE id = ?", (user,))

    def log_out(self, user: int, error: str = "AUTH_KEY_UNREGISTERED") -> None:
        """End all sessions of a user, as from another device; Telegram ends them with other errors too.

        SESSION_REVOKED: all at once from another device; SESSION_EXPIRED; AUTH_KEY_DUPLICATED: used from two places;
        USER_DEACTIVATED, USER_DEACTIVATED_BAN: the account is deleted, or banned (core.telegram.org/api/errors).
        """
        for key in self.world.column("SELECT id FROM auth_keys WHERE user = ?", user):
            with self.world.transaction():
                self.world.log_in(int(key), None)
                self.world.set_setting(f"ended {key}", error)

    # Groups

    def add_group(
        self,
        title: str,
        creator: int,
        members: list[int] | None = None,
        *,
        username: str | None = None,
        forum: bool = True,
    ) -> int:
        """A new supergroup, with topics unless `forum` is False; returns its marked id."""
        made = self.ask(creator, functions.channels.CreateChannelRequest(title, "", megagroup=True, forum=forum))
        group = bare(made.chats[0].id)
        if username:
            self._lead(group, functions.channels.UpdateUsernameRequest, username)
        for member in members or ():
            self.join(group, member)
        return group

    def _lead(self, group: int, request: Any, *arguments: Any) -> Any:
        """Make a request about a group as its creator."""
        creator = self.creator(group)
        return self.ask(creator, request(self._channel(creator, group), *arguments))

    def _channel(self, viewer: int, group: int) -> Any:
        return types.InputChannel(bare(group), self.world.access_hash(viewer, group))

    def creator(self, group: int) -> int:
        """Who created a group."""
        return int(self.world.value("SELECT creator FROM channels WHERE id = ?", group))

    def add_topic(self, group: int, by: int, title: str) -> int:
        """A new forum topic; returns its id."""
        request = functions.messages.CreateForumTopicRequest(self.peer(by, group), title)
        return int(self.ask(by, request).updates[0].id)

    def close_topic(self, group: int, topic: int, *, closed: bool = True) -> None:
        """Only administrators can write in a closed topic."""
        creator = self.creator(group)
        peer = self.peer(creator, group)
        self.ask(creator, functions.messages.EditForumTopicRequest(peer, topic, closed=closed))

    def join(self, group: int, user: int) -> None:
        """The creator brings someone in."""
        self._lead(group, functions.channels.InviteToChannelRequest, [self._user(group, user)])

    def delete_topic(self, group: int, topic: int) -> None:
        """Somebody deletes a topic with everything in it."""
        creator = self.creator(group)
        self.ask(creator, functions.messages.DeleteTopicHistoryRequest(self.peer(creator, group), topic))

    def rename_topic(self, group: int, topic: int, title: str) -> None:
        """Somebody gives a topic another name."""
        creator = self.creator(group)
        self.ask(creator, functions.messages.EditForumTopicRequest(self.peer(creator, group), topic, title=title))

    def topics(self, group: int) -> dict[int, str]:
        """The titles of a group's topics."""
        return dict(self.world.db.execute("SELECT id, title FROM topics WHERE channel = ? AND id > 1", (group,)))

    def _user(self, group: int, user: int) -> Any:
        return types.InputUser(user, self.world.access_hash(self.creator(group), user))

    def leave(self, group: int, user: int) -> None:
        """Someone leaves."""
        self.ask(user, functions.channels.LeaveChannelRequest(self._channel(user, group)))

    def promote(self, group: int, user: int, *, admin: bool = True) -> None:
        """Make someone an administrator, or a plain member again."""
        rights = ADMIN_RIGHTS if admin else types.ChatAdminRights()
        self._lead(group, functions.channels.EditAdminRequest, self._user(group, user), rights, "")

    def restrict(self, group: int, user: int, *, muted: bool = True) -> None:
        """Someone may read but not write, or write again."""
        self._ban(group, user, types.ChatBannedRights(None, send_messages=muted))

    def kick(self, group: int, user: int) -> None:
        """Throw someone out."""
        self._ban(group, user, types.ChatBannedRights(None, view_messages=True))

    def _ban(self, group: int, user: int, rights: Any) -> None:
        peer = self.peer(self.creator(group), user)
        self._lead(group, functions.channels.EditBannedRequest, peer, rights)

    def set_group(
        self,
        group: int,
        *,
        forum: bool | None = None,
        protected: bool | None = None,
        muted: bool | None = None,
        slow_mode: int | None = None,
        hidden: bool | None = None,
        topics_kept: bool | None = None,
    ) -> None:
        """Topics; protected content; whether members may not write; seconds between messages; hidden members.

        `topics_kept`: whether only administrators may open topics.
        """
        wanted = {"forum": forum, "protected": protected, "muted": muted, "slow_mode": slow_mode}
        for column, value in wanted.items():
            if value is not None:
                self.world.db.execute(f"UPDATE channels SET {column} = ? WHERE id = ?", (int(value), group))
        if hidden is not None:
            self.world.set_setting(f"hidden members of {group}", hidden)
        if topics_kept is not None:
            self.world.set_setting(f"topics of {group} are kept", topics_kept)

    # Results

    def ledger(self, account: int | None = None, after: int = 0) -> list[Delivery]:
        """What was delivered over connections, in order, after the line `after`."""
        rows = self.world.db.execute(
            "SELECT * FROM ledger WHERE seq > ?1 AND (?2 IS NULL OR account = ?2) ORDER BY seq",
            (after, account),
        )
        return [Delivery(*row) for row in rows]
