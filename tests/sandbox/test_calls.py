"""Requests and what can be ordered to happen to them; the effect that is counted is a login code's arrival."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from telethon import errors
from telethon.extensions import BinaryReader
from telethon.tl import functions, types

from tests.sandbox.raw import RawClient
from userbot.sandbox.errors import RpcError
from userbot.sandbox.faults import Order, Verdict
from userbot.sandbox.server import Server
from userbot.sandbox.world import World

PHONE = "+49151000001"
Count = Callable[[], int]
NEAREST = functions.help.GetNearestDcRequest()


def send_code() -> Any:
    return functions.auth.SendCodeRequest(PHONE, 1, "hash", types.CodeSettings())


def code_hash(answer: Any) -> str:
    """What makes each answer to `send_code` different."""
    return str(BinaryReader(answer.body).tgread_object().phone_code_hash)


@pytest.fixture
def effects(world: World) -> Count:
    """How often a code has been sent."""
    user = world.new_user("Ada", phone=PHONE[1:])
    return lambda: int(world.value("SELECT count(*) FROM messages WHERE box = ?", user))


def order(world: World, **verdict: Any) -> None:
    world.faults.order(Order("test", Verdict(**verdict), times=1, method="auth.sendCode"))


@pytest.mark.parametrize(
    "wrap",
    [
        lambda request: functions.InvokeWithLayerRequest(200, request),
        functions.InvokeWithoutUpdatesRequest,
        lambda request: functions.InvokeAfterMsgRequest(4, request),
        lambda request: functions.InvokeAfterMsgsRequest([4, 8], request),
        lambda request: functions.InvokeWithLayerRequest(200, functions.InvokeWithoutUpdatesRequest(request)),
    ],
)
async def test_a_wrapped_request_is_answered_like_a_bare_one(client: Any, wrap: Callable[[Any], Any]) -> None:
    assert isinstance(await client(wrap(NEAREST)), types.NearestDc)


async def test_ordered_requests_are_answered_in_order(client: Any) -> None:
    assert [type(answer) for answer in await client([NEAREST] * 5, ordered=True)] == [types.NearestDc] * 5


async def test_an_unknown_request_is_refused_and_life_goes_on(raw: RawClient) -> None:
    unknown, answer, wrapped = raw.ask_all(b"\1\2\3\4", types.Pong(1, 2), NEAREST)
    said = {message.obj.req_msg_id: message.obj for message in (await raw.hear(4))[1:]}
    assert [said[msg_id].error.error_message for msg_id in (unknown, answer)] == ["INPUT_METHOD_INVALID"] * 2
    assert said[wrapped].error is None


async def test_an_error_inside_is_answered(raw: RawClient, world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.db.execute("DROP TABLE users")
    answer = await raw.answer_to(raw.ask(send_code()))
    assert (answer.error.error_code, answer.error.error_message) == (500, "INTERNAL")
    assert "SendCodeRequest failed" in caplog.text


async def test_the_same_message_has_one_effect_and_the_same_answer(raw: RawClient, effects: Count) -> None:
    asked = raw.ask(send_code())
    first = code_hash(await raw.answer_to(asked))
    raw.ask(send_code(), asked)
    assert code_hash(await raw.answer_to(asked)) == first
    assert effects() == 1


async def test_the_same_message_over_another_connection(raw: RawClient, server: Server, effects: Count) -> None:
    asked = raw.ask(send_code())
    first = code_hash(await raw.answer_to(asked))
    raw.close()
    await raw.connect(server.address)
    raw.ask(send_code(), asked)
    assert code_hash(await raw.answer_to(asked)) == first
    assert effects() == 1


async def test_a_message_whose_answer_is_forgotten_is_refused(raw: RawClient, effects: Count) -> None:
    asked = raw.ask(send_code())
    await raw.answer_to(asked)
    for _ in range(11):
        await raw.answer_to(raw.ask_all(*[NEAREST] * 95)[-1])
    raw.ask(send_code(), asked)
    (refused,) = await raw.hear(1)
    assert (refused.obj.bad_msg_id, refused.obj.error_code) == (asked, 20)
    assert effects() == 1


async def test_an_ordered_error_has_no_effect(client: Any, world: World, effects: Count) -> None:
    order(world, error=RpcError(400, "PHONE_NUMBER_BANNED"))
    with pytest.raises(errors.PhoneNumberBannedError):
        await client(send_code())
    assert effects() == 0


async def test_a_cut_before_the_effect(client: Any, world: World, effects: Count) -> None:
    order(world, cut_before=True)
    await client(send_code())
    assert effects() == 1


async def test_a_cut_after_the_effect(client: Any, world: World, effects: Count) -> None:
    """Telethon asks again, under a new message id: there is a second effect, as with Telegram."""
    order(world, cut_after=True)
    await client(send_code())
    assert effects() == 2


async def test_a_cut_does_not_take_earlier_answers_along(raw: RawClient, world: World, effects: Count) -> None:
    order(world, cut_before=True)
    first, _, _ = raw.ask_all(NEAREST, send_code(), NEAREST)
    heard = await raw.hear(2)
    assert [message.obj.req_msg_id for message in heard[1:]] == [first]
    assert await raw.ended() == b""
    assert effects() == 0


async def test_a_lost_answer(client: Any, world: World, effects: Count) -> None:
    order(world, lose_answer=True)
    lost = client._sender.send(send_code())
    await client(NEAREST)
    assert effects() == 1
    assert not lost.done()
    lost.cancel()


async def test_a_late_request_is_overtaken(client: Any, world: World, effects: Count) -> None:
    order(world, latency=0.1)
    late = asyncio.ensure_future(client(send_code()))
    await client(NEAREST)
    assert (effects(), late.done()) == (0, False)
    await late
    assert effects() == 1


async def test_a_late_request_is_acknowledged_and_not_taken_twice(raw: RawClient, world: World, effects: Count) -> None:
    order(world, latency=0.1)
    asked = raw.ask(send_code())
    _, ack = await raw.hear(2)
    assert ack.obj.msg_ids == [asked]
    raw.ask(send_code(), asked)
    await raw.answer_to(asked)
    assert effects() == 1


async def test_a_late_request_takes_effect_though_nobody_waits(raw: RawClient, world: World, effects: Count) -> None:
    order(world, latency=0.01)
    raw.ask(send_code())
    await raw.hear(2)
    raw.close()
    while not effects():
        await asyncio.sleep(0.001)


async def test_a_stopped_server_does_nothing_more(raw: RawClient, server: Server, world: World, effects: Count) -> None:
    order(world, latency=0.01)
    raw.ask(send_code())
    await raw.hear(2)
    await server.stop()
    await asyncio.sleep(0.02)
    assert effects() == 0
