"""The account's dialogs are read page by page, whatever Telegram asks for meanwhile; the newest before a mailing."""

import pytest

from tests.office import HandClock, Office, until
from tests.ticking import ticking

PAGES = "messages.getDialogs"


def calls(team: Office) -> int:
    return team.telegram.world.faults.calls[PAGES]


async def test_flood_waits_are_waited_for_at_the_same_page(slow: Office, clock: HandClock) -> None:
    slow.telegram.contrary(on=False)  # calls are counted
    slow.customers(5_000)
    slow.telegram.refuse("FLOOD_WAIT_25", 420, times=None, method=PAGES, every=15)
    await slow.open()
    command = slow.say("/send list 1m 6000000004", reply_to=slow.say("News"))
    async with ticking(clock, seconds=1):
        waiting = await slow.notice("⏳ sid1")
        assert "It starts once all dialogs are read" in waiting
        assert "of about 5,00" in waiting
        await slow.notice("Finished.")
    assert "sid1" in await slow.answer(command)
    # 50 pages, one for the group and the team, the empty last one, the archive. The newest page and the archive's once
    # more for the list, whose id nobody knew when it was ordered, and again before the start. The newest page also says
    # where the account's box stands.
    refused = slow.telegram.counters()["FLOOD_WAIT_25"]
    assert calls(slow) - refused <= 58
    assert refused <= 0.1 * 58


async def test_who_is_not_among_the_dialogs_yet_is_not_called_a_stranger(slow: Office, clock: HandClock) -> None:
    oldest, *_, newest = slow.customers(1_000)
    slow.telegram.refuse("FLOOD_WAIT_3000", 420, times=None, method=PAGES, after=6)
    await slow.open()
    await until(lambda: calls(slow) >= 7)
    await slow.ask("/mark new vip")
    topic = slow.telegram.add_topic(slow.group, slow.owner, "A topic")
    bound = slow.say(f"/bind {oldest}", topic=topic)
    named = slow.say("/send list @nobody", reply_to=slow.say("News"))
    filed = slow.telegram.post_file(
        slow.group, slow.boss, "ids.csv", f"{oldest} {newest}".encode(), caption="/mark vip file"
    )
    async with ticking(clock, seconds=1):
        assert await slow.answer(bound) == (
            f"The dialogs are still being read, and {oldest} was not among them yet. Try again later."
        )
        assert "and @nobody was not among them yet" in await slow.answer(named)
        answer = await slow.answer(filed)
    assert "1 new, 0 already set, 1 unknown" in answer
    assert "⚠ The dialogs are still being read" in answer
    slow.telegram.clear_faults()
    async with ticking(clock, seconds=60):
        await until(lambda: slow.knows(oldest))
    assert f"({oldest})" in await slow.ask(f"/bind {oldest}", topic=topic)


async def test_a_reading_goes_on_where_it_was_after_a_restart(slow: Office, clock: HandClock) -> None:
    slow.telegram.contrary(on=False)  # calls are counted
    slow.customers(1_000)
    slow.telegram.refuse("FLOOD_WAIT_3000", 420, times=None, method=PAGES, after=6)
    await slow.open()
    await until(lambda: calls(slow) >= 7)
    await slow.close()
    slow.telegram.clear_faults()
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("News"))
    await slow.notice("Finished. 1,000 sent.")
    assert calls(slow) <= 12


async def test_who_writes_for_the_first_time_is_mailed_however_the_update_comes(slow: Office) -> None:
    slow.customers(3)
    people = [slow.telegram.add_person(f"New {number}") for number in range(3)]
    await slow.open()
    first, second, third = people
    slow.telegram.contrary(on=False, short=1.0)
    slow.telegram.write(first, slow.owner, "Hello, short")
    slow.telegram.contrary(on=False, half_known=1.0)
    slow.telegram.write(second, slow.owner, "Hello, half known", media="photo")
    slow.telegram.contrary(on=False)
    slow.telegram.contrary(on=False, lost=1.0)
    slow.telegram.write(third, slow.owner, "Hello, unheard")
    slow.telegram.contrary(on=False)
    await slow.ask("/send all", reply_to=slow.say("News"))
    await slow.notice("Finished. 6 sent.")
    assert set(people) < {line.peer for line in slow.sent()}


async def test_who_blocked_and_wrote_again_while_nobody_listened_is_mailed_again(team: Office) -> None:
    [customer] = team.customers(1)
    team.telegram.block(customer, team.owner)
    await team.open()
    await team.ask("/send all", reply_to=team.say("One"))
    await team.notice("Finished. 1 failed.")
    await team.close()
    team.telegram.block(customer, team.owner, blocked=False)
    team.telegram.write(customer, team.owner, "Here I am again")
    await team.open()
    await team.ask("/send all", reply_to=team.say("Two"))
    await team.notice("Finished. 1 sent.")


async def test_who_only_tried_a_message_on_themselves_is_no_customer(team: Office) -> None:
    customers = team.customers(3)
    await team.open()
    message = team.say("News")
    await team.ask("/send test", reply_to=message)
    await until(lambda: team.sent(team.boss))
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 3 sent.")
    await team.close()
    await team.open()
    await team.ask("/send all", reply_to=message)
    await until(lambda: sum("Finished. 3 sent." in text for text in team.said()) >= 2)
    assert len(team.sent(team.boss)) == 1
    assert len(team.sent()) == 1 + 2 * len(customers)


async def test_pages_with_what_is_no_dialog(team: Office) -> None:
    team.customers(350)
    team.telegram.contrary(on=False, odd_dialogs=1.0)
    await team.open()
    await team.ask("/send all", reply_to=team.say("News"))
    await team.notice("Finished. 350 sent.")


@pytest.mark.parametrize("short", [0.0, 1.0])
async def test_telegrams_own_voices_are_no_customers(team: Office, short: float) -> None:
    """Notifications, the old ones of them, codes, and replies in comments: in the dialogs, and when they write."""
    [customer] = team.customers(1)
    voices = [777000, 42777, 489000, 1271266957]
    for voice in voices[1:]:
        team.telegram.world.new_user("Telegram", id=voice)
    for voice in voices[:2]:
        team.telegram.write(voice, team.owner, "Login code: 12345")
    await team.open()
    team.telegram.contrary(on=False, short=short)
    for voice in voices:
        team.telegram.write(voice, team.owner, "Login code: 12345")
    await team.ask("/send all", reply_to=team.say("News"))
    await team.notice("Finished. 1 sent.")
    assert [each.peer for each in team.sent()] == [customer]
    assert not any(team.knows(voice) for voice in voices)
    await team.ask(f"/send list {customer},{voices[2]},{voices[3]}", reply_to=team.say("More news"))
    await team.notice("Finished. 1 sent, 2 skipped.")
    assert [each.peer for each in team.sent()] == [customer, customer]
