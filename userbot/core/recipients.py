"""A file of recipients, read as a stream: what is an id counts, what is none is reported, nothing is guessed.

Two layouts: a plain list, separated by commas, semicolons, tabs, spaces and line breaks in any mixture; or CSV with a
header, of which one column counts, ``user_id`` if there is one and else the first.
"""

from __future__ import annotations

import codecs
import csv
import heapq
import io
import re
from array import array
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING

from userbot.core.grammar import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_FILE_BYTES = 20 * 1024 * 1024
"""The largest file that is read."""

_NO_TEXT = "The file is no text in UTF-8. Save a spreadsheet as “CSV UTF-8”."
_EXAMPLES = 3
_PIECE = 65_536  # bytes or characters looked at in one go; also the longest line or header
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


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file is no list of recipients at all, in a sentence."""

    reason: str


class _Refused(Exception):
    """Ends the reading from the depth of its generators; does not leave this module."""


def read_ids(chunks: Iterable[bytes]) -> RecipientList | Unreadable:
    """Read UTF-8 (or UTF-16 with a byte order mark), in chunks of any size; needs some 20 MB for a million ids."""
    try:
        recipients = _tally(_cells(_text(_pieces(chunks))))
    except _Refused as refused:
        return Unreadable(str(refused))
    except UnicodeError:
        return Unreadable(_NO_TEXT)
    except csv.Error as error:
        return Unreadable(f"The file is no proper CSV: {error}.")
    if not recipients.ids and not recipients.invalid:
        return Unreadable("There are no recipients in the file.")
    return recipients


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces of a bounded size, the first of at least two bytes."""
    total, held = 0, b""
    for chunk in chunks:
        total += len(chunk)
        if total > MAX_FILE_BYTES:
            raise _Refused(f"The file is larger than {MAX_FILE_BYTES // 1024**2} MB.")
        held += chunk
        if len(held) < len(codecs.BOM_UTF16):
            continue
        for start in range(0, len(held), _PIECE):
            yield held[start : start + _PIECE]
        held = b""
    if held:
        yield held


def _text(pieces: Iterator[bytes]) -> Iterator[str]:
    """Decode, with every kind of line break as one."""
    first = next(pieces, b"")
    marked = first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if marked else "utf-8-sig")()
    lines = io.IncrementalNewlineDecoder(decoder, translate=True)
    for piece in chain([first], pieces, [b""]):
        text = lines.decode(piece, final=not piece)
        if "\0" in text:
            raise _Refused(_NO_TEXT)
        yield text


def _cells(texts: Iterator[str]) -> Iterator[str]:
    """Yield what should be ids: one column of CSV, or every word of a list."""
    head = ""
    for text in texts:
        head += text
        if "\n" in head.lstrip() or len(head) >= _PIECE:
            break
    header = next((line for line in head[:_PIECE].split("\n") if line.strip()), "")
    layout, texts = _layout(header), chain([head], texts)
    return _column(texts, *layout) if layout else _words(texts)


def _layout(header: str) -> tuple[str, int] | None:
    """Return the delimiter and the column that counts, if this line is the header of CSV."""
    readings = {delimiter: _names(header, delimiter) for delimiter in ",;\t"}
    for delimiter, names in readings.items():
        if "user_id" in names:
            return delimiter, names.index("user_id")
    for delimiter, names in readings.items():
        if len(names) > 1 and names[0] and all(name[0].isalpha() for name in names if name):
            return delimiter, 0
    return None


def _names(header: str, delimiter: str) -> list[str]:
    row = next(csv.reader([header], delimiter=delimiter, skipinitialspace=True), [])
    return [cell.strip().lower() for cell in row]


def _column(texts: Iterable[str], delimiter: str, column: int) -> Iterator[str]:
    """Yield the cells below the header; the apostrophe that keeps a spreadsheet from calculating is left out."""
    rows = csv.reader(_lines(texts), delimiter=delimiter, skipinitialspace=True, strict=True)
    filled = (row for row in rows if any(map(str.strip, row)))
    next(filled)
    for row in filled:
        cell = row[column] if column < len(row) else ""
        yield cell.strip().removeprefix("'")


def _lines(texts: Iterable[str]) -> Iterator[str]:
    rest = ""
    for text in chain(texts, ["\n"]):
        *lines, rest = (rest + text).split("\n")
        if max(map(len, [*lines, rest])) > _PIECE:
            raise _Refused(f"A line of the file is longer than {_PIECE} characters.")
        for line in lines:
            yield line + "\n"


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
