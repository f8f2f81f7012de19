"""A file that a person saved, as text: decoded as a stream, with every kind of line break as one."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from userbot.core.language import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_FILE_BYTES = 20 * 1024 * 1024
"""The largest file that is read."""

DELIMITERS = ",;\t"
"""What separates the cells of CSV."""

_PIECE = 65_536  # bytes or characters looked at in one go; also the longest line or header

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file cannot be read at all, in a sentence."""

    reason: str


def _no_text() -> str:
    return gettext("The file is no text in UTF-8. Save a spreadsheet as “CSV UTF-8”.")


class _Refused(Exception):
    """Ends the reading from the depth of its generators; does not leave this module."""


def understood(read: Callable[[], Read]) -> Read | Unreadable:
    """What a reading of texts comes to, or why it came to nothing."""
    try:
        return read()
    except _Refused as refused:
        return Unreadable(str(refused))
    except UnicodeError:
        return Unreadable(_no_text())
    except csv.Error as error:
        return Unreadable(gettext("The file is no proper CSV: {error}.", error=error))


def texts(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the text of UTF-8 (or UTF-16 with a byte order mark), in chunks of any size."""
    return _text(_pieces(chunks))


def header(texts: Iterator[str]) -> tuple[str, Iterator[str]]:
    """Return the first line with something in it, and the texts from their beginning."""
    head = ""
    for text in texts:
        head += text
        if "\n" in head.lstrip() or len(head) >= _PIECE:
            break
    return next((line for line in head[:_PIECE].split("\n") if line.strip()), ""), chain([head], texts)


def names(header: str, delimiter: str) -> list[str]:
    """Return the cells of a header as they are compared."""
    row = next(csv.reader([header], delimiter=delimiter, skipinitialspace=True), [])
    return [cell.strip().lower() for cell in row]


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file that is not too large."""
    total = 0
    for piece in _cut_anew(chunks):
        total += len(piece)
        if total > MAX_FILE_BYTES:
            raise _Refused(gettext("The file is larger than {size} MB.", size=MAX_FILE_BYTES // 1024**2))
        yield piece


def _cut_anew(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces of one size: which of two flaws is met first must not depend on the chunks."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= _PIECE:
            yield bytes(held[:_PIECE])
            del held[:_PIECE]
    yield bytes(held)


def _text(pieces: Iterator[bytes]) -> Iterator[str]:
    """Decode, with every kind of line break as one."""
    first = next(pieces, b"")
    marked = first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if marked else "utf-8-sig")()
    lines = io.IncrementalNewlineDecoder(decoder, translate=True)
    for piece in chain([first], pieces, [b""]):
        text = lines.decode(piece, final=not piece)
        if "\0" in text:
            raise _Refused(_no_text())
        yield text


def lines(texts: Iterable[str]) -> Iterator[str]:
    """Yield whole lines."""
    rest = ""
    for text in chain(texts, ["\n"]):
        *lines, rest = (rest + text).split("\n")
        if max(map(len, [*lines, rest])) > _PIECE:
            raise _Refused(gettext("A line of the file is longer than {count} characters.", count=_PIECE))
        for line in lines:
            yield line + "\n"
