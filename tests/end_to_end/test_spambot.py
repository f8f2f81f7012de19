"""@SpamBot is asked before a mass run, and what it says decides."""

import pytest

from tests.office import HandClock, Office, until
from tests.ticking import ticking
from userbot.sandbox.world import SPAMBOT

LIMITED = "Unfortunately, your account is now limited until 15 Jan 2027, 20:00 UTC. While limited, you can't write."
ENDLESS = "I’m very sorry that you had to contact me. Unfortunately, some actions can trigger a harsh response."
BLOCKED = "Your account was blocked for violations of the Telegram Terms of Service based on user reports."


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a minute of waiting for the bot, in two seconds."""
    monkeypatch.setattr("userbot.telegram.spambot.SPAMBOT_POLLS", (0.05,) * 40)


def questions(team: Office) -> int:
    """How often the bot was asked."""
    return sum(each.sender == team.owner for each in team.telegram.dialog(team.owner, SPAMBOT))


async def order(team: Office) -> str:
    """Order a mailing to three customers, and return the answer."""
    return await team.ask("/send all", reply_to=team.say("News"))


async def test_free_is_free(team: Office) -> None:
    team.customers(3)
    await team.open()
    await order(team)
    await team.notice("Finished. 3 sent.")
    assert questions(team) == 1


async def test_one_recipient_needs_no_question(team: Office) -> None:
    team.customers(1)
    team.telegram.set_spambot(LIMITED)
    await team.open()
    await order(team)
    await team.notice("Finished. 1 sent.")
    await team.ask("/send test", reply_to=team.say("News"))
    await team.notice("sent.")
    assert questions(team) == 0


async def test_limited_until_a_date_it_goes_on_by_itself_once_free(slow: Office, clock: HandClock) -> None:
    slow.customers(3)
    slow.telegram.set_spambot(LIMITED)
    await slow.open()
    await order(slow)
    notice = await slow.notice("⏸")
    assert "limited until 2027-01-15 20:00 UTC" in notice
    assert "goes on by itself after 2027-01-15 20:01 UTC" in notice
    clock.advance(11 * 3600)
    await slow.ask("/send sid1")
    assert questions(slow) == 1
    clock.advance(3600 + 61)
    await until(lambda: sum("⏸" in text for text in slow.said()) >= 2)
    assert (slow.sent(), questions(slow)) == ([], 2)
    slow.telegram.set_spambot()
    clock.advance(600)
    await slow.notice("Finished. 3 sent.")


async def test_a_date_that_is_past_is_no_reason_to_ask_all_the_time(slow: Office, clock: HandClock) -> None:
    slow.customers(3)
    slow.telegram.set_spambot(LIMITED.replace("2027", "2026"))
    await slow.open()
    await order(slow)
    async with ticking(clock, seconds=1):
        began = clock.now()
        await until(lambda: clock.now() > began + 300)
    assert questions(slow) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ENDLESS, "limited: “I’m very sorry"),
        (BLOCKED, "blocked: “Your account was blocked"),
        ("Wizards are on strike.", "“Wizards are on strike.”"),
    ],
)
async def test_without_a_date_an_administrator_decides(slow: Office, clock: HandClock, text: str, words: str) -> None:
    slow.customers(3)
    slow.telegram.set_spambot(text)
    await slow.open()
    await order(slow)
    notice = await slow.notice("⏸")
    assert words in notice
    assert "by itself" not in notice
    clock.advance(86400)
    await slow.ask("/send sid1")
    assert (slow.sent(), questions(slow)) == ([], 1)
    await slow.ask("/send sid1 resume")
    await slow.notice("Finished. 3 sent.")
    assert questions(slow) == 1


async def test_a_silent_bot_is_no_free_bot_whatever_it_said_before(team: Office) -> None:
    team.customers(3)
    await team.open()
    await order(team)
    await team.notice("Finished. 3 sent.")
    team.telegram.set_spambot(silent=True)
    await order(team)
    assert "@SpamBot does not answer" in await team.notice("⏸ sid2")
    assert len(team.sent()) == 3


async def test_a_slow_bot_is_waited_for(team: Office) -> None:
    team.customers(3)
    team.telegram.set_spambot(delay=0.5)
    await team.open()
    await order(team)
    await team.notice("Finished. 3 sent.")


async def test_a_bot_that_is_blocked_cannot_be_asked(team: Office) -> None:
    team.customers(3)
    team.telegram.block(team.owner, SPAMBOT)
    await team.open()
    await order(team)
    assert "unblock it" in await team.notice("⏸")
    team.telegram.block(team.owner, SPAMBOT, blocked=False)
    await team.ask("/send sid1 resume")
    await team.notice("Finished. 3 sent.")


async def test_a_frozen_account_is_found_out_before_anything_is_sent(slow: Office) -> None:
    slow.customers(3)
    slow.telegram.freeze(since=1_799_000_000, until=1_801_000_000)
    await slow.open()
    await order(slow)
    notice = await slow.notice("⏸")
    assert "Telegram has frozen this account until 2027-01-26 21:46" in notice
    assert "t.me/spambot" in notice
    assert slow.telegram.counters().get("frozen") is None
    slow.telegram.unfreeze()
    await slow.ask("/send sid1 resume")
    await slow.notice("Finished. 3 sent.")


async def test_after_peer_flood_the_bot_says_for_how_long(slow: Office, clock: HandClock) -> None:
    [customer] = slow.customers(1)
    await slow.open()
    await slow.ask(f"/send list 1m {customer}", reply_to=slow.say("News"))
    slow.telegram.set_spambot(LIMITED)
    slow.telegram.refuse("PEER_FLOOD", 400, times=1)
    clock.advance(61)
    await slow.notice("All mailings are paused")
    clock.advance(15)
    assert "It goes on by itself after 2027-01-15 20:01 UTC" in await slow.notice(
        "@SpamBot says the account is limited"
    )
    slow.telegram.set_spambot()
    clock.advance(12 * 3600 + 60)
    await slow.notice("Finished. 1 sent.")


NEW = "Все добре,   обмежень\nнемає."


async def test_words_that_somebody_has_overruled_are_not_asked_about_again(slow: Office) -> None:
    slow.customers(3)
    slow.telegram.set_spambot(NEW)
    await slow.open()
    await order(slow)
    assert "the next time it says exactly this, mailings go at once" in await slow.notice("⏸ sid1")
    await slow.ask("/send sid1 resume")
    await slow.notice("Finished. 3 sent.")
    await slow.close()
    await slow.open()
    await order(slow)
    await until(lambda: len(slow.sent()) == 6)
    slow.telegram.set_spambot(NEW + " Майже.")
    await order(slow)
    await slow.notice("⏸ sid3")
    assert len(slow.sent()) == 6
    assert questions(slow) == 3


@pytest.mark.parametrize("text", [ENDLESS, BLOCKED, LIMITED])
async def test_words_that_are_known_cannot_be_overruled(slow: Office, text: str) -> None:
    slow.customers(3)
    slow.telegram.set_spambot(text)
    await slow.open()
    await order(slow)
    await slow.notice("⏸ sid1")
    await slow.ask("/send sid1 resume")
    await slow.notice("Finished. 3 sent.")
    await order(slow)
    await slow.notice("⏸ sid2")
    assert len(slow.sent()) == 3


async def test_another_resume_overrules_nothing(slow: Office) -> None:
    """What was stopped by hand, or held for another reason, says nothing about the bot."""
    slow.customers(3)
    slow.telegram.set_spambot(NEW)
    await slow.open()
    await order(slow)
    await slow.notice("⏸ sid1")
    await slow.ask("/send sid1 stop")
    await order(slow)
    await slow.notice("⏸ sid2")
    assert slow.sent() == []


async def test_the_bot_is_looked_up_once(team: Office) -> None:
    team.telegram.contrary(on=False)  # calls are counted
    team.customers(3)
    for number in ("sid1", "sid2"):
        await team.open()
        await order(team)
        await team.notice(f"✔ {number}")
        await team.close()
    assert team.telegram.world.faults.calls["contacts.resolveUsername"] == 1


async def test_the_bot_is_looked_up_again_when_it_is_not_there(team: Office) -> None:
    team.telegram.contrary(on=False)  # calls are counted
    team.customers(3)
    await team.open()
    await order(team)
    await until(lambda: len(team.sent()) == 3)
    team.telegram.refuse("PEER_ID_INVALID", method="messages.sendMessage", recipient=SPAMBOT)
    await order(team)
    await until(lambda: len(team.sent()) == 6)
    assert team.telegram.world.faults.calls["contacts.resolveUsername"] == 2


async def test_a_flood_wait_while_looking_it_up_passes(slow: Office, clock: HandClock) -> None:
    slow.customers(3)
    slow.telegram.refuse("FLOOD_WAIT_300", 420, method="contacts.resolveUsername")
    await slow.open()
    await order(slow)
    assert "goes on by itself" in await slow.notice("⏸ sid1")
    clock.advance(310)
    await slow.notice("Finished. 3 sent.")


async def test_one_question_for_all_that_were_paused(slow: Office, clock: HandClock) -> None:
    customers = slow.customers(2)
    await slow.open()
    for number in range(3):
        message = slow.say(f"News {number}")
        await slow.ask(f"/send list 2h {','.join(map(str, customers))}", reply_to=message)
    slow.telegram.refuse("PEER_FLOOD", 400, times=1)
    clock.advance(7201)
    await slow.notice("All mailings are paused")
    asked = questions(slow)
    slow.telegram.set_spambot(delay=0.2)
    async with ticking(clock, seconds=1):
        await until(lambda: len(slow.sent()) == 6)
    assert questions(slow) - asked == 1
