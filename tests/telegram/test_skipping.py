"""Skipping an object ends where Telethon, which wrote it, has ended."""

import random
from typing import Any

import pytest
from hypothesis import given, strategies as st
from telethon.tl import types

from tests.telegram.specimens import CHANCE, KINDS, specimen
from userbot.telegram.skipping import UNREADABLE, skip

BEHIND = b"\xff" * 9


def assert_skipped(written: Any) -> None:
    data = bytes(written)
    assert skip(BEHIND + data + BEHIND, len(BEHIND)) == len(BEHIND) + len(data), written


@pytest.mark.parametrize("seed", range(3))
def test_every_class_of_the_schema(seed: int) -> None:
    assert len(KINDS) > 1500
    chance = random.Random(seed)
    for kind in KINDS:
        assert_skipped(specimen(kind, chance))


@given(CHANCE, st.sampled_from((types.Message, types.MessageService, types.MessageEmpty)))
def test_any_message(chance: Any, kind: Any) -> None:
    assert_skipped(specimen(kind, chance))


@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 252, 253, 254, 255, 256, 257, 70_000])
def test_strings_of_any_length(length: int) -> None:
    assert_skipped(types.TextPlain("x" * length))


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"\x01\x02\x03\x04", bytes(types.PeerUser(1))[:3]])
def test_what_is_no_object_says_so(data: bytes) -> None:
    with pytest.raises(UNREADABLE):
        skip(data, 0)
