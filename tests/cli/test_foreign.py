"""Foreign text cannot do anything to a terminal."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from userbot.cli import foreign


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna Ördög 🙂 李", "Anna Ördög 🙂 李"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("\x1b[31mred", "U+001B[31mred"),
        ("a\rb\x07\n", "aU+000DbU+0007U+000A"),
        ("\x9b2J", "U+009B2J"),
        ("\u202etxt.exe", "U+202Etxt.exe"),
        ("\u2066a\u2069\u200f", "U+2066aU+2069U+200F"),
    ],
)
def test_shown(text: str, shown: str) -> None:
    assert foreign.shown(text) == shown


@given(st.text())
def test_nothing_treacherous_is_left(text: str) -> None:
    categories = {unicodedata.category(each) for each in foreign.shown_lines(text).replace("\n", "")}
    assert categories.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
