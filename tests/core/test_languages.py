"""Each catalogue is whole, says nothing that nobody says any more, and keeps every value and every command."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import userbot
from userbot.core import delivery, reasons, wording
from userbot.core.caps import Cap
from userbot.core.grammar import Place
from userbot.core.help import help_text, marks_help
from userbot.core.language import LANGUAGES, SPOKEN, Catalogue, gettext, ngettext, number, speak

PACKAGE = Path(str(userbot.__file__)).parent
OTHERS = [each for each in LANGUAGES if each != "en"]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak("en")


def calls(name: str) -> Iterator[list[str]]:
    """The sentences of every call of a function, wherever the program makes one; they stand there as they are."""
    for module in PACKAGE.rglob("*.py"):
        if "sandbox" in module.parts or module.name == "language.py":
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) == name:
                spoken = [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
                assert spoken, f"{module}:{node.lineno} does not say its sentence"
                yield spoken


SENTENCES = {spoken[0] for spoken in calls("gettext")}
PLURALS = {spoken[1] for spoken in calls("ngettext")}


def catalogue(name: str) -> Catalogue:
    speak(name)
    return SPOKEN.get()


def values(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", sentence))


def commands(sentence: str) -> set[str]:
    return set(re.findall(r"(?<!\w)/(?:send|mark|bind|export|optin|optout)\b", sentence))


@pytest.mark.parametrize("name", OTHERS)
def test_every_sentence_can_be_said(name: str) -> None:
    found = catalogue(name)
    assert sorted(SENTENCES - found.sentences.keys()) == []
    assert sorted(found.sentences.keys() - SENTENCES) == []
    assert found.plurals.keys() == PLURALS


def reasons_of_the_report() -> set[str]:
    ours = {value for name, value in vars(reasons).items() if name.isupper()}
    tables = [*delivery._TABLE.values(), *((each[1], each[2]) for each in delivery._FAMILIES)]
    return ours | {words for _, words in tables} | set(delivery._OF_THE_SOURCE.values())


@pytest.mark.parametrize("name", OTHERS)
def test_every_reason_can_be_said(name: str) -> None:
    assert catalogue(name).reasons.keys() == reasons_of_the_report()


@pytest.mark.parametrize(
    ("reason", "code", "words"),
    [
        ("opted out", True, "will keine Aussendungen"),
        ("blocked the account (USER_IS_BLOCKED)", True, "hat das Konto blockiert (USER_IS_BLOCKED)"),
        ("blocked the account (USER_IS_BLOCKED)", False, "hat das Konto blockiert"),
        (
            "Telegram has internal trouble (SERVER_ERROR A (B))",
            True,
            "Telegram hat intern Probleme (SERVER_ERROR A (B))",
        ),
        ("SOMETHING_NEW", False, "SOMETHING_NEW"),
        (Cap(1, 86400 + 5400).reason, False, "bekam 1 Aussendung in 1 T 1 Std."),
        (Cap(2, 7 * 86400).reason, True, "bekam 2 Aussendungen in 7 T"),
    ],
)
def test_a_reason_is_said_in_german(reason: str, code: bool, words: str) -> None:
    assert wording.said(reason, code=code).split()[0] == reason.split(maxsplit=1)[0]
    speak("de")
    assert wording.said(reason, code=code) == words


@pytest.mark.parametrize("name", OTHERS)
def test_no_value_and_no_command_is_lost(name: str) -> None:
    found = catalogue(name)
    for english, said in found.sentences.items():
        assert values(said) == values(english), english
        assert commands(said) == commands(english), english
    for english, forms in found.plurals.items():
        assert {found.form(count) for count in range(200)} == set(range(len(forms)))
        # “This message” needs no number.
        assert all(values(form) | {"count"} == values(english) | {"count"} for form in forms), english


@pytest.mark.parametrize("name", OTHERS)
def test_every_page_of_help_has_every_form(name: str) -> None:
    def pages() -> list[str]:
        return [*map(help_text, Place), *map(marks_help, (Place.GENERAL, Place.TOPIC))]

    english = pages()
    speak(name)
    for page, original in zip(pages(), english, strict=True):
        assert page != original
        for form in (line for line in original.splitlines() if line.startswith("/") and "," not in line):
            assert form in page.splitlines(), form
        assert max(map(len, page.splitlines())) <= 52


def test_russian_has_three_forms() -> None:
    speak("ru")
    said = [ngettext("{count} message", "{count} messages", count) for count in (1, 2, 5, 11, 21, 112, 1001)]
    assert said == [
        "1 сообщение", "2 сообщения", "5 сообщений", "11 сообщений", "21 сообщение", "112 сообщений",
        "1\u00a0001 сообщение",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "written"), [("en", "1,234.5"), ("de", "1.234,5"), ("ru", "1\u00a0234,5")])
def test_numbers_as_the_language_writes_them(name: str, written: str) -> None:
    speak(name)
    assert number(1234.5, 1) == written


def test_a_sentence_that_nobody_has_translated_is_said_in_english() -> None:
    speak("de")
    assert gettext("Unheard {of}.", of="this") == "Unheard this."


SILENT = {
    "core/help.py": "pages, of which each language has its own",
    "core/language.py": "what this is",
    "core/proxy.py": "a setting's value, for the command line",
    "core/caps.py": "a setting's value, for the command line",
    "core/quiet_hours.py": "a setting's value, for the command line",
    "core/delivery.py": "reasons: the report's are English",
    "core/settling.py": "reasons",
    "service/metrics.py": "for monitoring",
}
"""Where sentences stand that are not said in the group."""


def unsaid(module: Path) -> Iterator[str]:
    """The sentences in a module that go to nobody's language: not through the door, into the log or out of it."""
    tree = ast.parse(module.read_text("utf-8"))
    doors = {"gettext", "ngettext", "page", "debug", "info", "warning", "error", "exception", "log"}
    known = {
        id(part)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", None)) in doors)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error"))
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in known and _is_sentence(node.value):
            yield f"{module.relative_to(PACKAGE)}:{node.lineno} {node.value!r}"


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and re.search(r"[a-z]+ [a-z]+.*\w[.:!?]$", value) is not None


def test_no_sentence_passes_the_languages_by() -> None:
    modules = [each for room in ("core", "service") for each in (PACKAGE / room).rglob("*.py")]
    heard = [each for each in modules if str(each.relative_to(PACKAGE)) not in SILENT and "languages" not in each.parts]
    assert [said for each in heard for said in unsaid(each)] == []
