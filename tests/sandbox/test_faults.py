from typing import Any

import pytest
from telethon.tl import functions, types

from tests.sandbox.town import Clock, Town
from userbot.sandbox.errors import RpcError
from userbot.sandbox.faults import Freeze, Order, Verdict, method_name
from userbot.sandbox.ordering import Ordering
from userbot.sandbox.world import SPAMBOT, World


class Trouble(Town, Ordering):
    """A town with faults to order."""

    def verdict(self, request: Any) -> Verdict | None:
        return self.world.faults.judge(self.caller.user_id, request)

    def error(self, request: Any) -> str | None:
        verdict = self.verdict(request)
        return verdict.error.message if verdict and verdict.error else None


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def town(world: World, clock: Clock) -> Trouble:
    world.clock = clock
    return Trouble(world)


def test_the_usual_is_no_verdict(town: Trouble) -> None:
    assert town.verdict(town.text(town.ann, "x")) is None


def test_flood_wait(town: Trouble, clock: Clock) -> None:
    town.flood_limit(rate=2, burst=3, wait=10)
    request = town.text(town.ann, "x")
    assert [town.error(request) for _ in range(4)] == [None, None, None, "FLOOD_WAIT_10"]
    clock.now += 9.5
    assert town.error(request) == "FLOOD_WAIT_1"
    clock.now += 0.5
    assert town.error(request) is None
    assert town.counters() == {"flood_wait": 1, "call_during_flood_wait": 1}


def test_a_steady_pace_below_the_limit_is_never_stopped(town: Trouble, clock: Clock) -> None:
    town.flood_limit(rate=2, burst=3, wait=10)
    for _ in range(100):
        clock.now += 0.5
        assert town.error(town.text(town.ann, "x")) is None


def test_figures_can_change(town: Trouble, clock: Clock) -> None:
    town.flood_limit(rate=1, burst=1, wait=5)
    request = town.text(town.ann, "x")
    assert [town.error(request), town.error(request)] == [None, "FLOOD_WAIT_5"]
    town.flood_limit(rate=1, burst=1, wait=60)
    assert town.error(request) == "FLOOD_WAIT_5"
    clock.now += 5
    assert [town.error(request), town.error(request)] == [None, "FLOOD_WAIT_60"]
    town.no_flood_limit()
    assert town.verdict(request) is None


def test_only_sends_to_users_count(town: Trouble) -> None:
    town.flood_limit(rate=0, burst=0, wait=5)
    town.refuse("PEER_FLOOD", times=None)
    assert town.verdict(town.text(town.group, "x")) is None
    assert town.verdict(town.text(SPAMBOT, "/start")) is None
    assert town.verdict(functions.updates.GetStateRequest()) is None
    assert town.error(town.text(town.me, "x")) == "FLOOD_WAIT_5"
    town.no_flood_limit()
    assert town.error(town.text(town.ann, "x")) == "PEER_FLOOD"
    assert town.error(functions.messages.SendMessageRequest(types.InputPeerSelf(), "x", random_id=1)) == "PEER_FLOOD"


def test_each_account_has_its_own_limit(town: Trouble) -> None:
    town.flood_limit(rate=0, burst=1, wait=5)
    request = town.text(town.ann, "x")
    town.error(request)
    assert town.world.faults.judge(town.bob, request) is None
    assert town.error(request) == "FLOOD_WAIT_5"


def test_errors_for_the_next_sends(town: Trouble) -> None:
    town.refuse("PEER_FLOOD", times=2)
    town.refuse("FLOOD_WAIT_30", code=420)
    request = town.text(town.ann, "x")
    assert [town.error(request) for _ in range(4)] == ["PEER_FLOOD", "PEER_FLOOD", "FLOOD_WAIT_30", None]
    assert town.counters() == {"PEER_FLOOD": 2, "FLOOD_WAIT_30": 1}


def test_errors_for_one_recipient(town: Trouble) -> None:
    town.refuse("PRIVACY_PREMIUM_REQUIRED", code=406, times=None, recipient=town.ann)
    town.refuse("CHAT_WRITE_FORBIDDEN", code=403, recipient=town.group)
    for _ in range(3):
        assert town.error(town.text(town.ann, "x")) == "PRIVACY_PREMIUM_REQUIRED"
    assert town.verdict(town.text(town.bob, "x")) is None
    assert town.error(town.text(town.group, "x")) == "CHAT_WRITE_FORBIDDEN"
    assert town.verdict(town.text(town.group, "x")) is None


def test_errors_by_method(town: Trouble) -> None:
    town.refuse("TIMEOUT", code=-503, method="updates.getState")
    assert town.verdict(town.text(town.ann, "x")) is None
    assert town.error(functions.updates.GetStateRequest()) == "TIMEOUT"
    assert town.verdict(functions.updates.GetStateRequest()) is None


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        (functions.updates.GetStateRequest(), "updates.getState"),
        (functions.messages.GetForumTopicsByIDRequest(None, []), "messages.getForumTopicsByID"),
        (functions.PingRequest(1), "ping"),
    ],
)
def test_methods_have_telegrams_names(request_: Any, name: str) -> None:
    assert method_name(request_) == name


@pytest.mark.parametrize("order", ["lose_answers", "cut_before", "cut_after"])
def test_connections_and_answers(town: Trouble, order: str) -> None:
    getattr(town, order)(times=1)
    verdict = town.verdict(town.text(town.ann, "x"))
    assert verdict is not None
    assert (verdict.lose_answer, verdict.cut_before, verdict.cut_after) == (
        order == "lose_answers",
        order == "cut_before",
        order == "cut_after",
    )
    assert town.verdict(town.text(town.ann, "x")) is None


def test_now_and_then(town: Trouble) -> None:
    town.server_errors(0.3)

    def series() -> list[str | None]:
        town.seed(7)
        return [town.error(town.text(town.ann, "x")) for _ in range(200)]

    first = series()
    assert 30 < first.count("INTERNAL") < 90
    assert series() == first


def test_latency_goes_with_anything(town: Trouble) -> None:
    town.latency(0.25)
    town.refuse("PEER_FLOOD")
    request = town.text(town.ann, "x")
    assert town.error(request) == "PEER_FLOOD"
    assert town.verdict(request) == Verdict(latency=0.25)
    assert town.verdict(town.text(town.group, "x")) is None


def test_frozen(town: Trouble) -> None:
    town.freeze(since=1, until=2)
    assert town.world.faults.freeze == Freeze(1, 2)
    verdict = town.verdict(town.text(town.ann, "x"))
    assert verdict is not None
    assert verdict.error is not None
    assert (verdict.error.code, verdict.error.message) == (420, "FROZEN_METHOD_INVALID")
    assert town.verdict(town.text(SPAMBOT, "/start")) is None
    town.unfreeze()
    assert town.verdict(town.text(town.ann, "x")) is None


@pytest.mark.parametrize("code", [400, 500])
def test_still_running(town: Trouble, code: int) -> None:
    town.still_running(sends=1, times=2, code=code)
    request = town.text(town.ann, "once")
    for _ in range(2):
        with pytest.raises(RpcError, match="RANDOM_ID_DUPLICATE") as caught:
            town.call(request)
        assert caught.value.code == code
    assert town.call(request).updates[0].random_id == 1
    assert [seen.text for seen in town.dialog(town.ann, town.me)] == ["once"]
    assert town.call(town.text(town.ann, "twice", random_id=2))
    assert town.counters() == {"random_id_duplicate": 2, "repeated": 2}


def test_all_clear(town: Trouble) -> None:
    town.world.faults.order(Order("x", Verdict(cut_before=True)))
    town.latency(1)
    town.freeze(1, 2)
    town.flood_limit(0, 0, 1)
    town.clear_faults()
    assert town.verdict(town.text(town.ann, "x")) is None
    assert town.counters() == {}


def test_what_is_posted_and_edited_in_a_group_counts_together(town: Trouble, clock: Clock) -> None:
    town.group_limit(each_minute=2, wait=10)
    group, other = types.InputPeerChannel(5, 0), types.InputPeerChannel(6, 0)
    post = functions.messages.SendMessageRequest(group, "x", random_id=1)
    edit = functions.messages.EditMessageRequest(group, 3, message="y")
    assert [town.error(each) for each in (post, edit, edit)] == [None, None, "FLOOD_WAIT_10"]
    assert town.error(functions.messages.EditMessageRequest(other, 3, message="y")) is None
    assert town.error(town.text(town.ann, "x")) is None
    clock.now += 9
    assert town.error(post) == "FLOOD_WAIT_1"
    clock.now += 51
    assert [town.error(each) for each in (post, edit, edit)] == [None, None, "FLOOD_WAIT_10"]
    assert town.counters() == {"group_wait": 2, "call_during_group_wait": 1}
