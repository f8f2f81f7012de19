"""A file of recipients, read as a stream: what is an id counts, what is none is reported, nothing is guessed.

Two layouts: a plain list, separated by commas, semicolons, tabs, spaces and line breaks in any mixture; or CSV with a
header, of which one column counts, ``user_id`` if there is one and else the first.
"""

from __future__ import annotations

import csv
import heapq
import re
from array import array
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING

from userbot.core import textfile
from userbot.core.grammar import words
from userbot.core.language import gettext
from userbot.core.textfile import DELIMITERS, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EXAMPLES = 3
_RUN = 65_536  # ids sorted in one go
_SEPARATORS = re.compile(r'[\s,;"]+')
_LONGEST_WORD = 100  # more than any id has: of a longer word the beginning is enough


@dataclass(frozen=True, slots=True)
class RecipientList:
    """The ids of a file: each once and ascending, with what was left out and why; there may be none."""

    ids: array[int]
    duplicates: int
    invalid: int
    examples: tuple[str, ...]
    """The first things that were no ids, clipped and fit to be shown."""


def read_ids(chunks: Iterable[bytes]) -> RecipientList | Unreadable:
    """Read UTF-8 (or UTF-16 with a byte order mark), in chunks of any size; needs some 20 MB for a million ids."""
    recipients = textfile.understood(lambda: _tally(_cells(textfile.texts(chunks))))
    if isinstance(recipients, RecipientList) and not recipients.ids and not recipients.invalid:
        return Unreadable(gettext("There are no recipients in the file."))
    return recipients


def _cells(texts: Iterator[str]) -> Iterator[str]:
    """Yield what should be ids: one column of CSV, or every word of a list."""
    header, texts = textfile.header(texts)
    layout = _layout(header)
    return _column(texts, *layout) if layout else _words(texts)


def _layout(header: str) -> tuple[str, int] | None:
    """Return the delimiter and the column that counts, if this line is the header of CSV."""
    readings = {delimiter: textfile.names(header, delimiter) for delimiter in DELIMITERS}
    for delimiter, names in readings.items():
        if "user_id" in names:
            return delimiter, names.index("user_id")
    for delimiter, names in readings.items():
        if len(names) > 1 and names[0] and all(name[0].isalpha() for name in names if name):
            return delimiter, 0
    return None


def _column(texts: Iterable[str], delimiter: str, column: int) -> Iterator[str]:
    """Yield the cells below the header; the apostrophe that keeps a spreadsheet from calculating is left out."""
    rows = csv.reader(textfile.lines(texts), delimiter=delimiter, skipinitialspace=True, strict=True)
    filled = (row for row in rows if any(map(str.strip, row)))
    next(filled)
    for row in filled:
        cell = row[column] if column < len(row) else ""
        yield cell.strip().removeprefix("'")


def _words(texts: Iterable[str]) -> Iterator[str]:
    rest = ""
    for text in chain(texts, ["\n"]):
        *complete, rest = _SEPARATORS.split(rest[:_LONGEST_WORD] + text)
        yield from filter(None, complete)


def _tally(cells: Iterable[str]) -> RecipientList:
    """Sort in short runs and merge them: a set of a million ids would take four times the memory."""
    runs, run = [], array("q")
    total = invalid = 0
    examples: list[str] = []
    for cell in cells:
        value = words.recipient_id(cell)
        if value is None:
            invalid += 1
            if len(examples) < _EXAMPLES:
                examples.append(words.quote(cell))
            continue
        total += 1
        run.append(value)
        if len(run) == _RUN:
            runs.append(_sorted(run))
            run = array("q")
    ids = array("q", (value for value, _ in groupby(heapq.merge(*runs, _sorted(run)))))
    return RecipientList(ids, total - len(ids), invalid, tuple(examples))


def _sorted(run: array[int]) -> array[int]:
    return array("q", sorted(set(run)))
