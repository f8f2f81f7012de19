"""The help: what it shows works at its place, and fits a phone."""

import re

import pytest

from userbot.core.grammar import Mistake, Place, parse
from userbot.core.help import help_text

SAMPLES = {
    "NAME": "special",
    "NEW": "other",
    "MARK": "vip",
    "TIME": "5m",
    "INSTANCE": "777",
    "IDS": "1001,1002",
    "USER_ID": "5",
    "MESSAGE_ID": "12",
}


@pytest.mark.parametrize("place", Place)
def test_every_form_works_with_and_without_what_may_be_left_out(place: Place) -> None:
    forms = re.findall(r"(?m)(?:^|for example |: )(/.+)", help_text(place))
    assert forms
    for form in forms:
        for shown in (re.sub(r" \[\w+\]", "", form), re.sub(r"[\[\]]", "", form)):
            command = re.sub(r"[A-Z_]{3,}", lambda word: SAMPLES[word[0]], shown)
            assert not isinstance(parse(command, place), Mistake), command


@pytest.mark.parametrize("place", Place)
def test_times_are_said_to_be_utc(place: Place) -> None:
    assert "UTC" in help_text(place)


@pytest.mark.parametrize("place", Place)
def test_lines_fit_a_phone(place: Place) -> None:
    assert max(map(len, help_text(place).splitlines())) <= 48
