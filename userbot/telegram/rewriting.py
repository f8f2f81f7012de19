"""Messages written anew where a forward will not do: with names put into them, as a reply, in place of another.

They keep their formatting, and show the same media by reference.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from telethon import functions, types, utils

from userbot.core.delivery import Refused
from userbot.core.model import Peer
from userbot.core.placeholders import Formatted, Span
from userbot.telegram import translate
from userbot.telegram.answers import SendMedia, SendMessage, SendMultiMedia
from userbot.telegram.calls import Calls

GONE = Refused("MESSAGE_ID_INVALID")

_BY_ITSELF = (
    types.MessageEntityUnknown,
    types.MessageEntityMention,
    types.MessageEntityHashtag,
    types.MessageEntityCashtag,
    types.MessageEntityBotCommand,
    types.MessageEntityUrl,
    types.MessageEntityEmail,
    types.MessageEntityPhone,
    types.MessageEntityBankCard,
)
"""What the server finds in a text by itself; TDLib leaves it out too (`get_input_message_entities`)."""


@dataclass(frozen=True, slots=True)
class Originals:
    """Messages as they stood at a moment, and whom Telegram described with them, by id."""

    messages: Sequence[Any]
    people: Mapping[int, Any]

    def entities(self, text: Formatted) -> list[Any]:
        """The formatting of a text as a request has it, without what names somebody whom Telegram did not describe."""
        placed = (_entity(each, self.people) for each in text.spans)
        return [each for each in placed if each is not None]


class Rewriting(Calls):
    """The part of the gateway that reads messages to write them anew."""

    async def _originals(self, message_ids: Sequence[int], peer: Peer | None = None) -> Originals | Refused:
        """Messages of a dialog, or without one of the backend group; GONE unless all are there."""
        ids = [types.InputMessageID(each) for each in message_ids]
        address = self._group if peer is None else translate.input_peer(peer.id, peer.access_hash)
        if isinstance(address, types.InputPeerChannel):
            request = functions.channels.GetMessagesRequest(utils.get_input_channel(address), ids)
        else:
            request = functions.messages.GetMessagesRequest(ids)
        answer = await self._call(request)
        if isinstance(answer, Refused):
            return replace(answer, looking=True)
        found = {each.id: each for each in answer.messages if isinstance(each, types.Message)}
        if not found.keys() >= set(message_ids):
            return GONE
        return Originals([found[each] for each in message_ids], {each.id: each for each in answer.users})

    def _anew(
        self, originals: Originals, texts: Sequence[Formatted], to: Any, random_ids: Sequence[int], reply_to: Any = None
    ) -> Any:
        """The request that sends these messages with other texts."""
        first, place = originals.messages[0], {"peer": to, "reply_to": reply_to}
        if len(texts) > 1:
            singles = [
                types.InputSingleMedia(media(message), text.text, random_id=each, entities=originals.entities(text))
                for message, text, each in zip(originals.messages, texts, random_ids, strict=True)
            ]
            return SendMultiMedia(self._own, multi_media=singles, invert_media=first.invert_media, **place)
        [text], [random_id] = texts, random_ids
        place |= {"random_id": random_id, "message": text.text, "entities": originals.entities(text)}
        shown = media(first)
        if shown is None:
            no_preview = not isinstance(first.media, types.MessageMediaWebPage)
            return SendMessage(self._own, no_webpage=no_preview, invert_media=first.invert_media, **place)
        return SendMedia(self._own, media=shown, invert_media=first.invert_media, **place)


def formatted(message: Any) -> Formatted:
    """The text of a message with the formatting that somebody gave it."""
    given = (each for each in message.entities or () if not isinstance(each, _BY_ITSELF))
    return Formatted(message.message or "", tuple(Span(each.offset, each.length, each) for each in given))


def media(message: Any) -> Any:
    """A reference to what a message shows; None for a text whose preview, if any, Telegram makes anew."""
    shown = message.media
    match shown:
        case types.MessageMediaPhoto():
            return types.InputMediaPhoto(utils.get_input_photo(shown.photo), spoiler=shown.spoiler)
        case types.MessageMediaDocument():
            return types.InputMediaDocument(
                utils.get_input_document(shown.document),
                spoiler=shown.spoiler,
                video_cover=None if shown.video_cover is None else utils.get_input_photo(shown.video_cover),
                video_timestamp=shown.video_timestamp,
            )
        case types.MessageMediaWebPage(webpage=types.WebPage(url=url)) if shown.manual or _sized(shown):
            return types.InputMediaWebPage(url, shown.force_large_media, shown.force_small_media, optional=True)
        case types.MessageMediaContact() | types.MessageMediaGeo() | types.MessageMediaVenue():
            return utils.get_input_media(shown)
    return None


def _sized(preview: Any) -> bool:
    """Whether somebody chose how large a preview is."""
    return bool(preview.force_large_media or preview.force_small_media)


def _entity(span: Span, people: Mapping[int, Any]) -> Any:
    """A piece of formatting at its new place; None for one that names somebody whom Telegram does not describe."""
    if isinstance(span.kind, types.MessageEntityMentionName):
        address = translate.address(people.get(span.kind.user_id))
        if address is None:
            return None
        user = types.InputUser(address.user_id, address.access_hash)
        return types.InputMessageEntityMentionName(span.offset, span.length, user)
    entity = copy(span.kind)
    entity.offset, entity.length = span.offset, span.length
    return entity
