from telethon.tl import functions, types

from tests.sandbox.town import Town
from userbot.sandbox.world import SPAMBOT

users, contacts = functions.users, functions.contacts


def test_users_in_the_order_asked_for(town: Town) -> None:
    nobody = types.InputUser(99, town.world.access_hash(town.me, 99))
    asked = [town.user(town.bob), types.InputUserSelf(), nobody, town.user(SPAMBOT)]
    bob, me, empty, bot = town.call(users.GetUsersRequest(asked))
    assert (bob.id, bob.first_name, bob.is_self, bob.phone) == (town.bob, "Bob", False, None)
    assert (me.id, me.is_self, me.phone) == (town.me, True, "491")
    assert empty == types.UserEmpty(99)
    assert (bot.bot, bot.username) == (True, "SpamBot")


def test_a_deleted_account_has_no_name(town: Town) -> None:
    town.world.db.execute("UPDATE users SET deleted = 1 WHERE id = ?", (town.bob,))
    (bob,) = town.call(users.GetUsersRequest([town.user(town.bob)]))
    assert (bob.deleted, bob.first_name) == (True, None)


def test_a_wrong_access_hash(town: Town) -> None:
    assert town.call(users.GetUsersRequest([types.InputUser(town.bob, 1)])) == [types.UserEmpty(town.bob)]
    assert town.refused(users.GetFullUserRequest(types.InputUser(town.bob, 1))) == "USER_ID_INVALID"
    assert town.refused(users.GetUsersRequest([types.InputUserEmpty()])) == "PEER_ID_INVALID"


def test_names(town: Town) -> None:
    found = town.call(contacts.ResolveUsernameRequest("ANN"))
    assert found.peer == types.PeerUser(town.ann)
    assert found.users[0].access_hash == town.world.access_hash(town.me, town.ann)
    assert town.refused(contacts.ResolveUsernameRequest("nobody")) == "USERNAME_NOT_OCCUPIED"


def test_blocks(town: Town) -> None:
    town.call(contacts.BlockRequest(town.at(town.ann)))
    assert town.call(users.GetFullUserRequest(town.user(town.ann))).full_user.blocked
    assert town.refused(town.text(town.ann, "hello")) == "YOU_BLOCKED_USER"
    town.call(contacts.UnblockRequest(town.at(town.ann)))
    assert not town.call(users.GetFullUserRequest(town.user(town.ann))).full_user.blocked
    assert town.call(town.text(town.ann, "hello"))


def test_there_are_no_basic_groups(town: Town) -> None:
    assert town.refused(functions.messages.GetChatsRequest([1])) == "PEER_ID_INVALID"


def test_nobody_is_a_contact(town: Town) -> None:
    assert town.call(contacts.GetContactsRequest(0)).contacts == []


def test_a_frozen_account_can_know_it(town: Town) -> None:
    from userbot.sandbox.faults import Freeze

    assert town.call(functions.help.GetAppConfigRequest(0)).config.value == []
    town.world.faults.freeze = Freeze(since=100, until=200)
    values = {each.key: each.value.value for each in town.call(functions.help.GetAppConfigRequest(0)).config.value}
    assert values == {
        "freeze_since_date": 100.0,
        "freeze_until_date": 200.0,
        "freeze_appeal_url": "https://t.me/spambot",
    }
