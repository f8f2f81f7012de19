"""Which of a customer's messages mean that they want no more mailings, or want them again."""

from collections.abc import Collection

BACK = frozenset({"start", "старт"})
"""What takes it back; the confirmation names the first of them."""

_FINAL = ".,;:!?…。 \t\r\n"


def folded(text: str) -> str:
    """A message as it is compared: case and final punctuation aside, spaces as one."""
    return " ".join(text.split()).rstrip(_FINAL).casefold()


def leaves(text: str, words: Collection[str]) -> bool:
    """Whether a message is exactly one of these words, which are folded."""
    return folded(text) in words


def comes_back(text: str) -> bool:
    """Whether a message of somebody who left asks for mailings again."""
    return folded(text) in BACK
