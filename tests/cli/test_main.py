"""What needs no account: help, mistakes, empty views, and errors that end as one sentence."""

import json

import pytest

from tests.cli.conftest import API_HASH, BY_ITSELF, Shell

COMMANDS = [
    *("help", "init", "config", "login", "link", "run", "status", "sendings", "report", "templates", "doctor"),
    *("export", "import", "backup", "logout", "demo"),
]


async def test_alone_it_helps(shell: Shell) -> None:
    result = await shell.userbot()
    assert (result.code, result.err) == (0, "")
    assert all(f" {command} " in result.out for command in COMMANDS)


@pytest.mark.parametrize(("name", "value"), [("PYTHONIOENCODING", "ascii"), ("LC_ALL", "C")])
async def test_a_terminal_without_our_signs_gets_words(shell: Shell, name: str, value: str) -> None:
    shell.environment[name] = value
    assert (await shell.userbot()).code == 0
    result = await shell.userbot("doctor")
    assert (result.code, result.out.split()[0]) == (1, "wrong")
    assert result.out.isascii()


async def test_what_has_no_words_becomes_its_letter_or_a_question_mark(shell: Shell) -> None:
    shell.environment["LC_ALL"] = "C"
    result = await shell.python("from userbot.cli import signs; signs.settle(); print('Müller · Ж “x”')")
    assert result.out == 'Muller - ? "x"\n'


@pytest.mark.parametrize("arguments", [["help"], ["help", "report"], ["help", "init"]])
async def test_help_is_a_command_too(shell: Shell, arguments: list[str]) -> None:
    result = await shell.userbot(*arguments)
    assert (result.code, result.err) == (0, "")
    assert result.out == (await shell.userbot(*arguments[1:], "--help")).out


async def test_a_shell_completes_it(shell: Shell) -> None:
    shell.environment |= {"_USERBOT_COMPLETE": "complete_bash", "COMP_WORDS": "userbot st", "COMP_CWORD": "1"}
    assert (await shell.userbot()).out.split() == ["status"]


async def test_version(shell: Shell) -> None:
    result = await shell.userbot("--version")
    assert (result.code, result.out.split()[0]) == (0, "userbot")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["help", "nonsense"],
        ["report"],
        ["report", "five"],
        ["report", "0"],
        ["report", "sid"],
        ["import"],
        ["status", "--nonsense"],
    ],
)
async def test_wrong_usage(shell: Shell, arguments: list[str]) -> None:
    result = await shell.userbot(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err


async def test_two_ways_to_log_in(shell: Shell) -> None:
    result = await shell.userbot("login", "--qr", "--phone", "+49123")
    assert result.code == 2
    assert "choose one" in result.err


@pytest.mark.parametrize("command", ["login", "link", "run", "status"])
async def test_every_mistake_in_the_settings(shell: Shell, command: str) -> None:
    shell.configure(API_HASH="tooshort", RATE_PER_MINUTE="fast", DESK="perhaps")
    result = await shell.userbot(command)
    assert (result.code, result.out) == (2, "")
    lines = result.err.splitlines()
    assert str(shell.folder / ".env") in lines[0]
    assert [line.split()[0] for line in lines] == ["API_ID", "API_HASH", "RATE_PER_MINUTE", "DESK"]
    assert "tooshort" not in result.err


@pytest.mark.parametrize("command", ["sendings", "templates"])
async def test_an_empty_list_for_programs(shell: Shell, command: str) -> None:
    shell.configure(API_ID=1, API_HASH=API_HASH)
    assert json.loads((await shell.userbot(command, "--json", python=BY_ITSELF)).out) == []


@pytest.mark.parametrize("command", ["status", "sendings", "templates"])
async def test_nothing_to_see_yet(shell: Shell, command: str) -> None:
    shell.configure(API_ID=1, API_HASH=API_HASH)
    result = await shell.userbot(command)
    assert result.code == 0
    assert "no database" in result.err
    assert sorted(each.name for each in shell.folder.iterdir()) == [".env"]


async def test_an_empty_status_for_programs(shell: Shell) -> None:
    shell.configure(API_ID=1, API_HASH=API_HASH, MONTHLY_LIMIT=0)
    found = json.loads((await shell.userbot("status", "--json", python=BY_ITSELF)).out)
    assert (found["account"], found["pace"], found["open"], found["latest"]) == (None, None, [], [])
    assert (found["database"], found["month"]["used"], found["month"]["limit"]) == ("data/userbot.db", 0, None)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["report", "5"], "no sid5"),
        (["report", "sid5"], "no sid5"),
        (["export", "vip"], "no label vip"),
        (["import", "none.csv"], "none.csv cannot be read: No such file"),
        (["backup", "copy.db"], "no database"),
        (["link"], "userbot login"),
    ],
)
async def test_what_is_not_there(shell: Shell, arguments: list[str], words: str) -> None:
    shell.configure(API_ID=1, API_HASH=API_HASH, TELEGRAM_SERVER="127.0.0.1:1", TELEGRAM_SERVER_KEY="/none")
    result = await shell.userbot(*arguments, python=BY_ITSELF)  # each loads what it needs
    assert len(result.err.splitlines()) == 1
    assert result.code == (2 if arguments == ["link"] else 1)
    assert words in result.err or arguments == ["link"]


async def test_a_damaged_database(shell: Shell) -> None:
    shell.configure(API_ID=1, API_HASH=API_HASH)
    (shell.folder / "data").mkdir()
    (shell.folder / "data" / "userbot.db").write_bytes(b"no database at all" * 1000)
    result = await shell.userbot("sendings")
    assert (result.code, result.out, len(result.err.splitlines())) == (1, "", 1)
    assert "damaged" in result.err


async def test_a_folder_that_is_none(shell: Shell) -> None:
    shell.configure(API_ID=1, API_HASH=API_HASH, BACKEND_GROUP=-1001, DATA_DIR="/dev/null/data")
    result = await shell.userbot("run")
    assert (result.code, result.out, result.err) == (1, "", "/dev/null/data: Not a directory.\n")


async def test_the_unexpected_goes_into_the_log_alone(shell: Shell) -> None:
    shell.configure(API_ID=1, API_HASH=API_HASH)
    result = await shell.python(
        "import sys; from userbot.cli import frame\n"
        "def fail(): raise ExceptionGroup('several', [TypeError('inside')])\n"
        "frame.settings(); sys.exit(frame.guarded(fail))"
    )
    assert (result.code, result.out) == (1, "")
    assert result.err == "Something went wrong inside: TypeError. Details are in data/userbot.log.\n"
    log = shell.folder / "data" / "userbot.log"
    assert "TypeError: inside" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.parent.stat().st_mode & 0o777 == 0o700


async def test_a_log_for_programs(shell: Shell) -> None:
    shell.configure(API_ID=1, API_HASH=API_HASH, LOG_JSON="on")
    await shell.python(
        "import sys; from userbot.cli import frame\n"
        "def fail(): raise TypeError('inside')\n"
        "frame.settings(); sys.exit(frame.guarded(fail))"
    )
    [line] = map(json.loads, (shell.folder / "data" / "userbot.log").read_text().splitlines())
    assert (line["level"], line["name"]) == ("CRITICAL", "userbot.cli.frame")
    assert line["message"] == "something went wrong inside"
    assert line["trace"].endswith("TypeError: inside")


async def test_a_log_that_cannot_be_written_is_no_traceback(shell: Shell) -> None:
    shell.configure(API_ID=1, API_HASH=API_HASH, DATA_DIR="/dev/null/data")
    result = await shell.python(
        "import sys; from userbot.cli import frame\n"
        "def fail(): raise TypeError\n"
        "frame.settings(); sys.exit(frame.guarded(fail))"
    )
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
