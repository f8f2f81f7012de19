"""What a computed label is: an expression over labels, contact and what became of sendings.

    expression  terms joined by `and`, `or`, `not` and parentheses; `not` binds strongest, then `and`
    term        LABEL | wrote DELAY | silent DELAY | met DELAY | got sidN | read sidN | answered sidN | failed sidN

It is read here, and turned into SQL where customers are looked up. Words are compared without case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from userbot.core import timing
from userbot.core.grammar import words
from userbot.core.language import gettext

DEEPEST = 50
"""How deep parentheses and `not` may be nested."""


class Contact(StrEnum):
    """What is asked of the time of somebody's contact."""

    WROTE = "wrote"
    """They wrote to the account within that time."""
    SILENT = "silent"
    """They did not; never is silent too."""
    MET = "met"
    """Their first contact was within that time."""


class Fate(StrEnum):
    """What is asked of a sending's deliveries."""

    GOT = "got"
    READ = "read"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Has:
    """Has this label."""

    label: str


@dataclass(frozen=True, slots=True)
class Within:
    """A contact, seen from the moment of asking."""

    contact: Contact
    time: timing.Delay


@dataclass(frozen=True, slots=True)
class Of:
    """A delivery of this sending."""

    fate: Fate
    sending: int


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    term: "Expression"


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these, two or more."""

    terms: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of these, two or more."""

    terms: "tuple[Expression, ...]"


Expression: TypeAlias = Has | Within | Of | Not | All | Some

KEYWORDS = frozenset({"and", "or", "not", *Contact, *Fate})
"""Words that mean something in an expression. A label with such a name could not be asked for."""

_WORD = re.compile(r"[()]|[^\s()]+")


class Unreadable(Exception):
    """Why a text is no expression, in a sentence."""


def read(text: str) -> Expression:
    """Read an expression. Raises Unreadable."""
    walk = _Walk(_WORD.findall(text))
    found = walk.some(0)
    if walk.next:
        raise Unreadable(_stray(walk.next))
    return found


def render(expression: Expression) -> str:
    """The expression as it is written; it reads back to itself."""
    match expression:
        case Has(label):
            return label
        case Within(contact, time):
            return f"{contact} {timing.render(time)}"
        case Of(fate, sending):
            return f"{fate} sid{sending}"
        case Not(term):
            return f"not {_inside(term, All | Some)}"
        case All(terms):
            return " and ".join(_inside(term, All | Some) for term in terms)
        case Some(terms):
            return " or ".join(_inside(term, Some) for term in terms)


def labels(expression: Expression) -> Iterator[str]:
    """The labels that it asks for, as they are written."""
    match expression:
        case Has(label):
            yield label
        case Not(term):
            yield from labels(term)
        case All(terms) | Some(terms):
            for term in terms:
                yield from labels(term)


def renamed(expression: Expression, old: str, new: str) -> Expression:
    """The same expression after a label got another name."""
    match expression:
        case Has(label) if words.fold(label) == words.fold(old):
            return Has(new)
        case Not(term):
            return Not(renamed(term, old, new))
        case All(terms):
            return All(tuple(renamed(term, old, new) for term in terms))
        case Some(terms):
            return Some(tuple(renamed(term, old, new) for term in terms))
    return expression


def _inside(expression: Expression, loose: type | object) -> str:
    shown = render(expression)
    return f"({shown})" if isinstance(expression, loose) else shown  # type: ignore[arg-type]


class _Walk:
    """One walk over the words, from the loosest operator to the tightest."""

    def __init__(self, spoken: list[str]) -> None:
        self._words = spoken
        self._at = 0

    @property
    def next(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def _take(self, *keywords: str) -> str:
        """Take the next word if it is one of these."""
        found = words.fold(self.next)
        if found not in keywords:
            return ""
        self._at += 1
        return found

    def some(self, depth: int) -> Expression:
        terms = [self._all(depth)]
        while self._take("or"):
            terms.append(self._all(depth))
        return terms[0] if len(terms) == 1 else Some(tuple(terms))

    def _all(self, depth: int) -> Expression:
        terms = [self._term(depth)]
        while self._take("and"):
            terms.append(self._term(depth))
        return terms[0] if len(terms) == 1 else All(tuple(terms))

    def _term(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise Unreadable(gettext("There are more than {count} parentheses inside one another.", count=DEEPEST))
        if self._take("not"):
            return Not(self._term(depth + 1))
        if self._take("("):
            inner = self.some(depth + 1)
            if not self._take(")"):
                raise Unreadable(gettext("A parenthesis is opened and not closed."))
            return inner
        if contact := self._take(*Contact):
            return Within(Contact(contact), self._delay(contact))
        if fate := self._take(*Fate):
            return Of(Fate(fate), self._sending(fate))
        return Has(self._label())

    def _delay(self, contact: str) -> timing.Delay:
        rest = self._words[self._at :]
        taken = rest[: timing.extent(rest)]
        time = timing.parse(" ".join(taken))
        if not isinstance(time, timing.Delay):
            raise Unreadable(gettext("After “{word}” stands a length of time: {word} 30d.", word=contact))
        self._at += len(taken)
        return time

    def _sending(self, fate: str) -> int:
        word = words.fold(self.next)
        number = words.number(word.removeprefix("sid")) if word.startswith("sid") else None
        if number is None:
            raise Unreadable(gettext("After “{word}” stands a sending: {word} sid12.", word=fate))
        self._at += 1
        return number

    def _label(self) -> str:
        word = self.next
        if not word:
            raise Unreadable(gettext("Something is missing at the end: a label, or what is asked of a customer."))
        if words.fold(word) in KEYWORDS or not words.well_formed(word):
            raise Unreadable(_stray(word))
        self._at += 1
        return word


def _stray(word: str) -> str:
    return gettext(
        "{word} does not fit there: labels are joined by and, or, not and parentheses.", word=words.quote(word)
    )
