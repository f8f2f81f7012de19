"""What becomes of a delivery: every meaning, after however many tries."""

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from userbot.core.delivery import LOST, Meaning, Outcome, Refused, Sent
from userbot.core.model import Delivery, DeliveryStatus
from userbot.core.settling import MAX_TRIES, Settled, left_out, retry_delay, settle
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
    Meaning.TEMPLATE: Refused("MESSAGE_ID_INVALID"),
    Meaning.UNKNOWN: Refused("NEVER_HEARD_OF"),
}
TRIES = range(12)


def delivery(tries: int = 0, step: int = 1) -> Delivery:
    return Delivery(3, 42, step, NOW - 60, tries, 7)


def settled(outcome: Outcome, tries: int = 0, times: Sequence[Time] = (Now(),), step: int = 1) -> Settled | None:
    return settle(delivery(tries, step), outcome, now=NOW, times=times)


def again(tries: int, seconds: float) -> Settled:
    return Settled(delivery(tries), DeliveryStatus.PENDING, NOW + seconds)


def failed(tries: int, outcome: Refused, *, gone: bool = False) -> Settled:
    return Settled(delivery(tries), DeliveryStatus.FAILED, NOW, reason=outcome.reason, gone=gone)


def test_every_meaning_is_in_the_table() -> None:
    assert {meaning: each.meaning for meaning, each in CODES.items()} == {each: each for each in Meaning}


@pytest.mark.parametrize("tries", TRIES)
@pytest.mark.parametrize("meaning", Meaning)
def test_what_an_answer_makes_of_a_delivery(meaning: Meaning, tries: int) -> None:
    outcome = CODES[meaning]
    growing = again(tries, retry_delay(tries))
    expected: Settled | None
    match meaning:
        case Meaning.ACCOUNT_LATER | Meaning.ACCOUNT | Meaning.TEMPLATE:
            expected = None
        case Meaning.RECIPIENT:
            expected = failed(tries, outcome)
        case Meaning.GONE:
            expected = failed(tries, outcome, gone=True)
        case Meaning.UNKNOWN_PEER:
            expected = again(tries, 0) if tries == 0 else failed(tries, outcome)
        case Meaning.CHAT_LATER:
            expected = again(tries, 30)
        case Meaning.AGAIN:
            expected = growing
        case Meaning.CONFIRMED:
            expected = growing if tries < 3 else Settled(delivery(tries), DeliveryStatus.SENT, NOW)
        case Meaning.UNKNOWN:
            expected = growing if tries + 1 < MAX_TRIES else failed(tries, outcome)
    assert settled(outcome, tries) == expected


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
    assert settled(Refused("SLOWMODE_WAIT")) == again(0, 1)


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


@given(outcome=outcomes, tries=st.integers(0, 10_000), step=st.integers(1, 7), times=times, now=st.floats(0, 2**33))
def test_whatever_comes_back_is_settled(outcome: Outcome, tries: int, step: int, times: list[Time], now: float) -> None:
    given_ = delivery(tries, step)
    found = settle(given_, outcome, now=now, times=times)
    if found is None:
        return
    assert found.delivery is given_
    assert found.at > now if found.status is DeliveryStatus.PENDING and tries else found.at >= now
    assert (found.reason is not None) is (found.status is DeliveryStatus.FAILED)
    assert found.next_due is None or (found.status is DeliveryStatus.SENT and found.next_due >= now)
    assert not found.gone or found.status is DeliveryStatus.FAILED
