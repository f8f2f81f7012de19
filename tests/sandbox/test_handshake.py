"""The key exchange, with Telethon's own client half on the other side."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from telethon.crypto import rsa
from telethon.extensions import BinaryReader
from telethon.network.authenticator import do_authentication
from telethon.tl import functions, types

from userbot.sandbox.handshake import Handshake
from userbot.sandbox.keys import ServerKey, server_key
from userbot.sandbox.wire import WireError

Spoil = Callable[[Any], Any]
PQ, DH, LAST = functions.ReqPqMultiRequest, functions.ReqDHParamsRequest, functions.SetClientDHParamsRequest


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> ServerKey:
    key = server_key(tmp_path_factory.mktemp("keys"))
    rsa.add_key(key.public_path.read_text(), old=False)
    return key


class Wire:
    """What Telethon's client half sends through: straight into the handshake, `spoil` may change a question."""

    def __init__(self, handshake: Handshake, spoil: Spoil = lambda question: question) -> None:
        self.handshake = handshake
        self.spoil = spoil

    async def send(self, question: Any) -> Any:
        answer = self.handshake.answer(bytes(self.spoil(question)))
        return BinaryReader(answer).tgread_object()


async def test_both_sides_arrive_at_the_same_key(key: ServerKey) -> None:
    handshake = Handshake(key)
    auth_key, time_offset = await do_authentication(Wire(handshake))
    assert handshake.auth_key == auth_key.key
    assert abs(time_offset) <= 1


async def test_a_connection_may_make_several_keys(key: ServerKey) -> None:
    handshake = Handshake(key)
    first, _ = await do_authentication(Wire(handshake))
    second, _ = await do_authentication(Wire(handshake))
    assert first.key != second.key == handshake.auth_key


def changed(kind: type, **fields: Any) -> Spoil:
    def spoil(question: Any) -> Any:
        if isinstance(question, kind):
            for name, value in fields.items():
                setattr(question, name, value)
        return question

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(changed(DH, nonce=1), id="other nonce"),
        pytest.param(changed(DH, server_nonce=1), id="other server nonce"),
        pytest.param(changed(DH, public_key_fingerprint=1), id="other key"),
        pytest.param(changed(DH, encrypted_data=bytes(256)), id="no secret"),
        pytest.param(changed(DH, encrypted_data=b"\xff" * 256), id="noise for a secret"),
        pytest.param(changed(DH, encrypted_data=b""), id="empty secret"),
        pytest.param(changed(LAST, encrypted_data=bytes(336)), id="noise for a power"),
        pytest.param(changed(LAST, encrypted_data=b"odd"), id="not in blocks"),
        pytest.param(changed(LAST, encrypted_data=b""), id="nothing for a power"),
        pytest.param(changed(LAST, server_nonce=1), id="other server nonce at the end"),
    ],
)
async def test_a_spoiled_question_makes_no_key(key: ServerKey, spoil: Spoil) -> None:
    handshake = Handshake(key)
    with pytest.raises(WireError):
        await do_authentication(Wire(handshake, spoil))
    assert handshake.auth_key is None


QUESTIONS = {
    "power": LAST(1, 2, bytes(336)),
    "secret": DH(1, 2, b"p", b"q", 3, bytes(256)),
    "ping": functions.PingRequest(1),
    "answer": types.DhGenOk(1, 2, 3),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_only_the_next_question_is_answered(key: ServerKey, question: Any) -> None:
    with pytest.raises(WireError):
        Handshake(key).answer(bytes(question))


@pytest.mark.parametrize("body", [b"", b"\1\2\3\4", bytes(PQ(5))[:-1]])
def test_what_cannot_be_read_is_refused(key: ServerKey, body: bytes) -> None:
    with pytest.raises(WireError):
        Handshake(key).answer(body)


async def test_a_finished_exchange_cannot_be_finished_again(key: ServerKey) -> None:
    handshake = Handshake(key)
    asked: list[Any] = []

    def note(question: Any) -> Any:
        asked.append(question)
        return question

    await do_authentication(Wire(handshake, note))
    for question in itertools.islice(asked, 1, None):
        with pytest.raises(WireError):
            handshake.answer(bytes(question))


async def test_the_old_name_of_the_first_question_is_known(key: ServerKey) -> None:
    answer = BinaryReader(Handshake(key).answer(bytes(functions.ReqPqRequest(5)))).tgread_object()
    assert (answer.nonce, answer.server_public_key_fingerprints) == (5, [key.fingerprint])
