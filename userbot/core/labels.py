"""What a label may be called and what follows from it; computed labels in terms of those that are set by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from userbot.core.grammar import words
from userbot.core.grammar.expressions import All, Expression, Has, Not, Of, Some, Unreadable
from userbot.core.language import gettext

LARGEST = 100
"""Terms of a computed label once those it asks for are put in: SQLite's own limits are some times that."""

LONGEST_TITLE = 128
"""Characters of a topic's name (messages.createForumTopic at core.telegram.org; TDLib cuts there too)."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label; a computed one has an expression, and does nothing of the rest."""

    id: int
    name: str
    sends: str | None = None
    """The template that goes to whoever gets the label."""
    ticker: str | None = None
    """Shown in the names of topics."""
    after: tuple[str, ...] = ()
    """The labels that are removed when it is set."""
    expression: Expression | None = None


Labels = Mapping[str, Label]
"""All labels there are, by their folded names."""


def topic_title(name: str, tickers: str, shown: str = "") -> str:
    """The name of a topic with the tickers of its customer's labels before it, instead of those that are shown.

    Nothing changes when they stand there already. Cut to what Telegram takes.
    """
    before = sorted((f"{shown} ", f"{tickers} "), key=len, reverse=True)
    bare = name.removeprefix(next((each for each in before if each != " " and name.startswith(each)), ""))
    return f"{tickers} {bare}".strip()[:LONGEST_TITLE].rstrip()


def expanded(expression: Expression, labels: Labels) -> Expression:
    """The same, with nothing left in it but labels that are set by hand. Raises Unreadable (see `check`)."""
    match expression:
        case Has(name):
            meant = _known(name, labels)
            return Has(meant.name) if meant.expression is None else expanded(meant.expression, labels)
        case Not(term):
            return Not(expanded(term, labels))
        case All(terms):
            return All(tuple(expanded(term, labels) for term in terms))
        case Some(terms):
            return Some(tuple(expanded(term, labels) for term in terms))
    return expression


def check(labels: Labels) -> None:
    """See that every computed label can be worked out.

    Raises Unreadable for a label that does not exist, for a circle, and for what becomes too large.
    """
    sizes: dict[str, int] = {}
    for label in labels.values():
        _size(label, labels, sizes, ())


def _size(label: Label, labels: Labels, sizes: dict[str, int], above: tuple[str, ...]) -> int:
    """How many terms a label stands for; `above` are the labels that ask for it."""
    if label.name in sizes:
        return sizes[label.name]
    path = (*above, label.name)
    if label.name in above:
        raise Unreadable(gettext("That is a circle: {labels}.", labels=" → ".join(path[above.index(label.name) :])))
    if len(path) > LARGEST:
        raise _too_large(label)
    terms = 1
    for part in () if label.expression is None else parts(label.expression):
        terms += _size(_known(part.label, labels), labels, sizes, path) if isinstance(part, Has) else 1
    if terms > LARGEST:
        raise _too_large(label)
    sizes[label.name] = terms
    return terms


def _too_large(label: Label) -> Unreadable:
    return Unreadable(gettext("{label} would stand for more than {count} terms.", label=label.name, count=LARGEST))


def _known(name: str, labels: Labels) -> Label:
    known = labels.get(words.fold(name))
    if known is None:
        raise Unreadable(gettext("There is no label {label}.", label=name))
    return known


def parts(expression: Expression) -> Iterable[Expression]:
    """Every part of an expression, itself included."""
    yield expression
    match expression:
        case Not(term):
            yield from parts(term)
        case All(terms) | Some(terms):
            for term in terms:
                yield from parts(term)


def asked(expression: Expression) -> set[int]:
    """The sendings that an expression asks about."""
    return {term.sending for term in parts(expression) if isinstance(term, Of)}


def dependents(label: Label, labels: Labels) -> list[str]:
    """The labels that ask for this one, or remove it when they are set."""
    own = words.fold(label.name)
    return [
        other.name
        for other in labels.values()
        if own in map(words.fold, other.after)
        or (other.expression is not None and Has(own) in map(_folded, parts(other.expression)))
    ]


def _folded(expression: Expression) -> Expression:
    return Has(words.fold(expression.label)) if isinstance(expression, Has) else expression
