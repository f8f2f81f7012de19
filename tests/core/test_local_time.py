"""The time that people read beside UTC, and the one they write: on odd nights too."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from userbot.core import local_time, timing, wording
from userbot.core.grammar import Mistake, Place, parse
from userbot.core.timing import At, NoTime


@pytest.fixture(autouse=True)
def berlin() -> Iterator[None]:
    token = local_time.ZONE.set(ZoneInfo("Europe/Berlin"))
    yield
    local_time.ZONE.reset(token)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("moment", "read"),
    [
        ("2026-12-24 10:00", "2026-12-24 10:00 UTC (11:00)"),
        ("2026-07-24 10:00:05", "2026-07-24 10:00:05 UTC (12:00:05)"),
        ("2026-12-31 23:30", "2026-12-31 23:30 UTC (2027-01-01 00:30)"),
    ],
)
def test_what_is_read(moment: str, read: str) -> None:
    assert wording.moment(utc(moment)) == read


def test_without_a_zone_it_is_utc_alone() -> None:
    local_time.ZONE.set(None)
    assert wording.moment(utc("2026-12-24 10:00")) == "2026-12-24 10:00 UTC"
    answer = timing.parse("2026-12-24 10:00 local")
    assert answer == NoTime("what is local here is not known while TIMEZONE is not set.", "YYYY-MM-DD HH:MM")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-12-24 10:00 local", "2026-12-24 09:00"),
        ("2026-07-24 10:00:30 LOCAL", "2026-07-24 08:00:30"),
        ("2026-10-25 01:59 local", "2026-10-24 23:59"),
        ("2026-10-25 03:00 local", "2026-10-25 02:00"),
    ],
)
def test_what_is_written(written: str, meant: str) -> None:
    assert timing.parse(written) == At(utc(meant))


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("2026-10-25 02:30 local", "2026-10-25 01:30"),  # comes twice: the later one is meant, if anything
        ("2026-03-29 02:30 local", "2026-03-29 00:30"),
        ("24.12.2026 10:00 local", "2026-12-24 10:00 local"),
        ("10:00 local", "YYYY-MM-DD 10:00 local"),
        ("2026-02-30 10:00 local", "YYYY-MM-DD HH:MM local"),
        ("0001-01-01 00:00 local", "YYYY-MM-DD HH:MM"),
    ],
)
def test_what_is_no_local_time(written: str, nearest: str) -> None:
    answer = timing.parse(written)
    assert isinstance(answer, NoTime)
    assert answer.nearest == nearest


def test_in_a_command() -> None:
    run = parse("/send all welcome 2026-12-24 10:00 local", Place.GENERAL)
    assert run == parse("/send all welcome 2026-12-24 09:00", Place.GENERAL)
    late = parse("/send all welcome 24.12.2026 10:00 local", Place.GENERAL)
    assert isinstance(late, Mistake)
    assert late.hint == "/send all welcome 2026-12-24 10:00 local"
