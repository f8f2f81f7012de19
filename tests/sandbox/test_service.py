"""The protocol's own messages, asked by a raw client and by Telethon."""

import time
from typing import Any

import pytest
from telethon import errors
from telethon.tl import functions, types

from tests.sandbox.raw import Connect, RawClient

NEAREST = functions.help.GetNearestDcRequest()


async def test_ping(client: Any) -> None:
    pong = await client(functions.PingRequest(5))
    assert (type(pong), pong.ping_id) == (types.Pong, 5)


async def test_a_ping_may_set_the_hour_of_parting(raw: RawClient) -> None:
    raw.ask(functions.PingDelayDisconnectRequest(5, disconnect_delay=1))
    raw.ask(functions.PingDelayDisconnectRequest(6, disconnect_delay=0))
    assert [message.obj.ping_id for message in (await raw.hear(3))[1:]] == [5, 6]
    assert await raw.ended() == b""


async def test_future_salts_begin_with_the_present_one(raw: RawClient) -> None:
    salts = await raw.answer_to(raw.ask(functions.GetFutureSaltsRequest(3)))
    assert (len(salts.salts), salts.salts[0].salt) == (3, raw.state.salt)
    assert abs(salts.now - time.time()) <= 1


async def test_telethon_reads_future_salts(client: Any) -> None:
    assert len((await client(functions.GetFutureSaltsRequest(2))).salts) == 2


async def test_the_state_of_messages(raw: RawClient) -> None:
    asked = raw.ask(NEAREST)
    await raw.answer_to(asked)
    info = await raw.answer_to(raw.ask(types.MsgsStateReq([asked, asked + 4])))
    assert info.info == "\4\1"


async def test_sessions_can_be_destroyed(client: Any, connect: Connect) -> None:
    other = await connect(client.session)
    known, unknown = other._sender._state.id, 12345
    await other.disconnect()
    answers = [await client(functions.DestroySessionRequest(session)) for session in (known, known, unknown)]
    assert [type(answer) for answer in answers] == [
        types.DestroySessionOk,
        types.DestroySessionNone,
        types.DestroySessionNone,
    ]


async def test_an_answer_that_has_left_cannot_be_dropped(client: Any) -> None:
    assert isinstance(await client(functions.RpcDropAnswerRequest(4)), types.RpcAnswerUnknown)


async def test_a_destroyed_key_is_unknown_from_then_on(client: Any, connect: Connect) -> None:
    assert isinstance(await client(functions.DestroyAuthKeyRequest()), types.DestroyAuthKeyOk)
    with pytest.raises((errors.AuthKeyNotFound, ConnectionError)):
        await connect(client.session)


async def test_what_needs_no_answer_gets_none(raw: RawClient) -> None:
    raw.ask_all(types.MsgsAck([1, 2]), types.HttpWait(0, 0, 0), functions.PingRequest(9))
    created, pong = await raw.hear(2)
    assert (type(created.obj), pong.obj.ping_id) == (types.NewSessionCreated, 9)
