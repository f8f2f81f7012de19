"""The pictures of the documentation: made by programs, the same at every time and on every machine."""

from collections.abc import Callable
from pathlib import Path

from tests.pictures import general, pace, watch

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"

PICTURES: dict[str, Callable[[], str]] = {
    "general.svg": general.picture,
    "watch.svg": watch.picture,
    "pace-climb.svg": pace.climb,
    "pace-change.svg": pace.change,
    "pace-hours.svg": pace.hours,
}
"""Each file, and what makes it."""
