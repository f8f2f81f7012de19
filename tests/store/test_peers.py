"""Peers: what is learnt of them, and what stays when the news is silent about it."""

from tests.store.making import customer
from userbot.core.model import Peer, Written
from userbot.store import peers
from userbot.store.database import Database

CHAT = -1001234567890


async def test_a_peer_is_found_as_it_was_learnt(database: Database) -> None:
    told = [
        Peer(1, -(2**63), "Łódź \"x\" 'y' \\ 🙂\n\t", "someone", has_dialog=True),
        Peer(2**52, 2**63 - 1, "", gone="deleted their account"),
        Peer(CHAT, 0, "Our group", has_dialog=True),
    ]
    async with database.transaction() as on:
        await peers.learn(on, told)
    assert [await peers.find(database.reader, each.id) for each in told] == told
    assert await peers.find(database.reader, 99) is None


async def test_news_replaces_what_was_known_and_silence_does_not(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(1, username="old", gone="blocked the account")])
        await peers.learn(on, [Peer(1, 5, "New name")])
        assert await peers.find(on, 1) == Peer(1, 5, "New name", None, has_dialog=True, gone="blocked the account")
        await peers.learn(on, [Peer(1, 5, "New name", gone="deleted their account")])
        found = await peers.find(on, 1)
    assert found is not None
    assert found.gone == "deleted their account"


async def test_one_page_may_name_somebody_twice_or_nobody(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [])
        await peers.learn(on, [customer(1, name="first"), customer(1, name="second")])
        found = await peers.find(on, 1)
    assert found is not None
    assert found.name == "second"


async def test_whoever_writes_is_back(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [Peer(1, 5, "Ann", gone="blocked the account"), Peer(2, 5, "Bob", gone="too")])
        await peers.wrote(on, {1: Written(5, 5.0)})
        assert await peers.find(on, 1) == Peer(1, 5, "Ann", has_dialog=True)
        assert await peers.find(on, 2) == Peer(2, 5, "Bob", gone="too")
        await peers.wrote(on, {99: Written(5, 5.0)})


async def test_customers_are_people_with_a_dialog(database: Database) -> None:
    assert await peers.count_customers(database.reader) == 0
    async with database.transaction() as on:
        await peers.learn(on, [customer(1), customer(2, has_dialog=False), customer(CHAT), customer(3, gone="x")])
    assert await peers.count_customers(database.reader) == 2


async def test_who_has_a_dialog_is_known(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(1), customer(2, has_dialog=False), customer(CHAT)])
    for ids, known in (([], True), ([1, CHAT], True), ([1, 2], False), ([1, 99], False)):
        assert await peers.are_known(database.reader, ids) is known


async def test_a_topic_belongs_to_one_peer_at_a_time(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(1), customer(2)])
        await peers.bind_topic(on, 5, 1)
        await peers.bind_topic(on, 6, 1)
        assert await peers.of_topic(on, 5) == await peers.of_topic(on, 6) == customer(1)
        await peers.bind_topic(on, 5, 2)
        assert await peers.of_topic(on, 5) == customer(2)
        assert await peers.of_topic(on, 7) is None
        await peers.bind_topic(on, 8, 99)
        assert await peers.of_topic(on, 8) is None
