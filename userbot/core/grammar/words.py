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
TEMPLATE_ACTIONS = ("name", "for", "del", "until")
SENDING_ACTIONS = ("del", "pause", "resume", "stop", "go")
FOLLOW_UPS = ("retry", "recall", "correct")
CHECKED = ("all", "mark", "list", "file")

RESERVED = frozenset(
    {*RUNS, *LISTS, *TEMPLATE_ACTIONS, *SENDING_ACTIONS, *FOLLOW_UPS, "check", "local", "template", "now", "help"}
)
"""Never the name of a template, nor is anything that begins like a sending's (``sid12``).

Who adds a word here also writes a migration that renames templates of that name.
"""

_ELSEWHERE = {
    "all": "alle allen jeder everyone everybody tous todos todo все всем",
    "test": "tester prueba essai тест",
    "list": "liste lista список",
    "file": "datei fichier archivo файл",
    "mark": "marke label tag etikett метка",
    "template": "vorlage modèle plantilla шаблон",
    "templates": "vorlagen modèles plantillas шаблоны",
    "sendings": "mailings sendungen envois envíos рассылки",
    "pause": "hold wait pausa halten пауза",
    "resume": "continue weiter fortsetzen reanudar reprendre продолжить",
    "stop": "halt cancel abort end stopp abbrechen arrêter parar стоп отмена",
    "del": "delete remove rm löschen supprimer borrar удалить",
    "name": "rename umbenennen имя",
    "for": "für pour para для",
    "help": "hilfe aide ayuda помощь ?",
}
_OURS = {word: keyword for keyword, others in _ELSEWHERE.items() for word in others.split()}
"""What people say elsewhere -> what it is called here. For hints alone."""

POLITE = frozenset(["please", "pls", "plz", "bitte", "пожалуйста", "to", "the", "an"])
"""Words that change nothing."""

PANIC = frozenset(["stop", "cancel", "pause", "halt", "abort", "стоп", "стой", "отмена"])
"""Words with which somebody who is alarmed tries to stop what runs."""

QUOTED = 40
"""Characters of foreign text that a sentence repeats."""

LARGEST = 2**63 - 1
"""The largest number that Telegram and SQLite can hold."""

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_SENDING = re.compile(r"sid-?[0-9].*")
_NUMBER = re.compile(r"[0-9]{1,19}")
_INSTANCE = re.compile(r"i?[0-9]+")
_NUMERIC = re.compile(r"-?[,-]*(?:i?[0-9]|,)[0-9,-]*")
_ID = re.compile(r"[0-9]{1,19}|-100[0-9]{1,16}")
_AFTER_A_NAME = re.compile(r"now|-?[0-9][0-9,.:-]*|(?:[0-9]+[dhms])+|@.+")
_USERNAME = re.compile(r"@[a-z][a-z0-9_]{3,31}")
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_AROUND = "#№\"'`“”„‟«»‹›‘’‚()[]{}<>*~|:;!?.,…-/\\"

# What Unicode calls letters, marks or symbols and what shows nothing: joiners, fillers, variation selectors.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, chain(range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))))
)
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


def is_ids(word: str) -> bool:
    """Say whether this is made of ids, usernames and commas alone."""
    return all(not piece or is_numeric(piece) or username(piece) for piece in word.split(","))


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


def username(word: str) -> str | None:
    """Read an @username: how it is compared, without the @."""
    return fold(word)[1:] if _USERNAME.fullmatch(fold(word)) else None


def bare(word: str) -> str:
    """Return a word without quotation marks, dashes and full stops around it, and with plain dashes inside."""
    plain = word.translate(_DASHES)
    return plain if is_numeric(plain) and plain[-1:].isdigit() else plain.strip(_AROUND)


def ours(word: str) -> str:
    """Return the keyword that a word means, here or elsewhere; the word itself if it means none."""
    return _OURS.get(word.lower(), fold(word))


def slip_of(word: str) -> str | None:
    """Return the reserved word that this means elsewhere, or is one slip of the hand away from.

    A slip: a letter is missing, one too many, changed places with its neighbour, or its key was missed by one.
    """
    if word.lower() in _OURS:
        return _OURS[word.lower()]
    word = fold(word)
    return next((keyword for keyword in sorted(RESERVED) if word != keyword and _one_slip(word, keyword)), None)


def _one_slip(word: str, keyword: str) -> bool:
    if abs(len(word) - len(keyword)) == 1:
        longer, shorter = sorted((word, keyword), key=len, reverse=True)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    if len(word) != len(keyword):
        return False
    wrong = [at for at, pair in enumerate(zip(word, keyword, strict=True)) if pair[0] != pair[1]]
    if len(wrong) == 1:
        return _beside(word[wrong[0]], keyword[wrong[0]])
    turned = len(wrong) == 2 and wrong[1] == wrong[0] + 1
    return turned and word[wrong[0]] == keyword[wrong[1]] and word[wrong[1]] == keyword[wrong[0]]


def _beside(one: str, other: str) -> bool:
    """Say whether two letters are neighbours on a keyboard."""
    places = sorted((row, keys.index(each)) for each in (one, other) for row, keys in enumerate(_KEYS) if each in keys)
    if len(places) < 2:
        return False
    (upper, left), (lower, right) = places
    return abs(left - right) == 1 if upper == lower else lower - upper == 1 and left - right in {0, 1}


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that was probably meant."""
    if ours(word) in known:
        return ours(word)
    if len(word) > _LONGEST_SLIP:  # the comparison takes its time with long words
        return None
    return next(iter(get_close_matches(fold(word), known, n=1, cutoff=0.75)), None)


def closest(name: str, names: Collection[str]) -> str | None:
    """Return the name, of these folded ones, of which this is a slip, or which it resembles."""
    slip = next((each for each in names if _one_slip(fold(name), each)), None)
    return slip or nearest(name, names)


def quote(text: str) -> str:
    """Return foreign text for a sentence: in quotation marks, on one line, clipped, nothing invisible."""
    text = " ".join(text.split())
    clipped = text if len(text) <= QUOTED else text[:QUOTED] + "…"
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
