"""Two to four versions of a mailing: who gets which, and whether one of them is answered more than chance explains."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import blake2b

MOST = 4
"""How many versions there may be."""

_CRITICAL = {1: 3.841, 2: 5.991, 3: 7.815}
"""The chi-squared distribution's 95 % points, by degrees of freedom."""

_EXPECTED = 5
"""The fewest answers, and the fewest silences, that each version must be expected to have for the test to hold."""


class Verdict(Enum):
    """Whether the shares of answers differ by more than chance (two-sided, 95 %)."""

    TOO_EARLY = auto()
    """There are too few answers to tell."""
    CHANCE = auto()
    DIFFERENT = auto()


@dataclass(frozen=True, slots=True)
class Figures:
    """How many got a version, and how many of them answered."""

    sent: int
    answered: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.answered / self.sent if self.sent else 0.0


def chosen(seed: bytes, peer_id: int, versions: int) -> int:
    """Which version somebody gets, from 0: always the same for the same sending, and equal shares of all people."""
    drawn = blake2b(b"variant/%d" % peer_id, digest_size=8, key=seed).digest()
    return int.from_bytes(drawn) * versions >> 64


def compared(figures: Sequence[Figures]) -> Verdict:
    """Pearson's chi-squared test that all versions are answered alike; for two it is the two-proportion z-test."""
    sent, answered = sum(each.sent for each in figures), sum(each.answered for each in figures)
    share = answered / sent if sent else 0.0
    rarer = min(share, 1 - share)
    if len(figures) < 2 or any(each.sent * rarer < _EXPECTED for each in figures):
        return Verdict.TOO_EARLY
    deviation = sum((each.answered - each.sent * share) ** 2 / (each.sent * share * (1 - share)) for each in figures)
    return Verdict.DIFFERENT if deviation > _CRITICAL[len(figures) - 1] else Verdict.CHANCE
