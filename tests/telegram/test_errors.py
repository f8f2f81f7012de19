"""Every error in Telegram's lists for the methods that are called, or are to be, and every one that Telethon knows.

`errors.csv` is the table: the code as Telegram sends it, its number, the method, for whom (a forward goes to a person
or to a chat, a post into the group, a look to nobody), what it means, and where that is written.
"""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from telethon.errors import RPCError, ServerError, TimedOutError, UnauthorizedError, rpc_message_to_error
from telethon.errors.rpcerrorlist import rpc_errors_dict, rpc_errors_re
from telethon.tl.functions import PingRequest
from telethon.tl.types import RpcError

from userbot.core.delivery import Meaning, Refused
from userbot.telegram import translate

with (Path(__file__).parent / "errors.csv").open(encoding="utf-8", newline="") as file:
    TABLE = list(csv.DictReader(file))

FORWARD = "messages.forwardMessages"
IN_TABLE = {re.sub(r"_\d+$", "", row["code"]) for row in TABLE}

# What no forward, post or look is answered with: whole areas of Telegram that are not used.
NOT_USED = r"""
    ABOUT_.* ACCESS_TOKEN_.* ADMINS?_.* ALBUM_PHOTOS_.* API_ID_.* ARTICLE_.* AUDIO_.* AUTH_(BYTES|TOKEN)_.*
    AUTOARCHIVE_.* BANK_CARD_.* BANNED_RIGHTS_.* BASE_PORT_.* BOTS?_.* BROADCAST_.* BUTTON_.* (GROUP_?)?CALL_.*
    CHANNELS_.* CHANNEL_(ID|PARICIPANT|PUBLIC|TOO)_.* CHAT_(ABOUT|ADMIN_INVITE|DISCUSSION|ID|INVITE|LINK|REVOKE)_.*
    CHAT_(TITLE|TOO)_.* CODE_.* CONNECTION_.* CONTACT_.* CREATE_CALL_.* DATA_.* DATE_.* DC_ID_.* DH_G_A_.*
    EDIT_BOT_.* EMAIL_.* EMOJI_.* EMOTICON_.* ENCRYPT.* ERROR_TEXT_.* EXPIRE_.* EXPORT_.* FIELD_.* FILE_.* FILTER_.*
    (FIRST|LAST)NAME_.* FOLDER_.* FRESH_.* FROM_PEER_.* GEO_POINT_.* GIF_.* GRAPH_.* GROUPCALL_.* HASH_.* HIDE_.*
    IMPORT_.* INLINE_.* INPUT_(CONSTRUCTOR|FETCH|FILTER|LAYER|METHOD|REQUEST|TEXT)_.* INVITE_.* JOIN_AS_.* LANG_.*
    MAX_.* MEGAGROUP_.* MESSAGE_POLL_CLOSED METHOD_.* MIN_.* MSG_TOO_OLD NEW_.* NEXT_.* NOT_ALLOWED OPTIONS?_.* PACK_.*
    PARTICIPANTS?_.* PASSWORD_.* PEER_(HISTORY_EMPTY|ID_NOT_SUPPORTED) PERSISTENT_.* PHONE_.* PHOTO_.* PIN_.* POLL_.*
    PREMIUM_CURRENTLY_.* PRIVACY_.* PUBLIC_.* QUERY_.* RANDOM_LENGTH_.* RANGES_.* REACTIONS?_.* REFLECTOR_.* RESET_.*
    RESULTS?_.* REVOTE_.* RIGHT_.* RSA_.* SCORE_.* SEARCH_.* SECONDS_.* SEND_CODE_.* SEND_MESSAGE_.* SENSITIVE_.*
    SETTINGS_.* SHA256_.* SHORT_?NAME_.* SMS_.* SRP_.* START_.* STICKER.* SWITCH_.* TAKEOUT_.* TEMP_AUTH_.* THEME_.*
    TITLE_.* TMP_.* TOKEN_.* TO_LANG_.* TTL_.* TYPES?_.* UNKNOWN_ERROR UNTIL_.* UPDATE_APP_.* URL_.* USAGE_.*
    USERNAME_.* USERPIC_.* USERS_.* USER_(ADMIN|ALREADY|BOT|CHANNELS|CREATOR|KICKED|NOT|VOLUME).* VIDEO_.* WALLPAPER_.*
    WEBDOCUMENT_.* WEBPUSH_.* 2FA_.* SESSION_TOO_FRESH PREVIOUS_CHAT_IMPORT_.*"""


def met(code: str, number: int) -> Refused:
    """What an answer of Telegram's becomes on its way through Telethon."""
    return translate.refused(rpc_message_to_error(RpcError(number, code), PingRequest(1)))


@pytest.mark.parametrize("method", sorted({row["method"] for row in TABLE}))
def test_every_error_means_what_the_table_says(method: str) -> None:
    for row in TABLE:
        if row["method"] == method:
            to_person = method == FORWARD and row["whom"] == "person"
            refused = replace(met(row["code"], int(row["number"])), to_person=to_person)
            assert refused.meaning.name == row["meaning"], row


def test_the_table_lists_a_forward_to_a_person_and_to_a_chat_alike() -> None:
    listed = {
        whom: {row["code"] for row in TABLE if row["method"] == FORWARD and row["whom"] == whom}
        for whom in ("person", "chat")
    }
    assert listed["person"] == listed["chat"]
    assert len(listed["person"]) > 80


TELETHON = [(code, error) for code, error in rpc_errors_dict.items()] + [
    (pattern.replace(r"(\d+)", "7"), error) for pattern, error in rpc_errors_re
]


def test_every_error_that_telethon_knows_has_a_row_or_a_rule() -> None:
    assert len(TELETHON) > 500
    assert [code for code, error in TELETHON if not is_decided(code, error)] == []


def is_decided(code: str, error: type[RPCError]) -> bool:
    """Whether somebody has thought about what it means."""
    number = error.code or 400
    refused = met(code, number)
    if issubclass(error, ServerError | TimedOutError):
        return refused.meaning in {Meaning.AGAIN, Meaning.CONFIRMED}
    if issubclass(error, UnauthorizedError):
        return refused.ends_session
    if number == 303:
        return refused.meaning is Meaning.AGAIN
    if number == 420:
        return refused.meaning in {Meaning.ACCOUNT_LATER, Meaning.CHAT_LATER, Meaning.ACCOUNT}
    known = refused.meaning is not Meaning.UNKNOWN or refused.code in IN_TABLE
    return known or re.fullmatch("|".join(NOT_USED.split()), refused.code) is not None
