"""The server as an unmodified Telethon client sees it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from telethon import TelegramClient, errors, events
from telethon.sessions import MemorySession
from telethon.tl import functions, types

from tests.sandbox.raw import Connect
from userbot.sandbox.server import Server
from userbot.sandbox.world import World

LogIn = Callable[..., Awaitable[Any]]
NEAREST = functions.help.GetNearestDcRequest()


@pytest.fixture
def log_in(world: World, connect: Connect) -> LogIn:
    """A client logged in by phone and code as a new user, or as one that exists."""

    async def log_in(name: str, user: int | None = None) -> Any:
        user = user or world.new_user(name, phone=f"4915100000{len(name)}{ord(name[0])}")
        phone = world.value("SELECT phone FROM users WHERE id = ?", user)
        client = await connect()
        await client.send_code_request(phone)
        await client.sign_in(phone, world.value("SELECT code FROM login_codes WHERE phone = ?", phone))
        assert (await client.get_me()).id == user
        return client

    return log_in


async def test_connects_and_is_not_logged_in(client: Any, server: Server) -> None:
    config = await client(functions.help.GetConfigRequest())
    assert (config.dc_options[0].ip_address, config.dc_options[0].port) == server.address
    assert not await client.is_user_authorized()


async def test_reconnects_with_the_same_key(client: Any, connect: Connect, world: World) -> None:
    key = client.session.auth_key.key
    await client.disconnect()
    again = await connect(client.session)
    await again(NEAREST)
    assert again.session.auth_key.key == key
    assert world.value("SELECT count(*) FROM auth_keys") == 1


async def test_a_key_survives_a_new_server(client: Any, server: Server, world: World, key_folder: Path) -> None:
    await server.stop()
    other = Server(world, key_folder, port=server.address[1])
    await other.start()
    assert isinstance(await client(NEAREST), types.NearestDc)
    await other.stop()


async def test_an_unknown_key_is_told_so(client: Any, connect: Connect, world: World) -> None:
    await client.disconnect()
    world.drop_auth_key(int(world.value("SELECT id FROM auth_keys")))
    with pytest.raises((errors.AuthKeyNotFound, ConnectionError)):
        await connect(client.session)


async def test_a_thousand_requests_at_once(client: Any) -> None:
    pings = [client(functions.PingRequest(number)) for number in range(1000)]
    requests = [client(NEAREST) for _ in range(1000)]
    answers = await asyncio.gather(*pings, *requests)
    assert [pong.ping_id for pong in answers[:1000]] == list(range(1000))
    assert {type(answer) for answer in answers[1000:]} == {types.NearestDc}


async def test_a_request_outlives_an_outage(client: Any, server: Server) -> None:
    await server.go_away()
    with pytest.raises(ConnectionError):
        await asyncio.open_connection(*server.address)
    pending = client._sender.send(NEAREST)
    address = server.address
    await server.come_back()
    assert server.address == address
    assert isinstance(await pending, types.NearestDc)


async def test_stopping_twice_does_no_harm(server: Server) -> None:
    await server.stop()
    await server.stop()


async def test_logs_in_by_phone_and_code(log_in: LogIn) -> None:
    client = await log_in("Ada")
    assert await client.is_user_authorized()
    await client.log_out()
    assert not await client.is_user_authorized()


async def test_a_message_reaches_the_other_user(log_in: LogIn, world: World) -> None:
    ada, bob = await log_in("Ada"), await log_in("Bob")
    heard = asyncio.Queue[Any]()
    bob.add_event_handler(heard.put, events.NewMessage(incoming=True))
    ada_id, bob_id = (await ada.get_me()).id, (await bob.get_me()).id
    peer = types.InputPeerUser(bob_id, world.access_hash(ada_id, bob_id))
    for text in ("hello", "there"):
        await ada.send_message(peer, text)
    assert [(await asyncio.wait_for(heard.get(), 60)).raw_text for _ in range(2)] == ["hello", "there"]


async def test_all_sessions_of_a_user_hear_but_the_one_that_acts(log_in: LogIn, world: World) -> None:
    ada = await log_in("Ada")
    me = (await ada.get_me()).id
    phone_of_ada = await log_in("Ada", me)
    heard, echoed = asyncio.Queue[Any](), asyncio.Queue[Any]()
    phone_of_ada.add_event_handler(heard.put, events.NewMessage())
    ada.add_event_handler(echoed.put, events.NewMessage())
    await ada.send_message("me", "note")
    assert (await asyncio.wait_for(heard.get(), 60)).raw_text == "note"
    assert echoed.empty()


async def test_nothing_is_pushed_to_who_wants_no_updates(log_in: LogIn, server: Server, world: World) -> None:
    ada = await log_in("Ada")
    me = (await ada.get_me()).id
    quiet = MemorySession()
    quiet.set_dc(2, *server.address)
    quiet.auth_key = ada.session.auth_key
    client = TelegramClient(quiet, 1, "hash", receive_updates=False)
    await client.connect()
    assert (await client.get_me()).id == me
    state = {session.id: session.wants_updates for session in server.hub._sessions.values()}
    assert state[client._sender._state.id] is False
    assert state[ada._sender._state.id] is True
    await client.disconnect()


async def test_a_large_answer_arrives(log_in: LogIn) -> None:
    ada = await log_in("Ada")
    await asyncio.gather(*[ada.send_message("me", "x" * 4096) for _ in range(100)])
    messages = await ada.get_messages("me", limit=100)
    assert sum(len(message.raw_text) for message in messages) == 409_600


async def test_forgotten_sessions_make_room(server: Server) -> None:
    for number in range(1500):
        server.hub.session(bytes(256), 1, number)
    assert len(server.hub._sessions) <= 1000
