"""What becomes of a delivery: every meaning, after however many tries."""

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from userbot.core.delivery import LOST, Meaning, Outcome, Refused, Sent
from userbot.core.model import Delivery, DeliveryStatus
from userbot.core.settling import (
    CONFIRMING_TRIES,
    SERVER_TRIES,
    UNKNOWN_DELAYS,
    Settled,
    left_out,
    retry_delay,
    settle,
    wants_new_address,
)
from userbot.core.timing import MAX_DELAY, At, Delay, Now, Time

NOW = 1_000_000.0
CODES = {
    Meaning.RECIPIENT: Refused("CHAT_WRITE_FORBIDDEN"),
    Meaning.GONE: Refused("USER_IS_BLOCKED"),
    Meaning.UNKNOWN_PEER: Refused("PEER_ID_INVALID"),
    Meaning.CHAT_LATER: Refused("SLOWMODE_WAIT", 30),
    Meaning.ACCOUNT_LATER: Refused("FLOOD_WAIT", 30),
    Meaning.AGAIN: LOST,
    Meaning.CONFIRMED: Refused("RANDOM_ID_DUPLICATE"),
    Meaning.ACCOUNT: Refused("PEER_FLOOD"),
    Meaning.SESSION: Refused("SESSION_REVOKED"),
    Meaning.TEMPLATE: Refused("MESSAGE_ID_INVALID"),
    Meaning.UNKNOWN: Refused("NEVER_HEARD_OF"),
}
TRIES = range(12)


def delivery(tries: int = 0, step: int = 1, met: str | None = None) -> Delivery:
    return Delivery(3, 42, step, NOW - 60, tries, 7, met=met)


def settled(
    outcome: Outcome, tries: int = 0, times: Sequence[Time] = (Now(),), step: int = 1, met: str | None = None
) -> Settled | None:
    return settle(delivery(tries, step, met), outcome, now=NOW, times=times)


def again(tries: int, seconds: float, outcome: Refused, met: str | None = None) -> Settled:
    of = delivery(tries, met=met)
    return Settled(of, DeliveryStatus.PENDING, NOW + seconds, reason=outcome.code, tries=tries + 1)


def failed(tries: int, outcome: Refused, *, gone: bool = False, met: str | None = None) -> Settled:
    return Settled(delivery(tries, met=met), DeliveryStatus.FAILED, NOW, reason=outcome.reason, gone=gone)


def test_every_meaning_is_in_the_table() -> None:
    assert {meaning: each.meaning for meaning, each in CODES.items()} == {each: each for each in Meaning}


@pytest.mark.parametrize("tries", TRIES)
@pytest.mark.parametrize("meaning", Meaning)
def test_what_an_answer_makes_of_a_delivery_that_met_it_so_often(meaning: Meaning, tries: int) -> None:
    outcome = CODES[meaning]
    met = outcome.code if tries else None
    growing = again(tries, retry_delay(tries), outcome, met)
    expected: Settled | None
    match meaning:
        case Meaning.ACCOUNT_LATER | Meaning.SESSION | Meaning.TEMPLATE:
            expected = None
        case Meaning.RECIPIENT:
            expected = failed(tries, outcome, met=met)
        case Meaning.GONE:
            expected = failed(tries, outcome, gone=True, met=met)
        case Meaning.UNKNOWN_PEER:
            expected = failed(tries, outcome, met=met) if tries else again(0, 0, outcome)
        case Meaning.CHAT_LATER:
            expected = again(tries, 30, outcome, met)
        case Meaning.AGAIN:
            expected = growing
        case Meaning.CONFIRMED:
            sent = Settled(delivery(tries, met=met), DeliveryStatus.SENT, NOW)
            expected = growing if tries < CONFIRMING_TRIES else sent
        case Meaning.UNKNOWN:
            few = tries < len(UNKNOWN_DELAYS)
            expected = again(tries, UNKNOWN_DELAYS[tries], outcome, met) if few else failed(tries, outcome, met=met)
        case Meaning.ACCOUNT:
            words = "does not accept messages from this account now (PEER_FLOOD)"
            twice = Settled(delivery(tries, met=met), DeliveryStatus.FAILED, NOW, reason=words)
            expected = twice if tries else again(0, 1, outcome)
    assert settled(outcome, tries, met=met) == expected


def test_three_tries_in_about_fifteen_seconds_for_what_nobody_knows() -> None:
    assert len(UNKNOWN_DELAYS) + 1 == 3
    assert sum(UNKNOWN_DELAYS) == 15


def test_a_server_error_is_given_up_after_a_day_and_a_lost_connection_never() -> None:
    day = sum(retry_delay(tries) for tries in range(SERVER_TRIES))
    assert 86_400 <= day < 90_000
    broken = Refused("RPC_CALL_FAIL")
    assert settled(broken, SERVER_TRIES - 2, met=broken.code) == again(SERVER_TRIES - 2, 600, broken, met=broken.code)
    assert settled(broken, SERVER_TRIES - 1, met=broken.code) == failed(SERVER_TRIES - 1, broken, met=broken.code)
    lost = settled(LOST, 100_000, met=LOST.code)
    assert lost is not None
    assert lost.status is DeliveryStatus.PENDING


@pytest.mark.parametrize("outcome", [CODES[Meaning.UNKNOWN], Refused("RPC_CALL_FAIL"), CODES[Meaning.UNKNOWN_PEER]])
def test_what_was_met_before_is_another_matter(outcome: Refused) -> None:
    """A day without a network is no reason to try less often what is refused afterwards."""
    after_an_outage = settled(outcome, 150, met=LOST.code)
    assert after_an_outage is not None
    assert (after_an_outage.status, after_an_outage.tries) == (DeliveryStatus.PENDING, 1)
    assert wants_new_address(delivery(150, met=LOST.code), outcome) is (outcome.meaning is Meaning.UNKNOWN_PEER)


def test_that_the_account_was_refused_is_not_forgotten_over_a_lost_call() -> None:
    once = settled(CODES[Meaning.ACCOUNT])
    assert once is not None
    lost = settled(LOST, once.tries, met=once.reason)
    assert lost is not None
    assert (lost.status, lost.reason) == (DeliveryStatus.PENDING, "PEER_FLOOD")
    twice = settled(CODES[Meaning.ACCOUNT], lost.tries, met=lost.reason)
    assert twice is not None
    assert twice.status is DeliveryStatus.FAILED


@pytest.mark.parametrize("message_id", [17, None])
@pytest.mark.parametrize("tries", [0, 50])
def test_what_was_sent_was_sent(message_id: int | None, tries: int) -> None:
    sent = Settled(delivery(tries), DeliveryStatus.SENT, NOW, message_id=message_id)
    assert settled(Sent(message_id), tries) == sent


@pytest.mark.parametrize(
    ("following", "due"),
    [
        (Now(), NOW),
        (Delay(0), NOW),
        (Delay(90), NOW + 90),
        (At(int(NOW) + 500), NOW + 500),
        (At(int(NOW) - 500), NOW),
    ],
)
@pytest.mark.parametrize("outcome", [Sent(5), CODES[Meaning.CONFIRMED]])
def test_the_next_step_counts_from_now(outcome: Outcome, following: Time, due: float) -> None:
    times = [At(0), following, Delay(7)]
    first = settled(outcome, 5, times)
    assert first is not None
    assert first.next_due == due
    last = settled(outcome, 5, times, step=3)
    assert last is not None
    assert last.next_due is None


def test_slow_mode_without_seconds_still_waits() -> None:
    assert settled(Refused("SLOWMODE_WAIT")) == again(0, 1, Refused("SLOWMODE_WAIT"))


def test_waits_grow_up_to_ten_minutes() -> None:
    delays = [retry_delay(tries) for tries in range(100)]
    assert delays[:5] == [2, 4, 8, 16, 32]
    assert delays == sorted(delays)
    assert delays[-1] == 600


def test_who_is_left_out_keeps_the_reason_and_was_not_tried() -> None:
    skipped = Settled(delivery(), DeliveryStatus.SKIPPED, NOW, reason="blocked the account")
    assert left_out(delivery(), "blocked the account", NOW) == skipped


codes = st.one_of(st.sampled_from([each.code for each in CODES.values()]), st.text(max_size=30))
outcomes = st.one_of(
    st.builds(Sent, st.none() | st.integers(1, 2**31)),
    st.builds(Refused, codes, st.integers(-5, 2**31)),
)
times = st.lists(
    st.one_of(st.just(Now()), st.integers(0, MAX_DELAY).map(Delay), st.integers(0, 2**33).map(At)), max_size=5
)


@given(
    outcome=outcomes,
    tries=st.integers(0, 10_000),
    step=st.integers(1, 7),
    met=st.none() | codes,
    times=times,
    now=st.floats(0, 2**33),
)
def test_whatever_comes_back_is_settled(
    outcome: Outcome, tries: int, step: int, met: str | None, times: list[Time], now: float
) -> None:
    given_ = delivery(tries, step, met)
    found = settle(given_, outcome, now=now, times=times)
    if found is None:
        return
    assert found.delivery is given_
    assert found.at >= now
    assert (found.reason is None) is (found.status is DeliveryStatus.SENT)
    assert found.next_due is None or (found.status is DeliveryStatus.SENT and found.next_due >= now)
    assert not found.gone or found.status is DeliveryStatus.FAILED
