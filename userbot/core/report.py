"""The report of a sending as CSV: one row for each recipient and step."""

import csv
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from io import StringIO
from typing import NamedTuple

from userbot.core.acts import Act
from userbot.core.model import DeliveryStatus

COLUMNS = (
    "user_id", "username", "name", "step", "variant", "status", "reason",
    "due_at_utc", "sent_at_utc", "read_at_utc", "answered_at_utc", "message_id",
)  # fmt: skip

_SIGNS = "-=+@＝＋－＠"
_SIGN = f"[{_SIGNS}]"
# The start of a cell; and what another locale takes for one, where a semicolon separates.
_FORMULA = re.compile(rf'^(?=\s*[\t\r\n]|[\s"]*{_SIGN})|(?<=[;\t\r\n])(?=[ "]*{_SIGN})')
# What there is in any of those; most texts have none of it, and a look is quick.
_SUSPECT = re.compile(f"[{_SIGNS}\t\r\n]")

_STATUS = {status.value: status.name.lower() for status in DeliveryStatus}
_DONE = {Act.SEND: "sent", Act.RECALL: "recalled", Act.CORRECT: "corrected"}


class ReportRow(NamedTuple):
    """One delivery with the recipient as they are known now."""

    user_id: int
    username: str | None
    name: str | None
    step: int
    status: int
    reason: str | None
    due_at: float | None
    sent_at: float | None
    message_id: int | None
    read_at: float | None = None
    answered_at: float | None = None
    variant: str | None = None


def header() -> str:
    """The first line, behind a byte order mark: without it Excel reads UTF-8 as something else."""
    return "\ufeff" + ",".join(COLUMNS) + "\r\n"


def lines(rows: Iterable[ReportRow], act: Act = Act.SEND) -> str:
    """Some lines of the report of a sending that does this."""
    status = _STATUS | {DeliveryStatus.SENT.value: _DONE[act]}
    out = StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(
            (
                row.user_id,
                harmless(row.username),
                harmless(row.name),
                row.step,
                row.variant,
                status[row.status],
                harmless(row.reason),
                stamp(row.due_at),
                stamp(row.sent_at),
                stamp(row.read_at),
                stamp(row.answered_at),
                row.message_id,
            )
        )
    return out.getvalue()


def stamp(at: float | None) -> str:
    """UTC, in the form that spreadsheets know as a date."""
    return "" if at is None else _second(int(at))


@lru_cache
def _second(at: int) -> str:
    """Kept for the next row: thousands may share it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S")


def harmless(text: str | None) -> str | None:
    """Foreign text that a spreadsheet would run as a formula is marked as text, as OWASP advises."""
    return _FORMULA.sub("'", text) if text and _SUSPECT.search(text) else text
