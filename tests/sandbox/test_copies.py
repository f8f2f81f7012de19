"""A forward without its author is a copy: what it makes of odd kinds, and what it refuses."""

from typing import Any

import pytest
from telethon.tl import functions, types

from tests.sandbox.town import Clock, Town, new_messages
from userbot.sandbox.world import World

messages = functions.messages


@pytest.fixture
def town(world: World) -> Town:
    """Bob is in the group too."""
    world.clock = Clock()
    town = Town(world)
    town.call(functions.channels.InviteToChannelRequest(town.channel(town.group), [town.user(town.bob)]))
    return town


def copied(town: Town, source: int, to: int | None = None, random_id: int = 1) -> Any:
    return new_messages(town.call(town.forward([source], to or town.ann, [random_id])))[0]


@pytest.mark.parametrize("kind", ["dice", "game"])
def test_a_dice_and_a_game_name_their_author(town: Town, kind: str) -> None:
    copy = copied(town, town.post(town.group, town.bob, media=kind))
    assert copy.fwd_from.from_id == types.PeerUser(town.bob)


@pytest.mark.parametrize("kind", ["paid_media", "invoice", "giveaway", "expiring"])
def test_what_cannot_be_copied_is_refused_without_its_author_and_forwarded_with_it(town: Town, kind: str) -> None:
    source = town.post(town.group, town.me, media=kind)
    assert town.refused(town.forward([source], town.ann, [1])) == "MEDIA_INVALID"
    assert new_messages(town.call(town.forward([source], town.ann, [2], drop_author=False)))


def test_a_live_location_becomes_a_plain_one_and_a_checklist_loses_its_ticks(town: Town) -> None:
    place = copied(town, town.post(town.group, town.me, media="live_location"))
    assert isinstance(place.media, types.MessageMediaGeo)
    source = town.post(town.group, town.me, media="checklist")
    assert copied(town, source, random_id=2).media.completions is None


def test_a_poll_becomes_a_new_one_without_votes_for_everybody(town: Town) -> None:
    source = town.post(town.group, town.me, media="poll")
    town.vote(town.group, town.bob, source)
    first, second = copied(town, source), copied(town, source, town.bob, 2)
    assert len({first.media.poll.id, second.media.poll.id}) == 2
    assert first.media.results.total_voters == 0
    town.vote(town.me, town.ann, town.dialog(town.ann, town.me)[0].id, 1)
    assert copied(town, source).media.results.total_voters == 1
    assert copied(town, source, town.bob, 2).media.results.total_voters == 0


def test_a_repeated_forward_of_a_poll_is_the_same_poll(town: Town) -> None:
    source = town.post(town.group, town.me, media="poll")
    assert copied(town, source).media.poll.id == copied(town, source).media.poll.id


def test_a_quiz_is_copied_by_whoever_has_chosen_an_answer(town: Town) -> None:
    source = town.post(town.group, town.bob, media="quiz")
    town.vote(town.group, town.bob, source)
    assert town.refused(town.forward([source], town.ann, [1])) == "QUIZ_ANSWER_MISSING"
    town.vote(town.group, town.me, source, 1)
    copy = copied(town, source)
    assert (copy.media.poll.quiz, copy.media.results.total_voters) == (True, 0)


def test_results_are_shown_to_whoever_voted(town: Town) -> None:
    source = town.post(town.group, town.bob, media="quiz")

    def seen() -> Any:
        answer = town.call(
            functions.channels.GetMessagesRequest(town.channel(town.group), [types.InputMessageID(source)])
        )
        return answer.messages[0].media.results

    assert (seen().results, seen().total_voters) == (None, 0)
    town.vote(town.group, town.me, source, 1)
    assert [(bool(each.chosen), bool(each.correct), each.voters) for each in seen().results] == [
        (False, True, 0), (True, False, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("option", [b"?", None])
def test_a_vote_for_nothing(town: Town, option: bytes | None) -> None:
    poll, text = town.post(town.group, town.me, media="poll"), town.post(town.group, town.me, "text")
    message, error = (poll, "OPTION_INVALID") if option else (text, "MESSAGE_ID_INVALID")
    assert town.refused(messages.SendVoteRequest(town.at(town.group), message, [option or b"Yes"])) == error


def test_a_reply_may_answer_a_message_of_another_chat(town: Town) -> None:
    elsewhere = town.write(town.ann, town.me, "a question")
    mine = town.dialog(town.me, town.ann)[0].id
    town.post(town.group, town.me, "an answer", reply_to=mine, reply_in=town.ann)
    answer = town.call(messages.GetHistoryRequest(town.at(town.group), 0, None, 0, 1, 0, 0, 0))
    reply = answer.messages[0].reply_to
    assert (reply.reply_to_msg_id, reply.reply_to_peer_id) == (mine, types.PeerUser(town.ann))
    given = types.InputReplyToMessage(elsewhere + 99, reply_to_peer_id=town.at(town.ann))
    assert town.refused(town.text(town.group, "an answer", reply_to=given)) == "REPLY_MESSAGE_ID_INVALID"
