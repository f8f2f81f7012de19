"""The log tells what was ordered, started, held and ended, and by whom: a line each, ids alone."""

import logging
import re

import pytest

from tests.office import Office, until


async def test_a_life_in_the_log(team: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "userbot")
    people = team.customers(3)
    await team.open()
    offer = team.say("A secret offer")
    await team.ask("/send all 1d", reply_to=offer)
    await team.ask("/send sid1 del")
    await team.ask(f"/send list {people[0]},{people[1]}", reply_to=offer)
    await team.notice("✔ sid2")
    lines = [each.getMessage() for each in caplog.records if each.getMessage().startswith("sid")]
    assert [re.sub(r"starts .*", "starts", each) for each in lines] == [
        f"sid1: ordered by {team.boss} for all, starts",
        f"sid1: del by {team.boss}, cancelled now, nothing to send",
        f"sid2: ordered by {team.boss} for list, starts",
        "sid2: start, running now, 2 pending",
        "sid2: finish, finished now, 2 sent",
    ]
    everything = "\n".join(each.getMessage() for each in caplog.records if each.name.startswith("userbot."))
    assert not any(word in everything for word in ("secret", "Boss", "Customer", "Shop", team.phone))


async def test_a_pause_and_a_flood_in_the_log(team: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "userbot")
    team.customers(200)
    team.telegram.flood_limit(rate=1, burst=50, wait=300)
    await team.open()
    await team.ask("/send all", reply_to=team.say("Hello"))
    await until(lambda: pauses(caplog))
    await team.ask("/send sid1 pause")
    await team.ask("/send sid1 stop")
    await until(lambda: "stopped now" in caplog.text)
    assert re.search(rf"sid1: pause by {team.boss}, paused now, \d+ sent", caplog.text)
    assert re.search(rf"sid1: stop by {team.boss}, stopped now", caplog.text)
    assert pauses(caplog) == 1


def pauses(caplog: pytest.LogCaptureFixture) -> int:
    """Of the sending: looks around may have pauses of their own."""
    return sum("asks for a pause" in each.getMessage() for each in caplog.records if each.name.endswith("rate_limiter"))
