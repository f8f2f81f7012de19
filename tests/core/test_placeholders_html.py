"""Personal messages as another way makes them: as HTML with the names put in, read by Telethon.

`EXAMPLES=10000 pytest tests/core/test_placeholders_html.py` tries more of them.
"""

import os
from dataclasses import dataclass
from html import escape
from typing import Any

from hypothesis import given, settings, strategies as st
from telethon.extensions import html
from telethon.tl import types

from userbot.core.placeholders import Formatted, Person, Span, rendered, utf16

_KINDS: dict[str, Any] = {
    "bold": types.MessageEntityBold,
    "italic": types.MessageEntityItalic,
    "underline": types.MessageEntityUnderline,
    "strike": types.MessageEntityStrike,
    "link": types.MessageEntityTextUrl,
}
_EXTRA = {"link": {"url": "https://example.org/?a=1&b=2"}}

_letters = st.sampled_from(
    [*"ab<>&\"'*_`[]()~|/@#-\\", "é", "א", "ل", "\u202e", "👍", "👩\u200d🚀", "🏽", "𝔸", "&amp;", "<b>"]
)
_names = st.lists(_letters.filter(lambda each: each != "\u202e"), min_size=1, max_size=4).map("".join)
_words = st.lists(st.one_of(_letters, st.sampled_from([" ", "\n", "{", "}", "{x}"])), max_size=5).map("".join)
_placeholders = st.one_of(
    st.sampled_from(["{first_name}", "{last_name}", "{name}", "{username}", "{id}"]),
    st.sampled_from(["{first_name|friend}", "{last_name|<b>}", "{username|👋 you}", "{last_name|}"]),
)


@dataclass(frozen=True)
class Part:
    """Some text, or a placeholder, or both within formatting."""

    text: str = ""
    kind: str = ""
    parts: tuple["Part", ...] = ()


def _within(parts: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    inner = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.builds(Part, st.just(""), st.sampled_from(sorted(_KINDS)), inner)


_parts = st.recursive(st.one_of(_words, _placeholders).map(Part), _within, max_leaves=8)
_messages = st.lists(_parts, max_size=5).map(lambda parts: Part(parts=(Part("x"), *parts, Part("x"))))
_people = st.builds(Person, st.integers(1, 2**40), _names, _names | st.just(""), _names | st.just(""))


def _flat(part: Part, at: int, around: tuple[str, ...] = ()) -> tuple[str, list[Any]]:
    """The text of a part that begins at this offset, and its formatting; a kind within itself says nothing new."""
    text, entities = part.text, []
    for each in part.parts:
        more, found = _flat(each, at + utf16(text), (*around, part.kind))
        text += more
        entities += found
    if part.kind and part.kind not in around and text:
        entities.insert(0, _KINDS[part.kind](at, utf16(text), **_EXTRA.get(part.kind, {})))
    return text, entities


def _values(person: Person) -> dict[str, str]:
    """What each placeholder stands for, said once more."""
    name = " ".join(filter(None, [person.first_name, person.last_name]))
    return {
        "{first_name}": person.first_name,
        "{first_name|friend}": person.first_name,
        "{last_name}": person.last_name or person.first_name,
        "{last_name|<b>}": person.last_name or "<b>",
        "{last_name|}": person.last_name,
        "{name}": name,
        "{username}": person.username or name,
        "{username|👋 you}": person.username or "👋 you",
        "{id}": str(person.id),
    }


@settings(max_examples=int(os.environ.get("EXAMPLES", "150")))
@given(_messages, _people)
def test_text_and_formatting_are_those_of_html(message: Part, person: Person) -> None:
    text, entities = _flat(message, 0)
    own = rendered(Formatted(text, tuple(Span(each.offset, each.length, each) for each in entities)), person)
    page = html.unparse(text, entities)
    marked = {escape(placeholder): f"\ue000{number}\ue001" for number, placeholder in enumerate(_values(person))}
    for placeholder, mark in marked.items():  # in two turns, for a name may look like a placeholder
        page = page.replace(placeholder, mark)
    for mark, value in zip(marked.values(), _values(person).values(), strict=True):
        page = page.replace(mark, escape(value))
    other, found = html.parse(page)
    assert own.text == other
    assert sorted((type(each.kind).__name__, each.offset, each.length) for each in own.spans) == sorted(
        (type(each).__name__, each.offset, each.length) for each in found if each.length
    )
