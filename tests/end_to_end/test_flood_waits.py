"""Flood waits of a minute and more: what General is told, and what is remembered of them."""

from functools import partial

from tests.office import HandClock, Office, until
from tests.ticking import ticking
from userbot.service.rate_limiter import PACE
from userbot.store import facts
from userbot.store.place import opened

ASKS = "⏳ Telegram asks for a pause until"
OVER = "The pause that Telegram asked for is over."


def told(office: Office, words: str) -> list[str]:
    return [each for each in office.said() if words in each]


def ended(office: Office, mailings: int) -> bool:
    return len(told(office, "Finished. 20 sent.")) == mailings


async def test_general_hears_of_a_long_wait_and_once_that_it_is_over(slow: Office, clock: HandClock) -> None:
    slow.customers(300)
    slow.options["rate_per_minute"] = 600
    await slow.open()
    message = slow.say("News")
    slow.telegram.refuse("FLOOD_WAIT_3000", 420, times=1)
    await slow.ask("/send all", reply_to=message)
    notice = await slow.notice(ASKS)
    assert "50 min from now" in notice
    assert "sid1" in notice
    assert "Expected end: about 2027-01-15 08:5" in notice
    went_out = len(slow.sent())
    clock.advance(1000)
    await slow.close()
    await slow.open()
    assert "Expected end: about 2027-01-15 08:5" in await slow.ask("/send sid1")
    clock.advance(1990)
    await slow.ask("/send sid1")
    assert len(slow.sent()) == went_out
    assert not told(slow, OVER)
    async with ticking(clock):
        await slow.notice("Finished. 300 sent.")
    await slow.notice(OVER)
    await slow.close()
    await slow.open()
    await slow.ask("/send sid1")
    assert (len(told(slow, ASKS)), len(told(slow, OVER))) == (1, 1)


async def test_one_that_ends_while_the_program_is_down_is_told_at_the_start(slow: Office, clock: HandClock) -> None:
    slow.customers(20)
    await slow.open()
    message = slow.say("News")
    slow.telegram.refuse("FLOOD_WAIT_600", 420, times=1)
    await slow.ask("/send all", reply_to=message)
    await slow.notice(ASKS)
    await slow.close()
    clock.advance(3000)
    await slow.open()
    await slow.notice(OVER)
    async with ticking(clock):
        await slow.notice("Finished. 20 sent.")
    assert (len(told(slow, ASKS)), len(told(slow, OVER))) == (1, 1)


async def test_short_waits_are_not_told_and_those_of_a_minute_once_an_hour(slow: Office, clock: HandClock) -> None:
    slow.customers(20)
    await slow.open()
    message = slow.say("News")
    for number, seconds in enumerate((59, 70, 70, 59), 1):
        slow.telegram.refuse(f"FLOOD_WAIT_{seconds}", 420, times=1)
        await slow.ask("/send all", reply_to=message)
        async with ticking(clock, 1.0):
            await until(partial(ended, slow, number))
            if number == 2:
                await slow.notice(OVER)
        assert len(told(slow, ASKS)) == (number > 1)
    assert slow.telegram.counters()["FLOOD_WAIT_70"] == 2
    assert len(told(slow, OVER)) == 1


async def test_the_first_announcement_promises_what_the_memory_allows(slow: Office, clock: HandClock) -> None:
    slow.customers(300)
    known = {"rate": 16.0, "burst": None, "calm": 120.0, "flood_left": 0.0, "saved_at": clock.now()}
    window = {"refill": 0.5, "span": 3600.0, "calm": 21_600.0}
    async with opened(slow.settings()) as database, database.transaction() as on:
        await facts.remember(on, PACE, known | {"window": window})
    await slow.open()
    message = slow.say("News")
    await slow.ask("/send all", reply_to=message)
    assert "Expected: about 10 min." in await slow.notice("Started.")
