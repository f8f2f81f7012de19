"""Our signs on a terminal that cannot show them: words."""

import codecs
import locale
import sys
import unicodedata
from io import TextIOWrapper

_WORDS = {
    "✓": "ok",
    "✗": "wrong",
    "✔": "done",
    "✖": "failed",
    "▶": "start",
    "⏸": "paused",
    "■": "stopped",
    "⛔": "stop",
    "⚠": "warning",
    "⏳": "wait",
    "↩": "reply to",
    "·": "-",
    "–": "-",
    "…": "...",
    "“": '"',
    "”": '"',
    "’": "'",
    **dict(zip("▁▂▃▄▅▆▇█", "_.-=+*%#", strict=True)),
}


def settle() -> None:
    """Let standard output and error say in words what they cannot show.

    A plain C locale promises ASCII alone. One that is merely not set is none: there Python speaks UTF-8.
    """
    codecs.register_error("words", _in_words)
    ascii_alone = locale.setlocale(locale.LC_CTYPE) in {"C", "POSIX"}
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="ascii" if ascii_alone else None, errors="words")


def _in_words(error: UnicodeError) -> tuple[str, int]:
    """Python's handler of what cannot be encoded."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(character: str) -> str:
    letter = unicodedata.normalize("NFKD", character)[0]
    return _WORDS.get(character) or (letter if letter.isascii() else "?")
