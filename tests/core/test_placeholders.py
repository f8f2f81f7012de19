"""Names in place of braces, and the formatting that moves with them."""

import pytest

from userbot.core.placeholders import Formatted, Person, Span, named, rendered

ANN = Person(7, "Ann", "Lee", "annlee")
ONLY_LAST = Person(8, last_name="Lee")
NOBODY = Person(9)


@pytest.mark.parametrize(
    ("text", "person", "shown"),
    [
        ("Hi {first_name}!", ANN, "Hi Ann!"),
        ("{name} ({username}, {id})", ANN, "Ann Lee (annlee, 7)"),
        ("Dear {last_name}", ANN, "Dear Lee"),
        ("Hi {first_name|friend}!", ONLY_LAST, "Hi friend!"),
        ("Hi {first_name}!", ONLY_LAST, "Hi Lee!"),
        ("Hi {first_name}!", NOBODY, "Hi 9!"),
        ("Hi {name}!", Person(9, username="nine"), "Hi nine!"),
        ("Hi{first_name|}!", NOBODY, "Hi!"),
        ("{ first_name } {surname} {first_name {id|x|y} {}", ANN, "{ first_name } {surname} {first_name {id|x|y} {}"),
        ("{first_name}", Person(1, "{last_name} <b>*_`", "x"), "{last_name} <b>*_`"),
        ("{first_name}!", Person(1, "  \u200b\u2060 ", "Lee"), "Lee!"),
        ("{first_name}!", Person(1, "👨\u200d👩\u200d👧"), "👨\u200d👩\u200d👧!"),
        ("{first_name}!", Person(1, "Two\nlines"), "Two lines!"),
        ("no placeholders", ANN, "no placeholders"),
    ],
)
def test_names(text: str, person: Person, shown: str) -> None:
    assert rendered(Formatted(text), person).text == shown


def test_which_there_are() -> None:
    assert named("{first_name|you} {id} {first_name|you} {x}") == ("{first_name|you}", "{id}")


@pytest.mark.parametrize(
    ("covered", "expected"),
    [
        ("Hi {first_name}!", "Hi Ann!"),
        ("{first_name}", "Ann"),
        ("Hi ", "Hi "),
        ("!", "!"),
        ("first", "Ann"),
        ("i {fir", "i Ann"),
        ("name}!", "Ann!"),
        ("😀", "😀"),
        ("😀 Hi {first_name}!", "😀 Hi Ann!"),
    ],
)
def test_formatting_moves_along(covered: str, expected: str) -> None:
    text = "{id}😀 Hi {first_name}! 😀"
    at = text.index(covered)
    span = Span(_units(text[:at]), _units(covered), "bold")
    shown = rendered(Formatted(text, (span,)), ANN)
    [moved] = shown.spans
    assert shown.text == "7😀 Hi Ann! 😀"
    assert _covered(shown.text, moved) == expected


def test_formatting_of_what_has_become_nothing_is_gone() -> None:
    assert rendered(Formatted("{first_name|}!", (Span(0, 13, "bold"),)), NOBODY) == Formatted("!")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _covered(text: str, span: Span) -> str:
    return text.encode("utf-16-le")[span.offset * 2 : span.end * 2].decode("utf-16-le")
