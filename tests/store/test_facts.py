"""Facts, and the month in UTC."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from userbot.store import facts
from userbot.store.database import Database


@pytest.mark.parametrize("value", [None, 0, 1.5, "words 🙂", [1, [2]], {"rate": 12.25, "left": None}, True])
async def test_a_fact_is_recalled_as_it_was_remembered(database: Database, value: object) -> None:
    async with database.transaction() as on:
        await facts.remember(on, "pace", "something else")
        await facts.remember(on, "pace", value)
    assert await facts.recall(database.reader, "pace") == value
    assert await facts.recall(database.reader, "other") is None


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 10, 31, 23, 59, 59, 999_000, UTC), "2026-10"),
        (datetime(2026, 11, 1, tzinfo=UTC), "2026-11"),
        (datetime(2027, 1, 1, tzinfo=UTC), "2027-01"),
        (datetime(2024, 2, 29, 23, 59, tzinfo=UTC), "2024-02"),
        (datetime(2026, 11, 1, 5, tzinfo=timezone(timedelta(hours=14))), "2026-10"),
    ],
)
def test_a_month_is_one_of_utc_wherever_the_machine_stands(
    moment: datetime, month: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Niue", "UTC"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert facts.month(moment.timestamp()) == month
    monkeypatch.undo()
    time.tzset()


async def test_messages_are_counted_by_month(database: Database) -> None:
    async with database.transaction() as on:
        for month, messages in (("2026-10", 5), ("2026-11", 2), ("2026-11", 3)):
            await facts.count_delivered(on, month, messages)
    assert await facts.delivered(database.reader, "2026-10") == 5
    assert await facts.delivered(database.reader, "2026-11") == 5
    assert await facts.delivered(database.reader, "2026-12") == 0
