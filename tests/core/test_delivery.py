"""What Telegram's errors mean, and the random ids that make a repeat harmless."""

import re

import pytest
from hypothesis import given, strategies as st

from userbot.core.delivery import LOST, Meaning, Refused, random_ids

MEANINGS: dict[Meaning, str] = {
    Meaning.GONE: "INPUT_USER_DEACTIVATED USER_IS_BLOCKED YOU_BLOCKED_USER",
    Meaning.RECIPIENT: """
        USER_IS_BOT PRIVACY_PREMIUM_REQUIRED ALLOW_PAYMENT_REQUIRED PREMIUM_ACCOUNT_REQUIRED VOICE_MESSAGES_FORBIDDEN
        USER_PRIVACY_RESTRICTED CHAT_WRITE_FORBIDDEN CHAT_SEND_MEDIA_FORBIDDEN CHAT_SEND_STICKERS_FORBIDDEN
        CHAT_SEND_PLAIN_FORBIDDEN CHAT_SEND_VOICES_FORBIDDEN CHAT_SEND_ANYTHING_NEW_FORBIDDEN USER_BANNED_IN_CHANNEL
        CHANNEL_PRIVATE CHAT_ADMIN_REQUIRED TOPIC_CLOSED SLOWMODE_MULTI_MSGS_DISABLED""",
    Meaning.UNKNOWN_PEER: "PEER_ID_INVALID",
    Meaning.CHAT_LATER: "SLOWMODE_WAIT FLOOD_SKIP_FAILED_WAIT",
    Meaning.ACCOUNT_LATER: "FLOOD_WAIT FLOOD_PREMIUM_WAIT",
    Meaning.AGAIN: """
        TIMEOUT RPC_CALL_FAIL INTERDC_2_CALL_ERROR INTERDC_4_CALL_RICH_ERROR WORKER_BUSY_TOO_LONG_RETRY MSG_WAIT_FAILED
        CONNECTION_LOST""",
    Meaning.CONFIRMED: "RANDOM_ID_DUPLICATE",
    Meaning.ACCOUNT: "PEER_FLOOD FROZEN_METHOD_INVALID",
    Meaning.SESSION: """
        AUTH_KEY_UNREGISTERED AUTH_KEY_DUPLICATED SESSION_REVOKED SESSION_EXPIRED
        USER_DEACTIVATED USER_DEACTIVATED_BAN""",
    Meaning.TEMPLATE: """
        MESSAGE_ID_INVALID CHAT_FORWARDS_RESTRICTED MEDIA_EMPTY GROUPED_MEDIA_INVALID QUIZ_ANSWER_MISSING MSG_ID_INVALID
        PAYMENT_UNSUPPORTED RANDOM_ID_INVALID SEND_AS_PEER_INVALID""",
}
KNOWN = [(code, meaning) for meaning, codes in MEANINGS.items() for code in codes.split()]
ENDS_SESSION = {
    "AUTH_KEY_UNREGISTERED", "AUTH_KEY_DUPLICATED", "SESSION_REVOKED", "SESSION_EXPIRED", "USER_DEACTIVATED",
    "USER_DEACTIVATED_BAN",
}  # fmt: skip


@pytest.mark.parametrize(("code", "meaning"), KNOWN)
def test_every_code_that_matters_has_its_meaning_and_its_words(code: str, meaning: Meaning) -> None:
    refused = Refused(code)
    assert refused.meaning is meaning
    assert re.fullmatch(rf"[a-zA-Z][^_]{{4,}} \({code}\)", refused.reason)
    assert refused.ends_session is (code in ENDS_SESSION)


def test_a_lost_file_reference_fails_nobody_at_once() -> None:
    assert Refused("FILE_REFERENCE_EXPIRED").meaning in {Meaning.AGAIN, Meaning.UNKNOWN}


@pytest.mark.parametrize(
    "code", ["CHANNEL_PRIVATE", "CHANNEL_INVALID", "CHAT_ADMIN_REQUIRED", "USER_BANNED_IN_CHANNEL"]
)
def test_what_is_said_of_a_group_concerns_the_source_when_the_recipient_is_a_person(code: str) -> None:
    assert Refused(code).meaning in {Meaning.RECIPIENT, Meaning.UNKNOWN_PEER}
    assert Refused(code, to_person=True).meaning is Meaning.TEMPLATE
    assert "backend group" in Refused(code, to_person=True).reason


@pytest.mark.parametrize("code", ["SERVER_ERROR -500 No workers running", "SERVER_ERROR Internal", "SERVER_ERROR 503"])
def test_trouble_of_telegrams_own_is_tried_again(code: str) -> None:
    assert Refused(code).meaning is Meaning.AGAIN
    assert Refused(code).reason.startswith("Telegram has internal trouble")


@pytest.mark.parametrize("code", ["NEVER_HEARD_OF", "ValueError", "", "CHAT_SEND_", "_FORBIDDEN", "PEER_FLOOD_NEW"])
def test_what_nobody_knows_is_unknown_and_reported_as_it_came(code: str) -> None:
    assert Refused(code).meaning is Meaning.UNKNOWN
    assert Refused(code).reason == code
    assert not Refused(code).ends_session


def test_a_lost_connection_is_no_answer() -> None:
    assert LOST.meaning is Meaning.AGAIN


seeds = st.binary(min_size=1, max_size=64)
numbers = st.integers(-(2**40), 2**40)
places = st.tuples(seeds, numbers, st.integers(1, 100), st.lists(st.integers(1, 2**31), min_size=1, max_size=10))


@given(places)
def test_random_ids_are_always_the_same_and_fit_in_64_bits(place: tuple[bytes, int, int, list[int]]) -> None:
    ids = random_ids(*place)
    assert ids == random_ids(*place)
    assert len(ids) == len(place[3])
    assert all(-(2**63) <= each < 2**63 for each in ids)


@given(st.lists(st.tuples(seeds, numbers, st.integers(1, 100), st.integers(1, 2**31)), unique=True, max_size=50))
def test_random_ids_differ_wherever_anything_differs(places: list[tuple[bytes, int, int, int]]) -> None:
    ids = {random_ids(seed, peer_id, step, [message_id])[0] for seed, peer_id, step, message_id in places}
    assert len(ids) == len(places)


def test_no_two_deliveries_of_a_large_sending_share_a_random_id() -> None:
    ids = [each for peer in range(1, 5001) for step in (1, 2) for each in random_ids(b"seed", peer, step, [10, 11])]
    assert len(set(ids)) == len(ids) == 20_000


def test_places_that_look_alike_when_written_down_are_told_apart() -> None:
    alike = [(1, 11, 1), (11, 1, 1), (1, 1, 11), (111, 1, 1), (-1, 11, 1)]
    assert len({random_ids(b"seed", peer, step, [message])[0] for peer, step, message in alike}) == len(alike)


def test_the_ids_of_a_stored_seed_never_change() -> None:
    """They are promises kept across updates: a repeat after one must not be a second message."""
    assert random_ids(b"seed of sixteen.", 42, 1, [10, 11]) == [7_251_613_474_914_387_781, -541_164_425_196_253_411]
