"""Lists that are too long for a message, as CSV."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from userbot.core.model import Sending
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


def lines(rows: Iterable[Sequence[object]]) -> str:
    """Some lines of a list."""
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
