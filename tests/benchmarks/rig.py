"""What the benchmarks share: an embedded Telegram as a process of its own, an account, and the program over it."""

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from telethon import TelegramClient, functions, types

from userbot import app
from userbot.config import Settings, load
from userbot.sandbox.remote import RemoteSandbox
from userbot.service.clock import SystemClock
from userbot.store.place import DATABASE
from userbot.telegram.client import connected

PHONE = "+4915100000000"


class Rig:
    """An account with a group, over a sandbox process."""

    def __init__(
        self, telegram: RemoteSandbox, folder: Path, account: int, group: int, message: int, people: range
    ) -> None:
        self.telegram = telegram
        self.folder = folder
        self.account = account
        self.group = group
        self.message = message
        self.people = people
        """The customers, in the order in which a mailing reaches them."""

    def settings(self, **changes: Any) -> Settings:
        given: dict[str, Any] = {
            "api_id": 1,
            "api_hash": "0" * 32,
            "backend_group": str(self.group),
            "rate_per_minute": 0,
            "monthly_limit": 0,
            "sessions_dir": self.folder / "sessions",
            "data_dir": self.folder / "data",
            "telegram_server": "{}:{}".format(*self.telegram.address),
            "telegram_server_key": self.telegram.public_key,
        }
        return load(_env_file=None, **given | changes)

    async def log_in(self) -> None:
        async with connected(self.settings(), logged_in=False, retries=1) as client:
            sent = await client.send_code_request(PHONE)
            code = await self.telegram.call("login_code", phone=PHONE)
            await client.sign_in(PHONE, code, phone_code_hash=sent.phone_code_hash)

    async def say(self, text: str, reply_to: int | None = None) -> int:
        """Write in General from the owner's phone; returns the message id."""
        said: int = await self.telegram.call("post", group=self.group, by=self.account, text=text, reply_to=reply_to)
        return said

    @property
    def database(self) -> Path:
        return self.folder / "data" / DATABASE

    def look(self, sql: str) -> float | None:
        """One number out of the program's database, while it runs."""
        with closing(self._reader()) as reader:
            return _number(reader, sql)

    async def when(self, sql: str) -> float:
        """The same, as soon as it is there and not zero."""
        with closing(self._reader()) as reader:
            while not (found := _number(reader, sql)):
                await asyncio.sleep(0.05)
        return found

    def _reader(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)

    async def ended(self, number: int) -> float:
        """Wait for the end of a sending; returns how many seconds it ran."""
        return await self.when(f"SELECT ended_at - started_at FROM sending WHERE id = {number}")

    async def bare_loop(self, client: TelegramClient, peers: Iterable[Any], calls: int) -> int:
        """What anybody would write: raw forwards through the client, so many at once. Returns how many."""
        group = await client.get_input_entity(self.group)
        waiting = iter(peers)
        count = 0

        async def worker() -> None:
            nonlocal count
            for peer in waiting:
                await client(
                    functions.messages.ForwardMessagesRequest(
                        from_peer=group,
                        id=[self.message],
                        to_peer=peer,
                        random_id=[secrets.randbits(63)],
                        drop_author=True,
                    )
                )
                count += 1

        await asyncio.gather(*(worker() for _ in range(calls)))
        return count

    async def peers(self, client: TelegramClient) -> list[Any]:
        """The addresses of all customers."""
        dialogs = [dialog async for dialog in client.iter_dialogs()]
        return [dialog.input_entity for dialog in dialogs if isinstance(dialog.input_entity, types.InputPeerUser)]

    @asynccontextmanager
    async def program(self, **changes: Any) -> AsyncIterator[None]:
        """The whole program, running in this process beside whatever is measured."""
        stop, ready = asyncio.Event(), asyncio.Event()
        running = asyncio.create_task(app.run(self.settings(**changes), lambda _: ready.set(), SystemClock(), stop))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        try:
            yield
        finally:
            stop.set()
            await running


def _number(reader: sqlite3.Connection, sql: str) -> float | None:
    found = reader.execute(sql).fetchone()
    return None if found is None else found[0]


@asynccontextmanager
async def rig(customers: int, module: str = "userbot.sandbox") -> AsyncIterator[Rig]:
    """An account with so many customers, logged in, in this kind of sandbox."""
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        async with RemoteSandbox(folder / "telegram", module=module) as telegram:
            account = await telegram.call("add_person", first_name="Shop", phone=PHONE)
            group = await telegram.call("add_group", title="Backend", creator=account)
            message = await telegram.call("post", group=group, by=account, text="Good news for all of you!")
            first = await telegram.call("populate", account=account, count=customers)
            made = Rig(telegram, folder, account, group, message, range(first, first + customers))
            await made.log_in()
            yield made
