"""The one message of a mailing tells how far it is, while it goes on, also after a restart; and how it ended."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.office import HandClock, Office, office, until
from tests.ticking import ticking
from userbot.service.announcements import Announcements
from userbot.service.live import EVERY_SECONDS
from userbot.telegram.gateway import Gateway

CUSTOMERS = 200


class Edits(list[tuple[float, str]]):
    """When and how the announcement was edited."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, clock: HandClock) -> None:
        super().__init__()
        self.decided: list[float] = []
        """When it was decided that it should say something else."""
        edit, amend = Gateway.edit, Announcements.amend

        async def noted(gateway: Gateway, message_id: int, text: str) -> Any:
            self.append((clock.now(), text))
            return await edit(gateway, message_id, text)

        async def decided(*given: Any) -> None:
            self.decided.append(clock.now())
            await amend(*given)

        monkeypatch.setattr(Gateway, "edit", noted)
        monkeypatch.setattr(Announcements, "amend", decided)

    def having(self, words: str) -> list[str]:
        return [text for _, text in self if words in text]


@asynccontextmanager
async def watched(
    folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, rate: int
) -> AsyncIterator[tuple[Office, Edits, HandClock]]:
    """An open office with its customers, which sends at this rate, and whose edits are noted."""
    clock = HandClock()
    edits = Edits(monkeypatch, clock)
    async with office(folder, keys, clock, rate_per_minute=rate) as team:
        team.customers(CUSTOMERS)
        await team.open()
        yield team, edits, clock


def announced(team: Office) -> str:
    return next(said for said in team.said() if "sid1" in said)


async def test_it_says_how_far_it_is_and_how_fast(tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with watched(tmp_path, keys, monkeypatch, rate=120) as (team, edits, clock):
        await team.ask("/send all", reply_to=team.say("An offer"))
        async with ticking(clock, seconds=0.5):
            await team.notice("✔ sid1")
            await until(lambda: "Ended" in announced(team))
        paces = [float(text.partition("Pace: ")[2].split()[0]) for text in edits.having("Pace")]
        assert paces
        assert 0 < max(paces) < 300  # what was written down together counts at one moment
        assert edits.having("Expected end: about ")
        moments = edits.decided[1:-1]  # without its beginning and its end
        assert len(moments) >= 4
        assert all(after - before >= EVERY_SECONDS - 1 for before, after in pairwise(moments))
        assert f"100 %\n{CUSTOMERS} sent\nEnded " in announced(team)
        assert len([said for said in team.said() if "sid1" in said]) == 2


async def test_after_a_restart_the_same_message_goes_on_and_tells_why_it_is_held(
    slow: Office, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.customers(3)
    await slow.open()
    await slow.template("chain", "", "1h", "1h")
    command = slow.say("/send all chain")
    await slow.answer(command)
    await slow.written_down(1, sent=3)
    await slow.close()
    edits = Edits(monkeypatch, clock)
    await slow.open()
    await until(lambda: "███" in announced(slow))
    assert "33 %\n3 sent, 6 pending" in announced(slow)
    assert announced(slow) == await slow.answer(command)
    seen = len(edits)
    for _ in range(20):  # nothing changes, so nothing is edited
        clock.advance(EVERY_SECONDS)
        await slow.ask("/send templates")
    assert len(edits) == seen
    await slow.ask("/send sid1 pause")
    clock.advance(EVERY_SECONDS)
    await until(lambda: "Paused: an operator paused it." in announced(slow))
    await slow.ask("/send sid1 resume")
    async with ticking(clock, seconds=60):
        await slow.notice("✔ sid1")
    await until(lambda: "100 %\n9 sent\nEnded " in announced(slow))


async def test_a_flood_wait_for_edits_holds_up_no_mailing_and_the_latest_words_follow(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(tmp_path, keys, monkeypatch, rate=120) as (team, edits, clock):
        team.telegram.refuse("FLOOD_WAIT_3600", 420, times=1, method="messages.editMessage")
        began = clock.now()
        await team.ask("/send all", reply_to=team.say("An offer"))
        async with ticking(clock, seconds=0.5):
            await team.notice("✔ sid1")
        assert clock.now() - began < 3600
        assert len(edits) == 1
        async with ticking(clock, seconds=60):
            await until(lambda: "Ended" in announced(team))
        assert len(edits) == 2


async def test_edits_never_meet_a_flood_wait_where_a_group_takes_twenty_messages_a_minute(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(tmp_path, keys, monkeypatch, rate=300) as (team, edits, clock):
        team.telegram.group_limit(each_minute=20, wait=222)
        for number in range(1, 5):
            await team.ask("/send all", reply_to=team.say(f"Offer {number}"))
        async with ticking(clock, seconds=0.5):
            for number in range(1, 5):
                await team.notice(f"✔ sid{number}")
            await until(lambda: sum(f"100 %\n{CUSTOMERS} sent\nEnded " in each for each in team.said()) == 4)
        assert len(edits) >= 3 * 4
        assert "group_wait" not in team.telegram.counters()


async def test_a_group_that_takes_less_makes_edits_wait_and_no_mailing(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(tmp_path, keys, monkeypatch, rate=120) as (team, edits, clock):
        team.telegram.group_limit(each_minute=4, wait=30)
        await team.ask("/send all", reply_to=team.say("An offer"))
        async with ticking(clock, seconds=0.5):
            await until(lambda: len(team.sent()) == CUSTOMERS)
            paused = clock.now()
            await team.notice("✔ sid1")
            await until(lambda: f"100 %\n{CUSTOMERS} sent\nEnded " in announced(team))
        waits = team.telegram.counters()["group_wait"]
        assert 0 < waits < len(edits)
        moments = [line.date for line in team.sent()]
        assert max(after - before for before, after in pairwise(moments)) < 30
        assert paused - moments[-1] < 30
