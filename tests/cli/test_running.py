"""`userbot run` between two signals, and what can be seen of it from beside."""

import asyncio
import csv
import json
import os
import signal
import sqlite3
import time
from contextlib import closing, suppress
from io import StringIO

import pytest
from pydantic import SecretStr

from tests.cli.conftest import BY_ITSELF, PATIENCE, Shop
from tests.forked import Started
from userbot import app
from userbot.cli import running
from userbot.config import Settings
from userbot.sandbox.seen import Seen
from userbot.store.backup import LEFT_OUT


async def posted(shop: Shop, text: str, **how: object) -> int:
    return shop.telegram.post(shop.group, shop.boss, text, **how)  # type: ignore[arg-type]  # keywords by name


async def heard(shop: Shop, words: str) -> Seen:
    """The answer with these words, once it is there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for seen in shop.telegram.messages(shop.group):
                if seen.sender == shop.account and words in seen.text + (seen.file_name or ""):
                    return seen
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_signals_end_it(logged_in: Shop, number: int) -> None:
    async with logged_in.shell.running(BY_ITSELF) as process:
        result = await logged_in.shell.end(process, number)
        assert (result.code, result.out.splitlines()[-1], result.err) == (0, "userbot has stopped.", "")


async def test_not_logged_in(shop: Shop) -> None:
    result = await shop.shell.userbot("run")
    assert (result.code, result.out, len(result.err.splitlines())) == (3, "", 1)
    assert "userbot login" in result.err


async def test_no_group(logged_in: Shop) -> None:
    logged_in.shell.configure(**logged_in.settings)
    result = await logged_in.shell.userbot("run")
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert "userbot link" in result.err


async def test_only_one(logged_in: Shop) -> None:
    async with logged_in.shell.running():
        second = await logged_in.shell.userbot("run")
        assert (second.code, second.out, len(second.err.splitlines())) == (1, "", 1)
        assert "Another userbot" in second.err


async def test_telegram_ends_the_session_and_the_status_says_so(logged_in: Shop) -> None:
    async with logged_in.shell.running() as process:
        logged_in.telegram.log_out(logged_in.account, "USER_DEACTIVATED_BAN")
        await posted(logged_in, "/send")
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
        assert (process.returncode, out, len(err.splitlines())) == (3, b"", 1)
        assert b"banned this account" in err
    status = await logged_in.shell.userbot("status")
    assert err.decode().strip() in status.out
    assert json.loads((await logged_in.shell.userbot("status", "--json")).out)["logged_out"] == err.decode().strip()


async def test_a_signal_before_telegram_answers(logged_in: Shop) -> None:
    await logged_in.telegram.go_away()
    async with logged_in.shell.started("run") as process:
        lock = logged_in.shell.folder / "sessions" / ".lock"
        lock.unlink(missing_ok=True)
        async with asyncio.timeout(PATIENCE):
            while not lock.exists():
                await asyncio.sleep(0.02)
        assert (await logged_in.shell.end(process)).code == 0


async def test_a_signal_that_a_failing_try_to_connect_has_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    swallowed = 0

    async def tries_to_connect(*_: object) -> None:
        nonlocal swallowed
        with suppress(asyncio.CancelledError):
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.Event().wait()
        swallowed += 1
        await asyncio.Event().wait()

    monkeypatch.setattr(app, "run", tries_to_connect)
    monkeypatch.setattr(running, "CANCEL_AGAIN", 0.01)
    settings = Settings(_env_file=None, api_id=1, api_hash=SecretStr("0" * 32))  # type: ignore[call-arg]
    running_it = asyncio.ensure_future(running.run(settings))
    ended, _ = await asyncio.wait({running_it}, timeout=PATIENCE)
    running_it.cancel()
    assert ended
    assert swallowed == 1


async def test_looking_while_it_runs(logged_in: Shop) -> None:
    shop, shell = logged_in, logged_in.shell
    async with shell.running() as process:
        offer = await posted(shop, "Hello")
        await posted(shop, "/send welcome", reply_to=offer)
        await posted(shop, "/send all", reply_to=offer)
        await heard(shop, "sid1.csv")
        await posted(shop, "/mark new VIP")
        await heard(shop, "Label VIP is new.")
        (shell.folder / "labels.csv").write_text(f"user_id,mark\n{shop.customers[0]},vip\n")
        assert (await shell.userbot("import", "labels.csv")).code == 0
        await posted(shop, "/send mark vip 1d", reply_to=offer)
        await heard(shop, "sid2:")
        status = json.loads((await shell.userbot("status", "--json")).out)
        assert (status["customers"], status["month"]["used"]) == (3, 3)
        assert [(each["id"], each["status"]) for each in status["open"]] == [(2, "awaits")]
        assert [(each["id"], each["sent"]) for each in status["latest"]] == [(2, 0), (1, 3)]
        sendings = json.loads((await shell.userbot("sendings", "--json")).out)
        assert [(each["id"], each["status"]) for each in sendings] == [(2, "awaits"), (1, "finished")]
        templates = json.loads((await shell.userbot("templates", "--json")).out)
        assert templates == [{"name": "welcome", "messages": 1}]
        for command, words in {
            "status": "sid2: “Hello” to everyone with the mark VIP",
            "sendings": "sid1: “Hello” to all customers",
            "templates": "welcome",
        }.items():
            result = await shell.userbot(command)
            assert (result.code, result.err) == (0, "")
            assert words in result.out
        doctor = await shell.userbot("doctor")
        assert (doctor.code, doctor.err) == (0, "")
        assert "userbot run is working" in doctor.out
        assert process.returncode is None


async def test_the_report_is_the_posted_one(logged_in: Shop) -> None:
    shop = logged_in
    async with shop.shell.running():
        await posted(shop, "/send all", reply_to=await posted(shop, "Hello"))
        file = await heard(shop, "sid1.csv")
    result = await shop.shell.userbot("report", "1")
    assert (result.code, result.err) == (0, "")
    assert result.out.encode() == shop.telegram.download(shop.group, file.id)
    rows = list(csv.DictReader(StringIO(result.out.removeprefix("\ufeff"))))
    assert [int(row["user_id"]) for row in rows] == [*shop.customers]
    assert {row["status"] for row in rows} == {"sent"}


async def test_a_signal_while_telegram_is_away(logged_in: Shop) -> None:
    async with logged_in.shell.running() as process:
        await logged_in.telegram.go_away()
        await asyncio.sleep(1)
        assert (await logged_in.shell.end(process)).code == 0


async def test_a_backup_while_it_runs_and_back_again(logged_in: Shop) -> None:
    shop, shell = logged_in, logged_in.shell
    async with shell.running() as process:
        await posted(shop, "/send all", reply_to=await posted(shop, "Hello"))
        await heard(shop, "sid1.csv")
        result = await shell.userbot("backup", "copy.db")
        assert (result.code, result.err) == (0, "")
        assert result.out == "copy.db is a sound copy, with 1 sending and 3 customers.\n"
        assert (shell.folder / "copy.db").stat().st_mode & 0o777 == 0o600
        again = await shell.userbot("backup", "copy.db")
        assert (again.code, again.out, len(again.err.splitlines())) == (1, "", 1)
        await shell.end(process)
    (shell.folder / "copy.db").rename(shell.folder / "data" / "userbot.db")
    async with shell.running():
        assert "sid1" in (await shell.userbot("sendings")).out
        await posted(shop, "/send all", reply_to=await posted(shop, "Hello again"))
        # The numbers that may have been given out after the copy was made are left out.
        await heard(shop, f"sid{2 + LEFT_OUT}.csv")


async def line(process: Started) -> str:
    assert process.stdout
    async with asyncio.timeout(PATIENCE):
        return (await process.stdout.readline()).decode()


async def test_it_says_when_telegram_does_not_answer_and_when_it_does(logged_in: Shop) -> None:
    async with logged_in.shell.running() as process:
        await logged_in.telegram.go_away()
        assert (await line(process)).startswith("Telegram does not answer (20")
        await logged_in.telegram.come_back()
        assert await line(process) == "Telegram answers again: userbot goes on.\n"


async def test_it_says_so_too_before_it_was_ready(logged_in: Shop) -> None:
    await logged_in.telegram.go_away()
    async with logged_in.shell.started("run") as process:
        assert (await line(process)).startswith("Telegram does not answer (20")
        await logged_in.telegram.come_back()
        assert await line(process) == "Telegram answers again: userbot goes on.\n"
        assert "ready" in await line(process)


async def flooded(shop: Shop) -> None:
    """Return once it is written down that Telegram wants a pause."""
    sql = "SELECT 1 FROM fact WHERE name = 'pace' AND value ->> 'flood_left' > 0"
    with closing(sqlite3.connect(shop.shell.folder / "data" / "userbot.db")) as database:
        async with asyncio.timeout(PATIENCE):
            while not database.execute(sql).fetchone():
                await asyncio.sleep(0.02)


async def test_what_waits_for_what(logged_in: Shop) -> None:
    """In the middle of a flood wait, and when nothing runs."""
    shop, shell = logged_in, logged_in.shell
    shop.telegram.flood_limit(rate=0.001, burst=1, wait=300)
    async with shell.running():
        await posted(shop, "/send all", reply_to=await posted(shop, "Hello"))
        await flooded(shop)
        found = json.loads((await shell.userbot("status", "--json")).out)
        assert found["running"]
        assert 200 < found["flood_until"] - time.time() <= 301
        status = (await shell.userbot("status")).out
        assert "asks for a pause until 20" in status
        assert "to all customers · waits for Telegram until 20" in status
        assert "Telegram asks for a pause until 20" in (await shell.userbot("doctor")).out
        check = await shell.userbot("status", "--check")
        assert (check.code, check.err) == (0, "")
    status = (await shell.userbot("status")).out
    assert "userbot run is not running" in status
    assert "to all customers · goes on when userbot run is running · 1 sent, 2 pending" in status
    doctor = await shell.userbot("doctor")
    assert doctor.code == 1
    assert "✗ userbot run is not running. sid1 waits for it.\n  Run: userbot run" in doctor.out
    check = await shell.userbot("status", "--check")
    assert (check.code, check.out, check.err) == (1, "", "userbot run is not running.\n")


async def test_a_program_that_is_stuck_is_not_at_work(logged_in: Shop) -> None:
    shell = logged_in.shell
    async with shell.running() as process:
        assert (await shell.userbot("status", "--check")).code == 0
        process.send_signal(signal.SIGSTOP)
        os.utime(shell.folder / "data" / ".data.lock", (0, 0))
        with closing(sqlite3.connect(shell.folder / "data" / "userbot.db")) as database, database:
            database.execute("UPDATE fact SET value = json_set(value, '$.saved_at', 0) WHERE name = 'pace'")
        check = await shell.userbot("status", "--check")
        process.send_signal(signal.SIGCONT)
    assert (check.code, check.out) == (1, "")
    assert check.err.startswith("userbot run has written nothing for ")
