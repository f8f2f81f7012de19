"""`userbot export` and `userbot import`: over the database alone, also of customers from another system."""

import csv
import io
from pathlib import Path

from tests.cli.conftest import API_HASH, Shell
from tests.store.making import customer, labelled, opened
from userbot.core.model import Written
from userbot.store import peers


async def shop(shell: Shell) -> Path:
    """Settings, and a database with three customers, one of them vip."""
    shell.configure(API_ID=1, API_HASH=API_HASH, TELEGRAM_SERVER="127.0.0.1:1", TELEGRAM_SERVER_KEY="/none")
    path = shell.folder / "data" / "userbot.db"
    path.parent.mkdir(exist_ok=True)
    async with opened(path) as database, database.transaction() as on:
        await peers.learn(on, [customer(1, name="=Anna"), customer(2), customer(3, gone="deleted their account")])
        await peers.wrote(on, {1: Written(7, 1_700_000_000.0)})
        await labelled(on, "VIP", 1)
        await labelled(on, "new")
    return path


async def test_the_customers_as_csv(shell: Shell) -> None:
    await shop(shell)
    result = await shell.userbot("export")
    assert (result.code, result.err) == (0, "")
    first, second, third = csv.DictReader(io.StringIO(result.out.lstrip("\ufeff")))
    assert first == {
        "user_id": "1",
        "username": "",
        "name": "'=Anna",
        "first_contact": "2023-11-14 22:13:20",
        "last_contact": "2023-11-14 22:13:20",
        "marks": "VIP",
        "topic": "",
        "state": "ok",
    }
    assert (second["marks"], second["last_contact"], third["state"]) == ("", "", "deleted")
    result = await shell.userbot("export", "vip")
    assert [row["user_id"] for row in csv.DictReader(io.StringIO(result.out.lstrip("\ufeff")))] == ["1"]


async def test_labels_from_another_system(shell: Shell) -> None:
    path = await shop(shell)
    (shell.folder / "old.csv").write_text("user_id,mark\n1,vip\n2,Vip new\n77,vip\nanna,vip\n2,nobody\n")
    result = await shell.userbot("import", "old.csv")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        "Label VIP: 1 new, 1 already set.",
        "Label new: 1 new, 0 already set.",
        "Left out: label nobody, 1 row: there is no such label.",
        "Unknown, the account has no dialog with them: 1",
        "  77",
        "No user ids: 1",
        "  “anna”",
    ]
    async with opened(path) as database:
        assert await peers.count_customers(database.reader) == 3


async def test_a_file_that_is_none(shell: Shell) -> None:
    await shop(shell)
    (shell.folder / "ids.csv").write_text("1,2,3\n")
    result = await shell.userbot("import", "ids.csv")
    assert (result.code, result.out) == (1, "")
    assert "has to name the columns user_id and mark" in result.err
