from typing import Any

import pytest
from telethon.tl import functions, types

from tests.sandbox.town import Town
from userbot.sandbox.peers import ADMIN_RIGHTS, bare
from userbot.sandbox.world import World

channels, messages = functions.channels, functions.messages


@pytest.fixture
def town(world: World) -> Town:
    return Town(world)


def participant(town: Town, user: int) -> Any:
    return channels.GetParticipantRequest(town.channel(town.group), town.at(user))


def participants(town: Town, filter_: Any, offset: int = 0, limit: int = 100) -> Any:
    request = channels.GetParticipantsRequest(town.channel(town.group), filter_, offset, limit, 0)
    return town.call(request)


def as_seen_by(town: Town, viewer: int) -> Any:
    return town.call(channels.GetChannelsRequest([town.channel(town.group, viewer)]), viewer).chats[0]


def test_creation(town: Town) -> None:
    answer = town.call(channels.CreateChannelRequest("Backend", "about", megagroup=True, forum=True))
    (group,) = answer.chats
    assert (group.title, group.creator, group.megagroup, group.forum) == ("Backend", True, True, True)
    created = answer.updates[1].message
    assert (created.id, created.action) == (1, types.MessageActionChannelCreate("Backend"))
    assert town.refused(channels.CreateChannelRequest(" ", "", megagroup=True)) == "CHAT_TITLE_EMPTY"


def test_members(town: Town) -> None:
    town.log_in(town.bob, 21)
    town.bob_in()
    (told,) = town.told(town.bob, types.UpdateNewChannelMessage)
    assert told.message.action == types.MessageActionChatAddUser([town.bob])
    assert isinstance(town.call(participant(town, town.me)).participant, types.ChannelParticipantCreator)
    assert isinstance(town.call(participant(town, town.bob)).participant, types.ChannelParticipant)
    assert town.refused(participant(town, town.ann)) == "USER_NOT_PARTICIPANT"
    town.call(channels.LeaveChannelRequest(town.channel(town.group, town.bob)), town.bob)
    assert town.refused(participant(town, town.bob)) == "USER_NOT_PARTICIPANT"
    assert as_seen_by(town, town.bob).title == "Group"
    assert isinstance(as_seen_by(town, town.bob), types.ChannelForbidden)


def test_administrators(town: Town) -> None:
    town.bob_in()
    promote = channels.EditAdminRequest(town.channel(town.group), town.user(town.bob), ADMIN_RIGHTS, "")
    town.call(promote)
    assert isinstance(town.call(participant(town, town.bob)).participant, types.ChannelParticipantAdmin)
    admins = participants(town, types.ChannelParticipantsAdmins())
    assert {each.user_id for each in admins.participants} == {town.me, town.bob}
    assert as_seen_by(town, town.bob).admin_rights.delete_messages
    assert town.refused(channels.EditAdminRequest(town.channel(town.group), town.user(town.me), ADMIN_RIGHTS, ""))
    promote.admin_rights = types.ChatAdminRights()
    town.call(promote)
    assert isinstance(town.call(participant(town, town.bob)).participant, types.ChannelParticipant)


def test_only_administrators_lead(town: Town) -> None:
    town.bob_in()
    channel = town.channel(town.group, town.bob)
    assert town.refused(channels.ToggleForumRequest(channel, enabled=False, tabs=False), town.bob) == (
        "CHAT_ADMIN_REQUIRED"
    )


def test_restrictions(town: Town) -> None:
    town.bob_in()

    def restrict(rights: Any) -> None:
        town.call(channels.EditBannedRequest(town.channel(town.group), town.at(town.bob), rights))

    restrict(types.ChatBannedRights(None, send_messages=True))
    assert as_seen_by(town, town.bob).banned_rights.send_messages
    assert isinstance(town.call(participant(town, town.bob)).participant, types.ChannelParticipantBanned)
    restrict(types.ChatBannedRights(None))
    assert as_seen_by(town, town.bob).banned_rights is None
    restrict(types.ChatBannedRights(None, view_messages=True))
    assert isinstance(as_seen_by(town, town.bob), types.ChannelForbidden)
    assert town.call(participant(town, town.bob)).participant.left
    assert town.refused(channels.GetFullChannelRequest(town.channel(town.group, town.bob)), town.bob) == (
        "CHANNEL_PRIVATE"
    )


def test_pages_of_members(town: Town) -> None:
    people = [town.world.new_user(f"Person {number}") for number in range(5)]
    invited = [town.user(each) for each in people]
    town.call(channels.InviteToChannelRequest(town.channel(town.group), invited))
    first = participants(town, types.ChannelParticipantsRecent(), limit=4)
    second = participants(town, types.ChannelParticipantsRecent(), offset=4, limit=4)
    found = [each.user_id for each in first.participants + second.participants]
    assert found == sorted([town.me, *people])
    assert first.count == second.count == 6
    named = participants(town, types.ChannelParticipantsSearch("person 3"))
    assert [each.user_id for each in named.participants] == [people[3]]
    assert [user.first_name for user in named.users] == ["Person 3"]


def test_settings(town: Town) -> None:
    channel = town.channel(town.group)
    town.call(channels.ToggleForumRequest(channel, enabled=False, tabs=False))
    town.call(channels.ToggleSlowModeRequest(channel, 30))
    town.call(messages.ToggleNoForwardsRequest(town.at(town.group), enabled=True))
    seen = as_seen_by(town, town.me)
    assert (seen.forum, seen.slowmode_enabled, seen.noforwards) == (False, True, True)
    full = town.call(channels.GetFullChannelRequest(channel)).full_chat
    assert (full.slowmode_seconds, full.participants_count, full.admins_count) == (30, 1, 1)


def test_a_public_group_can_be_joined(town: Town) -> None:
    town.call(channels.UpdateUsernameRequest(town.channel(town.group), "open_group"))
    found = town.call(functions.contacts.ResolveUsernameRequest("Open_Group"), town.ann)
    assert found.peer == types.PeerChannel(bare(town.group))
    assert found.chats[0].left
    town.call(channels.JoinChannelRequest(town.channel(town.group, town.ann)), town.ann)
    assert not as_seen_by(town, town.ann).left
    assert town.refused(channels.JoinChannelRequest(town.channel(town.group, town.ann)), town.ann) == (
        "USER_ALREADY_PARTICIPANT"
    )


def test_a_wrong_access_hash(town: Town) -> None:
    channel = town.channel(town.group)
    channel.access_hash += 1
    assert town.refused(channels.GetFullChannelRequest(channel)) == "CHANNEL_INVALID"
