"""What is said of a word that does not fit, each in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from userbot.core.grammar import words
from userbot.core.language import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 5


def missing(placeholder: str) -> str:
    """Of a word that should follow."""
    match placeholder:
        case "NAME":
            return gettext("The template's name is missing.")
        case "NEW":
            return gettext("The new name is missing.")
        case "TEMPLATE":
            return gettext("The template is missing, or CLEAR for none.")
        case _:
            return gettext("The mark is missing.")


def missing_before(placeholder: str, word: str) -> str:
    """Of a word that should stand before this one."""
    quoted = words.quote(word)
    match placeholder:
        case "NAME":
            return gettext("The template's name is missing before {word}.", word=quoted)
        case "NEW":
            return gettext("The new name is missing before {word}.", word=quoted)
        case _:
            return gettext("The mark is missing before {word}.", word=quoted)


def not_understood(word: str, keyword: str) -> str:
    """Of a word that resembles a keyword."""
    return gettext("{word} is not understood: is “{keyword}” meant?", word=words.quote(word), keyword=keyword)


def comes_first(word: str) -> str:
    """Of a word that stands too late."""
    return gettext("{word} comes first.", word=words.quote(word))


def comes_after(action: str) -> str:
    """Of an action that stands too early."""
    return gettext("{word} comes after the name.", word=words.quote(action))


def not_expected(word: str) -> str:
    """Of a word too many."""
    return gettext("{word} is not expected here.", word=words.quote(word))


def not_needed(word: str) -> str:
    """Of a word that says nothing of its own."""
    return gettext("{word} is not needed before a time.", word=words.quote(word))


def no_name(word: str) -> str:
    """Of what cannot be a name."""
    quoted = words.quote(word)
    if words.well_formed(word):
        return gettext("{word} is a word of the command itself and cannot be a name.", word=quoted)
    return gettext("{word} cannot be a name: a Latin letter, then letters, digits, - or _, at most 64.", word=quoted)


def no_id(piece: str) -> str:
    """Of what is neither an id nor a username."""
    if not piece:
        return gettext("An id is missing.")
    return gettext("{piece} is not the id of a user or a chat.", piece=words.quote(piece))


def no_message(word: str) -> str:
    """Of what is no message's id."""
    return gettext("{word} is not a message's id: that is the number its link ends with.", word=words.quote(word))


def no_sending(word: str) -> str:
    """Of a sending with an impossible number."""
    return gettext("{word} is no sending: they are numbered from sid1.", word=words.quote(word))


def no_time(text: str, reason: str) -> str:
    """Of a time that is none."""
    return gettext("{text} is no time: {reason}", text=words.quote(text), reason=reason)


def too_large(word: str) -> str:
    """Of an instance."""
    return gettext("{word} is too large for an instance.", word=words.quote(word))


def left_out(lost: Sequence[str]) -> str:
    """Of words that the hint has no place for."""
    shown = ", ".join(words.quote(word) for word in lost[:_SHOWN])
    if len(lost) > _SHOWN:
        return gettext("Left out: {words} and more.", words=shown)
    return gettext("Left out: {words}.", words=shown)


def hidden(text: str, characters: set[str]) -> str:
    """Of the first character that cannot be seen."""
    at = next(index for index, each in enumerate(text) if each in characters)
    before = text[max(0, at - 20) : at].strip()
    point = words.code_point(text[at])
    if before:
        return gettext("There is an invisible character ({point}) after {word}.", point=point, word=words.quote(before))
    return gettext("There is an invisible character ({point}) at the beginning.", point=point)
