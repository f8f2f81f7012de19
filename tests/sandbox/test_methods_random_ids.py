"""The random-id rule: what was sent once is answered with the original, and not sent again."""

from typing import Any

import pytest
from telethon.tl import functions, types

from tests.sandbox.town import Town, new_messages
from userbot.sandbox.world import World

messages = functions.messages


def sends(town: Town) -> dict[str, Any]:
    source = town.post(town.group, town.me, "offer")
    single = types.InputMediaGeoPoint(types.InputGeoPoint(1, 2))
    album = [types.InputSingleMedia(single, "", random_id=n) for n in (5, 6)]
    return {
        "sendMessage": town.text(town.ann, "hello", random_id=5),
        "sendMedia": messages.SendMediaRequest(town.at(town.ann), single, "", random_id=5),
        "sendMultiMedia": messages.SendMultiMediaRequest(town.at(town.ann), album),
        "forwardMessages": town.forward([source, source], town.ann, [5, 6]),
    }


@pytest.mark.parametrize("name", ["sendMessage", "sendMedia", "sendMultiMedia", "forwardMessages"])
def test_the_same_random_id_brings_the_original_back(town: Town, name: str) -> None:
    request = sends(town)[name]
    first = town.call(request)
    town.call(town.text(town.ann, "something else", random_id=77))
    assert bytes(town.call(request)) == bytes(first)
    assert len(town.dialog(town.ann, town.me)) == len(new_messages(first)) + 1
    assert town.world.value("SELECT count(*) FROM ledger WHERE random_id = 5") == 1


def test_the_original_comes_back_even_from_someone_lost_since(town: Town) -> None:
    request = town.text(town.ann, "hello")
    first = town.call(request)
    town.world.db.execute("UPDATE users SET deleted = 1 WHERE id = ?", (town.ann,))
    assert town.call(request).updates[0] == first.updates[0]


def test_the_rule_holds_after_a_restart(town: Town, tmp_path: Any) -> None:
    request = town.text(town.ann, "hello")
    first = town.call(request)
    town.world = World(tmp_path)
    assert town.call(request).updates[0] == first.updates[0]
    assert len(town.dialog(town.ann, town.me)) == 1


def test_a_deleted_original_is_not_sent_again(town: Town) -> None:
    request = town.text(town.ann, "hello")
    town.call(request)
    town.take_back(town.me, [1])
    assert town.call(request).updates == [types.UpdateMessageID(1, 1)]
    assert town.dialog(town.ann, town.me) == []


def test_a_random_id_belongs_to_sender_and_peer(town: Town) -> None:
    town.call(town.text(town.ann, "hello"))
    town.call(town.text(town.bob, "hello"))
    town.call(messages.SendMessageRequest(town.at(town.me, town.bob), "hello", random_id=1), town.bob)
    assert len(town.dialog(town.me, town.bob)) == 2


def test_only_the_new_part_of_a_forward_is_sent(town: Town) -> None:
    one, two = town.post(town.group, town.me, "one"), town.post(town.group, town.me, "two")
    town.call(town.forward([one], town.ann, [1]))
    answer = town.call(town.forward([one, two], town.ann, [1, 2]))
    assert [update.id for update in answer.updates[:2]] == [1, 2]
    assert [seen.text for seen in town.dialog(town.ann, town.me)] == ["one", "two"]
