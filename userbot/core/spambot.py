"""What @SpamBot's words mean, in English, Russian and German, as they were logged in public.

Nobody documents them, so only known sentences count, and whole ones: a sentence that merely contains a known one may
deny it. What is not recognised is Unknown and never Free, and so is a text that says free and limited at once.
"""

import re
from dataclasses import dataclass
from datetime import UTC

from dateutil import parser


@dataclass(frozen=True, slots=True)
class Free:
    """The account is not limited."""


@dataclass(frozen=True, slots=True)
class LimitedUntil:
    """The account may not write to strangers until `moment`, seconds since 1970 in UTC."""

    moment: int


@dataclass(frozen=True, slots=True)
class Limited:
    """The same, and nobody says for how long."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The account is lost, unless an appeal succeeds."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that nobody has seen yet."""


Standing = Free | LimitedUntil | Limited | Blocked | Unknown

NAME = "SpamBot"
"""Its username."""

_FREE = {
    "no limits are currently applied to your account",
    "good news, no limits are currently applied to your account",
    "ваш аккаунт свободен от каких-либо ограничений",
    "deinem konto sind momentan keine einschränkungen auferlegt",
}
_BLOCKED = ("your account was blocked for violations of the telegram terms of service",)
_LIMITED = (
    "is now limited until",
    "will be automatically released on",
    "ограничения будут автоматически сняты",
    "very sorry that you had to contact me",
    "some actions can trigger a harsh response from our anti-spam systems",
    "some phone numbers may trigger a harsh response from our anti-spam systems",
    "some telegram users found your messages annoying",
    "очень жаль, что вы с этим столкнулись",
    "ваш аккаунт временно ограничен",
    "теперь ваш аккаунт ограничен",
)
_DATE = re.compile(
    r"(?:limited until|released on|автоматически сняты) "
    r"([0-9]{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} [1-9][0-9]{3},? "
    r"[0-9]{1,2}:[0-9]{2}) utc"
)
_SENTENCE_END = re.compile(r"[.!?…\n]+")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")


def understand(text: str) -> Standing:
    """What the bot says about the account. Never raises, whatever the text."""
    folded = text.casefold().translate(_APOSTROPHES)
    words = _plain(folded)
    free = any(_plain(sentence) in _FREE for sentence in _SENTENCE_END.split(folded))
    blocked = any(known in words for known in _BLOCKED)
    limited = any(known in words for known in _LIMITED)
    if free:
        return Unknown() if blocked or limited else Free()
    if blocked:
        return Blocked()
    if not limited:
        return Unknown()
    moments = [moment for date in _DATE.findall(words) if (moment := _moment(date)) is not None]
    return LimitedUntil(max(moments)) if moments else Limited()


def _plain(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def _moment(date: str) -> int | None:
    """Seconds since 1970 of a date in UTC, None for one that no calendar has."""
    try:
        return int(parser.parse(date).replace(tzinfo=UTC).timestamp())
    except (ValueError, OverflowError):
        return None
