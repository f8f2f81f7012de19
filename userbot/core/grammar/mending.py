"""The usual slips: for the sake of a hint, the words as they were probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from userbot.core import timing
from userbot.core.grammar import complaints, words
from userbot.core.language import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from userbot.core.grammar.reading import Reader


def undressed(spoken: Sequence[str]) -> tuple[str, list[str]] | None:
    """Take off what people and keyboards put around words, and words that change nothing."""
    bare = [word for word in map(_bare, spoken) if word]
    while bare and not bare[0].strip(","):
        del bare[0]
    meant = [word for word in bare if words.fold(word) not in words.POLITE]
    if meant == list(spoken):
        return None
    needless = [word for word in bare if words.fold(word) in words.POLITE]
    if needless:
        return complaints.not_expected(needless[0]), meant
    return gettext("Quotation marks, dashes and full stops around a word are no part of a command."), meant


def _bare(word: str) -> str:
    if timing.extent([word]):
        return word
    if timing.extent([word.rstrip(",;")]):
        return word.rstrip(",;")
    listed = word.replace(";", ",")
    if words.is_ids(listed):
        return listed
    bare = words.bare(word)
    return f"{bare}," if listed.endswith(",") and words.is_ids(bare) else bare


def slip(spoken: Sequence[str], reader: Reader) -> tuple[str, list[str]] | None:
    """Return what to say about a slip of the hand at the beginning of a command, and the words that were meant."""
    first, second, *_ = *map(words.fold, spoken[:2]), "", ""
    if not (first and (reader.stray or not words.is_name(first))):
        return None
    if first == "sid" and words.number(second):
        return gettext("Write “sid{number}” as one word.", number=second), [first + second, *spoken[2:]]
    if first == "all" and second in words.SENDING_ACTIONS:
        return complaints.comes_first(second), list(spoken[1:])
    if (action := _action_before(first, second)) is not None:
        said = complaints.comes_after(action) if action == first else complaints.not_understood(spoken[0], action)
        return said, [spoken[1], action, *spoken[2:]]
    known = (*words.RUNS, *words.LISTS, *words.SENDING_ACTIONS, *words.FOLLOW_UPS, "help")
    if first not in words.RESERVED and (close := words.nearest(first, known)):
        return complaints.not_understood(spoken[0], close), [close, *spoken[1:]]
    return _wrong_order(spoken, first, second)


def _action_before(first: str, second: str) -> str | None:
    """Return the action that was written before what it is for."""
    if words.is_sending(second):
        return words.nearest(first, (*words.SENDING_ACTIONS, *words.FOLLOW_UPS, "report"))
    return words.ours(first) if words.ours(first) in words.TEMPLATE_ACTIONS and words.is_name(second) else None


def _wrong_order(spoken: Sequence[str], first: str, second: str) -> tuple[str, list[str]] | None:
    """Return the words in the order of the forms: what kind, which template, when, to whom."""
    kind, last = words.ours(second), spoken[-1]
    if first == "template" and words.is_name(second):
        return complaints.not_expected(spoken[0]), list(spoken[1:])
    if (first == "now" or first not in words.RESERVED) and kind in words.RUNS:
        return complaints.comes_first(kind), _kind_first(spoken[0], kind, spoken[2:])
    at = 1 if first in {"test", "all", "file", "list"} else 0
    named = words.is_name(last) and not words.is_named_instance(last) and not timing.extent(spoken[-2:])
    if named and len(spoken) > at + 1 and words.follows_a_name(spoken[at]):
        return complaints.comes_first(last), [*spoken[:at], last, *spoken[at:-1]]
    return None


def _kind_first(template: str, kind: str, rest: Sequence[str]) -> list[str]:
    if kind == "mark" and rest:
        return [kind, *rest[:1], "template", template, *rest[1:]]
    return [kind, template, *rest]
