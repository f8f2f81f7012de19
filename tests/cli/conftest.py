"""The command line as processes, in a folder of their own, against a real MTProto server."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.acquainted import acquaint
from tests.forked import Started, forkable, forked
from userbot.config import Settings, load
from userbot.sandbox.people import Sandbox
from userbot.telegram.login import login

ROOT = Path(__file__).parents[2]
API_HASH = "0123456789abcdef0123456789abcdef"
PHONE = "+4915112345678"
PASSWORD = "correct horse"
PATIENCE = 120.0
BY_ITSELF = ("-m", "userbot")
"""How a person starts it."""

Answer = str | Callable[[], str]


async def _ended(process: Started) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()


@dataclass(frozen=True)
class Result:
    """How a process ended."""

    code: int
    out: str
    err: str

    def __post_init__(self) -> None:
        assert "Traceback" not in self.out + self.err


class Shell:
    """Runs `userbot` in a folder, with `.env` there and nothing of ours in the environment.

    It is forked from where it is loaded already, unless a test says with `python` how it is to be started.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: dict[str, str] = {}
        self.said = ""

    def configure(self, **settings: object) -> None:
        text = "".join(f"{name}={value}\n" for name, value in settings.items())
        env = self.folder / ".env"
        env.touch(mode=0o600)
        env.write_text(text)

    @asynccontextmanager
    async def started(self, *arguments: str, python: Sequence[str] = ()) -> AsyncIterator[Started]:
        ours = {name.upper() for name in Settings.model_fields}
        kept = {name: value for name, value in os.environ.items() if name.upper() not in ours}
        env = kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"} | self.environment
        process: Started
        if not python and forkable(self.environment):
            process = await forked(*arguments, cwd=self.folder, env=env)
        else:
            command = (sys.executable, *(python or BY_ITSELF), *arguments)
            process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=self.folder, env=env
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.terminate()  # the demo has a process of its own to end
                await _ended(process)

    async def userbot(self, *arguments: str, answers: Sequence[Answer] = (), python: Sequence[str] = ()) -> Result:
        """Run it to its end, with an answer to each question; one that is a function is asked for at that moment."""
        async with asyncio.timeout(PATIENCE), self.started(*arguments, python=python) as process:
            assert process.stdin
            assert process.stdout
            out = b""
            for answer in answers:
                line = b""
                while not line.endswith(b":\n"):
                    line = await process.stdout.readline()
                    assert line, out
                    out += line
                process.stdin.write(f"{answer() if callable(answer) else answer}\n".encode())
            process.stdin.close()
            rest, err = await process.communicate()
            return self._result(process, out + rest, err)

    async def python(self, code: str) -> Result:
        async with asyncio.timeout(PATIENCE), self.started(python=("-c", code)) as process:
            return self._result(process, *await process.communicate())

    def _result(self, process: Started, out: bytes, err: bytes) -> Result:
        assert process.returncode is not None
        self.said += (out + err).decode()
        return Result(process.returncode, out.decode(), err.decode())

    @asynccontextmanager
    async def running(self, python: Sequence[str] = ()) -> AsyncIterator[Started]:
        """`userbot run`, once it is ready."""
        async with self.started("run", python=python) as process:
            assert process.stdout
            async with asyncio.timeout(PATIENCE):
                # On a busy machine it may say first that Telegram does not answer yet.
                while b"ready" not in (line := await process.stdout.readline()):
                    assert line.startswith(b"Telegram"), (line, await process.communicate())
            yield process

    async def end(self, process: Started, number: int = signal.SIGTERM) -> Result:
        async with asyncio.timeout(PATIENCE):
            process.send_signal(number)
            return self._result(process, *await process.communicate())


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    folder = tmp_path / "work"
    folder.mkdir()
    return Shell(folder)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Making an RSA key takes half a second."""
    return tmp_path_factory.mktemp("keys")


@dataclass
class Shop:
    """An account with a password, its group with an administrator, three customers, and a shell that knows them."""

    telegram: Sandbox
    shell: Shell
    account: int
    boss: int
    group: int
    customers: range

    @property
    def settings(self) -> dict[str, object]:
        host, port = self.telegram.address()
        return {
            "API_ID": 12345,
            "API_HASH": API_HASH,
            "EXTENSIONS_ALLOWED": self.boss,
            "RATE_PER_MINUTE": 0,
            "TELEGRAM_SERVER": f"{host}:{port}",
            "TELEGRAM_SERVER_KEY": self.telegram.public_key(),
        }

    def code(self) -> str:
        return self.telegram.login_code(PHONE)

    async def ask(self, question: str, *, hidden: bool = False) -> str:
        """The account's owner at a login, who knows the code and the password."""
        return PASSWORD if hidden else self.code()

    def say(self, sentence: str) -> None:
        """Nobody listens."""

    def show_code(self, link: str) -> None:
        raise AssertionError("nobody logs in by a QR code here")


@asynccontextmanager
async def a_shop(shell: Shell, keys: Path) -> AsyncIterator[Shop]:
    """In a Telegram of its own."""
    async with Sandbox(shell.folder.with_name("telegram"), keys=keys) as telegram:
        account = telegram.add_person("Anna", "Example", username="anna_ex", phone=PHONE, password=PASSWORD)
        boss = telegram.add_person("Boss")
        group = telegram.add_group("Our team", account, [boss])
        first = telegram.populate(account, 3)
        shop = Shop(telegram, shell, account, boss, group, range(first, first + 3))
        shell.configure(**shop.settings, BACKEND_GROUP=group)
        yield shop


@pytest.fixture
async def shop(keys: Path, shell: Shell) -> AsyncIterator[Shop]:
    async with a_shop(shell, keys) as made:
        yield made


@pytest.fixture
async def logged_in(shop: Shop) -> Shop:
    settings = load(shop.shell.folder)
    acquaint(shop.telegram, settings)
    await login(settings, shop, phone=PHONE)
    return shop


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> AsyncIterator[Shop]:
    """The Telegram that all tests of a module may have in common, with a session in it."""
    folder = tmp_path_factory.mktemp("town") / "work"
    folder.mkdir()
    async with a_shop(Shell(folder), keys) as made:
        await login(load(folder), made, phone=PHONE)
        yield made
