"""Every question, on terminals of two sizes: answered, left with Ctrl-C, and at the end of the input."""

import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
import pytest_asyncio
from rich.cells import cell_len

from tests.cli.conftest import PASSWORD, PHONE, Shell, Shop
from tests.cli.terminals import CTRL_C, CTRL_D, ENTER, LARGE, SMALL, Screen, on_terminal

pytestmark = pytest.mark.asyncio(loop_scope="module")

Keys = str | Callable[[Shop], str]
Steps = Sequence[tuple[str, Keys]]
"""What is waited for, and what is typed then."""

PHONE_ASKED = "Phone number, with the country code: "
CODE_ASKED = "Code: "
PASSWORD_ASKED = "Two-step password: "
GROUP_ASKED = "The group's number: "

TO_CODE: Steps = [(PHONE_ASKED, PHONE + ENTER)]
TO_PASSWORD: Steps = [*TO_CODE, (CODE_ASKED, lambda shop: shop.code() + ENTER)]

QUESTIONS: dict[str, tuple[list[str], Steps, str]] = {
    "phone": (["login"], [], PHONE_ASKED),
    "code": (["login"], TO_CODE, CODE_ASKED),
    "password": (["login"], TO_PASSWORD, PASSWORD_ASKED),
    "QR": (["login", "--qr"], [], "tg://login?token="),
    "group": (["link"], [], GROUP_ASKED),
}
"""The command, the way to the question, and the question."""


@pytest_asyncio.fixture(loop_scope="module")
async def guest(town: Shop, shell: Shell) -> Shop:
    """A folder without a session."""
    shell.configure(**town.settings)
    return replace(town, shell=shell)


@asynccontextmanager
async def at(question: str, guest: Shop, town: Shop, size: tuple[int, int]) -> AsyncIterator[Screen]:
    """A terminal where a question is asked now."""
    arguments, way, words = QUESTIONS[question]
    if arguments == ["link"]:
        shutil.copytree(town.shell.folder / "sessions", guest.shell.folder / "sessions")
    async with on_terminal(guest.shell, *arguments, size=size) as screen:
        await walk(screen, guest, way)
        await screen.until(words)
        yield screen


async def walk(screen: Screen, shop: Shop, way: Steps) -> None:
    for words, keys in way:
        await screen.until(words)
        screen.press(keys if isinstance(keys, str) else keys(shop))


def files(shop: Shop) -> dict[str, bytes]:
    """What a command that was left must not have changed."""
    return {each.name: each.read_bytes() for each in shop.shell.folder.iterdir() if each.is_file()}


@pytest.mark.parametrize("question", QUESTIONS)
async def test_ctrl_c(guest: Shop, town: Shop, question: str) -> None:
    before = files(guest)
    async with at(question, guest, town, SMALL) as screen:
        screen.press(CTRL_C)
        assert await screen.ended() == 130
        assert screen.cooked
    assert screen.lines()[-1] == "Interrupted. Nothing is lost: give the command again when you like."
    assert files(guest) == before


@pytest.mark.parametrize("question", [each for each in QUESTIONS if each != "QR"])
async def test_the_end_of_the_input(guest: Shop, town: Shop, question: str) -> None:
    async with at(question, guest, town, LARGE) as screen:
        screen.press(CTRL_D)
        assert await screen.ended() == 1
        assert screen.cooked
    asked = QUESTIONS[question][2].removesuffix(": ")
    assert screen.lines()[-1] == f"Standard input ended where this was asked: {asked}."


LOOKS: dict[str, tuple[tuple[int, int], dict[str, str]]] = {
    "as usual": (SMALL, {}),
    "no colour": (LARGE, {"NO_COLOR": "1"}),
    "dumb": (SMALL, {"TERM": "dumb"}),
    "C": (LARGE, {"LC_ALL": "C"}),
}


LOGIN = [*TO_PASSWORD, (PASSWORD_ASKED, PASSWORD + ENTER)]


async def carried_out(guest: Shop, arguments: list[str], way: Steps, look: str) -> Screen:
    size, environment = LOOKS[look]
    async with on_terminal(guest.shell, *arguments, size=size, **environment) as screen:
        await walk(screen, guest, way)
        assert await screen.ended() == 0, screen.shown
    return screen


async def test_from_nothing_to_ready(guest: Shop) -> None:
    group = guest.telegram.add_group("Team", guest.account, [guest.boss])
    way: dict[str, Steps] = {
        "init": [],
        "login": LOGIN,
        "link": [(f"({group})", ""), (GROUP_ASKED, "many" + ENTER), (GROUP_ASKED, f"1{ENTER}")],
        "run": [("is ready as Anna Example", CTRL_C)],
    }
    for command, steps in way.items():
        await carried_out(guest, [command], steps, "as usual")


@pytest.mark.parametrize("look", [each for each in LOOKS if each != "as usual"])
async def test_how_it_looks(guest: Shop, look: str) -> None:
    guest.shell.configure(**guest.settings, BACKEND_GROUP=guest.group)
    shown = ""
    for command in ("login", "config", "doctor"):
        screen = await carried_out(guest, [command], LOGIN if command == "login" else [], look)
        shown += screen.shown
        if command == "config":
            assert max(map(cell_len, screen.lines())) <= LOOKS[look][0][0]
    assert PASSWORD not in shown
    assert ("\x1b[32m" in shown) == (look == "C")
    assert ("\x1b" in shown) == (look != "dumb")
    assert shown.isascii() == (look == "C")


@pytest.mark.parametrize("term", ["xterm", "dumb"])
async def test_a_code_to_scan(guest: Shop, term: str) -> None:
    async with on_terminal(guest.shell, "login", "--qr", TERM=term) as screen:
        await screen.until("tg://login?token=")
        await screen.until("\n")
        link = next(line for line in screen.lines() if line.startswith("tg://"))
        guest.telegram.accept_qr(link, guest.account)
        await walk(screen, guest, [(PASSWORD_ASKED, PASSWORD + ENTER)])
        assert await screen.ended() == 0
    assert "Logged in as Anna Example" in screen.shown
    assert ("\x1b" in screen.shown) == (term != "dumb")


async def test_a_live_view_needs_a_terminal_that_redraws(guest: Shop) -> None:
    async with on_terminal(guest.shell, "status", "--watch", TERM="dumb") as screen:
        assert await screen.ended() == 2
    assert "--watch needs a terminal that can redraw." in screen.shown


async def test_the_demo(guest: Shop) -> None:
    """Ctrl-C in the demo: nothing is left of it."""
    temporary = guest.shell.folder.with_name("temporary")
    temporary.mkdir()
    async with on_terminal(guest.shell, "demo", "--stay", size=(200, 50), TMPDIR=str(temporary)) as screen:
        await screen.until("userbot run: ready")
        screen.press(CTRL_C)
        assert await screen.ended() == 130
        assert screen.cooked
    assert list(temporary.iterdir()) == []
