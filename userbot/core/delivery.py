"""What each of Telegram's errors means for the call it answers, and the random ids that make a repeat harmless.

The codes are those of Telegram's own lists for each method (core.telegram.org/api/errors).

Telegram's `random_id` is an idempotency key: the same id with the same peer returns the original message
(core.telegram.org/api/updates). Ours are a function of what is delivered to whom, so nothing has to be written
before a call, and after any crash the same call is simply made again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from hashlib import blake2b

from userbot.core import reasons


class Meaning(Enum):
    """What an error says something about, which decides what happens next."""

    RECIPIENT = auto()
    """This recipient never gets it: failed, and the chain ends for them."""
    GONE = auto()
    """The same, and nobody tries them again: remembered on the customer."""
    UNKNOWN_PEER = auto()
    """The address is stale: resolved anew once, then failed."""
    CHAT_LATER = auto()
    """This recipient alone has to wait."""
    ACCOUNT_LATER = auto()
    """A flood wait: nothing is sent until it has passed."""
    AGAIN = auto()
    """Nobody knows whether it went out, or the server is in trouble: the same call again, same random id."""
    CONFIRMED = auto()
    """The earlier call is still running, or has done it already: it is there, or about to be."""
    ACCOUNT = auto()
    """The account is in trouble, if only with this recipient: all mailings stop at once, and @SpamBot is asked."""
    SESSION = auto()
    """Nothing can be done any more until somebody logs in again."""
    TEMPLATE = auto()
    """The message, or the group it stands in, can be forwarded to nobody: the sending is paused."""
    UNKNOWN = auto()
    """A refusal of which nobody knows whom it blames: tried a few times, then failed with Telegram's own code. Many
    in a row blame the message."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has the messages; `message_id` is the first one's id there, None when Telegram did not say."""

    message_id: int | None
    others: tuple[int | None, ...] = ()
    """The rest of an album."""

    @property
    def message_ids(self) -> tuple[int | None, ...]:
        """All of them, in the order of their random ids."""
        return self.message_id, *self.others


@dataclass(frozen=True, slots=True)
class Shown(Sent):
    """The same, with a digest of what each message shows."""

    contents: tuple[bytes | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram, or the way to it, said no. `code` is Telegram's own, a trailing number cut off into `seconds`."""

    code: str
    seconds: int = 0
    to_person: bool = False
    """Whether it answers a forward to a person: what is said of a group is then said of the one it comes from."""
    looking: bool = False
    """Whether it answers a look without which the call itself could not be made: of the pace it says nothing."""

    @property
    def meaning(self) -> Meaning:
        """What to make of it."""
        return self._known[0]

    @property
    def reason(self) -> str:
        """In words, for the report."""
        words = self._known[1]
        return f"{words} ({self.code})" if words else self.code

    @property
    def ends_session(self) -> bool:
        """Whether nothing can be done any more until somebody logs in again."""
        return self.meaning is Meaning.SESSION

    @property
    def _known(self) -> tuple[Meaning, str]:
        if self.to_person and self.code in _OF_THE_SOURCE:
            return Meaning.TEMPLATE, _OF_THE_SOURCE[self.code]
        return _TABLE.get(self.code) or _family(self.code)


def logged_out(refused: Refused) -> str:
    """That Telegram ended the session, why, and what helps: for whoever sits at this machine."""
    if refused.code in _ACCOUNT_ENDED:
        return f"Telegram says: {refused.reason}. Log in with a Telegram app: it says whether that can be undone."
    return f"Telegram says: {refused.reason}. Log in again: userbot login"


Outcome = Sent | Refused

LOST = Refused("CONNECTION_LOST")
"""The connection went, or no answer came in time: the message may or may not be there."""

COPY_GONE = Refused("COPY_GONE")
"""What was delivered is not there any more, so nothing can be put in its place."""

UNWANTED = Refused("NOT_WANTED")
"""No call was made: when there was a connection for it, nobody wanted it any more."""

NOT_THERE = {"MESSAGE_ID_INVALID", "MSG_ID_INVALID", "MESSAGE_IDS_EMPTY"}
"""Codes for messages that a call is about and that are gone."""

_SESSION_ENDED = {
    "AUTH_KEY_UNREGISTERED": "this session was ended",
    "AUTH_KEY_INVALID": "this session was ended",
    "AUTH_KEY_DUPLICATED": "this session was used from two places at once and ended",
    "AUTH_KEY_PERM_EMPTY": "this session is not logged in",
    "ACTIVE_USER_REQUIRED": "this session is not logged in",
    "SESSION_PASSWORD_NEEDED": "this session is not logged in",
    "SESSION_REVOKED": "this session was ended from another device",
    "SESSION_EXPIRED": "this session has expired",
    "USER_DEACTIVATED": "Telegram has deactivated this account",
    "USER_DEACTIVATED_BAN": "Telegram has banned this account",
}

_ACCOUNT_ENDED = {"USER_DEACTIVATED", "USER_DEACTIVATED_BAN"}
"""The account itself is gone, deleted or banned (core.telegram.org/api/errors, 401): a new login is refused too. How to
appeal is told by Telegram's own apps (github.com/tdlib/td/issues/2810)."""

_OF_THE_SOURCE = {
    "CHANNEL_PRIVATE": "the account is not in the backend group any more",
    "CHANNEL_INVALID": "the backend group cannot be found",
    "CHANNEL_BANNED": "Telegram has closed the backend group",
    "CHAT_ID_INVALID": "the backend group cannot be found",
    "CHAT_INVALID": "the backend group cannot be found",
    "CHAT_FORBIDDEN": "the account is not in the backend group any more",
    "CHAT_ADMIN_REQUIRED": "only admins may forward from the backend group",
    "USER_BANNED_IN_CHANNEL": "the account is banned in the backend group",
}

_M = Meaning
_TABLE: dict[str, tuple[Meaning, str]] = {
    # This recipient, for good.
    "INPUT_USER_DEACTIVATED": (_M.GONE, reasons.DELETED),
    "USER_DELETED": (_M.GONE, reasons.DELETED),
    "USER_IS_BLOCKED": (_M.GONE, "blocked the account"),
    "USER_BLOCKED": (_M.GONE, "blocked the account"),
    "YOU_BLOCKED_USER": (_M.GONE, "is blocked by the account"),
    "USER_IS_BOT": (_M.RECIPIENT, "is a bot"),
    "USER_BOT": (_M.RECIPIENT, "is a bot"),
    "PRIVACY_PREMIUM_REQUIRED": (_M.RECIPIENT, "accepts messages from Premium accounts only"),
    "PREMIUM_ACCOUNT_REQUIRED": (_M.RECIPIENT, "accepts messages from Premium accounts only"),
    "ALLOW_PAYMENT_REQUIRED": (_M.RECIPIENT, "charges for messages"),
    "BALANCE_TOO_LOW": (_M.RECIPIENT, "charges for messages"),
    "VOICE_MESSAGES_FORBIDDEN": (_M.RECIPIENT, "does not accept voice or video messages"),
    "CHAT_SEND_VOICES_FORBIDDEN": (_M.RECIPIENT, "does not accept voice messages"),
    "USER_PRIVACY_RESTRICTED": (_M.RECIPIENT, "does not accept this because of their privacy settings"),
    "CHAT_WRITE_FORBIDDEN": (_M.RECIPIENT, "the account may not write in this chat"),
    "CHAT_RESTRICTED": (_M.RECIPIENT, "the account may not write in this chat"),
    "CHAT_GUEST_SEND_FORBIDDEN": (_M.RECIPIENT, "only members may write in this chat"),
    "USER_BANNED_IN_CHANNEL": (_M.RECIPIENT, "the account is banned from writing in groups"),
    "CHANNEL_PRIVATE": (_M.RECIPIENT, "the account is not in this chat any more"),
    "CHANNEL_BANNED": (_M.RECIPIENT, "Telegram has closed this chat"),
    "CHAT_ADMIN_REQUIRED": (_M.RECIPIENT, "only admins may write in this chat"),
    "CHAT_FORBIDDEN": (_M.RECIPIENT, "the account is not in this chat any more"),
    "SLOWMODE_MULTI_MSGS_DISABLED": (_M.RECIPIENT, "takes no albums while in slow mode"),
    "TOPIC_CLOSED": (_M.RECIPIENT, "the topic is closed"),
    "COPY_GONE": (_M.RECIPIENT, "the message is not there any more"),
    "MESSAGE_DELETE_FORBIDDEN": (_M.RECIPIENT, "Telegram does not let it be taken back"),
    "MESSAGE_EDIT_TIME_EXPIRED": (_M.RECIPIENT, "is older than the 48 hours in which Telegram lets it be edited"),
    "MESSAGE_AUTHOR_REQUIRED": (_M.RECIPIENT, "Telegram does not take it for a message of the account"),
    "TOPIC_DELETED": (_M.RECIPIENT, "the topic is deleted"),
    "PEER_ID_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    "USER_ID_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    "USER_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    "CHAT_ID_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    "CHAT_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    "CHANNEL_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    "INPUT_USER_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    # Later.
    "FLOOD_WAIT": (_M.ACCOUNT_LATER, "Telegram asks for a pause"),
    "FLOOD_PREMIUM_WAIT": (_M.ACCOUNT_LATER, "Telegram asks for a pause"),
    "SLOWMODE_WAIT": (_M.CHAT_LATER, "slow mode"),
    "FLOOD_SKIP_FAILED_WAIT": (_M.CHAT_LATER, "Telegram asks for a moment"),  # a second: TDLib, NetQueryDelayer
    # Again, the same random id.
    "CONNECTION_LOST": (_M.AGAIN, "the connection was lost"),
    "TIMEOUT": (_M.AGAIN, "Telegram did not answer in time"),
    "USER_MIGRATE": (_M.AGAIN, "Telegram has moved the account to another data centre"),
    "RPC_CALL_FAIL": (_M.AGAIN, "Telegram has internal trouble"),
    "RPC_MCGET_FAIL": (_M.AGAIN, "Telegram has internal trouble"),
    "WORKER_BUSY_TOO_LONG_RETRY": (_M.AGAIN, "Telegram has internal trouble"),
    "MSG_WAIT_FAILED": (_M.AGAIN, "Telegram has internal trouble"),
    "MSG_WAIT_TIMEOUT": (_M.AGAIN, "Telegram has internal trouble"),
    "CONNECTION_NOT_INITED": (_M.AGAIN, "the connection was lost"),
    "RANDOM_ID_DUPLICATE": (_M.CONFIRMED, "the earlier call is still running"),
    # The account.
    "PEER_FLOOD": (_M.ACCOUNT, "Telegram limits this account because of complaints"),
    "USER_RESTRICTED": (_M.ACCOUNT, "Telegram limits this account because of complaints"),
    "FROZEN_METHOD_INVALID": (_M.ACCOUNT, "Telegram has frozen this account"),
    "FROZEN_PARTICIPANT_MISSING": (_M.ACCOUNT, "Telegram has frozen this account"),
    **{code: (_M.SESSION, words) for code, words in _SESSION_ENDED.items()},
    # The message.
    "MESSAGE_ID_INVALID": (_M.TEMPLATE, "the message was deleted from the group"),
    "MESSAGE_IDS_EMPTY": (_M.TEMPLATE, "the message was deleted from the group"),
    "MSG_ID_INVALID": (_M.TEMPLATE, "the message was deleted from the group"),
    "CHAT_FORWARDS_RESTRICTED": (
        _M.TEMPLATE,
        "the group protects its content, so nothing can be sent from it",
    ),
    "MEDIA_EMPTY": (_M.TEMPLATE, "the message's media cannot be sent"),
    "MEDIA_INVALID": (_M.TEMPLATE, "the message's media cannot be sent"),
    "GROUPED_MEDIA_INVALID": (_M.TEMPLATE, "the album cannot be sent"),
    "BROADCAST_PUBLIC_VOTERS_FORBIDDEN": (_M.TEMPLATE, "a poll with public votes cannot be sent"),
    "QUIZ_ANSWER_MISSING": (_M.TEMPLATE, "the account has to choose an answer in the quiz first"),
    "PAYMENT_UNSUPPORTED": (_M.TEMPLATE, "what is for sale cannot be forwarded"),
    "RANDOM_ID_INVALID": (_M.TEMPLATE, "Telegram does not take the message's random id"),
    "RANDOM_ID_EMPTY": (_M.TEMPLATE, "Telegram does not take the message's random id"),
    "SEND_AS_PEER_INVALID": (_M.TEMPLATE, "the message cannot be sent in the account's name"),
}

_FAMILIES: tuple[tuple[str, Meaning, str], ...] = (
    (r"CHAT_SEND_\w+_FORBIDDEN", _M.RECIPIENT, "this kind of message is not allowed there"),
    (r"\w+_NOT_MODIFIED", _M.CONFIRMED, "it is so already"),
    (r"\w+_MIGRATE", _M.AGAIN, "Telegram has moved the account to another data centre"),
    (r"(SERVER_ERROR|INTERDC_).*", _M.AGAIN, "Telegram has internal trouble"),
    (r"FILE_REFERENCE_(\d+_)?(EXPIRED|EMPTY|INVALID)", _M.UNKNOWN, "Telegram has lost the file"),
    (r"(MESSAGE|MEDIA_CAPTION)_TOO_LONG", _M.UNKNOWN, "the message is too long with their name in it"),
    (r"FLOOD\b.*", _M.ACCOUNT_LATER, "Telegram asks for a pause"),
)
"""Codes that share a meaning. What `telegram.translate` finds to be a 5xx or a 420 of no known name comes as
`SERVER_ERROR …` or `FLOOD …`."""


@lru_cache(maxsize=256)
def _family(code: str) -> tuple[Meaning, str]:
    for pattern, meaning, words in _FAMILIES:
        if re.fullmatch(pattern, code):
            return meaning, words
    return _M.UNKNOWN, ""


_NEVER = {reasons.OPTED_OUT, reasons.ANSWERED}
"""Reasons of ours that do not pass."""

_OF_A_CHAT = {"TOPIC_CLOSED", "CHAT_WRITE_FORBIDDEN", "CHAT_RESTRICTED", "CHAT_ADMIN_REQUIRED", "CHANNEL_PRIVATE"}
"""What keeps messages out of a chat for a while."""


def may_have_passed(reason: str | None) -> bool:
    """Whether what kept a delivery from somebody, in the words of the report, may not do so any more."""
    code = re.search(r"\(([A-Z0-9_ ]+)\)$|^([A-Z0-9_]+)$", reason or "")
    if code is None:
        return reason not in _NEVER
    refused = Refused(code[1] or code[2])
    return refused.code in _OF_A_CHAT or refused.meaning not in {Meaning.GONE, Meaning.RECIPIENT}


def random_id(seed: bytes, what: str) -> int:
    """A keyed hash of what is done: always the same for the same arguments, 64 bits, signed."""
    return int.from_bytes(blake2b(what.encode(), digest_size=8, key=seed).digest(), signed=True)


def random_ids(seed: bytes, peer_id: int, step: int, message_ids: Sequence[int]) -> list[int]:
    """One random id for each message of a step."""
    return [random_id(seed, f"{peer_id}/{step}/{message_id}") for message_id in message_ids]
