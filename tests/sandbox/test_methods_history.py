from typing import Any

import pytest
from telethon.tl import functions, types

from tests.sandbox.town import Clock, Town
from userbot.sandbox.samples import KINDS

messages = functions.messages


def history(town: Town, peer: int, viewer: int | None = None, **options: Any) -> Any:
    given = {
        "offset_id": 0, "offset_date": None, "add_offset": 0, "limit": 100, "max_id": 0, "min_id": 0, "hash": 0,
    } | options  # fmt: skip
    return town.call(messages.GetHistoryRequest(town.at(peer, viewer), **given), viewer)


def search(town: Town, peer: int, q: str = "", filter_: Any = None, **options: Any) -> list[int]:
    request = messages.SearchRequest(
        town.at(peer), q, filter_ or types.InputMessagesFilterEmpty(), None, None, 0, 0, 100, 0, 0, 0, **options
    )
    return ids(town.call(request))


def ids(answer: Any) -> list[int]:
    return [message.id for message in answer.messages]


def test_newest_first(town: Town) -> None:
    for text in ("one", "two", "three"):
        town.write(town.ann, town.me, text)
    town.write(town.bob, town.me, "elsewhere")
    answer = history(town, town.ann)
    assert [message.message for message in answer.messages] == ["three", "two", "one"]
    assert isinstance(answer, types.messages.Messages)
    assert [message.out for message in history(town, town.me, town.ann).messages] == [True] * 3


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"limit": 3}, [9, 8, 7]),
        ({"offset_id": 5}, [4, 3, 2, 1]),
        ({"offset_id": 5, "limit": 2}, [4, 3]),
        ({"offset_id": 5, "limit": 2, "add_offset": 1}, [3, 2]),
        ({"offset_id": 5, "limit": 2, "add_offset": -2}, [6, 5]),
        ({"offset_id": 5, "limit": 3, "add_offset": -1}, [5, 4, 3]),
        ({"min_id": 6}, [9, 8, 7]),
        ({"max_id": 3}, [2, 1]),
        ({"min_id": 3, "max_id": 7, "limit": 2}, [6, 5]),
        ({"limit": 0}, []),
    ],
)
def test_pages(town: Town, options: dict[str, int], expected: list[int]) -> None:
    for number in range(9):
        town.write(town.ann, town.me, str(number))
    answer = history(town, town.ann, **options)
    assert ids(answer) == expected
    assert getattr(answer, "count", 9) == 9


def test_offset_by_date(town: Town) -> None:
    from datetime import UTC, datetime

    clock = town.world.clock = Clock()
    for _ in range(3):
        clock.now += 10
        town.write(town.ann, town.me, "tick")
    assert ids(history(town, town.ann, offset_date=datetime.fromtimestamp(clock.now, UTC))) == [2, 1]


def test_a_group_shows_all_topics_and_replies_one(town: Town) -> None:
    topic = town.call(messages.CreateForumTopicRequest(town.at(town.group), "Topic")).updates[0].id
    inside = town.post(town.group, town.me, "inside", topic=topic)
    outside = town.post(town.group, town.me, "outside")
    answer_to_it = town.post(town.group, town.me, "answer", reply_to=outside)
    assert ids(history(town, town.group)) == [answer_to_it, outside, inside, topic, 1]
    assert isinstance(history(town, town.group), types.messages.ChannelMessages)

    def replies(number: int) -> list[int]:
        return ids(town.call(messages.GetRepliesRequest(town.at(town.group), number, 0, None, 0, 100, 0, 0, 0)))

    assert replies(topic) == [inside, topic]
    assert replies(1) == [answer_to_it, outside, 1]
    assert replies(outside) == [answer_to_it]


def test_by_id(town: Town) -> None:
    town.write(town.ann, town.me, "one")
    post = town.post(town.group, town.me, "post")
    answer = town.call(messages.GetMessagesRequest([types.InputMessageID(1), types.InputMessageID(9)]))
    assert answer.messages[0].message == "one"
    assert answer.messages[1] == types.MessageEmpty(9, None)
    channel = town.channel(town.group)
    request = functions.channels.GetMessagesRequest(channel, [types.InputMessageID(99), types.InputMessageID(post)])
    answer = town.call(request)
    assert answer.messages[0] == types.MessageEmpty(99, types.PeerChannel(channel.channel_id))
    assert answer.messages[1].message == "post"


def test_the_message_that_was_answered(town: Town) -> None:
    post = town.post(town.group, town.me, "post")
    answer = town.post(town.group, town.me, "answer", reply_to=post)
    asked = [types.InputMessageReplyTo(answer)]
    found = town.call(functions.channels.GetMessagesRequest(town.channel(town.group), asked))
    assert ids(found) == [post]


def test_search(town: Town) -> None:
    bob = town.bob_in()
    posts = {kind: town.post(town.group, town.me, "a specimen", media=kind) for kind in KINDS}
    by_bob = town.post(town.group, bob, "Special offer")
    assert search(town, town.group, "SPECI")[0] == by_bob
    assert search(town, town.group, from_id=town.at(bob)) == [by_bob]
    assert search(town, town.group, filter_=types.InputMessagesFilterVoice()) == [posts["voice"]]
    assert search(town, town.group, filter_=types.InputMessagesFilterPhotoVideo()) == [posts["video"], posts["photo"]]
    assert search(town, town.group, filter_=types.InputMessagesFilterPinned()) == []
    assert search(town, town.group, top_msg_id=77) == []


def test_a_private_group_is_closed(town: Town) -> None:
    request = messages.GetHistoryRequest(town.at(town.group, town.ann), 0, None, 0, 10, 0, 0, 0)
    assert town.refused(request, town.ann) == "CHANNEL_PRIVATE"
    town.call(functions.channels.UpdateUsernameRequest(town.channel(town.group), "open_group"))
    assert town.call(request, town.ann).messages
