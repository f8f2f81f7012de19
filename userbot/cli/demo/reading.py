"""The report as somebody reads it who has opened the file."""

import csv
from collections import Counter
from collections.abc import Sequence
from io import StringIO

from rich.console import Group

from userbot.cli.views import listing, plain
from userbot.core import wording
from userbot.core.report import COLUMNS

FIRST_ROWS = 5

Row = dict[str, str]


def rows(report: bytes) -> list[Row]:
    """The rows of a report."""
    return list(csv.DictReader(StringIO(report.decode("utf-8-sig"), newline="")))


def view(found: Sequence[Row]) -> Group:
    """How many rows have which status, and the first rows."""
    counts = listing("Status", "Rows")
    for status, count in Counter(row["status"] for row in found).most_common():
        counts.add_row(plain(status), wording.number(count))
    some = found[:FIRST_ROWS]
    filled = [column for column in COLUMNS if any(row[column] for row in some)]
    first = listing(*filled)
    for row in some:
        first.add_row(*(plain(row[column]) for column in filled))
    return Group(counts, "its first rows, without the empty columns", first)
