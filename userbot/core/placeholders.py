"""Placeholders in a message: `{first_name}` and its like become the recipient's, and the formatting moves with them.

Offsets and lengths of formatting are counted in UTF-16 code units, as Telegram does (core.telegram.org/api/entities).
What stands in other braces is text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

_PLACEHOLDER = re.compile(r"\{(first_name|last_name|name|username|id)(?:\|([^{}|]*))?\}")

_NEAREST = {
    "first_name": ("first_name", "last_name", "username", "id"),
    "last_name": ("last_name", "first_name", "username", "id"),
    "name": ("name", "username", "id"),
    "username": ("username", "name", "id"),
    "id": ("id",),
}
"""What stands for somebody, and what does when they have none of it: there is never a gap."""


@dataclass(frozen=True, slots=True)
class Person:
    """A recipient by their names, each empty where there is none."""

    id: int
    first_name: str = ""
    last_name: str = ""
    username: str = ""

    def called(self, name: str) -> str:
        """One of their names, empty where there is none to be seen."""
        if name == "name":
            return " ".join(filter(None, (self.called("first_name"), self.called("last_name"))))
        given = str(getattr(self, name))
        # Only what can be seen is a name; within it a joiner may hold an emoji together.
        seen = any(unicodedata.category(each)[0] not in "CZ" for each in given)
        return " ".join(given.split()) if seen else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of formatting; `kind` is nobody's business here."""

    offset: int
    length: int
    kind: Any

    @property
    def end(self) -> int:
        """The first code unit behind it."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its formatting."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moved:
    """A stretch of the text that was replaced, in code units: where it was, and where what replaced it is."""

    start: int
    end: int
    new_start: int
    new_end: int


def named(text: str) -> tuple[str, ...]:
    """The placeholders of a text as they are written, each once."""
    return tuple(dict.fromkeys(found[0] for found in _PLACEHOLDER.finditer(text)))


def rendered(message: Formatted, person: Person) -> Formatted:
    """The message as this person gets it."""
    text, moved, done = "", [_Moved(0, 0, 0, 0)], 0
    for found in _PLACEHOLDER.finditer(message.text):
        text += message.text[done : found.start()]
        value, done = _value(found, person), found.end()
        start, new_start = utf16(message.text[: found.start()]), utf16(text)
        moved.append(_Moved(start, start + utf16(found[0]), new_start, new_start + utf16(value)))
        text += value
    text += message.text[done:]
    total = utf16(message.text)
    moved.append(_Moved(total, total, utf16(text), utf16(text)))
    return Formatted(text, tuple(_spans(message.spans, moved)))


def after(words: str, message: Formatted) -> Formatted:
    """The message behind some words without formatting."""
    shift = utf16(words)
    return Formatted(words + message.text, tuple(replace(each, offset=each.offset + shift) for each in message.spans))


def utf16(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + sum(each > "\uffff" for each in text)


def _value(found: re.Match[str], person: Person) -> str:
    name, fallback = found[1], found[2]
    own = person.called(name)
    if own or fallback is not None:
        return own or fallback
    return next(filter(None, map(person.called, _NEAREST[name])))


def _spans(spans: Sequence[Span], moved: Sequence[_Moved]) -> Iterator[Span]:
    """Where each piece of formatting stands now. One that begins or ends inside a placeholder takes in all of it."""
    for span in spans:
        start, end = _moved_to(span.offset, moved, end=False), _moved_to(span.end, moved, end=True)
        if end > start:
            yield Span(start, end - start, span.kind)


def _moved_to(place: int, moved: Sequence[_Moved], *, end: bool) -> int:
    """Where a place between two code units is after the replacements; inside a replaced stretch, its end or start."""
    for before, after in pairwise(moved):
        if place <= after.start:
            return before.new_end + place - before.end
        if place < after.end:
            return after.new_end if end else after.new_start
    return moved[-1].new_end
