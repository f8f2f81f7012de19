"""Messages, media and forwards to people and to oneself, and what @SpamBot answers."""

from typing import Any

import pytest
from telethon.tl import functions, types

from tests.sandbox.town import Town, new_messages
from userbot.sandbox.samples import KINDS
from userbot.sandbox.world import SPAMBOT

messages = functions.messages


# Private messages


def test_both_sides_have_their_own_copy(town: Town) -> None:
    town.write(town.bob, town.ann, "elsewhere")
    answer = town.call(town.text(town.ann, "hello", entities=[types.MessageEntityBold(0, 5)]))
    named, new = answer.updates
    assert (named.id, named.random_id) == (1, 1)
    assert (new.message.out, new.message.message, new.pts_count) == (True, "hello", 1)
    assert new.message.entities == [types.MessageEntityBold(0, 5)]
    assert {user.id for user in answer.users} == {town.me, town.ann}
    (theirs,) = town.dialog(town.ann, town.me)
    assert (theirs.id, theirs.sender, theirs.text) == (2, town.me, "hello")


def test_news_go_to_whoever_is_logged_in_elsewhere(town: Town) -> None:
    town.log_in(town.ann, 21)
    town.call(town.text(town.ann, "one"))
    assert [user for user, _ in town.pushed] == [town.ann]
    town.log_in(town.me, 12)
    town.call(town.text(town.ann, "two", random_id=2))
    mine, hers = town.told(town.me, types.UpdateNewMessage)[0], town.told(town.ann, types.UpdateNewMessage)[1]
    assert (mine.message.out, hers.message.out) == (True, False)
    assert hers.message.from_id is None
    assert hers.message.peer_id == types.PeerUser(town.me)


def test_saved_messages_are_one_copy(town: Town) -> None:
    (saved,) = new_messages(town.call(town.text(town.me, "note")))
    assert saved.peer_id == types.PeerUser(town.me)
    assert len(town.dialog(town.me, town.me)) == 1


def test_a_reply_is_seen_by_both(town: Town) -> None:
    town.write(town.bob, town.ann, "so that ids differ")
    first = town.write(town.me, town.ann, "question")
    town.write(town.ann, town.me, "answer", reply_to=town.dialog(town.ann, town.me)[0].id)
    assert town.dialog(town.me, town.ann)[1].reply_to == first
    assert town.dialog(town.ann, town.me)[1].reply_to == town.dialog(town.ann, town.me)[0].id
    assert town.refused(town.text(town.ann, "x", reply_to=types.InputReplyToMessage(99))) == "REPLY_MESSAGE_ID_INVALID"


@pytest.mark.parametrize(
    ("event", "error"),
    [
        ("UPDATE users SET deleted = 1 WHERE id = :ann", "INPUT_USER_DEACTIVATED"),
        ("INSERT INTO blocks VALUES (:ann, :me)", "USER_IS_BLOCKED"),
        ("INSERT INTO blocks VALUES (:me, :ann)", "YOU_BLOCKED_USER"),
        ("DELETE FROM users WHERE id = :ann", "PEER_ID_INVALID"),
    ],
)
def test_people_who_cannot_be_reached(town: Town, event: str, error: str) -> None:
    source = town.post(town.group, town.me, "offer")
    town.world.db.execute(event, {"ann": town.ann, "me": town.me})
    assert town.refused(town.text(town.ann, "hello")) == error
    assert town.refused(town.forward([source], town.ann, [5])) == error
    assert town.dialog(town.me, town.ann) == []


def test_a_wrong_access_hash(town: Town) -> None:
    request = town.text(town.ann, "hello")
    request.peer.access_hash += 1
    assert town.refused(request) == "PEER_ID_INVALID"
    request.peer = town.peer(town.bob, town.ann)  # somebody else's hash
    assert town.refused(request) == "PEER_ID_INVALID"
    request.peer = types.InputPeerChannel(town.channel(town.group).channel_id, 1)
    assert town.refused(request) == "CHANNEL_INVALID"


@pytest.mark.parametrize(("text", "error"), [(" \n", "MESSAGE_EMPTY"), ("x" * 4097, "MESSAGE_TOO_LONG")])
def test_texts_that_are_none(town: Town, text: str, error: str) -> None:
    assert town.refused(town.text(town.ann, text)) == error


# Forwards


def test_a_forward_without_author_is_a_message_of_ones_own(town: Town) -> None:
    source = town.post(town.group, town.bob_in(), "offer", entities=[("bold", 0, 5)])
    (copy,) = new_messages(town.call(town.forward([source], town.ann, [5])))
    assert (copy.message, copy.fwd_from, copy.out) == ("offer", None, True)
    (seen,) = town.dialog(town.ann, town.me)
    assert (seen.sender, seen.entities, seen.has_author) == (town.me, [("bold", 0, 5)], False)


def test_a_forward_names_the_first_author(town: Town) -> None:
    source = town.post(town.group, town.bob_in(), "offer")
    (copy,) = new_messages(town.call(town.forward([source], town.ann, [5], drop_author=False)))
    assert copy.fwd_from.from_id == types.PeerUser(town.bob)
    again = messages.ForwardMessagesRequest(town.at(town.ann), [copy.id], town.at(town.me), random_id=[6])
    answer = town.call(again)
    assert new_messages(answer)[0].fwd_from.from_id == types.PeerUser(town.bob)
    assert new_messages(answer)[0].fwd_from.saved_from_msg_id == copy.id
    assert town.bob in {user.id for user in answer.users}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_forwarded_whole(town: Town, kind: str) -> None:
    source = town.post(town.group, town.me, "caption", media=kind)
    town.call(town.forward([source], town.ann, [5]))
    (seen,) = town.dialog(town.ann, town.me)
    assert (seen.kind, seen.text) == (kind, "caption")


def test_an_album_stays_an_album_of_its_own(town: Town) -> None:
    album = town.post_album(town.group, town.me, ["photo", "video", "photo"], caption="three")
    lone = town.post(town.group, town.me, "four")
    copies = new_messages(town.call(town.forward([*album, lone], town.ann, [1, 2, 3, 4])))
    groups = [copy.grouped_id for copy in copies]
    assert groups[0] == groups[1] == groups[2]
    assert groups[0] not in {None, town.messages(town.group)[-2].grouped_id}
    assert groups[3] is None
    assert [seen.kind for seen in town.dialog(town.ann, town.me)] == ["photo", "video", "photo", "text"]


def test_one_of_an_album_is_no_album(town: Town) -> None:
    album = town.post_album(town.group, town.me, ["photo", "photo"])
    (copy,) = new_messages(town.call(town.forward(album[:1], town.ann, [1])))
    assert copy.grouped_id is None


def test_a_copy_outlives_its_source(town: Town) -> None:
    source = town.post(town.group, town.me, "offer")
    town.call(town.forward([source], town.ann, [1]))
    town.edit(town.me, town.group, source, "changed")
    town.call(town.forward([source], town.bob, [2]))
    town.delete(town.group, [source])
    assert town.dialog(town.ann, town.me)[0].text == "offer"
    assert town.dialog(town.bob, town.me)[0].text == "changed"
    assert town.refused(town.forward([source], town.ann, [3])) == "MESSAGE_ID_INVALID"


def test_sources_that_cannot_be_forwarded(town: Town) -> None:
    source = town.post(town.group, town.me, "offer")
    assert town.refused(town.forward([source, 99], town.ann, [1, 2])) == "MESSAGE_ID_INVALID"
    assert town.refused(town.forward([1], town.ann, [1])) == "MESSAGE_ID_INVALID"  # a service message
    assert town.refused(town.forward([source], town.ann, [1, 2])) == "RANDOM_ID_INVALID"
    town.world.db.execute("UPDATE channels SET protected = 1")
    assert town.refused(town.forward([source], town.ann, [1])) == "CHAT_FORWARDS_RESTRICTED"
    assert town.dialog(town.ann, town.me) == []


# @SpamBot


def test_spambot(town: Town) -> None:
    town.call(town.text(SPAMBOT, "/start"))
    assert [seen.sender for seen in town.dialog(town.me, SPAMBOT)] == [town.me, SPAMBOT]
    assert "free as a bird" in town.dialog(town.me, SPAMBOT)[-1].text
    town.call(town.text(SPAMBOT, "how are you?", random_id=2))
    assert len(town.dialog(town.me, SPAMBOT)) == 3


def test_spambot_as_it_is_told(town: Town) -> None:
    late: list[Any] = []
    town.world.later = lambda seconds, action: late.append((seconds, action))
    town.world.set_setting("spambot_text", "limited until tomorrow")
    town.world.set_setting("spambot_delay", 3.5)
    town.call(town.text(SPAMBOT, "/start"))
    assert len(town.dialog(town.me, SPAMBOT)) == 1
    seconds, answer = late.pop()
    answer()
    assert (seconds, town.dialog(town.me, SPAMBOT)[-1].text) == (3.5, "limited until tomorrow")
    town.world.set_setting("spambot_silent", True)
    town.call(town.text(SPAMBOT, "/start", random_id=2))
    assert late == []
