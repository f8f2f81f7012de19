"""Which messages are commands at all, and whom they are for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from userbot.core.grammar import words

if TYPE_CHECKING:
    from collections.abc import Collection

_HEAD = re.compile(r"\s*/(\w+)(?:@(\w+))?")
_HEADS = ("send", "bind", "optout", "optin", "mark", "export")


def addressed(text: str, usernames: Collection[str]) -> bool:
    """Say whether a message is a command, to nobody in particular or to one of these usernames.

    What a person sees counts: with an invisible character in it, it is still a command (and a mistake), and does
    not go to a customer. Usernames come without the @.
    """
    head = head_of(words.without(words.invisible(text), text))
    return head is not None and (head[2] is None or words.fold(head[2]) in {each.lower() for each in usernames})


def is_command(text: str) -> bool:
    """Say whether a message is a command, to whomever: then it is nothing for customers."""
    return head_of(words.without(words.invisible(text), text)) is not None


def alarmed(text: str) -> bool:
    """Say whether somebody tries to stop everything with a word that is no command here."""
    return text.strip().lstrip("/").rstrip("!. ").lower() in words.PANIC


def head_of(seen: str) -> re.Match[str] | None:
    """Find the command's first word and the username it names, in a text without invisible characters."""
    head = _HEAD.match(seen)
    return head if head and words.fold(head[1]) in _HEADS else None
