"""Objects of any TL class, filled in by chance."""

import inspect
import random
import typing
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from hypothesis import strategies as st
from telethon.tl.alltlobjects import tlobjects

BARE = {"AccessPointRule", "ConfigSimple", "FutureSalts", "TlsClientHello"}
"""They hold vectors without the vector's number. None of them can stand in an answer to a call."""

UNWRITABLE = {"SponsoredMessage", "SponsoredMessages", "SponsoredPeer", "SponsoredPeers"}
"""Telethon hints at another type than it writes."""

KINDS = [
    kind
    for kind in tlobjects.values()
    if kind.__module__.startswith(("telethon.tl.types", "telethon.tl.patched"))
    and kind.__name__ not in BARE | UNWRITABLE
]
"""All other classes but those of requests."""

DEEPEST = 4

CHANCE = st.integers(0, 2**32).map(random.Random)


def specimen(kind: Any, chance: random.Random, depth: int = 0) -> Any:
    """One that can be written: some of what may be left out must come together, or not at all."""
    some = 0.0 if depth >= DEEPEST else chance.random()
    for share in (some, some, some, round(some)):
        made = kind(**_fields(kind, chance, depth, share))
        try:
            bytes(made)
        except AssertionError:
            continue
        return made
    raise AssertionError(f"no {kind.__name__} can be made")


def _fields(kind: Any, chance: random.Random, depth: int, share: float) -> dict[str, Any]:
    given = {}
    for name, parameter in _parameters(kind).items():
        hint, optional = _hint(parameter)
        if not optional or chance.random() < share:
            given[name] = True if optional and hint is bool else _value(hint, chance, depth)
    return given


def _parameters(kind: Any) -> dict[str, inspect.Parameter]:
    """As the class generated from the schema has them: Telethon builds others upon some."""
    generated = next(each for each in kind.__mro__ if each.__module__.startswith("telethon.tl.types"))
    if "__init__" not in vars(generated):
        return {}
    parameters = dict(inspect.signature(generated.__init__).parameters)
    parameters.pop("self")
    return parameters


def _hint(parameter: inspect.Parameter) -> tuple[Any, bool]:
    hint = parameter.annotation
    if typing.get_origin(hint) is typing.Union:
        hint = next(each for each in typing.get_args(hint) if each is not type(None))
    # Telethon's own MessageEmpty wants a peer.
    return hint, parameter.default is None and parameter.name != "peer_id"


def _value(hint: Any, chance: random.Random, depth: int) -> Any:
    if typing.get_origin(hint) is list:
        item = typing.get_args(hint)[0]
        return [_value(item, chance, depth) for _ in range(chance.randrange(3))]
    if isinstance(hint, typing.ForwardRef):
        hint = hint.__forward_arg__
    return _of_type(hint, chance, depth + 1) if isinstance(hint, str) else _PLAIN[hint](chance)


def _of_type(name: str, chance: random.Random, depth: int) -> Any:
    """One of the classes of a TL type. Deep down the one with the fewest fields, so that there is an end."""
    kinds = _classes(name)
    kind = min(kinds, key=lambda each: len(_parameters(each))) if depth >= DEEPEST else chance.choice(kinds)
    return specimen(kind, chance, depth)


def _classes(name: str) -> list[Any]:
    """Those of a TL type: each class has the CRC of its type's name, and hints leave out the name's first part."""
    return next(_BY_TYPE[number] for place in _PLACES if (number := crc32(f"{place}{name[4:]}".encode())) in _BY_TYPE)


def _text(chance: random.Random) -> str:
    return chance.choice("aé🙂") * chance.choice((0, 1, 2, 3, 5, 253, 254, 255, 300))


_PLAIN: dict[Any, Any] = {
    int: lambda chance: chance.randrange(2**31),
    str: _text,
    bytes: lambda chance: _text(chance).encode(),
    bool: lambda chance: chance.random() < 0.5,
    float: lambda chance: chance.random(),
    datetime: lambda chance: datetime.fromtimestamp(chance.randrange(1, 2**31), UTC),
}
_BY_TYPE: defaultdict[int, list[Any]] = defaultdict(list)
for _kind in KINDS:
    _BY_TYPE[_kind.SUBCLASS_OF_ID].append(_kind)
_PLACES = ["", *sorted({f"{each.__module__.rpartition('.')[2]}." for each in KINDS})]
