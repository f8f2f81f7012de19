"""Packets and encrypted messages, checked against Telethon's own side of both."""

import logging
import os
import struct
import time
from collections import defaultdict

import pytest
from telethon.crypto import AES, AuthKey
from telethon.network.connection.tcpfull import FullPacketCodec
from telethon.network.mtprotostate import MTProtoState
from telethon.tl import functions, types

from userbot.sandbox import wire

KEY = os.urandom(256)


def client_state() -> MTProtoState:
    return MTProtoState(AuthKey(KEY), defaultdict(lambda: logging.getLogger("test")))


def packets(*payloads: bytes) -> bytes:
    codec = FullPacketCodec(None)
    return b"".join(codec.encode_packet(payload) for payload in payloads)


def test_packets_come_out_as_they_went_in_however_they_are_cut() -> None:
    payloads = [os.urandom(length) for length in (4, 40, 1000)]
    framing = wire.Framing()
    got = [payload for byte in packets(*payloads) for payload in framing.feed(bytes([byte]))]
    assert got == payloads


def test_a_frame_is_what_telethon_sends() -> None:
    framing = wire.Framing()
    assert framing.frame(b"first") + framing.frame(b"second") == packets(b"first", b"second")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", id="another protocol"),
        pytest.param(b"\xee\xee\xee\xee", id="another transport"),
        pytest.param(struct.pack("<ii", wire.LONGEST_PACKET + 4, 0), id="too long"),
        pytest.param(struct.pack("<ii", -1, 0), id="negative length"),
        pytest.param(bytes(16), id="no length"),
        pytest.param(packets(b"good", b"next")[16:], id="number skipped"),
        pytest.param(packets(b"good")[:-1] + b"\0", id="wrong checksum"),
    ],
)
def test_a_wrong_packet_is_refused(data: bytes) -> None:
    with pytest.raises(wire.WireError):
        list(wire.Framing().feed(data))


def test_nothing_is_taken_after_the_wrong_packet() -> None:
    framing = wire.Framing()
    feed = framing.feed(packets(b"good") + b"bad?bad?bad?bad?")
    assert next(feed) == b"good"
    with pytest.raises(wire.WireError):
        next(feed)


def test_reads_what_telethon_encrypts() -> None:
    state = client_state()
    state.salt = -5
    body = bytes(functions.PingRequest(7))
    packet = state.encrypt_message_data(struct.pack("<qii", 1 << 34, 3, len(body)) + body)
    assert wire.key_id_of(packet) == wire.id_of_key(KEY)
    assert wire.unseal(KEY, packet) == wire.Envelope(-5, state.id, wire.Message(1 << 34, 3, body))


@pytest.mark.parametrize("length", [12, 16, 100, 1_000_000])
def test_telethon_reads_what_is_encrypted(length: int) -> None:
    state = client_state()
    body = bytes(types.MsgsStateInfo(5, os.urandom(length)))
    message = struct.pack("<qii", (int(time.time()) << 32) + 1, 1, len(body)) + body
    packet = wire.seal(KEY, wire.id_of_key(KEY), 9, state.id, message)
    assert state.decrypt_message_data(packet).obj.req_msg_id == 5


def sealed_by_client(data: bytes) -> bytes:
    msg_key = wire._msg_key(KEY, data, 0)
    sealed: bytes = AES.encrypt_ige(data, *wire._aes(KEY, msg_key, 0))
    return struct.pack("<q", wire.id_of_key(KEY)) + msg_key + sealed


def test_a_changed_bit_is_noticed() -> None:
    packet = bytearray(client_state().encrypt_message_data(struct.pack("<qii", 4, 1, 4) + b"body"))
    packet[-1] ^= 1
    with pytest.raises(wire.WireError):
        wire.unseal(KEY, bytes(packet))


@pytest.mark.parametrize("length", [-4, 2, 4 * 1000, 48 - 32 - 8])
def test_a_message_that_lies_about_its_length_is_refused(length: int) -> None:
    data = struct.pack("<qqqii", 0, 0, 4, 1, length) + bytes(16)
    with pytest.raises(wire.WireError):
        wire.unseal(KEY, sealed_by_client(data))


@pytest.mark.parametrize("length", [8, 23, 24, 25])
def test_an_encrypted_packet_without_content_is_refused(length: int) -> None:
    with pytest.raises(wire.WireError):
        wire.unseal(KEY, b"\1" * length)


def test_a_plain_message_comes_out_as_it_went_in() -> None:
    assert wire.open_plain(wire.seal_plain(5, b"body")) == b"body"


@pytest.mark.parametrize("packet", [b"", bytes(19), wire.seal_plain(5, b"body")[:-1]])
def test_a_broken_plain_message_is_refused(packet: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.open_plain(packet)
