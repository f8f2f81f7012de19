"""The single words: which are reserved, and what a name, a number, an id and an instance look like.

Only ASCII letters and digits count. Python's own ``isdigit`` and ``lower`` also know full-width digits and the
Kelvin sign; whoever pasted one of those has to hear of it, and nobody else may get the message instead.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

RUNS = ("test", "all", "file", "list", "mark")
LISTS = ("templates", "sendings")
TEMPLATE_ACTIONS = ("name", "for", "del")
SENDING_ACTIONS = ("del", "pause", "resume", "stop")
RESERVED = frozenset({*RUNS, *LISTS, *TEMPLATE_ACTIONS, "template", "now"})
"""Never the name of a template, nor is anything that begins like a sending's (``sid12``)."""

LARGEST = 2**63 - 1
"""The largest number that Telegram and SQLite can hold."""

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_SENDING = re.compile(r"sid-?[0-9].*")
_NUMBER = re.compile(r"[0-9]{1,19}")
_INSTANCE = re.compile(r"i?[0-9]+")
_NUMERIC = re.compile(r"i?[0-9,-]+")
_ID = re.compile(r"[0-9]{1,19}|-100[0-9]{1,16}")
_AFTER_A_NAME = re.compile(r"now|-?[0-9][0-9,.:-]*|(?:[0-9]+[dhms])+")

# What Unicode calls letters, marks or symbols and what shows nothing: joiners, fillers, variation selectors.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, chain(range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))))
)
_QUOTED = 40
_LONGEST_SLIP = 16


def fold(word: str) -> str:
    """Return a keyword as it is compared; a word with other than ASCII letters is no keyword."""
    return word.lower() if word.isascii() else word


def well_formed(word: str) -> bool:
    """Say whether this can be a mark's name."""
    return _NAME.fullmatch(fold(word)) is not None


def is_name(word: str) -> bool:
    """Say whether this can be a template's name."""
    return well_formed(word) and fold(word) not in RESERVED and not is_sending(word)


def is_sending(word: str) -> bool:
    """Say whether this is meant as a sending: ``sid`` and a number, be it a wrong one."""
    return _SENDING.fullmatch(fold(word)) is not None


def is_instance(word: str) -> bool:
    """Say whether this is meant as an instance, be its number too large."""
    return _INSTANCE.fullmatch(fold(word)) is not None


def is_named_instance(word: str) -> bool:
    """Say whether this is an instance with its letter, which no id can be mistaken for."""
    return is_instance(word) and not word[0].isdigit()


def is_numeric(word: str) -> bool:
    """Say whether this is an instance or made of ids and commas, in any number and order."""
    return _NUMERIC.fullmatch(fold(word)) is not None


def follows_a_name(word: str) -> bool:
    """Say whether this is a time, a number or ids, so that a name must be missing before it."""
    return _AFTER_A_NAME.fullmatch(fold(word)) is not None


def number(word: str) -> int | None:
    """Read a number from 1 to 64 bits."""
    if not _NUMBER.fullmatch(word):
        return None
    value = int(word)
    return value if 0 < value <= LARGEST else None


def recipient_id(word: str) -> int | None:
    """Read the id of a user (positive) or of a chat (-100...)."""
    if not _ID.fullmatch(word):
        return None
    value = int(word)
    return value if value < 0 or 0 < value <= LARGEST else None


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that was probably meant."""
    if len(word) > _LONGEST_SLIP:  # the comparison takes its time with long words
        return None
    return next(iter(get_close_matches(fold(word), known, n=1, cutoff=0.75)), None)


def quote(text: str) -> str:
    """Return foreign text for a sentence: in quotation marks, on one line, clipped, nothing invisible."""
    text = " ".join(text.split())
    clipped = text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
    hidden = invisible(clipped)
    return f"“{''.join(code_point(each) if each in hidden else each for each in clipped)}”"


def code_point(character: str) -> str:
    """Return the name by which an invisible character can be talked about: U+200B."""
    return f"U+{ord(character):04X}"


def invisible(text: str) -> set[str]:
    """Return the characters of which a person who reads the text cannot know that they are in it."""
    if "".join(text.split()).isprintable() and _BLANK.isdisjoint(text):
        return set()
    used = set(text)
    return {each for each in used if not (each.isprintable() or each.isspace())} | (used & _BLANK)


def without(hidden: Collection[str], text: str) -> str:
    """Return the text without these characters."""
    return "".join(each for each in text if each not in hidden) if hidden else text
