"""A folder is made once and left alone then; every setting is shown with where it comes from, and no secret."""

import pytest

from tests.cli.conftest import API_HASH, Shell


async def test_a_new_folder(shell: Shell) -> None:
    result = await shell.userbot("init", "shop")
    home = shell.folder / "shop"
    assert (result.code, result.err) == (0, "")
    assert f"write them into {home / '.env'}" in result.out
    assert result.out.splitlines()[-1] == "Then: userbot --home shop login"
    rights = {each.name: each.stat().st_mode & 0o777 for each in (home, *home.iterdir())}
    assert rights == {"shop": 0o700, ".env": 0o600, "sessions": 0o700, "data": 0o700}
    lines = (home / ".env").read_text().splitlines()
    assert "API_ID=" in lines
    assert "#MONTHLY_LIMIT=500" in lines


async def test_a_folder_that_is_one_already_keeps_what_it_has(shell: Shell) -> None:
    shell.configure(API_ID=77, API_HASH=API_HASH)
    first = await shell.userbot("init")
    assert (first.code, first.out.splitlines()[-1]) == (0, "Then: userbot login")
    assert (shell.folder / ".env").read_text().startswith("API_ID=77\n")
    second = await shell.userbot("init")
    assert "nothing was changed" in second.out
    assert sorted(each.name for each in shell.folder.iterdir()) == [".env", "data", "sessions"]


async def test_a_folder_that_cannot_be_made(shell: Shell) -> None:
    result = await shell.userbot("init", "/dev/null/shop")
    assert (result.code, result.out, len(result.err.splitlines())) == (1, "", 1)


@pytest.mark.parametrize("way", ["option", "variable"])
async def test_from_elsewhere(shell: Shell, way: str) -> None:
    await shell.userbot("init", "shop")
    home = shell.folder / "shop"
    (home / ".env").write_text(f"API_ID=77\nAPI_HASH={API_HASH}\n")
    if way == "variable":
        shell.environment["USERBOT_HOME"] = str(home)
    result = await shell.userbot(*(["--home", "shop"] if way == "option" else []), "doctor")
    assert "The settings are valid." in result.out
    assert "shop/sessions/account.session" in result.out
    assert [each.name for each in shell.folder.iterdir()] == ["shop"]


async def test_where_each_setting_comes_from(shell: Shell) -> None:
    shell.configure(API_ID=77, API_HASH=API_HASH, MONTHLY_LIMIT=9)
    shell.environment |= {"MONTHLY_LIMIT": "8", "DATA_DIR": "/var/lib/userbot"}
    result = await shell.userbot("config")
    assert (result.code, result.err) == (0, "")
    rows = {words[0]: words[1:] for words in map(str.split, result.out.splitlines()) if words}
    assert rows["API_ID"] == ["77", ".env"]
    assert rows["API_HASH"] == ["(hidden)", ".env"]
    assert rows["MONTHLY_LIMIT"] == ["8", "environment"]
    assert rows["DATA_DIR"] == ["/var/lib/userbot", "environment"]
    assert rows["DESK"] == ["on", "default"]
    assert rows["BACKEND_GROUP"] == ["not", "set", "default"]
    assert API_HASH not in result.out


async def test_what_is_wrong_is_shown_and_named(shell: Shell) -> None:
    shell.configure(API_ID="x", API_HASH=API_HASH)
    result = await shell.userbot("config")
    assert (result.code, len(result.err.splitlines())) == (2, 1)
    assert "API_ID is not valid" in result.err
    assert "LOG_LEVEL" in result.out


async def test_a_file_that_is_no_text(shell: Shell) -> None:
    (shell.folder / ".env").write_bytes(b"API_HASH=\xfc")
    result = await shell.userbot("config")
    assert (result.code, result.out, len(result.err.splitlines())) == (1, "", 1)


async def test_one_setting_explained(shell: Shell) -> None:
    result = await shell.userbot("config", "monthly_limit")
    assert (result.code, result.out.splitlines()[-1]) == (0, "#MONTHLY_LIMIT=500")
    unknown = await shell.userbot("config", "MONTHLY")
    assert (unknown.code, len(unknown.err.splitlines())) == (1, 1)
