from datetime import UTC, datetime
from typing import Any

import pytest
from telethon.tl import functions, types

from tests.sandbox.town import Clock, Town
from userbot.sandbox.population import populate
from userbot.sandbox.world import World

messages = functions.messages


@pytest.fixture
def town(world: World) -> Town:
    world.clock = Clock()
    town = Town(world)
    world.clock.now += 60
    return town


def page(town: Town, limit: int = 100, after: Any = None, **extra: Any) -> Any:
    """A page of dialogs, after the last one of the page `after`."""
    options: dict[str, Any] = {"offset_date": None, "offset_id": 0, "offset_peer": types.InputPeerEmpty()}
    if after:
        last = after.dialogs[-1]
        top = next(each for each in after.messages if (each.peer_id, each.id) == (last.peer, last.top_message))
        options = {
            "offset_date": datetime.fromtimestamp(top.date, UTC),
            "offset_id": top.id,
            "offset_peer": town.at(peer_id(last)),
            "exclude_pinned": True,
        }
    return town.call(messages.GetDialogsRequest(**options, limit=limit, hash=0, **extra))


def peer_id(dialog: Any) -> int:
    return int(getattr(dialog.peer, "user_id", 0) or -1_000_000_000_000 - dialog.peer.channel_id)


def ids(answer: Any) -> list[int]:
    return [peer_id(dialog) for dialog in answer.dialogs]


def test_the_latest_comes_first(town: Town) -> None:
    clock: Any = town.world.clock
    for sender in (town.ann, town.bob):
        clock.now += 5
        town.write(sender, town.me, "hello")
    assert ids(page(town)) == [town.bob, town.ann, town.group]
    clock.now += 5
    town.post(town.group, town.me, "news")
    assert ids(page(town)) == [town.group, town.bob, town.ann]
    clock.now += 5
    town.write(town.ann, town.me, "and you?")
    answer = page(town)
    assert ids(answer) == [town.ann, town.group, town.bob]
    assert {user.id for user in answer.users} >= {town.ann, town.bob}
    assert [bool(dialog.pts) for dialog in answer.dialogs] == [False, True, False]
    assert answer.chats[0].forum


def test_every_dialog_is_on_one_page(town: Town) -> None:
    first = populate(town.world, town.me, 250, name="Customer", text="Hi")
    seen: list[int] = []
    answer = page(town)
    while answer.dialogs:
        assert isinstance(answer, types.messages.DialogsSlice)
        assert answer.count == 251
        seen += ids(answer)
        answer = page(town, after=answer)
    assert len(seen) == 251
    assert set(seen) == {*range(first, first + 250), town.group}


def test_a_short_list_is_whole(town: Town) -> None:
    town.write(town.ann, town.me, "hello")
    assert isinstance(page(town), types.messages.Dialogs)
    assert isinstance(page(town, limit=1), types.messages.DialogsSlice)


def test_pinned_and_archived(town: Town) -> None:
    for sender in (town.ann, town.bob):
        town.write(sender, town.me, "hello")
    pin = types.InputDialogPeer(town.at(town.ann))
    town.call(messages.ToggleDialogPinRequest(pin, pinned=True))
    archive = types.InputFolderPeer(town.at(town.bob), 1)
    town.call(functions.folders.EditPeerFoldersRequest([archive]))
    assert ids(page(town)) == [town.ann, town.bob, town.group]
    assert ids(page(town, folder_id=0)) == [town.ann, town.group]
    assert ids(page(town, folder_id=1)) == [town.bob]
    assert ids(page(town, exclude_pinned=True)) == [town.bob, town.group]
    assert ids(town.call(messages.GetPinnedDialogsRequest(0))) == [town.ann]
    first = page(town).dialogs[0]
    assert (first.pinned, first.folder_id) == (True, None)


def test_reading_a_private_dialog(town: Town) -> None:
    town.log_in(town.ann, 21)
    sent = [town.write(town.me, town.ann, text) for text in ("one", "two")]
    town.write(town.ann, town.me, "three")
    dialog = next(each for each in page(town).dialogs if peer_id(each) == town.ann)
    assert (dialog.unread_count, dialog.read_outbox_max_id) == (1, 0)

    town.read(town.ann, town.me)
    (told,) = town.told(town.me, types.UpdateReadHistoryOutbox)
    assert (told.peer, told.max_id, told.pts_count) == (types.PeerUser(town.ann), sent[-1], 1)
    town.read(town.ann, town.me)
    assert len(town.told(town.me, types.UpdateReadHistoryOutbox)) == 1

    before = town.call(functions.updates.GetStateRequest()).pts
    affected = town.call(messages.ReadHistoryRequest(town.at(town.ann), 0))
    assert (affected.pts, affected.pts_count) == (before + 1, 1)
    dialog = next(each for each in page(town).dialogs if peer_id(each) == town.ann)
    assert (dialog.unread_count, dialog.read_outbox_max_id, dialog.read_inbox_max_id) == (0, sent[-1], 3)


def test_reading_a_part(town: Town) -> None:
    first = town.write(town.me, town.ann, "one")
    town.write(town.me, town.ann, "two")
    town.call(messages.ReadHistoryRequest(town.at(town.me, town.ann), 1), town.ann)
    (told,) = town.told(town.me, types.UpdateReadHistoryOutbox)
    assert told.max_id == first


def test_reading_a_group(town: Town) -> None:
    bob = town.bob_in()
    post = town.post(town.group, town.me, "news")
    town.read(bob, town.group)
    (told,) = town.told(town.me, types.UpdateReadChannelOutbox)
    assert told.max_id == post
    town.post(town.group, bob, "thanks")
    (dialog,) = page(town).dialogs
    assert (dialog.read_outbox_max_id, dialog.unread_count) == (post, 1)
    town.read(town.me, town.group)
    assert page(town).dialogs[0].unread_count == 0


def test_certain_dialogs(town: Town) -> None:
    town.write(town.ann, town.me, "hello")
    peers = [types.InputDialogPeer(town.at(each)) for each in (town.ann, town.bob, town.group)]
    answer = town.call(messages.GetPeerDialogsRequest(peers))
    assert ids(answer) == [town.ann, town.bob, town.group]
    assert [dialog.top_message for dialog in answer.dialogs] == [1, 0, 1]
    assert answer.state.pts == town.call(functions.updates.GetStateRequest()).pts


def test_typing_is_heard_by_nobody(town: Town) -> None:
    assert town.call(messages.SetTypingRequest(town.at(town.ann), types.SendMessageTypingAction()))
