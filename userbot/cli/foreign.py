"""Foreign text (names, titles, what bots say) is made harmless before it reaches a terminal."""

import unicodedata

from userbot.core.grammar.words import code_point

_DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_MARKS = "\u200e\u200f\u061c"
_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}


def shown(text: str) -> str:
    """The text with everything that could move the cursor or turn the reading direction shown as U+XXXX."""
    return "".join(code_point(each) if _treacherous(each) else each for each in text)


def shown_lines(text: str) -> str:
    """The same for a text whose line breaks are its own."""
    return "\n".join(map(shown, text.split("\n")))


def _treacherous(character: str) -> bool:
    return (
        unicodedata.category(character) in _CATEGORIES
        or unicodedata.bidirectional(character) in _DIRECTIONS
        or character in _MARKS
    )
