"""The documentation is whole and true: every setting, command and form is in it, each command it shows can be read."""

import re
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from tests.core.test_help import SAMPLES
from tests.pictures import FOLDER, PICTURES
from userbot.cli import configuration
from userbot.cli.main import app
from userbot.config import Settings
from userbot.core.grammar import Mistake, Place, parse
from userbot.core.help import help_text, marks_help
from userbot.core.listing import CUSTOMERS
from userbot.core.report import COLUMNS
from userbot.service import metrics

ROOT = Path(__file__).parents[1]
OWNERS = (ROOT / "docs" / "owners.md").read_text("utf-8")
OPERATORS = ("operators.md", "operators.de.md", "operators.ru.md")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

WORDS = SAMPLES | {
    "EXPRESSION": "vip and wrote 30d",
    "TEMPLATE": "welcome",
    "TEXT": "VIP",
    "A,B": "lead,trial",
    "IDS": "1001,1002",
    "CLEAR": "CLEAR",
    "STEP": "2",
}

SETTING_ROW = re.compile(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \| (–|`.+?`) \|", re.MULTILINE)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def documented_settings() -> dict[str, str]:
    """Each setting of the owners' page with its default as written there."""
    rows = SETTING_ROW.findall(OWNERS)
    return {name: default.strip("`–") for names, default in rows for name in re.findall(r"[A-Z_]+", names)}


def test_every_setting_is_documented_with_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    assert documented_settings() == {each.name: each.value or "" for each in configuration.found(tmp_path)}


def test_every_setting_stands_in_the_example() -> None:
    names = re.findall(r"(?m)^#?([A-Z_]+)=", configuration.example())
    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)


def command_line() -> TyperGroup:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return group


def test_every_command_of_the_command_line_is_documented() -> None:
    rows = re.findall(r"^\| `userbot (\w+)` \|", OWNERS, re.MULTILINE)
    assert sorted(rows) == sorted(command_line().commands)


def test_every_option_of_the_command_line_is_documented() -> None:
    options = [each for command in (command_line(), *command_line().commands.values()) for each in command.params]
    names = {name for each in options for name in each.opts if name.startswith("--")} - {"--help"}
    assert {name for name in names if name not in OWNERS} == set()


def test_every_figure_is_documented() -> None:
    source = Path(metrics.__file__).read_text("utf-8")
    names = set(re.findall(r'"(userbot_\w+)"', source))
    assert names
    assert {name for name in names if name not in OWNERS} == set()


def test_every_column_is_documented() -> None:
    assert {name for name in (*COLUMNS, *CUSTOMERS) if f"`{name}`" not in OWNERS} == set()


def forms() -> set[str]:
    """What the help shows, without what may be left out."""
    helps = [*map(help_text, Place), *map(marks_help, (Place.GENERAL, Place.TOPIC))]
    found = {form for text in helps for form in re.findall(r"(?m)(?:^|: )(/[^\n]+?)(?:, and .*)?$", text)}
    return {re.sub(r" \[\w+\]", "", form) for form in found}


@pytest.mark.parametrize("name", OPERATORS)
def test_every_form_of_the_help_is_documented(name: str) -> None:
    shown = {re.sub(r" \[\w+\]", "", form) for form in re.findall(r"`(/[^`\n]+)`", page(name))}
    assert forms() - shown == set()


def readable(command: str) -> bool:
    """Whether a command means something at some place, with and without what may be left out."""
    ways = {re.sub(r" \[\w+\]", "", command), re.sub(r"[\[\]]", "", command)}
    filled = [re.sub(r"A,B|[A-Z_]{3,}", lambda word: WORDS[word[0]], way).replace("sidN", "sid5") for way in ways]
    return all(any(not isinstance(parse(way, place), Mistake) for place in Place) for way in filled)


@pytest.mark.parametrize("where", PAGES, ids=lambda path: path.name)
def test_every_command_that_is_shown_can_be_read(where: Path) -> None:
    shown = re.findall(r"`(/(?:send|mark|export|bind|optout|optin) [^`\n…]+)`", where.read_text("utf-8"))
    assert [command for command in shown if not readable(command)] == []


@pytest.mark.parametrize("where", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(where: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)", where.read_text("utf-8"))
    assert [link for link in links if not (where.parent / link).exists()] == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_what_make_pictures_makes(name: str) -> None:
    assert PICTURES[name]() == (FOLDER / name).read_text("utf-8"), "What it shows looks otherwise now: make pictures"


def test_no_other_pictures() -> None:
    assert {each.name for each in FOLDER.iterdir()} == set(PICTURES)


@pytest.mark.parametrize("where", PAGES, ids=lambda path: path.name)
def test_what_is_to_be_typed_in_a_shell_exists(where: Path) -> None:
    text = where.read_text("utf-8")
    typed = re.findall(r"(?:`|^ {4}|^\$ )(?:\.venv/bin/)?userbot (?:--home \S+ )?([a-z]\w*)", text, re.MULTILINE)
    gone = {"mark"} if where.name == "CHANGELOG.md" else set()
    assert set(typed) - set(command_line().commands) - gone == set()
    targets = re.findall(r"(?:`|^ {4}|^\$ )make ([a-z-]+)", text, re.MULTILINE)
    assert set(targets) - set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"))) == set()
