"""Lists that are too long for a message, as CSV."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import NamedTuple

from userbot.core.model import DeliveryStatus, Sending
from userbot.core.report import harmless, stamp

SENDINGS = (
    "sid",
    "what",
    "audience",
    "mark",
    "status",
    "ordered_by",
    "ordered_at_utc",
    "start_at_utc",
    "started_at_utc",
    "ended_at_utc",
    "recipients",
    "sent",
    "failed",
    "skipped",
    "pending",
)
TEMPLATES = ("name", "messages")
CUSTOMERS = ("user_id", "username", "name", "first_contact", "last_contact", "marks", "topic", "state")


class CustomerRow(NamedTuple):
    """A customer: times in seconds since 1970, the names of labels separated by spaces, the id of the topic."""

    user_id: int
    username: str | None
    name: str
    first_contact: float | None
    last_contact: float | None
    marks: str | None
    topic: int | None
    gone: str | None
    """Why nothing is sent there any more, in words."""
    opted_out: bool
    """Whether they want no mailings."""


CHECKED = ("user_id", "username", "name", "would", "reason")


def checked_row(person: tuple[int, str | None, str | None, str | None]) -> Sequence[object]:
    """Somebody who is meant by a check: id, username, name, reason to leave them out."""
    user_id, username, name, reason = person
    would = DeliveryStatus.SENT if reason is None else DeliveryStatus.SKIPPED
    return user_id, harmless(username), harmless(name), would.name.lower(), harmless(reason)


def sending_row(sending: Sending) -> Sequence[object]:
    """One sending."""
    counts = sending.counts
    return (
        sending.id,
        harmless(sending.what),
        sending.audience,
        sending.mark,
        sending.status,
        harmless(sending.orderer),
        stamp(sending.ordered_at),
        stamp(sending.start_at),
        stamp(sending.started_at),
        stamp(sending.ended_at),
        sending.recipients,
        counts.sent,
        counts.failed,
        counts.skipped,
        counts.pending,
    )


def customer_row(customer: CustomerRow) -> Sequence[object]:
    """One customer."""
    return (
        customer.user_id,
        harmless(customer.username),
        harmless(customer.name),
        stamp(customer.first_contact),
        stamp(customer.last_contact),
        customer.marks,
        customer.topic,
        _state(customer),
    )


def _state(customer: CustomerRow) -> str:
    """In a word: what became of somebody."""
    if customer.gone is not None:
        return "blocked" if "blocked" in customer.gone else "deleted"
    return "opted out" if customer.opted_out else "ok"


def lines(rows: Iterable[Sequence[object]]) -> str:
    """Some lines of a list."""
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
