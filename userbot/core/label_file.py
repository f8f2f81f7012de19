"""A file of customers and their labels from elsewhere: CSV with the columns `user_id` and `mark`.

A cell of labels may hold several, separated by spaces, commas or semicolons, as `/export` writes them under `marks`.
"""

from __future__ import annotations

import csv
import re
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from userbot.core import textfile
from userbot.core.grammar import words
from userbot.core.language import gettext
from userbot.core.textfile import DELIMITERS, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLUMNS = ("mark", "marks")
_SEPARATORS = re.compile(r"[\s,;]+")


@dataclass(slots=True)
class LabelFile:
    """Who has which label, as it is written; and what is none, fit to be shown."""

    people: dict[str, array[int]] = field(default_factory=dict)
    invalid: list[str] = field(default_factory=list)


def read_labels(chunks: Iterable[bytes]) -> LabelFile | Unreadable:
    """Read such a file."""
    return textfile.understood(lambda: _read(chunks))


def _read(chunks: Iterable[bytes]) -> LabelFile | Unreadable:
    header, texts = textfile.header(textfile.texts(chunks))
    for delimiter in DELIMITERS:
        names = textfile.names(header, delimiter)
        column = next((names.index(name) for name in _COLUMNS if name in names), None)
        if "user_id" in names and column is not None:
            rows = csv.reader(textfile.lines(texts), delimiter=delimiter, skipinitialspace=True, strict=True)
            return _tally(rows, names.index("user_id"), column)
    return Unreadable(
        gettext(
            "The file's first line has to name the columns user_id and mark; it is {line}.", line=words.quote(header)
        )
    )


def _tally(rows: Iterable[list[str]], who: int, which: int) -> LabelFile:
    found, spelt = LabelFile(), dict[str, str]()
    filled = (row for row in rows if any(map(str.strip, row)))
    next(filled)
    for row in filled:
        cell, marks = (row[at].strip().removeprefix("'") if at < len(row) else "" for at in (who, which))
        user_id = words.recipient_id(cell)
        if user_id is None:
            found.invalid.append(words.quote(cell))
            continue
        for mark in filter(None, _SEPARATORS.split(marks)):
            name = spelt.setdefault(words.fold(mark), mark)
            found.people.setdefault(name, array("q")).append(user_id)
    return found
