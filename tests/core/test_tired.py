"""Commands as tired people type them, each with its answer: reviewed one by one, and held to the rules by a machine.

`tired.txt` has the place (R a reply in General, G General, T a topic; F with a file), the command, and below it
what it means (=) or the nearest form (~) and what is said.
"""

from pathlib import Path

import pytest

from tests.core import rules
from userbot.core.grammar import Mistake, Place, parse, render

PLACES = {"R": Place.GENERAL_REPLY, "G": Place.GENERAL, "T": Place.TOPIC}


def table() -> list[tuple[str, str, str]]:
    """Place, command, and the answer's lines."""
    found: list[tuple[str, str, str]] = []
    for line in Path(__file__).with_name("tired.txt").read_text("utf-8").splitlines():
        if line.startswith("   "):
            place, command, answer = found.pop()
            found.append((place, command, f"{answer}\n{line.strip()}".strip()))
        else:
            found.append((*line.split(maxsplit=1), ""))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(("place", "command", "answer"), table())
def test_tired(place: str, command: str, answer: str) -> None:
    attached = place.endswith("F")
    read = parse(command, PLACES[place[0]], attached=attached)
    if isinstance(read, Mistake):
        assert f"~ {read.hint}\n{read.what}" == answer
        rules.check(command, PLACES[place[0]], read, attached=attached)
    else:
        assert f"= {render(read)}" == answer


def test_there_are_three_hundred() -> None:
    assert len(set(table())) >= 300
