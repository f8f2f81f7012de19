"""How long a TL object is, without reading it.

Nobody writes down here what objects look like: Telethon's own `from_reader` of a class is run once over a reader that
only takes note of what it is asked for, and what it notes is the way over every object of that kind. Where a class
looks at its flags, the way forks, and each branch is noted when it is first met. Only the four classes with vectors
that do not say what they are (three of the handshake's, and the emergency configuration) cannot be told this way.
"""

import struct
from collections.abc import Callable
from functools import partialmethod
from typing import Any

from telethon.tl.alltlobjects import tlobjects

Step = Callable[[bytes, int], int]
"""From a position in the bytes to the one behind what is skipped."""

UNREADABLE = (struct.error, IndexError, KeyError)
"""What a step may raise where the bytes are none of it, or none that Telethon knows."""

_word = struct.Struct("<I").unpack_from


def skip(data: bytes, at: int) -> int:
    """Step over an object that begins with the number of its class."""
    for step in _WAYS[_word(data, at)[0]]:
        at = step(data, at)
    return at


def _number(size: int) -> Step:
    return lambda _, at: at + size


def _string(data: bytes, at: int) -> int:
    """Length, bytes, and zeros up to a multiple of four (core.telegram.org/mtproto/serialize)."""
    length = data[at]
    return at + (length + 4 & ~3 if length != 254 else (_word(data, at)[0] >> 8) + 7 & ~3)


def _vector(item: Step) -> Step:
    def step(data: bytes, at: int) -> int:
        count = _word(data, at + 4)[0]
        at += 8
        for _ in range(count):
            at = item(data, at)
        return at

    return step


def _fork(kind: Any, flags: tuple[int, ...]) -> Step:
    """Step over flags and all that is behind them; `flags` are those before."""
    branches: dict[int, tuple[Step, ...]] = {}

    def step(data: bytes, at: int) -> int:
        value = _word(data, at)[0]
        branch = branches.get(value)
        if branch is None:
            branch = branches[value] = _way(kind, (*flags, value))
        at += 4
        for each in branch:
            at = each(data, at)
        return at

    return step


def _way(kind: Any, flags: tuple[int, ...] = ()) -> tuple[Step, ...]:
    """The steps behind the flags that are known, to the end or to a fork."""
    notes = _Notes(flags)
    try:
        kind.from_reader.__func__(_nothing, notes)
    except _UnknownFlagsError as unknown:
        return (*_joined(notes.steps[notes.begin : unknown.place]), _fork(kind, flags))
    return tuple(_joined(notes.steps[notes.begin :]))


def _joined(steps: list[int | Step]) -> list[Step]:
    """Numbers that follow one another are one step."""
    joined: list[int | Step] = []
    for step in steps:
        if joined and isinstance(step, int) and isinstance(joined[-1], int):
            joined[-1] += step
        else:
            joined.append(step)
    return [_number(step) if isinstance(step, int) else step for step in joined]


def _nothing(**_: Any) -> None:
    """Stands in for the class: nothing is made."""


class _UnknownFlagsError(Exception):
    """Somebody looks at flags that are not known. `place` is that of their step."""

    def __init__(self, place: int) -> None:
        self.place = place


class _Notes:
    """What a class asks of its reader: a step each, sizes in bytes where they are always the same."""

    def __init__(self, flags: tuple[int, ...]) -> None:
        self.steps: list[int | Step] = []
        self.begin = 0
        """Behind the last of the flags that are known."""
        self._flags = list(flags)
        self._counted = False

    def _note(self, step: int | Step) -> None:
        if self._counted:
            step = _vector(_number(step) if isinstance(step, int) else step)
            self._counted = False
        self.steps.append(step)

    def read_int(self) -> "_Int":
        self._note(4)
        return _Int(self, len(self.steps) - 1)

    def flags(self, place: int) -> int:
        """The number there turns out to be flags."""
        if not self._flags:
            raise _UnknownFlagsError(place)
        self.begin = place + 1
        return self._flags.pop(0)

    def counts(self) -> None:
        """The latest number turns out to be how many items follow; before it stands the vector's own number."""
        del self.steps[-2:]
        self._counted = True

    def read_large_int(self, bits: int) -> None:
        self._note(bits // 8)

    read_long = read_double = partialmethod(_note, 8)
    tgread_date = tgread_bool = partialmethod(_note, 4)
    tgread_bytes = tgread_string = partialmethod(_note, _string)
    tgread_object = partialmethod(_note, skip)


class _Int:
    """A number of four bytes; what is done with it says what it is."""

    def __init__(self, notes: _Notes, place: int) -> None:
        self._notes = notes
        self._place = place
        self._value: int | None = None

    def __and__(self, mask: int) -> int:
        if self._value is None:
            self._value = self._notes.flags(self._place)
        return self._value & mask

    def __index__(self) -> int:
        self._notes.counts()
        return 1


class _Ways(dict[int, tuple[Step, ...]]):
    def __missing__(self, number: int) -> tuple[Step, ...]:
        """Raises KeyError for what is no class of Telethon's: a bare Bool or vector, or something new."""
        way = self[number] = (_number(4), *_way(tlobjects[number]))
        return way


_WAYS = _Ways()
