"""What must stay secret stands in the session file and nowhere else: not in a log, a database, a report, a sentence."""

import asyncio
import base64
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.forked import Forked, forked
from tests.office import PATIENCE, Office, until
from tests.processes import environment

PHONE = "+4915198765432"
API_HASH = "5ec1e75ec1e75ec1e75ec1e75ec1e7ff"
PASSWORD = "correct-horse-battery"


class Terminal:
    """Runs commands of `userbot` and keeps all that they say."""

    def __init__(self, team: Office, group: int) -> None:
        self._folder = team.folder
        self._environment = environment(team.settings()) | {
            "SESSIONS_DIR": "secret",
            "API_HASH": API_HASH,
            "BACKEND_GROUP": str(group),
            "LOG_LEVEL": "DEBUG",
            "MONTHLY_LIMIT": "0",
        }
        self.said = b""

    async def start(self, *command: str, **changes: str) -> Forked:
        return await forked(*command, cwd=self._folder, env=self._environment | changes)

    async def end(self, process: Forked, *, code: int | None = None) -> None:
        """Wait until it has ended, with this exit code."""
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        self.said += out + err
        assert code in {None, process.returncode}, (out + err).decode()


async def test_no_secret_is_written_anywhere_but_into_the_session_file(team: Office) -> None:
    owner = team.telegram.add_person("Secretive", phone=PHONE, password=PASSWORD)
    customer = team.telegram.populate(owner, 3)
    group = team.telegram.add_group("Office", owner, [team.boss])
    terminal = Terminal(team, group)
    code = await log_in(team, terminal)

    program = await terminal.start("run")
    assert program.stdout
    terminal.said += await program.stdout.readline()
    team.telegram.block(customer, owner)
    team.telegram.post(group, owner, "/send all", reply_to=team.telegram.post(group, owner, f"It is {customer}"))
    await until(lambda: any("Finished" in each.text for each in team.telegram.messages(group)))
    await team.telegram.go_away()
    await until((team.folder / "data" / "userbot.log").exists)
    program.kill()
    await terminal.end(program)
    key = auth_key(team)

    (team.folder / "data" / "userbot.db").write_bytes(b"nonsense" * 1000)
    await terminal.end(await terminal.start("run"), code=1)
    await team.telegram.come_back()
    team.telegram.log_out(owner)
    await terminal.end(await terminal.start("run", DATA_DIR="other"), code=3)

    report = b"".join(
        team.telegram.download(group, each.id) for each in team.telegram.messages(group) if each.file_name
    )
    places = {"terminal": terminal.said, "report": report} | dict(files(team.folder))
    assert {"userbot.log", "userbot.db"} <= {Path(name).name for name in places}
    assert b"userbot is ready" in terminal.said
    for name, content in places.items():
        for secret in (API_HASH, PASSWORD, PHONE[1:]):
            assert secret.encode() not in content, name
        assert not re.search(rb"(?<!\d)" + code.encode() + rb"(?!\d)", content), name
        for written in (key, key.hex().encode(), base64.b64encode(key), str(int.from_bytes(key)).encode()):
            assert written not in content, name


async def log_in(team: Office, terminal: Terminal) -> str:
    """Log in on the terminal; returns the code."""
    process = await terminal.start("login", "--phone", PHONE)
    assert process.stdin

    def sent() -> str | None:
        try:
            return team.telegram.login_code(PHONE)
        except LookupError:
            return None

    code: str = await until(sent)
    process.stdin.write(f"{code}\n{PASSWORD}\n".encode())
    await terminal.end(process, code=0)
    return code


def auth_key(team: Office) -> bytes:
    with closing(sqlite3.connect(team.folder / "secret" / "account.session")) as session:
        key: bytes = session.execute("SELECT auth_key FROM sessions").fetchone()[0]
    assert len(key) == 256
    return key


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file the program has written, but the session itself."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            if not name.startswith("account.session"):
                yield str(path), path.read_bytes()
