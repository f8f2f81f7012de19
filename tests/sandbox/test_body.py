"""What messages hold, read and written as Telethon does."""

import gzip
import struct
from datetime import UTC, datetime
from typing import Any

import pytest
from telethon.extensions import BinaryReader
from telethon.tl import TLObject, functions, types
from telethon.tl.core import GzipPacked, MessageContainer, RpcResult

from userbot.sandbox import body
from userbot.sandbox.errors import RpcError
from userbot.sandbox.wire import Message, WireError

PING, PONG = bytes(functions.PingRequest(1)), bytes(types.Pong(2, 3))


def serialised(msg_id: int, content: bytes) -> bytes:
    return struct.pack("<qii", msg_id, 1, len(content)) + content


def read_by_client(request: Any, answer: bytes) -> Any:
    result = BinaryReader(answer).tgread_object()
    assert isinstance(result, RpcResult)
    return result.error or request.read_result(BinaryReader(result.body))


def test_a_container_holds_its_messages_in_order() -> None:
    container = body.container([serialised(4, PING), serialised(8, bytes(GzipPacked(PONG)))])
    assert list(body.messages_in(Message(12, 2, container))) == [Message(4, 1, PING), Message(8, 1, PONG)]


def test_telethon_reads_a_container() -> None:
    read = BinaryReader(body.container([serialised(5, PONG), serialised(9, PONG)])).tgread_object()
    assert isinstance(read, MessageContainer)
    assert [message.msg_id for message in read.messages] == [5, 9]


def test_a_lone_message_is_unpacked() -> None:
    assert list(body.messages_in(Message(4, 1, bytes(GzipPacked(PING))))) == [Message(4, 1, PING)]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(body.container([serialised(4, PING)])[:-1], id="cut off"),
        pytest.param(struct.pack("<Ii", 0x73F1F8DC, 2), id="empty"),
        pytest.param(struct.pack("<I", 0x73F1F8DC) + struct.pack("<i", -1), id="negative"),
        pytest.param(struct.pack("<I", 0x3072CFA1) + TLObject.serialize_bytes(b"no gzip"), id="not packed"),
        pytest.param(bytes(GzipPacked(PING))[:-8], id="packed, cut off"),
        pytest.param(bytes(GzipPacked(bytes(body._LARGEST_UNPACKED + 1))), id="bomb"),
    ],
)
def test_a_broken_body_is_refused(content: bytes) -> None:
    with pytest.raises(WireError):
        list(body.messages_in(Message(4, 1, content)))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\1\2\3\4", "INPUT_METHOD_INVALID"),
        (b"", "INPUT_FETCH_FAIL"),
        (PING[:-1], "INPUT_FETCH_FAIL"),
        (struct.pack("<Ii", 0x1CB5C415, 1) * 2000, "INPUT_FETCH_FAIL"),
    ],
)
def test_what_is_no_request_is_answered_in_telegrams_words(content: bytes, words: str) -> None:
    with pytest.raises(RpcError) as refused:
        body.parse(content)
    assert (refused.value.code, refused.value.message) == (400, words)


def test_a_date_that_was_left_out_is_none() -> None:
    history = functions.messages.GetHistoryRequest(types.InputPeerSelf(), 0, None, 0, 10, 0, 0, 0)
    assert body.parse(bytes(history)).offset_date is None


def test_a_date_that_was_given_is_kept() -> None:
    date = datetime(2026, 1, 1, tzinfo=UTC)
    history = functions.messages.GetHistoryRequest(types.InputPeerSelf(), 0, date, 0, 10, 0, 0, 0)
    assert body.parse(bytes(history)).offset_date == date


@pytest.mark.parametrize(
    ("request_", "value"),
    [
        (functions.help.GetNearestDcRequest(), types.NearestDc("de", 2, 2)),
        (functions.account.UpdateStatusRequest(offline=False), True),
        (functions.account.UpdateStatusRequest(offline=False), False),
        (functions.users.GetUsersRequest([]), []),
        (functions.users.GetUsersRequest([]), [types.UserEmpty(1), types.UserEmpty(2)]),
        (functions.contacts.GetContactIDsRequest(0), [1, -(2**31)]),
        (functions.photos.DeletePhotosRequest([]), [1, -(2**63)]),
    ],
)
def test_telethon_reads_every_kind_of_result(request_: Any, value: Any) -> None:
    assert read_by_client(request_, body.rpc_result(5, body.result(request_, value))) == value


def test_an_error_is_read_as_one() -> None:
    error = read_by_client(None, body.rpc_result(5, body.failure(RpcError(420, "FLOOD_WAIT_3"))))
    assert (error.error_code, error.error_message) == (420, "FLOOD_WAIT_3")


def test_a_large_answer_is_packed_and_read() -> None:
    text = "long " * 200_000
    answer = body.rpc_result(5, bytes(types.help.PassportConfig(1, types.DataJSON(text))))
    assert len(answer) < 10_000
    assert read_by_client(functions.help.GetPassportConfigRequest(0), answer).countries_langs.data == text


def test_an_answer_that_does_not_get_smaller_is_left_alone() -> None:
    noise = gzip.compress(bytes(range(256)) * 4, 9)
    content = bytes(types.upload.FileCdnRedirect(2, noise, noise, noise, []))
    assert body.rpc_result(5, content)[12:] == content


def test_containers_stay_within_the_bounds() -> None:
    messages = [bytes(12)] * 250 + [bytes(600_000)] * 3
    groups = list(body.containers_of(messages))
    assert [message for group in groups for message in group] == messages
    assert all(len(group) <= 100 and sum(map(len, group)) <= 1_000_000 for group in groups)
