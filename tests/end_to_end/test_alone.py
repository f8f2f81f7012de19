"""One process for a session and its data, and files for the owner's eyes only."""

import asyncio
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.forked import forked
from tests.office import PATIENCE, Office, office
from tests.processes import environment
from userbot.config import load
from userbot.errors import AlreadyRunningError
from userbot.telegram import client


async def second_process(team: Office, **changes: Any) -> tuple[int | None, str]:
    """Run `userbot run` beside the program; returns its exit code and all that it says."""
    process = await forked("run", cwd=team.folder, env=environment(team.settings(**changes)))
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, (out + err).decode()


@pytest.mark.parametrize("other", ["sessions_dir", "data_dir"])
async def test_a_second_process_ends_at_once_with_a_sentence(team: Office, other: str) -> None:
    await team.open()
    code, output = await second_process(team, **{other: team.folder / "elsewhere"})
    assert code == 1
    assert "Another userbot is running" in output
    assert "Traceback" not in output
    assert len(output.splitlines()) == 1
    assert "sendings" in await team.ask("/send sendings")


async def test_the_lock_goes_with_the_program(team: Office) -> None:
    await team.open()
    with pytest.raises(AlreadyRunningError):
        await Office.open(_twin(team))
    await team.close()
    await team.open()


def _twin(team: Office) -> Office:
    twin = object.__new__(Office)
    twin.__dict__ |= team.__dict__
    return twin


@pytest.fixture
def _no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_no_umask")
async def test_nobody_else_can_read_what_is_written(tmp_path: Path, keys: Path) -> None:
    async with office(tmp_path, keys) as team:
        team.customers(3)
        await team.open()
        await team.ask("/send all", reply_to=team.say("News"))
        await team.notice("Finished. 3 sent.")
        folders = (team.settings().sessions_dir, team.settings().data_dir)
        for folder in folders:
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for file in folders[0].glob("*.session*"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_session_file_is_private_from_its_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at from inside, whenever it is opened."""
    seen = []

    class Watched(client.Session):
        def __init__(self, path: Path | None = None) -> None:
            assert path is not None
            seen.append(stat.S_IMODE(path.stat().st_mode))
            super().__init__(path)

    monkeypatch.setattr(client, "Session", Watched)
    before = os.umask(0)
    try:
        settings: Any = {"api_id": 1, "api_hash": "0" * 32, "sessions_dir": tmp_path / "s", "data_dir": tmp_path / "d"}
        client.open_client(load(_env_file=None, **settings)).session.close()
    finally:
        os.umask(before)
    assert seen == [0o600]


async def test_a_database_serves_one_account_in_one_group(team: Office) -> None:
    await team.open()
    await team.close()
    another = team.telegram.add_group("Another", team.owner)
    code, said = await second_process(team, backend_group=str(another))
    assert code == 2
    assert f"belongs to account {team.owner} in group {team.group}" in said
    assert "Traceback" not in said
