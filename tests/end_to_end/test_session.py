"""A session that Telegram ends: everything that runs is paused, and the program says what to do."""

import asyncio

import pytest

from tests.office import PATIENCE, HandClock, Office, until
from tests.ticking import ticking
from userbot.errors import NotLoggedInError


async def sentence(team: Office) -> str:
    """Wait until the program has ended because nobody is logged in any more, and return why."""
    task, team._task = team._task, None
    assert task is not None
    with pytest.raises(NotLoggedInError) as error:
        await asyncio.wait_for(task, PATIENCE)
    return str(error.value)


ENDS = [
    ("AUTH_KEY_UNREGISTERED", 401),
    ("SESSION_REVOKED", 401),
    ("SESSION_EXPIRED", 401),
    ("USER_DEACTIVATED", 401),
    ("USER_DEACTIVATED_BAN", 401),
    ("AUTH_KEY_DUPLICATED", 406),
]


@pytest.mark.parametrize(("code", "number"), ENDS)
async def test_a_session_that_ends_in_mid_run_pauses_and_can_go_on(slow: Office, code: str, number: int) -> None:
    slow.customers(200)
    slow.telegram.latency(0.2)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("News"))
    await until(slow.sent)
    slow.telegram.refuse(code, number, times=None)
    said = await sentence(slow)
    assert code in said
    assert "Log in" in said
    slow.telegram.clear_faults()
    went_out = len(slow.sent())
    await slow.open()
    assert code in await slow.notice("All mailings are paused")
    assert "Paused" in await slow.ask("/send sid1")
    assert len(slow.sent()) == went_out
    await slow.ask("/send sid1 resume")
    await slow.notice("Finished. 200 sent.")
    assert len({line.peer for line in slow.sent()}) == len(slow.sent()) == 200


async def test_logged_out_from_another_device_while_nothing_is_sent(slow: Office, clock: HandClock) -> None:
    await slow.open()
    slow.telegram.log_out(slow.owner)
    async with ticking(clock):
        said = await sentence(slow)
    assert "AUTH_KEY_UNREGISTERED" in said
    with pytest.raises(NotLoggedInError, match="userbot login"):
        await slow.open()
    slow._task = None
    await slow.log_in()
    await slow.open()
    assert not any("paused" in text for text in slow.said())


async def test_a_key_that_telegram_does_not_know_any_more(slow: Office) -> None:
    slow.customers(3)
    await slow.open()
    for key in slow.telegram.world.column("SELECT id FROM auth_keys WHERE user = ?", slow.owner):
        slow.telegram.world.drop_auth_key(int(key))
    slow.telegram.post(slow.group, slow.boss, "/send")
    await slow.telegram.go_away()
    await slow.telegram.come_back()
    assert "userbot login" in await sentence(slow)
    with pytest.raises(NotLoggedInError, match="userbot login"):
        await slow.open()
    slow._task = None


@pytest.mark.parametrize(("code", "number"), [("INTERNAL", 500), ("FLOOD_WAIT_60", 420)])
async def test_trouble_at_the_start_is_not_taken_for_a_lost_session(team: Office, code: str, number: int) -> None:
    team.telegram.refuse(code, number, times=None, method="updates.getState")
    with pytest.raises(Exception, match="Telegram cannot be reached"):
        await team.open()
    team._task = None
    team.telegram.clear_faults()
    await team.open()
