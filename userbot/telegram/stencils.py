"""Requests that differ in a few numbers of 64 bits only: all their other bytes are put together once.

What the bytes are is Telethon's word: it writes the request with marks in place of the numbers.
"""

import re
import struct
from collections.abc import Callable
from typing import Any

MARK = 0x6B72616D_21626F74
"""What no other number in a request is."""

_MARK = re.compile(re.escape(struct.pack("<q", MARK)))


def stencil(marked: Any) -> Callable[..., bytes]:
    """What makes the bytes of a request, given the numbers that stand in it in place of each `MARK`, in their order."""
    between = _MARK.split(bytes(marked))
    layout = struct.Struct("<" + "q".join(f"{len(each)}s" for each in between))
    values: list[bytes | int] = [MARK] * (2 * len(between) - 1)
    values[::2] = between

    def filled(*numbers: int) -> bytes:
        values[1::2] = numbers
        return layout.pack(*values)

    return filled
