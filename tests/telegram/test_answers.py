"""What is read of an answer is what Telethon reads in it, and what is not usual is left to Telethon."""

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st
from telethon.extensions import BinaryReader
from telethon.tl import functions, types

from tests.office import office
from tests.telegram.specimens import CHANCE, specimen
from userbot.core.delivery import Sent
from userbot.sandbox.samples import KINDS
from userbot.telegram import answers, translate
from userbot.telegram.answers import ForwardMessages, read
from userbot.telegram.client import connected
from userbot.telegram.gateway import Gateway

NOW = datetime(2026, 11, 23, tzinfo=UTC)
BEHIND = b"\x01\x02\x03\x04" * 5
"""The bytes of an answer are followed by others: the padding, or the next message of a container."""

MESSAGES = (types.Message, types.Message, types.MessageService, types.MessageEmpty)
USUAL = st.sampled_from(("id", "message"))
OTHERS = (types.UpdateReadHistoryInbox, types.UpdateNewChannelMessage, types.UpdateUserName, types.UpdateEditMessage)


def update(kind: str, number: int, chance: random.Random) -> Any:
    if kind == "id":
        return types.UpdateMessageID(100 + number, chance.randrange(-(2**59), 2**59) * 8 + number)
    if kind == "message":
        return types.UpdateNewMessage(specimen(chance.choice(MESSAGES), chance, 2), 500 + number, 1)
    return specimen(chance.choice(OTHERS), chance, 2)


def answer(updates: list[Any], chance: random.Random) -> Any:
    people = [specimen(types.User, chance, 2), specimen(types.UserEmpty, chance)]
    chats = [specimen(types.Channel, chance, 2)]
    if chance.random() < 0.5:
        return types.Updates(updates, people, chats, NOW, 0)
    return types.UpdatesCombined(updates, people, chats, NOW, 0, 0)


def whole(data: bytes) -> Any:
    return BinaryReader(data).tgread_object()


def pts_of(told: Any) -> list[int]:
    return [each.pts for each in told.updates if isinstance(each, types.UpdateNewMessage)]


@given(st.lists(USUAL, max_size=6), CHANCE)
def test_the_usual_answer_is_read_as_telethon_reads_it(kinds: list[str], chance: Any) -> None:
    data = bytes(answer([update(kind, number, chance) for number, kind in enumerate(kinds)], chance))
    found, told = read(data + BEHIND), whole(data)
    if kinds.count("id") < kinds.count("message"):
        assert found is None  # somebody has to look whose ids the messages have
    else:
        assert found is not None
        assert found.ids == translate.message_ids(told)
        assert found.pts == pts_of(told)


@given(st.lists(USUAL, max_size=3), st.lists(USUAL, max_size=3), CHANCE)
def test_with_anything_else_in_it_an_answer_is_left_to_telethon(before: Any, after: Any, chance: Any) -> None:
    kinds = [*before, "other", *after]
    data = bytes(answer([update(kind, number, chance) for number, kind in enumerate(kinds)], chance))
    assert read(data + BEHIND) is None


@given(st.booleans(), CHANCE)
def test_a_short_answer(out: bool, chance: Any) -> None:
    media = specimen(types.MessageMediaPhoto, chance, 2) if out else None
    data = bytes(types.UpdateShortSentMessage(77, 501, 1, NOW, out=out, media=media))
    assert read(data + BEHIND) == ({None: 77}, [501])
    assert translate.message_ids(whole(data)) == {None: 77}


@pytest.mark.parametrize(("pts", "count"), [(0, 0), (0, 1), (500, 0), (500, 2)])
def test_unusual_steps_are_left_to_telethon(pts: int, count: int) -> None:
    message = types.Message(1, types.PeerUser(5), NOW, "Hi")
    news = [types.UpdateMessageID(1, 9), types.UpdateNewMessage(message, pts, count)]
    assert read(bytes(types.Updates(news, [], [], NOW, 0))) is None
    assert read(bytes(types.UpdateShortSentMessage(1, pts, count, NOW))) is None


@pytest.mark.parametrize(
    "data", [b"", b"\x00", bytes(types.UpdatesTooLong()), bytes(types.UpdateShort(types.UpdateConfig(), NOW))]
)
def test_other_answers_are_left_to_telethon(data: bytes) -> None:
    assert read(data) is None


def test_an_answer_cut_off_anywhere_is_left_to_telethon() -> None:
    message = types.Message(1, types.PeerUser(5), NOW, "Hi there", entities=[types.MessageEntityBold(0, 2)])
    data = bytes(types.Updates([types.UpdateMessageID(1, 9), types.UpdateNewMessage(message, 500, 1)], [], [], NOW, 0))
    end = len(data) - len(bytes(types.Updates([], [], [], NOW, 0))) + 12
    assert read(data[:end]) == ({9: 1}, [500])
    assert [length for length in range(end) if read(data[:length]) is not None] == []


@pytest.mark.parametrize("contrary", [False, True])
async def test_every_kind_of_message_over_the_wire(
    tmp_path: Path, contrary: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is forwarded twice: a repetition has the same answer."""
    seen = []

    def compared(data: bytes) -> Any:
        found, told = read(data), whole(data)
        assert found is not None
        assert (found.ids, found.pts) == (translate.message_ids(told), pts_of(told))
        seen.append(found)
        return found

    monkeypatch.setattr(answers, "read", compared)
    async with office(tmp_path, tmp_path / "keys") as team:
        team.telegram.contrary(on=contrary, flood=0.0)
        customer = team.customers(1)[0]
        sources = [[team.say("Look", media=kind)] for kind in KINDS]
        sources += [[team.say("Hello")], team.telegram.post_album(team.group, team.boss, ["photo"] * 3, "Three")]
        async with connected(team.settings()) as client:
            gateway = await Gateway.enter(client, team.group)
            people = {each.id: each for page in [await client.get_dialogs()] for each in page}
            for number, source in enumerate(sources, 1):
                ids = [number * 10 + each for each in range(len(source))]
                hash_ = people[customer].input_entity.access_hash
                first = await gateway.forward(source, customer, hash_, ids, lambda: True)
                assert isinstance(first, Sent)
                assert first.message_ids == tuple(each.message for each in team.sent(customer)[-len(source) :])
                assert await gateway.forward(source, customer, hash_, ids, lambda: True) == first
            state = client._message_box.session_state()[0]["pts"]
        assert len(seen) == 2 * len(sources)
        assert state == max(pts for each in seen for pts in each.pts)


def test_a_request_is_telethons_own() -> None:
    given = {
        "from_peer": types.InputPeerChannel(1, 2),
        "id": [3],
        "to_peer": types.InputPeerUser(4, 5),
        "random_id": [6],
        "drop_author": True,
    }
    ours = ForwardMessages(None, **given)  # type: ignore[arg-type]
    assert bytes(ours) == bytes(functions.messages.ForwardMessagesRequest(**given))
