"""A shop of the first release goes on with today's program, from the moment at which the old one was killed.

`tests/upgrades` holds its database and its Telegram as SQL. The old program had sent all three kinds of things: what is
written down (sid1; the first step of sid3, which is paused; sid4 in a topic), what waits (sid2), and sid5, a chain that
is under way: of its second step six deliveries are written down, two more have arrived and are not, one is not sent.
Three answers are still to be said.
"""

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.office import HandClock, Office, until
from userbot.sandbox import world
from userbot.sandbox.people import Sandbox
from userbot.store.place import DATABASE

KEPT = Path(__file__).parents[1] / "upgrades"
KILLED = datetime(2026, 11, 20, 10, 1, 30, tzinfo=UTC).timestamp()

PEOPLE = list(range(6_000_000_004, 6_000_000_013))
VIPS = PEOPLE[:4]
WELCOME, COURSE, NEWS = 7, (10, 11, 12), 19
"""The messages of the group."""


class FirstShop(Office):
    """Everybody is there already."""

    def __init__(self, telegram: Sandbox, folder: Path, clock: HandClock) -> None:
        self.telegram, self.folder, self.clock = telegram, folder, clock
        self.owner, self.boss, self.operator = 6_000_000_001, 6_000_000_002, 6_000_000_003
        self.group = -1_002_000_000_001
        self.options = {"rate_per_minute": 0, "monthly_limit": 0}
        self._task = None


@pytest.fixture
def clock() -> HandClock:
    return HandClock(KILLED)


@pytest.fixture
async def shop(tmp_path: Path, keys: Path, clock: HandClock) -> AsyncIterator[FirstShop]:
    _made(tmp_path / "data" / DATABASE, (KEPT / "first_release.sql").read_text())
    _made(tmp_path / "telegram" / world.DATABASE, world.SCHEMA.read_text(), (KEPT / "first_telegram.sql").read_text())
    async with Sandbox(tmp_path / "telegram", keys=keys, clock=clock.now) as telegram:
        team = FirstShop(telegram, tmp_path, clock)
        await team.log_in()
        try:
            yield team
        finally:
            await team.close()


def _made(path: Path, *scripts: str) -> None:
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path)) as made:
        for script in scripts:
            made.executescript(script)


def advance_to(clock: HandClock, moment: str) -> None:
    clock.advance(datetime.fromisoformat(f"{moment}+00:00").timestamp() - clock.now())


async def test_everything_goes_on_where_the_first_release_was_killed(shop: FirstShop, clock: HandClock) -> None:
    assert sum(line.source == COURSE[1] for line in shop.sent()) == 8
    await shop.open()
    assert (shop.folder / "data" / "userbot.v6.bak").exists()
    for answer in ("course · 3 messages\nwelcome · 1 message", "It finished 2026-11-20 09:01 UTC", "“al” is not"):
        await shop.notice(answer)
    await shop.written_down(5, sent=18)
    assert Counter(line.peer for line in shop.sent() if line.source == COURSE[1]) == dict.fromkeys(PEOPLE, 1)

    assert "paused" in (await shop.ask("/send sid3")).lower()
    await shop.ask("/send sid3 resume")
    await shop.written_down(3, sent=8)
    advance_to(clock, "2026-11-25T10:00")
    await shop.notice("sid3: template course to everyone with the mark vip\nFinished. 12 sent.")
    await shop.notice("sid5: template course to all customers\nFinished. 27 sent.")
    advance_to(clock, "2026-12-01T10:00")
    await shop.notice("sid2: template welcome to everyone with the mark vip\nFinished. 4 sent.")

    once, twice = dict.fromkeys(PEOPLE, 1), dict.fromkeys(VIPS, 2)
    for message in COURSE:
        assert Counter(line.peer for line in shop.sent() if line.source == message) == once | twice
    assert Counter(line.peer for line in shop.sent() if line.source == NEWS) == once
    assert Counter(line.peer for line in shop.sent() if line.source == WELCOME) == (
        dict.fromkeys(VIPS, 1) | {PEOPLE[0]: 2}  # and the one in the topic
    )
    assert len(shop.sent()) == 9 + 27 + 12 + 4 + 1
    for said in ("course · 3 messages\nwelcome · 1 message", "It finished 2026-11-20 09:01 UTC", "“al” is not"):
        assert sum(said in each for each in shop.said()) == 1


async def test_reports_templates_labels_and_topics_are_what_they_were(shop: FirstShop, clock: HandClock) -> None:
    await shop.open()
    await shop.written_down(5, sent=18)
    advance_to(clock, "2026-11-25T10:00")
    await shop.notice("sid5: template course to all customers\nFinished. 27 sent.")
    delivered = {(str(line.peer), str(line.message)) for line in shop.sent()}
    rows = shop.report_rows("sid5: template course to all customers\nFinished.")
    assert {(row["user_id"], row["step"]) for row in rows} == {(str(who), step) for who in PEOPLE for step in "123"}
    assert {row["status"] for row in rows} == {"sent"}
    assert {(row["user_id"], row["message_id"]) for row in rows} <= delivered
    await shop.ask("/send sid1 report")
    assert len(shop.report_rows("It finished 2026-11-20 09:01 UTC, after 1 s.\nRecipients: 9")) == 9

    properties = await shop.ask("/send course")
    assert [time in properties for time in ("1. text", "1h", "2026-11-25 10:00")] == [True] * 3, properties
    assert "vip · 4" in await shop.ask("/mark")
    hello = shop.say("Dear {first_name}")
    await shop.ask("/send welcome 5m", reply_to=hello)
    await shop.ask(f"/send list welcome {PEOPLE[8]}")
    await until(lambda: shop.sent(PEOPLE[8])[-1].source == WELCOME)
    await shop.written_down(6, sent=1)
    clock.advance(300)
    await until(lambda: shop.arrived(PEOPLE[8])[-1].text == "Dear Customer")

    [topic] = shop.telegram.topics(shop.group)
    shop.telegram.write(PEOPLE[0], shop.owner, "Is anybody there?")
    await until(lambda: "Is anybody there?" in shop.inside(topic))
    assert len(shop.telegram.topics(shop.group)) == 1
