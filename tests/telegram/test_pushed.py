"""Steps told in full lead on from where everything is known; before a gap, and at what is not plain, they end."""

from typing import Any

import pytest
from telethon.tl import types

from tests.telegram.test_own_updates import Client
from userbot.telegram.own_updates import OwnUpdates
from userbot.telegram.pushed import MOST, Pushed

HERE = 100
ANNA = types.PeerUser(7)


class Listening(Client):
    """One that tells of updates itself."""

    def add_event_handler(self, callback: Any, _events: Any) -> None:
        self.tell = callback


@pytest.fixture
def client() -> Listening:
    return Listening()


@pytest.fixture
def own(client: Listening) -> OwnUpdates:
    return OwnUpdates(client)


@pytest.fixture
def pushed(client: Listening, own: OwnUpdates) -> Pushed:
    return Pushed(client, own)


def read(pts: int) -> Any:
    return types.UpdateReadHistoryOutbox(ANNA, 5, pts, 1)


def written(pts: int, **more: Any) -> Any:
    return types.UpdateNewMessage(types.Message(pts, ANNA, None, "Thanks!", **more), pts, 1)


def short(pts: int, **more: Any) -> Any:
    return types.UpdateShortMessage(pts, ANNA.user_id, "Thanks!", pts, 1, None, **more)


async def test_our_own_steps_and_what_was_told_lead_on_together(
    client: Listening, own: OwnUpdates, pushed: Pushed
) -> None:
    for pts in (101, 102, 104):
        own.reached(pts)
    await client.tell(written(105))
    await client.tell(read(103))
    await client.tell(read(103))
    pts, taken = pushed.take(HERE)
    assert pts == 105
    assert [type(each) for each in taken] == [types.UpdateReadHistoryOutbox, types.Message]
    assert not pushed.incomplete
    assert pushed.take(pts) == (105, [])


async def test_a_gap_ends_it_and_is_to_be_asked_for(client: Listening, pushed: Pushed) -> None:
    await client.tell(read(101))
    await client.tell(read(103))
    assert pushed.take(HERE)[0] == 101
    assert pushed.incomplete


async def test_what_was_asked_for_meanwhile_is_not_taken_again(client: Listening, pushed: Pushed) -> None:
    await client.tell(read(101))
    await client.tell(written(102))
    assert pushed.take(102) == (102, [])
    assert not pushed.incomplete


async def test_a_short_message_is_the_same_as_a_long_one(client: Listening, pushed: Pushed) -> None:
    reply = types.MessageReplyHeader(reply_to_msg_id=3)
    await client.tell(short(101, reply_to=reply))
    await client.tell(written(102, reply_to=reply))
    _, (one, other) = pushed.take(HERE)
    assert (one.peer_id, one.message, one.reply_to, one.out) == (other.peer_id, other.message, reply, other.out)


@pytest.mark.parametrize(
    "update",
    [
        written(101, out=True),
        written(101, media=types.MessageMediaContact("1", "A", "B", "", 8)),
        written(101, grouped_id=4),
        written(101, fwd_from=types.MessageFwdHeader(None)),
        short(101, out=True),
        short(101, fwd_from=types.MessageFwdHeader(None)),
        types.UpdateNewMessage(types.MessageEmpty(101, ANNA), 101, 1),
        types.UpdateNewMessage(types.Message(9, ANNA, None, "From the difference"), 0, 0),
        types.UpdateEditMessage(types.Message(9, ANNA, None, "Other words"), 101, 1),
        types.UpdateDeleteMessages([9], 101, 1),
        types.UpdateReadHistoryOutbox(ANNA, 5, 102, 2),
    ],
)
async def test_whatever_is_not_plain_is_asked_for(client: Listening, pushed: Pushed, update: Any) -> None:
    await client.tell(update)
    assert pushed.take(HERE) == (HERE, [])
    assert pushed.incomplete


async def test_not_ever_more_is_kept_while_nobody_takes_it(client: Listening, pushed: Pushed) -> None:
    for pts in range(HERE + 1, HERE + MOST + 50):
        await client.tell(read(pts))
    assert pushed.incomplete
    assert pushed.take(HERE)[0] == HERE + MOST
