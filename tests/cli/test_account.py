"""The commands that concern the account and its group, as processes against a real MTProto server."""

import asyncio
import json

import pytest

from tests.cli.conftest import API_HASH, PASSWORD, PHONE, Shop


async def test_login_asks_for_what_it_needs(shop: Shop) -> None:
    result = await shop.shell.userbot("login", answers=[PHONE, shop.code, PASSWORD])
    assert (result.code, result.err) == (0, "")
    asked = [line.split()[0] for line in result.out.splitlines() if line.endswith(":")]
    assert asked == ["Phone", "Code:", "Two-step"]
    assert result.out.splitlines()[-1] == f"Logged in as Anna Example (@anna_ex, id {shop.account})."
    assert (shop.shell.folder / "sessions" / "account.session").stat().st_mode & 0o777 == 0o600
    again = await shop.shell.userbot("login")
    assert (again.code, again.out.split()[0]) == (0, "Already")
    status = json.loads((await shop.shell.userbot("status", "--json")).out)
    assert status["account"] == {"id": shop.account, "name": "Anna Example"}
    assert (await shop.shell.userbot("logout")).code == 0
    assert json.loads((await shop.shell.userbot("status", "--json")).out)["account"] is None


async def test_login_says_what_comes_next(shop: Shop) -> None:
    shop.shell.configure(**shop.settings)
    result = await shop.shell.userbot("login", "--phone", PHONE, answers=[shop.code, PASSWORD])
    assert result.out.splitlines()[-1] == "Next: userbot link"


async def test_a_wrong_code_is_asked_for_again(shop: Shop) -> None:
    def wrong() -> str:
        return "10000" if shop.code() != "10000" else "10001"

    result = await shop.shell.userbot("login", "--phone", PHONE, answers=[wrong, shop.code, "wrong horse", PASSWORD])
    assert result.code == 0
    assert "Code not right." in result.out


@pytest.mark.parametrize("answers", [[], [PHONE], [PHONE, "00000"]])
async def test_login_without_enough_lines(shop: Shop, answers: list[str]) -> None:
    result = await shop.shell.userbot("login", answers=answers)
    assert result.code == 1
    assert "Standard input ended" in result.err
    assert len(result.err.splitlines()) == 1


async def test_a_number_that_is_none(shop: Shop) -> None:
    result = await shop.shell.userbot("login", answers=["+4900000000", PHONE, shop.code, PASSWORD])
    assert result.code == 0
    assert "no phone number that Telegram knows" in result.out
    result = await shop.shell.userbot("login", "--phone", "hello")
    assert (result.code, result.out.split()[0]) == (0, "Already")


async def test_a_server_that_hangs_up(shop: Shop) -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    shop.shell.configure(**shop.settings | {"TELEGRAM_SERVER": f"127.0.0.1:{port}"}, BACKEND_GROUP=shop.group)
    for command in ("login", "run"):
        result = await shop.shell.userbot(command)
        assert (result.code, len(result.err.splitlines())) == (1, 1)
        assert all(line.startswith("Telegram does not answer") for line in result.out.splitlines())
        assert "Telegram" in result.err
    server.close()


async def test_login_by_qr(shop: Shop) -> None:
    async with shop.shell.started("login", "--qr") as process:
        assert process.stdout
        assert process.stdin
        async for line in process.stdout:
            if line.startswith(b"tg://login"):
                shop.telegram.accept_qr(line.decode().strip(), shop.account)
                process.stdin.write(f"{PASSWORD}\n".encode())
            if line.startswith(b"Logged in"):
                break
        assert await process.wait() == 0


async def test_link_lists_and_writes(logged_in: Shop) -> None:
    shop = logged_in
    shop.telegram.add_group("No topics", shop.account, forum=False)
    other = shop.telegram.add_group("\x1b[2J[red]Other\u202e", shop.account)
    shop.shell.configure(**shop.settings)
    result = await shop.shell.userbot("link", answers=["0", "many", "1"])
    assert (result.code, result.err) == (0, "")
    listed = [line for line in result.out.splitlines() if line[:2] in {"1.", "2.", "3."}]
    assert [", without topics" in each for each in listed] == [False, False, True]
    assert "turn topics on" in result.out
    assert f"U+001B[2J[red]OtherU+202E ({other})" in result.out
    chosen = int(listed[0].rpartition("(")[2].rstrip(")"))
    env = (shop.shell.folder / ".env").read_text()
    assert env.endswith(f"BACKEND_GROUP={chosen}\n")
    assert f"API_HASH={API_HASH}\n" in env


async def test_link_takes_a_group_without_topics(logged_in: Shop) -> None:
    shop = logged_in
    plain = shop.telegram.add_group("No topics", shop.account, forum=False)
    result = await shop.shell.userbot("link", answers=["2"])
    assert (result.code, result.err) == (0, "")
    assert f"“No topics” ({plain})" in result.out
    assert result.out.splitlines()[-1].startswith("It has no topics, so everything happens in General.")
    async with shop.shell.running():
        pass


async def test_link_waits_when_telegram_asks_for_a_pause(logged_in: Shop) -> None:
    logged_in.telegram.refuse("FLOOD_WAIT_1", code=420, method="messages.getDialogs", times=1)
    impatient = "from userbot.cli import joining, main; joining.QUIET_SECONDS = 0.5; main.main()"
    result = await logged_in.shell.userbot("link", answers=["1"], python=("-c", impatient))
    assert (result.code, result.err) == (0, "")
    assert "takes a while" in result.out
    assert "The backend group is" in result.out


async def test_link_creates(logged_in: Shop) -> None:
    shop = logged_in
    result = await shop.shell.userbot("link", "--create", "Neues Büro")
    assert result.code == 0
    [line] = [line for line in (shop.shell.folder / ".env").read_text().splitlines() if "BACKEND_GROUP" in line]
    made = int(line.partition("=")[2])
    assert made not in {0, shop.group}
    assert shop.telegram.creator(made) == shop.account
    assert str(made) in result.out
    async with shop.shell.running():
        pass


async def test_link_is_told_that_the_environment_wins(logged_in: Shop) -> None:
    logged_in.shell.environment["BACKEND_GROUP"] = "-1001"
    result = await logged_in.shell.userbot("link", answers=["1"])
    assert result.code == 0
    assert "environment" in result.err


async def test_link_without_an_answer_changes_nothing(logged_in: Shop) -> None:
    before = (logged_in.shell.folder / ".env").read_text()
    result = await logged_in.shell.userbot("link", answers=["7", "8", "9"])
    assert (result.code, len(result.err.splitlines())) == (1, 1)
    assert (logged_in.shell.folder / ".env").read_text() == before


async def test_link_not_logged_in(shop: Shop) -> None:
    result = await shop.shell.userbot("link")
    assert (result.code, len(result.err.splitlines())) == (3, 1)


async def test_logout(logged_in: Shop) -> None:
    shop = logged_in
    result = await shop.shell.userbot("logout")
    assert (result.code, result.out, result.err) == (0, "Logged out.\n", "")
    assert not (shop.shell.folder / "sessions" / "account.session").exists()
    assert shop.telegram.world.column("SELECT id FROM auth_keys WHERE user = ?", shop.account) == []
    again = await shop.shell.userbot("logout")
    assert (again.code, again.err) == (0, "")
    assert (await shop.shell.userbot("run")).code == 3


@pytest.mark.parametrize("forgotten", [False, True])
async def test_logout_when_telegram_ended_it_already(logged_in: Shop, *, forgotten: bool) -> None:
    world = logged_in.telegram.world
    logged_in.telegram.log_out(logged_in.account)
    if forgotten:
        for key in world.column("SELECT id FROM auth_keys"):
            world.drop_auth_key(int(key))
    result = await logged_in.shell.userbot("logout")
    assert (result.code, result.err) == (0, "")
    assert not (logged_in.shell.folder / "sessions" / "account.session").exists()


async def test_logout_that_telegram_refuses(logged_in: Shop) -> None:
    logged_in.telegram.refuse("FLOOD_WAIT_100", code=420, method="auth.logOut")
    result = await logged_in.shell.userbot("logout")
    assert (result.code, len(result.err.splitlines())) == (1, 1)
    assert (logged_in.shell.folder / "sessions" / "account.session").exists()


async def test_secrets_are_nowhere(logged_in: Shop) -> None:
    shop = logged_in
    codes = []

    def code() -> str:
        codes.append(shop.code())
        return codes[-1]

    shop.shell.configure(**shop.settings, BACKEND_GROUP=shop.group, LOG_LEVEL="DEBUG")
    await shop.shell.userbot("logout")
    await shop.shell.userbot("login", "--phone", PHONE, answers=[code, "wrong horse", PASSWORD])
    await shop.shell.userbot("doctor")
    log = shop.shell.folder / "data" / "userbot.log"
    written = shop.shell.said + (log.read_text() if log.exists() else "")
    for secret in (API_HASH, PHONE.lstrip("+"), *codes, PASSWORD, "wrong horse"):
        assert secret not in written
