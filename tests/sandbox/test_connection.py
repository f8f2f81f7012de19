"""What a connection does with bytes that no Telethon client would send, and with those that it does send."""

import asyncio
import contextlib
import functools
import os
import socket
import struct

import pytest
from telethon.network.connection.tcpfull import FullPacketCodec
from telethon.tl import functions, types
from telethon.tl.core import GzipPacked, RpcResult

from tests.sandbox.raw import RawClient
from userbot.sandbox.connection import ServerConnection
from userbot.sandbox.errors import RpcError
from userbot.sandbox.server import Server
from userbot.sandbox.world import World

NEAREST = functions.help.GetNearestDcRequest()


def frame(payload: bytes) -> bytes:
    return bytes(FullPacketCodec(None).encode_packet(payload))


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\nHost: sandbox\r\n\r\n",
        bytes(64),
        b"\xff" * 64,
        frame(b"\0" * 8),
        frame(b"\0" * 16 + struct.pack("<i", 4) + b"\1\2\3\4"),
    ],
)
async def test_garbage_ends_the_connection_and_nothing_else(server: Server, raw: RawClient, data: bytes) -> None:
    stranger = RawClient()
    await stranger.connect(server.address)
    stranger.writer.write(data)
    assert await stranger.ended() == b""
    stranger.close()
    assert isinstance(await raw.answer_to(raw.ask(NEAREST)), RpcResult)


async def test_garbage_in_mid_conversation_ends_it(raw: RawClient) -> None:
    raw.ask(NEAREST)
    raw.writer.write(os.urandom(100))
    await raw.ended()


async def test_an_unknown_key_is_refused_with_404(server: Server) -> None:
    stranger = RawClient(os.urandom(256))
    await stranger.connect(server.address)
    stranger.ask(NEAREST)
    assert await stranger.ended() == frame(struct.pack("<i", -404))
    stranger.close()


async def test_a_message_that_does_not_decrypt_ends_the_connection(raw: RawClient) -> None:
    _, data = raw.message(NEAREST)
    packet = raw.state.encrypt_message_data(data)
    raw.writer.write(raw._codec.encode_packet(packet[:-16]))
    assert await raw.ended() == b""


async def test_a_half_closed_or_aborted_connection_leaves_nothing_behind(server: Server, raw: RawClient) -> None:
    assert len(server.hub.connections) == 1
    raw.ask(NEAREST)
    raw.close()
    while server.hub.connections:
        await asyncio.sleep(0)


async def test_a_new_session_is_told_once(raw: RawClient) -> None:
    first = raw.ask(NEAREST)
    created, answer = await raw.hear(2)
    assert isinstance(created.obj, types.NewSessionCreated)
    assert (created.obj.first_msg_id, created.obj.server_salt) == (first, raw.state.salt)
    assert answer.obj.req_msg_id == first
    raw.ask(NEAREST)
    (only,) = await raw.hear(1)
    assert isinstance(only.obj, RpcResult)


async def test_several_sessions_of_one_key_over_one_connection(raw: RawClient) -> None:
    await raw.answer_to(raw.ask(NEAREST))
    raw.state.id += 1
    raw.ask(NEAREST)
    created, _ = await raw.hear(2)
    assert isinstance(created.obj, types.NewSessionCreated)


async def test_a_wrong_salt_is_corrected(raw: RawClient) -> None:
    right, raw.state.salt = raw.state.salt, 5
    asked = raw.ask(NEAREST)
    (refused,) = await raw.hear(1)
    assert isinstance(refused.obj, types.BadServerSalt)
    assert (refused.obj.bad_msg_id, refused.obj.error_code, refused.obj.new_server_salt) == (asked, 48, right)


@pytest.mark.parametrize(("seconds", "low_bits", "code"), [(-400, 0, 16), (400, 0, 17), (0, 2, 18)])
async def test_a_wrong_message_id_is_refused(raw: RawClient, seconds: int, low_bits: int, code: int) -> None:
    asked = raw.ask(NEAREST, raw.state._get_new_msg_id() + (seconds << 32) | low_bits)
    (refused,) = await raw.hear(1)
    assert isinstance(refused.obj, types.BadMsgNotification)
    assert (refused.obj.bad_msg_id, refused.obj.error_code) == (asked, code)


async def test_a_container_is_answered_with_one(raw: RawClient) -> None:
    asked = raw.ask_all(NEAREST, functions.PingRequest(5), types.MsgsAck([1]), NEAREST)
    container = raw.state.decrypt_message_data(await raw.recv()).obj
    created, first, pong, last = (message.obj for message in container.messages)
    assert isinstance(created, types.NewSessionCreated)
    assert [first.req_msg_id, pong.msg_id, last.req_msg_id] == [asked[0], asked[1], asked[3]]


def test_of_requests_that_come_together_a_refused_one_alone_has_no_effect(world: World) -> None:
    told: list[str] = []
    with world.batch():
        for name in ("first", "refused", "last"):
            with contextlib.suppress(RpcError), world.transaction():
                world.set_setting(name, 1)
                world.after(functools.partial(told.append, name))
                if name == "refused":
                    raise RpcError(400, "REFUSED")
        assert told == []
    assert [world.setting(name) for name in ("first", "refused", "last")] == [1, None, 1]
    assert told == ["first", "last"]


def test_requests_that_come_together_are_lost_together(world: World) -> None:
    with contextlib.suppress(OSError), world.batch():
        with world.transaction():
            world.set_setting("first", 1)
        raise OSError
    assert world.setting("first") is None


async def test_a_packed_request_is_unpacked(raw: RawClient) -> None:
    answer = await raw.answer_to(raw.ask(bytes(GzipPacked(bytes(NEAREST)))))
    assert isinstance(answer, RpcResult)


async def test_a_client_that_does_not_read_is_not_listened_to(raw: RawClient, server: Server) -> None:
    """Its answers would pile up in memory; what it asks waits in the network instead."""
    (connection,) = server.hub.connections
    assert isinstance(connection, ServerConnection)
    transport = connection._transport
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    while transport.is_reading():
        raw.ask_all(*[functions.GetFutureSaltsRequest(64)] * 90)
        await asyncio.sleep(0)
    while not transport.is_reading():
        await raw.hear(1)
