from typing import Any

from telethon.tl import functions, types

from tests.sandbox.town import Town

messages = functions.messages


def create(town: Town, title: str) -> int:
    return int(town.call(messages.CreateForumTopicRequest(town.at(town.group), title)).updates[0].id)


def topics(town: Town, limit: int = 100, offset_topic: int = 0, q: str | None = None) -> Any:
    return town.call(messages.GetForumTopicsRequest(town.at(town.group), None, 0, offset_topic, limit, q))


def edit(town: Town, topic: int, user: int | None = None, **changes: Any) -> Any:
    return messages.EditForumTopicRequest(town.at(town.group, user), topic, **changes)


def test_a_topic_is_named_by_its_service_message(town: Town) -> None:
    answer = town.call(messages.CreateForumTopicRequest(town.at(town.group), "Prices"))
    named, new = answer.updates
    assert named.id == new.message.id
    assert isinstance(new.message.action, types.MessageActionTopicCreate)
    assert new.message.reply_to is None
    post = town.post(town.group, town.me, "hello", topic=named.id)
    first, general = topics(town).topics
    assert (first.id, first.title, first.top_message, first.my) == (named.id, "Prices", post, True)
    assert (general.id, general.title) == (1, "General")


def test_pages(town: Town) -> None:
    created = [create(town, f"Topic {number}") for number in range(5)]
    first = topics(town, limit=3)
    second = topics(town, limit=3, offset_topic=first.topics[-1].id)
    assert [topic.id for topic in first.topics + second.topics] == [*reversed(created), 1]
    assert first.count == 6
    assert [topic.title for topic in topics(town, q="topic 3").topics] == ["Topic 3"]


def test_by_id(town: Town) -> None:
    topic = create(town, "Prices")
    answer = town.call(messages.GetForumTopicsByIDRequest(town.at(town.group), [topic, 99]))
    assert answer.topics[0].title == "Prices"
    assert answer.topics[1] == types.ForumTopicDeleted(99)


def test_edits(town: Town) -> None:
    topic = create(town, "Prices")
    answer = town.call(edit(town, topic, title="New prices", closed=True))
    message = answer.updates[0].message
    assert message.action == types.MessageActionTopicEdit("New prices", closed=True)
    assert (message.reply_to.forum_topic, message.reply_to.reply_to_msg_id) == (True, topic)
    changed = topics(town).topics[0]
    assert (changed.title, changed.closed, changed.hidden) == ("New prices", True, False)
    assert town.refused(edit(town, topic, title="New prices")) == "TOPIC_NOT_MODIFIED"
    assert town.refused(edit(town, 99, title="x")) == "TOPIC_ID_INVALID"


def test_members_edit_their_own(town: Town) -> None:
    bob = town.bob_in()
    theirs = create(town, "Theirs")
    own = town.call(messages.CreateForumTopicRequest(town.at(town.group, bob), "Own"), bob).updates[0].id
    assert town.refused(edit(town, theirs, bob, title="x"), bob) == "CHAT_ADMIN_REQUIRED"
    assert town.call(edit(town, own, bob, title="x"), bob)


def test_a_group_without_topics(town: Town) -> None:
    group = town.new_group(town.me, forum=False)
    request = messages.CreateForumTopicRequest(town.at(group), "Prices")
    assert town.refused(request) == "CHANNEL_FORUM_MISSING"
    post = town.post(group, town.me, "plain")
    answer = town.post(group, town.me, "answer", reply_to=post)
    reply = (
        town.call(functions.channels.GetMessagesRequest(town.channel(group), [types.InputMessageID(answer)]))
        .messages[0]
        .reply_to
    )
    assert (bool(reply.forum_topic), reply.reply_to_msg_id) == (False, post)


def test_a_title_is_needed(town: Town) -> None:
    assert town.refused(messages.CreateForumTopicRequest(town.at(town.group), " ")) == "TOPIC_TITLE_EMPTY"
