"""Customers' dialogs appear in topics, and what operators write there goes to the customers."""

from typing import Any

import pytest

from tests.office import HandClock, Office, until
from tests.ticking import ticking
from userbot.sandbox import samples
from userbot.sandbox.seen import Seen


def topic_named(team: Office, name: str) -> int | None:
    """The topic with this name, once there is one."""
    return next((number for number, title in team.telegram.topics(team.group).items() if name in title), None)


async def dialog(team: Office, name: str = "Ada") -> tuple[int, int]:
    """Somebody who has written, and their topic."""
    person = team.telegram.add_person(name)
    team.telegram.write(person, team.owner, f"{name} was here")
    topic = await until(lambda: topic_named(team, name))
    await until(lambda: team.inside(topic))
    return person, topic


def shown(team: Office, topic: int) -> list[Seen]:
    return [each for each in team.telegram.messages(team.group, topic) if each.kind != "service"]


async def test_a_customers_message_opens_a_topic_and_the_operators_answer_goes_out(desk: Office) -> None:
    await desk.open()
    ada = desk.telegram.add_person("Ada", "Lovelace", username="ada")
    desk.telegram.write(ada, desk.owner, "Hello, is anybody there?")
    topic = await until(lambda: topic_named(desk, "Ada Lovelace @ada"))
    await until(lambda: desk.inside(topic) == ["Hello, is anybody there?"])
    desk.say("Yes, me!", by=desk.operator, topic=topic)
    await until(lambda: [each.text for each in desk.arrived(ada)] == ["Yes, me!"])
    assert not desk.arrived(ada)[0].has_author
    assert shown(desk, topic)[0].has_author


async def test_every_kind_goes_both_ways_in_order(desk: Office) -> None:
    await desk.open()
    ada, topic = await dialog(desk)
    for kind in samples.KINDS:
        desk.telegram.write(ada, desk.owner, "" if kind in {"sticker", "video_note"} else kind, media=kind)
    bold: Any = [("bold", 0, 4), ("text_url", 5, 4, "https://example.org")]
    desk.telegram.write(ada, desk.owner, "Bold link", entities=bold)
    desk.telegram.post_album(desk.owner, ada, ["photo", "video", "photo"], "Three")
    kinds = ["text", *samples.KINDS, "text", "photo", "video", "photo"]
    await until(lambda: [each.kind for each in shown(desk, topic)] == kinds)
    there = shown(desk, topic)
    assert there[-4].entities == bold
    assert len({each.grouped_id for each in there[-3:]}) == 1
    assert there[-3].grouped_id is not None
    assert [each.text for each in there[-3:]] == ["Three", "", ""]
    for kind in samples.KINDS:
        desk.say("" if kind in {"sticker", "video_note"} else kind, topic=topic, media=kind)
    desk.say("Bold link", topic=topic, entities=bold)
    desk.telegram.post_album(desk.group, desk.operator, ["photo", "video", "photo"], "Three", topic=topic)
    await until(lambda: [each.kind for each in desk.arrived(ada)] == kinds[1:])
    arrived = desk.arrived(ada)
    assert arrived[-4].entities == bold
    assert len({each.grouped_id for each in arrived[-3:]}) == 1
    assert len(shown(desk, topic)) == 2 * len(kinds) - 1


async def test_replies_are_replies_on_the_other_side(desk: Office) -> None:
    await desk.open()
    ada, topic = await dialog(desk)
    [first] = shown(desk, topic)
    answer = desk.say("To your message", by=desk.operator, topic=topic, reply_to=first.id)
    await until(lambda: desk.arrived(ada))
    [arrived] = desk.arrived(ada)
    mine = [each for each in desk.telegram.dialog(ada, desk.owner) if each.sender == ada]
    assert arrived.reply_to == mine[0].id
    desk.telegram.write(ada, desk.owner, "To yours", reply_to=arrived.id)
    await until(lambda: len(shown(desk, topic)) == 3)
    reply = shown(desk, topic)[-1]
    assert (reply.text, reply.reply_to) == ("Ada:\nTo yours", answer)
    named = [("mention_name", 4, 3, desk.operator)]
    desk.say("Ask Ben", by=desk.boss, topic=topic, reply_to=reply.id, entities=named)
    await until(lambda: len(desk.arrived(ada)) == 2)
    assert desk.arrived(ada)[1].entities == named
    desk.telegram.write(ada, desk.owner, media="photo", reply_to=arrived.id)
    desk.telegram.write(ada, desk.owner, media="poll", reply_to=arrived.id)
    await until(lambda: [each.kind for each in shown(desk, topic)[-2:]] == ["photo", "poll"])
    assert shown(desk, topic)[-2].reply_to == answer
    desk.telegram.post_album(desk.group, desk.boss, ["photo", "photo"], topic=topic, reply_to=reply.id)
    await until(lambda: len(desk.arrived(ada)) == 4)
    assert desk.arrived(ada)[2].grouped_id == desk.arrived(ada)[3].grouped_id is not None
    theirs = [each.id for each in desk.telegram.dialog(ada, desk.owner) if each.text == "To yours"]
    assert [each.reply_to for each in desk.arrived(ada)[1:]] == theirs * 3


async def test_comments_and_commands_stay(desk: Office) -> None:
    await desk.open()
    ada, topic = await dialog(desk)
    desk.say("/ a difficult one", by=desk.operator, topic=topic)
    desk.telegram.post_album(desk.group, desk.operator, ["photo", "photo"], "/ screenshots", topic=topic)
    desk.say("/sned welcome", by=desk.operator, topic=topic)
    await desk.ask("/send templates", by=desk.operator, topic=topic)
    edited = desk.say("First version", by=desk.operator, topic=topic)
    await until(lambda: desk.arrived(ada))
    desk.telegram.edit(desk.operator, desk.group, edited, "/ taken back")
    desk.say("The end", by=desk.operator, topic=topic)
    await until(lambda: [each.text for each in desk.arrived(ada)] == ["First version", "The end"])


async def test_edits_and_deletions_reach_the_other_side(desk: Office) -> None:
    await desk.open()
    ada, topic = await dialog(desk)
    [first] = shown(desk, topic)
    said = desk.say("Tomorow", by=desk.operator, topic=topic)
    other = desk.say("Wrong topic", by=desk.operator, topic=topic)
    await until(lambda: len(desk.arrived(ada)) == 2)
    desk.telegram.edit(desk.operator, desk.group, said, "Tomorrow")
    await until(lambda: desk.arrived(ada)[0].text == "Tomorrow")
    desk.telegram.delete(desk.group, [other])
    await until(lambda: [each.text for each in desk.arrived(ada)] == ["Tomorrow"])
    [mine] = [each for each in desk.telegram.dialog(ada, desk.owner) if each.sender == ada]
    desk.telegram.edit(ada, desk.owner, mine.id, "Ada is here")
    await until(lambda: "✏ Ada is here" in desk.inside(topic))
    news = shown(desk, topic)[-1]
    assert news.reply_to == first.id
    desk.say("To the edited one", topic=topic, reply_to=news.id)
    await until(lambda: len(desk.arrived(ada)) == 2)
    assert desk.arrived(ada)[1].reply_to == mine.id
    desk.telegram.take_back(ada, [mine.id])
    await until(lambda: desk.inside(topic)[-1] == "🗑 This message was deleted in the dialog.")
    assert shown(desk, topic)[-1].reply_to == first.id
    assert len(shown(desk, topic)) == 5, desk.inside(topic)


async def test_what_the_owner_writes_from_a_phone_appears_and_what_they_write_in_the_topic_goes_out(
    desk: Office,
) -> None:
    await desk.open()
    ada, topic = await dialog(desk)
    desk.telegram.write(desk.owner, ada, "From my phone")
    await until(lambda: desk.inside(topic)[-1] == "From my phone")
    desk.say("From the topic", by=desk.owner, topic=topic)
    await until(lambda: [each.text for each in desk.arrived(ada)] == ["From my phone", "From the topic"])
    stranger = desk.telegram.add_person("Stranger")
    desk.telegram.write(desk.owner, stranger, "Hi")
    desk.telegram.write(ada, desk.owner, "Thanks")
    await until(lambda: desk.inside(topic)[-1] == "Thanks")
    assert desk.inside(topic) == ["Ada was here", "From my phone", "From the topic", "Thanks"]
    assert topic_named(desk, "Stranger") is None


async def test_what_cannot_be_delivered_is_answered_with_the_reason(desk: Office) -> None:
    await desk.open()
    ada, topic = await dialog(desk)
    desk.telegram.block(ada, desk.owner)
    said = desk.say("Hello?", by=desk.operator, topic=topic)
    assert await desk.answer(said) == "✖ Not delivered: blocked the account (USER_IS_BLOCKED)."
    assert not desk.arrived(ada)


async def test_a_topic_that_was_deleted_closed_or_renamed_by_hand(desk: Office) -> None:
    await desk.open()
    ada, topic = await dialog(desk)
    desk.say("Hello", topic=topic)
    await until(lambda: desk.arrived(ada))
    desk.telegram.rename_topic(desk.group, topic, "The countess")
    desk.telegram.close_topic(desk.group, topic)
    await until(lambda: desk.knows_closed(topic))  # news of a group and of a dialog come each in their own time
    desk.telegram.write(ada, desk.owner, "Still there?")
    await until(lambda: "Still there?" in desk.inside(topic))
    assert desk.telegram.topics(desk.group) == {topic: "The countess"}
    assert not desk.telegram.world.value("SELECT closed FROM topics WHERE id = ?", topic)
    desk.telegram.delete_topic(desk.group, topic)
    desk.telegram.write(ada, desk.owner, "And now?")
    new = await until(lambda: topic_named(desk, "Ada"))
    await until(lambda: desk.inside(new) == ["And now?"])
    assert new != topic
    desk.say("Here I am", topic=new)
    await until(lambda: [each.text for each in desk.arrived(ada)] == ["Hello", "Here I am"])


@pytest.mark.parametrize("lead", [True, False])
async def test_a_topic_that_was_deleted_without_anybody_telling(desk: Office, *, lead: bool) -> None:
    """Only the refusal tells: the update and the difference come later."""
    if not lead:
        desk.group = desk.telegram.add_group("Guests", desk.boss, [desk.owner, desk.operator])
    await desk.open()
    ada, topic = await dialog(desk)
    desk.telegram.contrary(on=False, lost=1.0)
    desk.telegram.delete_topic(desk.group, topic)
    desk.telegram.contrary(on=False)
    desk.telegram.write(ada, desk.owner, "And now?")
    new = await until(lambda: topic_named(desk, "Ada"))
    await until(lambda: desk.inside(new) == ["And now?"])


async def test_a_topic_bound_to_a_group_shows_its_messages_and_answers_there(desk: Office) -> None:
    club = desk.telegram.add_group("Book club", desk.boss, [desk.owner], forum=False)
    await desk.open()
    topic = await desk.topic_of(club)
    desk.telegram.post(club, desk.boss, "Who reads what?")
    await until(lambda: desk.inside(topic)[-1] == "Who reads what?")
    desk.say("We read Ada", by=desk.operator, topic=topic)
    await until(lambda: "We read Ada" in [each.text for each in desk.telegram.messages(club)])


async def test_nothing_is_missed_in_a_group_once_a_topic_is_bound_to_it(counter: Office, clock: HandClock) -> None:
    club = counter.telegram.add_group("Book club", counter.boss, [counter.owner], forum=False)
    await counter.open()
    counter.telegram.refuse("FLOOD_WAIT_20", 420, method="channels.getFullChannel")
    async with ticking(clock, seconds=1):
        topic = await counter.topic_of(club)
        counter.telegram.post(club, counter.boss, "Who reads what?")
        await until(lambda: counter.inside(topic)[-1] == "Who reads what?")


async def test_a_desk_that_is_off_leaves_dialogs_alone(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    topic = await team.topic_of(customer)
    team.telegram.write(customer, team.owner, "Hello")
    team.say("Hello yourself", topic=topic)
    await team.ask("/send templates")
    assert not team.arrived(customer)
    assert "Hello" not in team.inside(topic)


async def test_a_copy_cannot_be_edited_after_two_days(counter: Office, clock: HandClock) -> None:
    await counter.open()
    ada, topic = await dialog(counter)
    said = counter.say("Tomorow", by=counter.owner, topic=topic)
    await until(lambda: counter.arrived(ada))
    clock.advance(49 * 3600)
    counter.telegram.edit(counter.owner, counter.group, said, "Tomorrow")
    assert "was not edited" in await counter.answer(said)
