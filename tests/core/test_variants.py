"""Equal shares, and a verdict that is right as often as its level says."""

import random
from collections import Counter

import pytest

from userbot.core.variants import Figures, Verdict, chosen, compared


@pytest.mark.parametrize("versions", [2, 3, 4])
def test_shares_are_equal_and_the_choice_is_kept(versions: int) -> None:
    picked = [chosen(b"seed", each, versions) for each in range(20_000)]
    assert picked == [chosen(b"seed", each, versions) for each in range(20_000)]
    for count in Counter(picked).values():
        assert count == pytest.approx(20_000 / versions, rel=0.05)


def test_another_sending_chooses_anew() -> None:
    same = sum(chosen(b"one", each, 2) == chosen(b"two", each, 2) for each in range(20_000))
    assert same == pytest.approx(10_000, rel=0.05)


def test_too_few_to_tell() -> None:
    assert compared([Figures(100, 4), Figures(100, 3)]) is Verdict.TOO_EARLY
    assert compared([Figures(0, 0), Figures(0, 0)]) is Verdict.TOO_EARLY
    assert compared([Figures(5, 5), Figures(5, 5)]) is Verdict.TOO_EARLY


def test_a_textbook_pair() -> None:
    assert compared([Figures(1000, 100), Figures(1000, 140)]) is Verdict.DIFFERENT  # z = 2.75
    assert compared([Figures(1000, 100), Figures(1000, 110)]) is Verdict.CHANCE  # z = 0.73


@pytest.mark.parametrize(("second", "least", "most"), [(0.04, 0.03, 0.07), (0.05, 0.6, 0.76), (0.06, 0.97, 1.0)])
def test_how_often_two_versions_are_called_different(second: float, least: float, most: float) -> None:
    """Of 2 x 5,000: alike, one in twenty; at 4 and 5 % the power is 0.67; at 4 and 6 % it is 0.996."""
    by_chance = random.Random(5)
    runs = 2_000
    different = sum(
        compared([_answers(by_chance, 0.04), _answers(by_chance, second)]) is Verdict.DIFFERENT for _ in range(runs)
    )
    assert least <= different / runs <= most


def _answers(by_chance: random.Random, share: float, sent: int = 5_000) -> Figures:
    """How many of so many answer: the binomial distribution, as good as normal at this size."""
    return Figures(sent, max(0, round(by_chance.gauss(sent * share, (sent * share * (1 - share)) ** 0.5))))
