"""Telethon's objects and errors, in the program's own words. Nothing here talks to Telegram."""

import asyncio
import logging
import re
from collections.abc import Iterable
from typing import Any

from telethon import errors, utils
from telethon.errors.rpcerrorlist import rpc_errors_dict, rpc_errors_re
from telethon.tl import types

from userbot.core import reasons
from userbot.core.delivery import LOST, Meaning, Refused
from userbot.core.language import gettext
from userbot.core.model import ELSEWHERE, GENERAL, Attachment, Incoming, Peer, Source
from userbot.core.wording import moment

log = logging.getLogger(__name__)

SERVICE_ACCOUNTS = {777000, 42777, 178220800, 489000, 1271266957}
"""Telegram's own voices: notifications, the old one of them, @SpamBot, codes, Replies."""

FLOOD = 420
"""The number of every error that asks for a pause."""

# Telethon keeps the class and drops the code that chose it.
_CODES = {error: code.upper() for code, error in rpc_errors_dict.items()} | {
    error: pattern.replace(r"_(\d+)", "") for pattern, error in rpc_errors_re
}

_KINDS = {
    type(None): "text",
    types.MessageMediaEmpty: "text",
    types.MessageMediaWebPage: "text",
    types.MessageMediaPhoto: "photo",
    types.MessageMediaDocument: "file",
    types.MessageMediaPoll: "poll",
    types.MessageMediaVenue: "venue",
    types.MessageMediaGeo: "location",
    types.MessageMediaGeoLive: "live location",
    types.MessageMediaContact: "contact",
    types.MessageMediaDice: "dice",
    types.MessageMediaGame: "game",
    types.MessageMediaStory: "story",
    types.MessageMediaToDo: "checklist",
    types.MessageMediaInvoice: "invoice",
    types.MessageMediaPaidMedia: "paid media",
    types.MessageMediaGiveaway: "giveaway",
    types.MessageMediaGiveawayResults: "giveaway",
    types.MessageMediaVideoStream: "video stream",
    types.MessageMediaUnsupported: "unsupported",
}
_KINDS_OF_FILES = {
    "sticker": "sticker", "voice": "voice", "video_note": "video note", "gif": "animation", "video": "video",
    "audio": "audio",
}  # fmt: skip
"""Telethon's name for what kind of file it is, and ours, in this order: an animation is a video too."""


def refused(error: BaseException) -> Refused:
    """What an exception of a call says, with Telegram's own code."""
    if isinstance(error, errors.AuthKeyNotFound):
        return Refused("AUTH_KEY_UNREGISTERED")
    if isinstance(error, OSError | EOFError | asyncio.CancelledError):
        return LOST
    if not isinstance(error, errors.RPCError):
        return Refused(type(error).__name__)
    said = _said(error)
    if said.meaning is not Meaning.UNKNOWN:
        return said
    if abs(error.code or 0) >= 500:
        return Refused(f"SERVER_ERROR {said.code}")
    if error.code == FLOOD:
        return Refused(f"FLOOD {said.code}", max(said.seconds, 1))
    return said


def _said(error: Any) -> Refused:
    """Codes are read before classes: Telethon raises AuthKeyError for every unknown 406, which is no lost session."""
    known = _CODES.get(type(error))
    if known is not None:
        return Refused(known, getattr(error, "seconds", None) or getattr(error, "value", None) or 0)
    message = str(error.message or type(error).__name__)
    numbered = re.fullmatch(r"(.+?)_(\d+)", message)
    return Refused(numbered[1], int(numbered[2])) if numbered else Refused(message)


def frozen(config: Any) -> str | None:
    """A sentence when the app configuration says that the account is frozen, else None."""
    values = {each.key: getattr(each.value, "value", None) for each in config.config.value}
    if not values.get("freeze_since_date"):
        return None
    until = moment(values.get("freeze_until_date") or 0)
    return gettext(
        "Telegram has frozen this account until {until}. Appeal at {address}",
        until=until,
        address=values.get("freeze_appeal_url"),
    )


_USERS = (types.User, types.UserEmpty, types.InputPeerUser)  # so Telethon notes who the account is
_CHATS = (types.Chat, types.Channel, types.ChatForbidden, types.ChannelForbidden, types.ChatEmpty)
_strange: set[type] = set()


def entities(objects: Iterable[Any]) -> dict[int, Any]:
    """Users and chats by id. A kind that nobody here has heard of is left out, and logged once."""
    found = {}
    for each in objects:
        if isinstance(each, _USERS + _CHATS):
            found[utils.get_peer_id(each)] = each
        elif type(each) not in _strange:
            _strange.add(type(each))
            log.warning("Telegram tells of a %s, which is skipped", type(each).__name__)
    return found


def user(found: Any, *, has_dialog: bool = False) -> Peer | None:
    """A person as a peer; None for whoever is no customer: bots, Telegram's own, and half-known users."""
    if not isinstance(found, types.User) or address(found) is None:
        return None
    if found.bot or found.support or found.id in SERVICE_ACCOUNTS:
        return None
    return Peer(
        id=found.id,
        access_hash=found.access_hash,
        name=utils.get_display_name(found) or ("deleted account" if found.deleted else ""),
        username=found.username or next((each.username for each in found.usernames or () if each.active), None),
        has_dialog=has_dialog and not found.is_self,
        gone=reasons.DELETED if found.deleted else None,
        first_name=found.first_name or "",
        last_name=found.last_name or "",
    )


def is_nobody(found: Any) -> bool:
    """Whether somebody is surely no customer; of half-known people that much is told too."""
    if not isinstance(found, types.User):
        return False
    return bool(found.bot or found.support or found.is_self or found.id in SERVICE_ACCOUNTS)


def chat(found: Any) -> Peer | None:
    """A group the account belongs to as a peer; None for channels and groups it has left."""
    if isinstance(found, types.Channel) and found.megagroup and not found.left and address(found) is not None:
        place, title = utils.get_peer_id(found), found.title
        return Peer(place, found.access_hash, title, found.username, has_dialog=True, first_name=title)
    if isinstance(found, types.Chat) and not found.left and not found.deactivated:
        return Peer(utils.get_peer_id(found), 0, found.title, has_dialog=True, first_name=found.title)
    return None


def address(found: Any) -> Any:
    """The full address of a user or chat as Telegram shows it; None for who is only half known.

    A `min` object's access hash is no address (core.telegram.org/api/min), and an empty one has none.
    """
    if isinstance(found, types.Chat | types.ChatForbidden):
        return types.InputPeerChat(found.id)
    if getattr(found, "min", None) or getattr(found, "access_hash", None) is None:
        return None
    if isinstance(found, types.User):
        return types.InputPeerUser(found.id, found.access_hash)
    return types.InputPeerChannel(found.id, found.access_hash)


def input_peer(peer_id: int, access_hash: int) -> Any:
    """The address of a peer for a request."""
    if peer_id > 0:
        return types.InputPeerUser(peer_id, access_hash)
    bare, kind = utils.resolve_id(peer_id)
    return types.InputPeerChannel(bare, access_hash) if kind is types.PeerChannel else types.InputPeerChat(bare)


def incoming(message: Any, people: dict[int, Any]) -> Incoming | None:
    """A message of the group; None for what is none (a service message, an empty one)."""
    if not isinstance(message, types.Message):
        return None
    sender = utils.get_peer_id(message.from_id) if isinstance(message.from_id, types.PeerUser) else None
    header = message.reply_to if isinstance(message.reply_to, types.MessageReplyHeader) else None
    topic, reply_to = place(header)
    return Incoming(
        message_id=message.id,
        sender=None if sender is None else user(people.get(sender)) or Peer(sender, 0, str(sender)),
        text=message.message or "",
        topic=topic,
        date=message.date.timestamp(),
        reply_to=reply_to,
        attachment=_attachment(message),
        # A reaction or a counter is an edit too, with nothing to be seen.
        edited_at=None if message.edit_date is None or message.edit_hide else message.edit_date.timestamp(),
    )


def place(header: Any) -> tuple[int, int | None]:
    """Topic and replied-to message. A plain message in a topic points at the topic's root, and replies to nothing.

    What is answered may stand in another chat, and its id says nothing here.
    """
    if header is None:
        return GENERAL, None
    if header.reply_to_peer_id is not None:
        return header.reply_to_top_id or GENERAL, ELSEWHERE
    if not header.forum_topic:
        return GENERAL, header.reply_to_msg_id
    if not header.reply_to_top_id:
        return header.reply_to_msg_id or GENERAL, None
    return header.reply_to_top_id, header.reply_to_msg_id


def _attachment(message: Any) -> Attachment | None:
    document = message.document
    if document is None:
        return None
    names = [each.file_name for each in document.attributes if isinstance(each, types.DocumentAttributeFilename)]
    return Attachment(names[0] if names else "file", document.size)


def source(message: Any) -> Source | None:
    """What a step may refer to; None for a message that is gone or cannot be sent."""
    if not isinstance(message, types.Message):
        return None
    asked = message.media.poll.question.text if isinstance(message.media, types.MessageMediaPoll) else ""
    return Source(message.id, kind(message), message.grouped_id, message.message or asked)


def kind(message: Any) -> str:
    """What people would call it; `core.forwarding` says what follows from it."""
    media = message.media
    if message.noforwards:
        return "protected message"
    if message.rich_message:
        return "rich text"
    if getattr(media, "ttl_seconds", None):
        return "expiring media"
    if isinstance(media, types.MessageMediaPoll) and media.poll.quiz:
        return "quiz" if _answered(media.results) else "unanswered quiz"
    if isinstance(media, types.MessageMediaDocument):
        return next((kind for name, kind in _KINDS_OF_FILES.items() if getattr(message, name)), "file")
    return _KINDS.get(type(media), "unsupported")


def _answered(results: Any) -> bool:
    """Whether the account has chosen an answer in a quiz. Where results are the same for everybody, nobody can say."""
    return bool(results.min) or any(each.chosen for each in results.results or ())


def message_ids(updates: Any) -> dict[int | None, int]:
    """The ids of messages just sent by random id; a single id under None where Telegram names no random id."""
    if isinstance(updates, types.UpdateShortSentMessage):
        return {None: int(updates.id)}
    news = getattr(updates, "updates", ())
    ids: dict[int | None, int] = {each.random_id: each.id for each in news if isinstance(each, types.UpdateMessageID)}
    if not ids:
        shown = [each for each in news if isinstance(each, types.UpdateNewMessage | types.UpdateNewChannelMessage)]
        ids = {None: shown[0].message.id} if shown else {}
    return ids
