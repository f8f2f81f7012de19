"""Who has a label, as one SQL statement: those it was set on, or those of whom its expression holds now.

The statement goes over the customers once; what it asks of labels and sendings are sets that SQLite builds before.
"""

from typing import assert_never

from userbot.core.grammar import words
from userbot.core.grammar.expressions import All, Contact, Expression, Fate, Has, Not, Of, Some, Within
from userbot.core.labels import Label, Labels, expanded
from userbot.store import marks
from userbot.store.database import Connection, row

_FATES = {
    Fate.GOT: "status = 1",
    Fate.READ: "read_at NOT NULL",
    Fate.ANSWERED: "answered_at NOT NULL",
    Fate.FAILED: "status = 2",
}


async def count(on: Connection, label: Label, now: float) -> int:
    """How many have the label."""
    found = await row(on, f"SELECT count(*) FROM ({await members(on, label, now)})")  # noqa: S608
    return int(found[0]) if found else 0


async def members(on: Connection, label: Label, now: float) -> str:
    """The statement for a label, `SELECT id …`, seen from a moment; nothing in it is anybody's text."""
    return selection(label, {} if label.expression is None else await marks.all_of(on), now)


def selection(label: Label, labels: Labels, now: float) -> str:
    """The same, with the labels that it may ask for."""
    if label.expression is None:
        return f"SELECT peer_id AS id FROM marked WHERE mark_id = {label.id:d}"  # noqa: S608  a number
    holds = _condition(expanded(label.expression, labels), labels, now)
    return f"SELECT id FROM peer WHERE id > 0 AND has_dialog AND {holds}"  # noqa: S608


def _condition(expression: Expression, labels: Labels, now: float) -> str:
    """What holds of a row of `peer`; never NULL, so that `not` is the opposite."""
    match expression:
        case Has(name):
            return f"id IN (SELECT peer_id FROM marked WHERE mark_id = {labels[words.fold(name)].id:d})"  # noqa: S608
        case Within(Contact.MET, time):
            return f"coalesce(first_contact, 0) >= {now - time.seconds:f}"
        case Within(contact, time):
            sign = ">=" if contact is Contact.WROTE else "<"
            return f"coalesce(wrote_at, 0) {sign} {now - time.seconds:f}"
        case Of(fate, number):
            return f"id IN (SELECT peer_id FROM delivery WHERE sending_id = {number:d} AND {_FATES[fate]})"  # noqa: S608
        case Not(term):
            return f"NOT {_condition(term, labels, now)}"
        case All(terms):
            return f"({' AND '.join(_condition(term, labels, now) for term in terms)})"
        case Some(terms):
            return f"({' OR '.join(_condition(term, labels, now) for term in terms)})"
    assert_never(expression)
