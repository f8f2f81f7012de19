"""Requests that differ in a few numbers of 64 bits only: all their other bytes are put together once.

What the bytes are is Telethon's word: it writes the request with marks in place of the numbers.
"""

import re
import struct
from collections.abc import Callable
from typing import Any

MARK = 0x6B72616D_21626F74
"""What no other number in a request is."""

_number = struct.Struct("<q")
_MARK = re.compile(re.escape(_number.pack(MARK)))


def stencil(marked: Any) -> Callable[..., bytes]:
    """What makes the bytes of a request, given the numbers that stand in it in place of each `MARK`, in their order."""
    form = bytes(marked)
    places = [found.start() for found in _MARK.finditer(form)]

    def filled(*numbers: int) -> bytes:
        data = bytearray(form)
        for place, number in zip(places, numbers, strict=True):
            _number.pack_into(data, place, number)
        return bytes(data)

    return filled
