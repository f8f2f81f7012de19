"""Telethon's objects and errors become ours: codes before classes, topics before replies."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from telethon import errors
from telethon.tl import types
from telethon.tl.functions import PingRequest
from telethon.tl.types import RpcError

from userbot.core.delivery import LOST, Meaning, Refused
from userbot.core.model import GENERAL
from userbot.telegram import translate


def answered(code: int, message: str) -> Exception:
    """What Telethon raises for an answer of Telegram's."""
    error: Exception = errors.rpc_message_to_error(RpcError(code, message), PingRequest(1))
    return error


@pytest.mark.parametrize(
    ("code", "message", "expected"),
    [
        (400, "USER_IS_BLOCKED", Refused("USER_IS_BLOCKED")),
        (420, "FLOOD_WAIT_17", Refused("FLOOD_WAIT", 17)),
        (420, "FLOOD_PREMIUM_WAIT_5", Refused("FLOOD_PREMIUM_WAIT", 5)),
        (420, "SLOWMODE_WAIT_30", Refused("SLOWMODE_WAIT", 30)),
        (420, "FROZEN_METHOD_INVALID", Refused("FROZEN_METHOD_INVALID")),
        (406, "PRIVACY_PREMIUM_REQUIRED", Refused("PRIVACY_PREMIUM_REQUIRED")),
        (406, "TOPIC_CLOSED", Refused("TOPIC_CLOSED")),
        (406, "AUTH_KEY_DUPLICATED", Refused("AUTH_KEY_DUPLICATED")),
        (403, "ALLOW_PAYMENT_REQUIRED_50", Refused("ALLOW_PAYMENT_REQUIRED", 50)),
        (400, "RANDOM_ID_DUPLICATE", Refused("RANDOM_ID_DUPLICATE")),
        (500, "RANDOM_ID_DUPLICATE", Refused("RANDOM_ID_DUPLICATE")),
        (-503, "Timeout", Refused("TIMEOUT")),
        (-500, "No workers running", Refused("SERVER_ERROR No workers running")),
        (500, "HISTORY_GET_FAILED", Refused("SERVER_ERROR HISTORY_GET_FAILED")),
        (400, "BRAND_NEW", Refused("BRAND_NEW")),
    ],
)
def test_an_answer_keeps_telegrams_own_code(code: int, message: str, expected: Refused) -> None:
    assert translate.refused(answered(code, message)) == expected


@pytest.mark.parametrize(
    "error",
    [ConnectionError(), TimeoutError(), OSError(), asyncio.IncompleteReadError(b"", 8), asyncio.CancelledError()],
)
def test_a_lost_connection_says_nothing_of_the_message(error: BaseException) -> None:
    assert translate.refused(error) == LOST


def test_what_telethon_stumbles_over_is_not_tried_for_ever() -> None:
    assert translate.refused(errors.TypeNotFoundError(1, b"")).meaning is Meaning.UNKNOWN


def test_a_key_that_telegram_does_not_know_ends_the_session() -> None:
    assert translate.refused(errors.AuthKeyNotFound()).ends_session


def header(**given: Any) -> Any:
    return types.MessageReplyHeader(**given)


@pytest.mark.parametrize(
    ("reply_to", "topic", "replied_to"),
    [
        (None, GENERAL, None),
        (header(reply_to_msg_id=7), GENERAL, 7),
        (header(reply_to_msg_id=30, forum_topic=True), 30, None),
        (header(reply_to_msg_id=7, reply_to_top_id=30, forum_topic=True), 30, 7),
        (header(forum_topic=True), GENERAL, None),
        (types.MessageReplyStoryHeader(types.PeerUser(1), 5), GENERAL, None),
    ],
)
def test_topic_and_reply(reply_to: Any, topic: int, replied_to: int | None) -> None:
    found = translate.incoming(message(reply_to=reply_to), {})
    assert found is not None
    assert (found.topic, found.reply_to) == (topic, replied_to)


def message(**given: Any) -> Any:
    plain = {"id": 5, "peer_id": types.PeerChannel(1), "date": datetime(2026, 11, 23, tzinfo=UTC), "message": "Hi"}
    return types.Message(**plain | {"from_id": types.PeerUser(9)} | given)


@pytest.mark.parametrize("author", [None, types.PeerChannel(1)])
def test_the_group_itself_is_no_sender(author: Any) -> None:
    found = translate.incoming(message(from_id=author), {})
    assert found is not None
    assert found.sender is None


def app_config(**values: Any) -> Any:
    kinds = {int: types.JsonNumber, str: types.JsonString}
    pairs = [types.JsonObjectValue(key, kinds[type(value)](value)) for key, value in values.items()]
    return types.help.AppConfig(0, types.JsonObject(pairs))


def test_a_frozen_account_is_seen_in_the_app_configuration() -> None:
    assert translate.frozen(app_config(chat_read_mark_size_threshold=100)) is None
    assert translate.frozen(app_config(freeze_since_date=0)) is None
    sentence = translate.frozen(
        app_config(freeze_since_date=1_799_000_000, freeze_until_date=1_801_000_000, freeze_appeal_url="t.me/spambot")
    )
    assert sentence == "Telegram has frozen this account until 2027-01-26 21:46:40 UTC. Appeal at t.me/spambot"
