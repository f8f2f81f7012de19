"""What cannot be forwarded as it looks: declined with the reason, or said what arrives instead."""

import pytest

from tests.office import Office
from userbot.core.model import Step
from userbot.core.timing import Now
from userbot.sandbox.world import SPAMBOT
from userbot.store import templates
from userbot.store.place import opened

DECLINED = {
    "dice": "A dice names whoever threw it",
    "game": "A game names the bot it is from",
    "invoice": "An invoice cannot be forwarded",
    "paid_media": "Paid media cannot be forwarded",
    "giveaway": "A giveaway cannot be forwarded",
    "expiring": "Media that disappear once they are seen",
    "quiz": "chosen an answer",
}


@pytest.mark.parametrize(("kind", "words"), DECLINED.items())
async def test_it_is_no_step_and_the_answer_says_why(team: Office, kind: str, words: str) -> None:
    team.customers(2)
    await team.open()
    message = team.say(media=kind, text="")
    for command in ("/send test", "/send all", "/send list 1,2", "/send welcome"):
        assert words in await team.ask(command, reply_to=message)
    assert "no template welcome" in await team.ask("/send welcome")
    assert "No sendings yet" in await team.ask("/send sendings")
    assert team.sent() == []


async def test_everybody_votes_in_a_poll_of_their_own_and_whoever_orders_it_knows(team: Office) -> None:
    customers = team.customers(3)
    await team.open()
    message = team.say("Well?", media="poll")
    team.telegram.vote(team.group, team.operator, message)
    assert "votes in a poll of their own" in await team.ask("/send welcome", reply_to=message)
    assert "votes in a poll of their own" in await team.ask("/send all welcome")
    await team.notice("Finished. 3 sent.")
    assert [[each.kind for each in team.arrived(customer)] for customer in customers] == [["poll"]] * 3
    for customer in customers[:2]:
        team.telegram.vote(team.owner, customer, team.arrived(customer)[0].id)
    votes = "SELECT count(DISTINCT poll), count(*) FROM votes"
    assert team.telegram.world.one(votes) == (3, 3)  # the operator's in the group, and two customers' in their own


async def test_a_quiz_goes_once_the_account_has_chosen_an_answer(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    message = team.say("Well?", media="quiz")
    team.telegram.vote(team.group, team.boss, message)
    assert "Choose one, then order again" in await team.ask("/send all", reply_to=message)
    team.telegram.vote(team.group, team.owner, message)
    assert "votes in a poll of their own" in await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 1 sent.")
    assert [each.kind for each in team.arrived(customer)] == ["poll"]


@pytest.mark.parametrize(
    ("kind", "arrives", "words"),
    [
        ("live_location", "location", "A live location arrives as a plain one"),
        ("checklist", "checklist", "arrives with nothing ticked"),
        ("story", "story", "A story names whoever posted it"),
    ],
)
async def test_what_arrives_instead_is_said_when_it_is_ordered(
    team: Office, kind: str, arrives: str, words: str
) -> None:
    [customer] = team.customers(1)
    await team.open()
    assert words in await team.ask("/send all", reply_to=team.say(media=kind, text=""))
    await team.notice("Finished. 1 sent.")
    assert words in await team.notice("Started.")
    assert [each.kind for each in team.arrived(customer)] == [arrives]


async def test_a_template_from_before_is_not_run_with_a_dice_in_it(team: Office) -> None:
    team.customers(2)
    await team.open()
    message = team.say(media="dice", text="")
    await team.close()
    async with opened(team.settings()) as database, database.transaction() as on:
        old = await templates.create(on, "old")
        await templates.replace_steps(on, old.id, [Step((message,), Now(), "dice")])
    await team.open()
    assert "Message 1 of the template cannot be sent. A dice names" in await team.ask("/send all old")
    assert team.sent() == []


@pytest.mark.parametrize("command", ["/send all", "/send test", "/send welcome"])
async def test_a_reply_to_a_message_of_another_chat_means_no_message_here(team: Office, command: str) -> None:
    [customer] = team.customers(1)
    await team.open()
    here = team.say("A message of the group")
    elsewhere = 0
    while elsewhere < here:  # the same id stands for a message here too
        elsewhere = team.telegram.write(team.boss, SPAMBOT, "A message elsewhere")
    answer = await team.ask(command, reply_to=elsewhere, reply_in=SPAMBOT)
    assert "stands in another chat" in answer
    assert team.sent(customer) == []
