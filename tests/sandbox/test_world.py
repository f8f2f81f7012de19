import sqlite3
from pathlib import Path

import pytest
from telethon.tl import functions, types

from tests.sandbox.town import Town
from userbot.sandbox.population import populate
from userbot.sandbox.world import DATABASE, SERVICE, SPAMBOT, World


def test_a_refused_request_leaves_no_trace(world: World) -> None:
    heard: list[int] = []
    world.publish = lambda user, _updates, _session: heard.append(user)

    def fail() -> None:
        with world.transaction():
            world.new_user("Nobody")
            world.push(1, types.UpdatesTooLong())
            raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed"):
        fail()
    with world.transaction():
        world.new_user("Somebody")
    assert heard == []
    assert world.column("SELECT first_name FROM users WHERE id NOT IN (?, ?)", SERVICE, SPAMBOT) == ["Somebody"]


def test_others_hear_of_a_change_only_when_it_is_committed(world: World) -> None:
    inside: list[bool] = []
    world.publish = lambda *_: inside.append(world.db.in_transaction)
    with world.transaction():
        world.push(1, types.UpdatesTooLong())
        assert inside == []
    assert inside == [False]


def test_a_batch_is_committed_at_its_end(tmp_path: Path) -> None:
    world = World(tmp_path)
    town = Town(world)
    outside = sqlite3.connect(tmp_path / DATABASE)
    count = "SELECT count(*) FROM ledger"
    with world.batch():
        town.call(town.text(town.ann, "one", random_id=1))
        assert town.refused(town.text(town.group, "x", reply_to=types.InputReplyToMessage(99)))
        town.call(town.text(town.ann, "two", random_id=2))
        assert outside.execute(count).fetchone() == (0,)
    assert outside.execute(count).fetchone() == (2,)
    outside.close()
    assert [seen.text for seen in town.dialog(town.ann, town.me)] == ["one", "two"]


def test_an_access_hash_is_the_viewers_own(world: World) -> None:
    assert world.access_hash(1, 2) != world.access_hash(3, 2)
    assert world.access_hash(1, 2) != world.access_hash(1, 3)


def test_a_world_comes_back_as_it_was(tmp_path: Path) -> None:
    town = Town(World(tmp_path))
    topic = town.call(functions.messages.CreateForumTopicRequest(town.at(town.group), "Prices")).updates[0].id
    town.post(town.group, town.me, "for you", topic=topic, media="photo")
    town.call(town.text(town.ann, "hello", random_id=5))
    town.world.set_setting("spambot_text", "limited")
    before = (town.world.access_hash(town.me, town.ann), town.messages(town.group), town.dialog(town.ann, town.me))
    del town.world  # not closed: as if it had been killed

    world = World(tmp_path)
    again = Town.__new__(Town)
    again.world = world
    after = (world.access_hash(town.me, town.ann), again.messages(town.group), again.dialog(town.ann, town.me))
    assert after == before
    assert world.user_of(11) == town.me
    assert world.online(town.me)
    assert world.load_auth_key(11) == bytes(256)
    assert world.setting("spambot_text") == "limited"
    assert world.new_user("Next") > town.bob


def test_the_ledger_can_be_read_from_outside(tmp_path: Path) -> None:
    town = Town(World(tmp_path))
    source = town.post(town.group, town.me, "offer")
    town.call(town.forward([source], town.ann, [91]))
    town.call(town.text(town.me, "a note to myself", random_id=92))
    with sqlite3.connect(tmp_path / DATABASE) as outside:
        rows = outside.execute("SELECT account, peer, source, random_id, kind, text, had_author FROM ledger").fetchall()
    outside.close()
    assert rows == [(town.me, town.ann, source, 91, "text", "offer", 0)]


def test_an_auth_key_can_be_dropped(world: World) -> None:
    town = Town(world)
    world.drop_auth_key(11)
    assert world.load_auth_key(11) is None
    assert world.user_of(11) is None
    assert not world.online(town.me)


def test_an_audience_is_like_people_who_wrote_one_by_one(world: World) -> None:
    town = Town(world)
    town.write(town.ann, town.me, "before")
    first = populate(world, town.me, 3, name="Customer", text="Hello!")
    town.write(first + 1, town.me, "and more")
    assert [seen.text for seen in town.dialog(town.me, first + 1)] == ["Hello!", "and more"]
    assert [seen.sender for seen in town.dialog(first + 1, town.me)] == [first + 1] * 2
    ids = world.column("SELECT id FROM messages WHERE box = ? ORDER BY id", town.me)
    assert ids == [1, 2, 3, 4, 5]
    assert world.one("SELECT first_name, last_name FROM users WHERE id = ?", first + 2) == ("Customer", "3")
    assert world.new_user("Later") == first + 3


def test_history_is_found_by_index(world: World) -> None:
    """Without its hints the planner walks through whole boxes."""
    for condition in ("box = 1 AND thread = 2 ORDER BY id DESC LIMIT 1", "box = 1 AND thread = 2 AND id > 3"):
        plan = world.one(f"EXPLAIN QUERY PLAN SELECT * FROM messages WHERE {condition}")
        assert "messages_thread" in plan[3]
