"""A shop with customers on an embedded Telegram, and the program: processes that can be killed and started again."""

import asyncio
import csv
import io
import os
import random
import signal
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from tests.forked import Forked, forked_with
from tests.processes import environment
from userbot.config import Settings
from userbot.sandbox import world
from userbot.sandbox.remote import RemoteSandbox
from userbot.store.place import DATABASE
from userbot.telegram.client import connected

PHONE = "+4915100000000"
API_HASH = "0123456789abcdef0123456789abcdef"

TROUBLE: list[tuple[str, dict[str, Any]]] = [
    ("cut_before", {"times": None, "probability": 0.003}),
    ("cut_after", {"times": None, "probability": 0.003}),
    ("lose_answers", {"times": None, "probability": 0.003}),
    ("server_errors", {"probability": 0.01}),
    ("latency", {"seconds": 0.25}),
]
"""What happens to any send at any time. Each takes a while, so that many are in flight at any moment."""


class Program:
    """`userbot run`."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self._process: Forked | None = None
        self._before = 0

    async def start(self, module: str = "userbot") -> None:
        """Start it, or what is it and more; it is not ready yet."""
        with (self._folder / "output.txt").open("a") as output, Path(os.devnull).open() as nothing:
            self._before = self.output().count("ready")
            files = nothing.fileno(), output.fileno(), output.fileno()
            self._process = await forked_with(files, "run", cwd=self._folder, env=self._environment, module=module)

    async def ready(self) -> None:
        """Wait until it listens for the first time: what is written before is not meant for it."""
        while "ready" not in self.output():
            await asyncio.sleep(0.1)

    async def ready_again(self) -> None:
        """Wait until it listens since its last start."""
        while self.output().count("ready") <= self._before:
            await asyncio.sleep(0.05)

    def output(self) -> str:
        """All that it has said on the terminal."""
        return (self._folder / "output.txt").read_text()

    async def died(self) -> None:
        """Wait until it has killed itself."""
        assert self._process is not None
        assert await self._process.wait() == -signal.SIGKILL, self.output()

    async def kill(self) -> None:
        """SIGKILL. AssertionError when it has ended by itself, which it must never do."""
        assert self._process is not None
        assert self._process.returncode is None, self.output()
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        """End it properly."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()


class Scene:
    """An account with customers, its group, and the program over it."""

    def __init__(
        self,
        telegram: RemoteSandbox,
        folder: Path,
        account: int,
        group: int,
        customers: list[int],
        *,
        contrary: bool,
        variables: Mapping[str, str],
    ) -> None:
        self.contrary = contrary
        self.telegram = telegram
        self.folder = folder
        self.account = account
        self.group = group
        self.customers = customers
        self.faults: Counter[str] = Counter()
        self.program = Program(folder, environment(self._settings(), **variables))

    def change(self, **variables: str) -> None:
        """Other settings from the next start on."""
        self.program = Program(self.folder, environment(self._settings(), **variables))

    def _settings(self) -> Settings:
        given: dict[str, Any] = {
            "_env_file": None,
            "api_id": 1,
            "api_hash": API_HASH,
            "backend_group": self.group,
            "rate_per_minute": 0,
            "monthly_limit": 0,
            "restart_delay": 1,
            "sessions_dir": self.folder / "sessions",
            "data_dir": self.folder / "data",
            "telegram_server": "{}:{}".format(*self.telegram.address),
            "telegram_server_key": self.telegram.public_key,
        }
        return Settings(**given)

    async def log_in(self) -> None:
        """Make the session file."""
        async with connected(self._settings(), logged_in=False, retries=1) as client:
            sent = await client.send_code_request(PHONE)
            code = await self.telegram.call("login_code", phone=PHONE)
            await client.sign_in(PHONE, code, phone_code_hash=sent.phone_code_hash)

    async def make_trouble(self, seed: int) -> None:
        """Give orders for faults; they end with the embedded Telegram's process."""
        await self.telegram.call("seed", number=seed)
        await self.telegram.call("contrary", on=self.contrary, seed=seed)
        for fault, options in TROUBLE:
            await self.telegram.call(fault, **options)

    async def restart_telegram(self, chance: random.Random) -> None:
        """Kill the embedded Telegram, and start it again a moment later where it was."""
        await self._count_faults()
        await self.telegram.restart(chance.uniform(0, 1))
        await self.make_trouble(chance.randrange(2**32))

    async def _count_faults(self) -> None:
        self.faults.update(await self.telegram.call("counters"))

    async def all_clear(self) -> None:
        """No more trouble from now on."""
        await self._count_faults()
        await self.telegram.call("clear_faults")

    async def say(self, text: str, reply_to: int | None = None) -> int:
        """Write in General from the owner's phone; returns the message id."""
        said: int = await self.telegram.call("post", group=self.group, by=self.account, text=text, reply_to=reply_to)
        return said

    async def notices(self) -> list[dict[str, Any]]:
        """What stands in General."""
        found: list[dict[str, Any]] = await self.telegram.call("messages", group=self.group)
        return found

    async def ask(self, command: str, reply_to: int | None = None) -> str:
        """Write a command in General, and wait for the answer to it."""
        said = await self.say(command, reply_to)
        while True:
            for each in await self.notices():
                if each["reply_to"] == said and each["sender"] == self.account:
                    return str(each["text"])
            await asyncio.sleep(0.1)

    async def notice_with_report(self, number: int) -> dict[str, Any]:
        """Wait for the notice of the end of a sending."""
        while True:
            for each in await self.notices():
                if each["text"].startswith((f"✔ sid{number}:", f"■ sid{number}:")) and each["file_name"]:
                    return each
            await asyncio.sleep(0.1)

    async def notice(self, text: str) -> dict[str, Any]:
        """Wait for a notice that contains a text."""
        while True:
            for each in await self.notices():
                if text in each["text"]:
                    return each
            await asyncio.sleep(0.1)

    async def report(self, notice: dict[str, Any]) -> list[dict[str, str]]:
        """The rows of the report that is attached to a notice."""
        data: bytes = await self.telegram.call("download", box=self.group, message=notice["id"])
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))

    def standing(self) -> Counter[str]:
        """What stands in the dialogs of the account and the customers, on both sides, by its text."""
        people = self.customers[0], self.customers[-1]
        with closing(sqlite3.connect(self.telegram.folder / world.DATABASE)) as database:
            found = database.execute(
                "SELECT text, count(*) FROM messages JOIN contents ON contents.id = content WHERE box > 0"
                " AND (box BETWEEN ?1 AND ?2 OR thread BETWEEN ?1 AND ?2) GROUP BY text",
                people,
            )
            return Counter(dict(found.fetchall()))

    def look(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What the program has written down; nothing before it has begun to."""
        path = self.folder / "data" / DATABASE
        if not path.exists():
            return []
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute(sql, values).fetchall()

    async def written_down(self, deliveries: float) -> None:
        """Wait until so many deliveries have an outcome in the journal."""
        while (self.look("SELECT coalesce(sum(sent + failed + skipped), 0) FROM sending") or [(0,)])[0][0] < deliveries:
            await asyncio.sleep(0.05)


@asynccontextmanager
async def scene(folder: Path, customers: int, *, contrary: bool, **variables: str) -> AsyncIterator[Scene]:
    """A shop with customers, logged in; nothing runs yet but the embedded Telegram. `variables` are more settings."""
    async with RemoteSandbox(folder / "telegram") as telegram:
        account = await telegram.call("add_person", first_name="Shop", phone=PHONE)
        group = await telegram.call("add_group", title="Backend", creator=account)
        first = await telegram.call("populate", account=account, count=customers)
        made = Scene(
            telegram,
            folder,
            account,
            group,
            list(range(first, first + customers)),
            contrary=contrary,
            variables=variables,
        )
        await made.log_in()
        try:
            yield made
        finally:
            await made.program.stop()
