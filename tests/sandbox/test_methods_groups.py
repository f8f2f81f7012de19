"""What is posted in a group: where it stands in a forum, who may write, who hears of it."""

from itertools import count
from typing import Any

from telethon.tl import functions, types

from tests.sandbox.town import Town, new_messages

messages = functions.messages


def topic_of(town: Town, title: str = "Topic") -> int:
    return int(town.call(messages.CreateForumTopicRequest(town.at(town.group), title)).updates[0].id)


def header(message: Any) -> tuple[Any, ...] | None:
    reply = message.reply_to
    return reply and (bool(reply.forum_topic), reply.reply_to_msg_id, reply.reply_to_top_id)


def test_headers_in_a_forum(town: Town) -> None:
    topic = topic_of(town)
    reply = types.InputReplyToMessage

    fresh = count(1)

    def post(reply_to: Any) -> Any:
        return new_messages(town.call(town.text(town.group, "x", random_id=next(fresh), reply_to=reply_to)))[0]

    general = post(None)
    assert header(general) is None
    assert header(post(reply(general.id))) == (False, general.id, None)
    plain = post(reply(topic))
    assert header(plain) == (True, topic, None)
    assert header(post(reply(plain.id, top_msg_id=topic))) == (True, plain.id, topic)
    assert header(post(reply(plain.id))) == (True, plain.id, topic)
    assert header(post(reply(topic, top_msg_id=topic))) == (True, topic, None)
    assert [seen.topic for seen in town.messages(town.group)[-6:]] == [1, 1, topic, topic, topic, topic]


def test_a_forward_into_a_topic(town: Town) -> None:
    topic = topic_of(town)
    town.write(town.ann, town.me, "a question")
    request = messages.ForwardMessagesRequest(
        town.at(town.ann), [1], town.at(town.group), random_id=[5], top_msg_id=topic
    )
    (copy,) = new_messages(town.call(request))
    assert header(copy) == (True, topic, None)
    assert copy.fwd_from.from_id == types.PeerUser(town.ann)


def test_topics_that_cannot_be_written_in(town: Town) -> None:
    post = town.post(town.group, town.bob_in(), "in General")
    nowhere = types.InputReplyToMessage(post, top_msg_id=99)
    assert town.refused(town.text(town.group, "x", reply_to=nowhere)) == "TOPIC_DELETED"
    topic = topic_of(town)
    town.call(messages.EditForumTopicRequest(town.at(town.group), topic, closed=True))
    into = types.InputReplyToMessage(topic)
    request = messages.SendMessageRequest(town.at(town.group, town.bob), "x", random_id=1, reply_to=into)
    assert town.refused(request, town.bob) == "TOPIC_CLOSED"
    assert town.call(town.text(town.group, "the creator may", reply_to=into))


def test_muted(town: Town) -> None:
    town.bob_in()
    request = messages.SendMessageRequest(town.at(town.group, town.bob), "x", random_id=1)
    town.world.db.execute("UPDATE members SET role = 'muted' WHERE user = ?", (town.bob,))
    assert town.refused(request, town.bob) == "CHAT_WRITE_FORBIDDEN"
    town.world.db.execute("UPDATE members SET role = 'member' WHERE user = ?", (town.bob,))
    town.world.db.execute("UPDATE channels SET muted = 1")
    assert town.refused(request, town.bob) == "CHAT_WRITE_FORBIDDEN"
    assert town.call(town.text(town.group, "the creator may"))


def test_slow_mode(town: Town) -> None:
    town.bob_in()
    town.world.db.execute("UPDATE channels SET slow_mode = 30")
    town.post(town.group, town.bob, "first")
    town.world.clock.now += 10.5  # type: ignore[attr-defined]  # the fixture's clock
    request = messages.SendMessageRequest(town.at(town.group, town.bob), "x", random_id=2)
    assert town.refused(request, town.bob) == "SLOWMODE_WAIT_20"
    town.world.clock.now += 20  # type: ignore[attr-defined]
    assert town.call(request, town.bob)


def test_a_group_one_is_not_in(town: Town) -> None:
    request = messages.SendMessageRequest(town.at(town.group, town.ann), "x", random_id=1)
    assert town.refused(request, town.ann) == "CHANNEL_PRIVATE"


def test_anonymous(town: Town) -> None:
    town.post(town.group, town.me, "who am I?", anonymous=True)
    assert town.messages(town.group)[-1].sender == town.group
    history = town.call(messages.GetHistoryRequest(town.at(town.group), 0, None, 0, 1, 0, 0, 0))
    assert history.messages[0].from_id == types.PeerChannel(town.channel(town.group).channel_id)
    town.bob_in()
    request = messages.SendMessageRequest(
        town.at(town.group, town.bob), "x", random_id=1, send_as=town.at(town.group, town.bob)
    )
    assert town.refused(request, town.bob) == "SEND_AS_PEER_INVALID"


def test_everybody_in_a_group_hears(town: Town) -> None:
    town.log_in(town.bob_in(), 21)
    town.pushed.clear()
    town.call(town.text(town.group, "hello all"))
    (heard,) = town.told(town.bob, types.UpdateNewChannelMessage)
    assert heard.message.from_id == types.PeerUser(town.me)
    assert town.told(town.me, types.UpdateNewChannelMessage) == []
