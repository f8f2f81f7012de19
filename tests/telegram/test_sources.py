"""What a message of the group is, so that it is known what would arrive."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telethon.tl import types

from userbot.core.model import ELSEWHERE, GENERAL
from userbot.telegram import translate

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PLACE = types.GeoPoint(13.4, 52.5, 0)
WORDS = types.TextWithEntities("Well?", [])


def kind(media: Any, **more: Any) -> str:
    found = translate.source(types.Message(5, types.PeerChannel(7), NOW, "text", media=media, **more))
    assert found is not None
    return found.kind


def poll(*, quiz: bool, **results: Any) -> Any:
    return types.MessageMediaPoll(types.Poll(1, WORDS, [], 0, quiz=quiz), types.PollResults(**results))


def document(*attributes: Any, **more: Any) -> Any:
    return types.MessageMediaDocument(
        document=types.Document(1, 2, b"", NOW, "video/mp4", 10, 2, list(attributes)), **more
    )


def chosen(option: bytes | None) -> list[Any]:
    return [types.PollAnswerVoters(each, chosen=each == option, correct=each == b"0") for each in (b"0", b"1")]


PHOTO = types.Photo(1, 2, b"", NOW, [], 2)
VIDEO = types.DocumentAttributeVideo(1.0, 10, 10)


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        (None, "text"),
        (types.MessageMediaWebPage(types.WebPage(1, "https://example.org", "example.org", 0, photo=PHOTO)), "text"),
        (types.MessageMediaPhoto(photo=PHOTO), "photo"),
        (types.MessageMediaPhoto(photo=PHOTO, ttl_seconds=10), "expiring media"),
        (document(), "file"),
        (document(VIDEO), "video"),
        (document(VIDEO, types.DocumentAttributeAnimated()), "animation"),
        (document(types.DocumentAttributeVideo(1.0, 10, 10, round_message=True)), "video note"),
        (document(VIDEO, ttl_seconds=10), "expiring media"),
        (types.MessageMediaGeo(PLACE), "location"),
        (types.MessageMediaGeoLive(PLACE, 60), "live location"),
        (types.MessageMediaVenue(PLACE, "", "", "", "", ""), "venue"),
        (types.MessageMediaDice(6, "🎲"), "dice"),
        (types.MessageMediaUnsupported(), "unsupported"),
        (types.MessageMediaStory(types.PeerUser(1), 1), "story"),
        (types.MessageMediaToDo(types.TodoList(WORDS, [])), "checklist"),
        (types.MessageMediaPaidMedia(5, []), "paid media"),
        (types.MessageMediaGiveaway([1], 1, NOW), "giveaway"),
        (types.MessageMediaGiveawayResults(1, 1, 1, 1, [1], NOW), "giveaway"),
        (types.MessageMediaInvoice("", "", "EUR", 1, ""), "invoice"),
        (poll(quiz=False), "poll"),
        (poll(quiz=True), "unanswered quiz"),
        (poll(quiz=True, results=chosen(None)), "unanswered quiz"),
        (poll(quiz=True, results=chosen(b"1")), "quiz"),
        (poll(quiz=True, min=True, results=chosen(None)), "quiz"),
    ],
)
def test_what_a_message_is(media: Any, expected: str) -> None:
    assert kind(media) == expected


def test_protection_goes_before_everything_else() -> None:
    assert kind(types.MessageMediaPhoto(photo=PHOTO), noforwards=True) == "protected message"


def test_no_kind_that_telethon_knows_is_left_out() -> None:
    medias = {each for name, each in vars(types).items() if name.startswith("MessageMedia")}
    assert medias <= translate._KINDS.keys()


@pytest.mark.parametrize(
    ("more", "topic"),
    [({}, GENERAL), ({"forum_topic": True, "reply_to_top_id": 8}, 8), ({"forum_topic": True}, GENERAL)],
)
def test_a_reply_into_another_chat_answers_nothing_here(more: dict[str, Any], topic: int) -> None:
    header = types.MessageReplyHeader(reply_to_msg_id=5, reply_to_peer_id=types.PeerUser(3), **more)
    message = types.Message(9, types.PeerChannel(7), NOW, "text", from_id=types.PeerUser(3), reply_to=header)
    incoming = translate.incoming(message, {})
    assert incoming is not None
    assert (incoming.topic, incoming.reply_to) == (topic, ELSEWHERE)
