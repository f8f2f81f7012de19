"""What each of Telegram's answers to a forward means, and the random ids that make a repeat harmless.

Telegram's `random_id` is an idempotency key: the same id with the same peer returns the original message
(core.telegram.org/api/updates). Ours are a function of what is delivered to whom, so nothing has to be written
before a call, and after any crash the same call is simply made again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import blake2b


class Meaning(Enum):
    """What an error says something about, which decides what happens next."""

    RECIPIENT = auto()
    """This recipient never gets it: failed, and the chain ends for them."""
    GONE = auto()
    """The same, and nobody tries them again: remembered on the customer."""
    UNKNOWN_PEER = auto()
    """The address is stale: resolved anew once, then failed."""
    CHAT_LATER = auto()
    """This chat alone has to wait."""
    ACCOUNT_LATER = auto()
    """A flood wait: nothing is sent until it has passed."""
    AGAIN = auto()
    """Nobody knows whether it went out, or the server is in trouble: the same call again, same random id."""
    CONFIRMED = auto()
    """The earlier call with this random id is still running: it is there, or about to be."""
    ACCOUNT = auto()
    """The account is in trouble: all mailings stop at once."""
    TEMPLATE = auto()
    """The message cannot be forwarded to anybody: the sending is paused."""
    UNKNOWN = auto()
    """An error nobody knows: tried again with growing waits, then failed with Telegram's own code."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has the messages; `message_id` is the first one's id there, None when Telegram did not say."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram, or the way to it, said no. `code` is Telegram's own, a trailing number cut off into `seconds`."""

    code: str
    seconds: int = 0

    @property
    def meaning(self) -> Meaning:
        """What to make of it."""
        return _known(self.code)[0]

    @property
    def reason(self) -> str:
        """In words, for the report."""
        words = _known(self.code)[1]
        return f"{words} ({self.code})" if words else self.code

    @property
    def ends_session(self) -> bool:
        """Whether nothing can be done any more until somebody logs in again."""
        return self.code in _SESSION_ENDED


Outcome = Sent | Refused

LOST = Refused("CONNECTION_LOST")
"""The connection went, or no answer came in time: the message may or may not be there."""

_SESSION_ENDED = {
    "AUTH_KEY_UNREGISTERED": "this session was ended",
    "AUTH_KEY_INVALID": "this session was ended",
    "AUTH_KEY_DUPLICATED": "this session was used from two places at once and ended",
    "SESSION_REVOKED": "this session was ended from another device",
    "SESSION_EXPIRED": "this session has expired",
    "USER_DEACTIVATED": "Telegram has deactivated this account",
    "USER_DEACTIVATED_BAN": "Telegram has banned this account",
}

_M = Meaning
_TABLE: dict[str, tuple[Meaning, str]] = {
    # This recipient, for good.
    "INPUT_USER_DEACTIVATED": (_M.GONE, "deleted their account"),
    "USER_IS_BLOCKED": (_M.GONE, "blocked the account"),
    "YOU_BLOCKED_USER": (_M.GONE, "is blocked by the account"),
    "USER_IS_BOT": (_M.RECIPIENT, "is a bot"),
    "USER_BOT": (_M.RECIPIENT, "is a bot"),
    "PRIVACY_PREMIUM_REQUIRED": (_M.RECIPIENT, "accepts messages from Premium accounts only"),
    "PREMIUM_ACCOUNT_REQUIRED": (_M.RECIPIENT, "accepts messages from Premium accounts only"),
    "ALLOW_PAYMENT_REQUIRED": (_M.RECIPIENT, "charges for messages"),
    "VOICE_MESSAGES_FORBIDDEN": (_M.RECIPIENT, "does not accept voice or video messages"),
    "CHAT_SEND_VOICES_FORBIDDEN": (_M.RECIPIENT, "does not accept voice messages"),
    "USER_PRIVACY_RESTRICTED": (_M.RECIPIENT, "does not accept this because of their privacy settings"),
    "CHAT_WRITE_FORBIDDEN": (_M.RECIPIENT, "the account may not write in this chat"),
    "CHAT_RESTRICTED": (_M.RECIPIENT, "the account may not write in this chat"),
    "CHAT_GUEST_SEND_FORBIDDEN": (_M.RECIPIENT, "only members may write in this chat"),
    "USER_BANNED_IN_CHANNEL": (_M.RECIPIENT, "the account is banned from writing in groups"),
    "CHANNEL_PRIVATE": (_M.RECIPIENT, "the account is not in this chat any more"),
    "CHAT_ADMIN_REQUIRED": (_M.RECIPIENT, "only admins may write in this chat"),
    "CHAT_FORBIDDEN": (_M.RECIPIENT, "the account is not in this chat any more"),
    "TOPIC_CLOSED": (_M.RECIPIENT, "the topic is closed"),
    "TOPIC_DELETED": (_M.RECIPIENT, "the topic is deleted"),
    "PEER_ID_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    "USER_ID_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    "CHAT_ID_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    "CHANNEL_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    "INPUT_USER_INVALID": (_M.UNKNOWN_PEER, "cannot be found"),
    # Later.
    "FLOOD_WAIT": (_M.ACCOUNT_LATER, "Telegram asks for a pause"),
    "FLOOD_PREMIUM_WAIT": (_M.ACCOUNT_LATER, "Telegram asks for a pause"),
    "SLOWMODE_WAIT": (_M.CHAT_LATER, "slow mode"),
    # Again, the same random id.
    "CONNECTION_LOST": (_M.AGAIN, "the connection was lost"),
    "TIMEOUT": (_M.AGAIN, "Telegram did not answer in time"),
    "RPC_CALL_FAIL": (_M.AGAIN, "Telegram has internal trouble"),
    "RPC_MCGET_FAIL": (_M.AGAIN, "Telegram has internal trouble"),
    "WORKER_BUSY_TOO_LONG_RETRY": (_M.AGAIN, "Telegram has internal trouble"),
    "MSG_WAIT_FAILED": (_M.AGAIN, "Telegram has internal trouble"),
    "MSG_WAIT_TIMEOUT": (_M.AGAIN, "Telegram has internal trouble"),
    "FILE_REFERENCE_EXPIRED": (_M.UNKNOWN, "Telegram has lost the file"),
    "RANDOM_ID_DUPLICATE": (_M.CONFIRMED, "the earlier call is still running"),
    # The account.
    "PEER_FLOOD": (_M.ACCOUNT, "Telegram limits this account because of complaints"),
    "FROZEN_METHOD_INVALID": (_M.ACCOUNT, "Telegram has frozen this account"),
    "FROZEN_PARTICIPANT_MISSING": (_M.ACCOUNT, "Telegram has frozen this account"),
    **{code: (_M.ACCOUNT, words) for code, words in _SESSION_ENDED.items()},
    # The template.
    "MESSAGE_ID_INVALID": (_M.TEMPLATE, "the message was deleted from the group"),
    "MESSAGE_IDS_EMPTY": (_M.TEMPLATE, "the message was deleted from the group"),
    "CHAT_FORWARDS_RESTRICTED": (
        _M.TEMPLATE,
        "the group protects its content, so nothing can be sent from it",
    ),
    "MEDIA_EMPTY": (_M.TEMPLATE, "the message's media cannot be sent"),
    "GROUPED_MEDIA_INVALID": (_M.TEMPLATE, "the album cannot be sent"),
    "BROADCAST_PUBLIC_VOTERS_FORBIDDEN": (_M.TEMPLATE, "a poll with public votes cannot be sent"),
}


def _known(code: str) -> tuple[Meaning, str]:
    """The table, and the families of codes that share a meaning. Errors -500 and 5xx count as Telegram's trouble."""
    if code in _TABLE:
        return _TABLE[code]
    if code.startswith("CHAT_SEND_") and code.endswith("_FORBIDDEN"):
        return _M.RECIPIENT, "this kind of message is not allowed there"
    if code.startswith(("INTERDC_", "SERVER_ERROR")):
        return _M.AGAIN, "Telegram has internal trouble"
    return _M.UNKNOWN, ""


def random_ids(seed: bytes, peer_id: int, step: int, message_ids: Sequence[int]) -> list[int]:
    """One random id for each message of a step: always the same for the same arguments, 64 bits, signed."""
    ids = []
    for message_id in message_ids:
        place = f"{peer_id}/{step}/{message_id}".encode()
        ids.append(int.from_bytes(blake2b(place, digest_size=8, key=seed).digest(), signed=True))
    return ids
