"""A program that begins anew in the same process, as after trouble, for ever."""

import gc
from typing import Any
from weakref import ReferenceType, ref

import pytest

from tests.office import Office
from userbot import app
from userbot.wiring import App


async def test_what_ran_before_is_gone(team: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[ReferenceType[Any]] = []

    class Noted(App):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            made.append(ref(self))

    monkeypatch.setattr(app, "App", Noted)
    team.sparing = False
    for _ in range(3):
        await team.open()
        assert gc.get_freeze_count()
        await team.close()
    assert [each() is None for each in made[:2]] == [True, True]
    assert not gc.get_freeze_count()
