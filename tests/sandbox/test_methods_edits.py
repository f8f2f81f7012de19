from typing import Any

from telethon.tl import functions, types

from tests.sandbox.town import Clock, Town
from userbot.sandbox.methods import edits

messages = functions.messages


def dialogs(town: Town, owner: int) -> list[tuple[int, int]]:
    return town.world.db.execute("SELECT peer, top FROM dialogs WHERE owner = ? ORDER BY peer", (owner,)).fetchall()


def edit(town: Town, peer: int, number: int, text: str, **extra: Any) -> Any:
    return messages.EditMessageRequest(town.at(peer), number, message=text, **extra)


def test_an_edit_is_seen_by_both(town: Town) -> None:
    town.log_in(town.ann, 21)
    sent = town.write(town.me, town.ann, "helo", media="photo")
    answer = town.call(edit(town, town.ann, sent, "hello", entities=[types.MessageEntityBold(0, 5)]))
    (update,) = answer.updates
    assert isinstance(update, types.UpdateEditMessage)
    assert (update.message.message, update.pts_count) == ("hello", 1)
    assert update.message.edit_date
    assert update.message.media
    assert [seen.text for seen in town.dialog(town.ann, town.me)] == ["hello"]
    (told,) = town.told(town.ann, types.UpdateEditMessage)
    assert told.message.message == "hello"


def test_an_edit_in_a_group(town: Town) -> None:
    town.log_in(town.bob_in(), 21)
    post = town.post(town.group, town.me, "helo")
    (update,) = town.call(edit(town, town.group, post, "hello")).updates
    assert isinstance(update, types.UpdateEditChannelMessage)
    assert len(town.told(town.bob, types.UpdateEditChannelMessage)) == 1


def test_edits_that_are_refused(town: Town) -> None:
    town.write(town.ann, town.me, "mine")
    mine = town.write(town.me, town.ann, "yours")
    assert town.refused(edit(town, town.ann, 1, "no")) == "MESSAGE_AUTHOR_REQUIRED"
    assert town.refused(edit(town, town.ann, 99, "no")) == "MESSAGE_ID_INVALID"
    assert town.refused(edit(town, town.bob, mine, "no")) == "MESSAGE_ID_INVALID"
    assert town.refused(edit(town, town.ann, mine, "yours")) == "MESSAGE_NOT_MODIFIED"


def test_a_message_can_be_edited_for_two_days_and_for_ever_by_who_leads_the_group(town: Town) -> None:
    clock = town.world.clock = Clock()
    mine = town.write(town.me, town.ann, "helo")
    post = town.post(town.group, town.me, "helo")
    clock.now += edits.EDIT_TIME_LIMIT
    town.call(edit(town, town.ann, mine, "hello"))
    clock.now += 1
    assert town.refused(edit(town, town.ann, mine, "hallo")) == "MESSAGE_EDIT_TIME_EXPIRED"
    town.call(edit(town, town.group, post, "hello"))


def test_taking_back_from_several_people_at_once(town: Town) -> None:
    town.log_in(town.ann, 21)
    ids = [town.write(town.me, each, "oops") for each in (town.ann, town.bob)]
    town.write(town.ann, town.me, "what?")
    before = town.call(functions.updates.GetStateRequest()).pts
    affected = town.call(messages.DeleteMessagesRequest([*ids, 99], revoke=True))
    assert (affected.pts, affected.pts_count) == (before + 2, 2)
    assert [seen.text for seen in town.dialog(town.ann, town.me)] == ["what?"]
    assert town.dialog(town.bob, town.me) == []
    (told,) = town.told(town.ann, types.UpdateDeleteMessages)
    assert told.messages == [1]
    assert dialogs(town, town.bob) == []
    assert (town.ann, 3) in dialogs(town, town.me)


def test_deleting_for_oneself(town: Town) -> None:
    sent = town.write(town.me, town.ann, "oops")
    town.call(messages.DeleteMessagesRequest([sent]))
    assert town.dialog(town.me, town.ann) == []
    assert len(town.dialog(town.ann, town.me)) == 1


def test_ids_are_never_used_again(town: Town) -> None:
    sent = town.write(town.me, town.ann, "oops")
    town.take_back(town.me, [sent])
    assert town.write(town.me, town.ann, "again") == sent + 1


def test_deleting_in_a_group(town: Town) -> None:
    town.log_in(town.bob_in(), 21)
    first, last = town.post(town.group, town.me, "one"), town.post(town.group, town.me, "two")
    channel = town.channel(town.group, town.bob)
    request = functions.channels.DeleteMessagesRequest(channel, [first])
    assert town.refused(request, town.bob) == "MESSAGE_DELETE_FORBIDDEN"
    request = functions.channels.DeleteMessagesRequest(town.channel(town.group), [last, 99])
    assert town.call(request).pts_count == 1
    (told,) = town.told(town.bob, types.UpdateDeleteChannelMessages)
    assert told.messages == [last]
    assert (town.group, first) in dialogs(town, town.bob)
    assert town.call(request).pts_count == 0
