from datetime import UTC, datetime
from typing import Any

import pytest
from telethon.tl import functions, types

from tests.sandbox.town import Town
from userbot.sandbox.population import populate
from userbot.sandbox.world import World

updates = functions.updates
NOW = datetime.now(UTC)


@pytest.fixture
def town(world: World) -> Town:
    return Town(world)


def state(town: Town) -> int:
    return int(town.call(updates.GetStateRequest()).pts)


def difference(town: Town, pts: int) -> Any:
    return town.call(updates.GetDifferenceRequest(pts, NOW, 0))


def channel_difference(town: Town, pts: int, limit: int = 100) -> Any:
    channel, every = town.channel(town.group), types.ChannelMessagesFilterEmpty()
    return town.call(updates.GetChannelDifferenceRequest(channel, every, pts, limit))


def channel_pts(town: Town) -> int:
    return int(town.world.value("SELECT pts FROM channels WHERE id = ?", town.group))


def test_what_happened_in_between(town: Town) -> None:
    town.write(town.ann, town.me, "long ago")
    before = state(town)
    gone, kept = (town.write(town.me, town.ann, text) for text in ("gone", "kept"))
    town.edit(town.me, town.ann, kept, "changed")
    town.take_back(town.me, [gone])
    town.read(town.ann, town.me)
    town.write(town.bob, town.me, "new")
    answer = difference(town, before)
    assert isinstance(answer, types.updates.Difference)
    assert [message.message for message in answer.new_messages] == ["changed", "new"]
    kinds = [type(update) for update in answer.other_updates]
    assert kinds == [
        types.UpdateEditMessage,
        types.UpdateDeleteMessages,
        types.UpdateReadHistoryOutbox,
        types.UpdateChannelTooLong,
    ]
    assert answer.state.pts == state(town) == before + 6
    assert {user.id for user in answer.users} >= {town.ann, town.bob}


def test_every_step_is_told_once_in_slices(town: Town) -> None:
    before = state(town)
    for number in range(230):
        sent = town.write(town.ann, town.me, str(number))
        if number % 10 == 0:
            town.take_back(town.ann, [sent])
        elif number % 10 == 5:
            town.edit(town.ann, town.me, sent, f"{number} changed")
    found: list[str] = []
    others: list[Any] = []
    answer = difference(town, before)
    while isinstance(answer, types.updates.DifferenceSlice):
        found += [message.message for message in answer.new_messages]
        others += answer.other_updates
        answer = difference(town, answer.intermediate_state.pts)
    found += [message.message for message in answer.new_messages]
    others += answer.other_updates
    assert found == [f"{n} changed" if n % 10 == 5 else str(n) for n in range(230) if n % 10]
    assert len([update for update in others if isinstance(update, types.UpdateDeleteMessages)]) == 23
    assert len([update for update in others if isinstance(update, types.UpdateEditMessage)]) == 23
    assert len([update for update in others if isinstance(update, types.UpdateChannelTooLong)]) == 1
    assert answer.state.pts == state(town)


def test_nothing_new_without_groups(town: Town) -> None:
    town.call(functions.channels.LeaveChannelRequest(town.channel(town.group)))
    assert isinstance(difference(town, state(town)), types.updates.DifferenceEmpty)


def test_an_audience_is_in_the_history(town: Town) -> None:
    before = state(town)
    populate(town.world, town.me, 5, name="Customer", text="Hi")
    assert len(difference(town, before).new_messages) == 5


def test_a_groups_history(town: Town) -> None:
    before = channel_pts(town)
    bob = town.bob_in()
    post = town.post(town.group, bob, "hello")
    town.edit(bob, town.group, post, "hello all")
    gone = town.post(town.group, town.me, "gone")
    town.delete(town.group, [gone])
    hint = difference(town, state(town)).other_updates[-1]
    assert (hint.channel_id, hint.pts) == (town.channel(town.group).channel_id, channel_pts(town))
    answer = channel_difference(town, before)
    assert answer.final
    assert [getattr(message, "message", None) for message in answer.new_messages] == [None, "hello all"]
    assert [type(update) for update in answer.other_updates] == [
        types.UpdateEditChannelMessage,
        types.UpdateDeleteChannelMessages,
    ]
    assert answer.pts == channel_pts(town) == before + 5
    assert isinstance(channel_difference(town, answer.pts), types.updates.ChannelDifferenceEmpty)


def test_a_groups_history_in_slices(town: Town) -> None:
    before = channel_pts(town)
    for number in range(25):
        town.post(town.group, town.me, str(number))
    first = channel_difference(town, before, limit=10)
    assert (first.final, first.pts, len(first.new_messages)) == (False, before + 10, 10)
    second = channel_difference(town, first.pts, limit=30)
    assert (second.final, second.pts, len(second.new_messages)) == (True, before + 25, 15)


def test_far_behind(town: Town) -> None:
    before = channel_pts(town)
    for _ in range(1001):
        last = town.post(town.group, town.me, "x")
    answer = channel_difference(town, before)
    assert isinstance(answer, types.updates.ChannelDifferenceTooLong)
    assert (answer.dialog.pts, answer.dialog.top_message) == (channel_pts(town), last)
    assert [message.id for message in answer.messages] == [last]


def test_a_strange_pts(town: Town) -> None:
    channel, every = town.channel(town.group), types.ChannelMessagesFilterEmpty()
    assert town.refused(updates.GetChannelDifferenceRequest(channel, every, 0, 100)) == "PERSISTENT_TIMESTAMP_INVALID"


def test_pushed_pts_leave_no_gap(town: Town) -> None:
    town.log_in(town.me, 12)
    before = state(town)
    town.write(town.ann, town.me, "one")
    sent = town.write(town.me, town.ann, "two")
    town.edit(town.me, town.ann, sent, "three")
    town.read(town.ann, town.me)
    town.take_back(town.me, [sent])
    steps = [update for user, pushed in town.pushed if user == town.me for update in pushed.updates]
    for update in steps:
        assert update.pts == before + update.pts_count
        before = update.pts
    assert before == state(town)
    assert len(steps) == 5
