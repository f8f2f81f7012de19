"""What messages say: kept once as TL bytes, shared by every copy, never changed."""

from collections.abc import Callable
from typing import Any

from telethon.tl import types

from userbot.sandbox.world import World

_NOBODY = types.PeerUser(0)

_PLAIN_MEDIA = {
    types.MessageMediaPhoto: "photo",
    types.MessageMediaGeo: "location",
    types.MessageMediaVenue: "venue",
    types.MessageMediaContact: "contact",
    types.MessageMediaPoll: "poll",
    types.MessageMediaGeoLive: "live_location",
    types.MessageMediaDice: "dice",
    types.MessageMediaGame: "game",
    types.MessageMediaInvoice: "invoice",
    types.MessageMediaPaidMedia: "paid_media",
    types.MessageMediaGiveaway: "giveaway",
    types.MessageMediaStory: "story",
    types.MessageMediaToDo: "checklist",
}

# In this order: an animation is a video too.
_DOCUMENTS: dict[type, Callable[[Any], str]] = {
    types.DocumentAttributeSticker: lambda _: "sticker",
    types.DocumentAttributeAnimated: lambda _: "animation",
    types.DocumentAttributeVideo: lambda video: "video_note" if video.round_message else "video",
    types.DocumentAttributeAudio: lambda audio: "voice" if audio.voice else "audio",
}


def keep(world: World, text: str, entities: list[Any] | None = None, media: Any = None) -> int:
    """Store what a request gives; returns the content's number."""
    return _keep(world, text, [_shown(each) for each in entities or () if not isinstance(each, _SHOWN_ONLY)], media)


def keep_with(world: World, body: Any, media: Any) -> int:
    """Store the content of a message, but with other media."""
    return _keep(world, body.message, body.entities, media)


def _keep(world: World, text: str, entities: list[Any] | None, media: Any) -> int:
    body = types.Message(0, _NOBODY, message=text, entities=entities or None, media=media)
    return _insert(world, kind_of(media), text, body)


_SHOWN_ONLY = types.MessageEntityMentionName
"""Names nobody in a request: "for creating a mention use inputMessageEntityMentionName"
(core.telegram.org/constructor/messageEntityMentionName). What Telegram makes of it there is not said."""


def _shown(entity: Any) -> Any:
    """A piece of formatting as messages have it: who names somebody gives an address, who reads it sees an id."""
    if isinstance(entity, types.InputMessageEntityMentionName):
        return types.MessageEntityMentionName(entity.offset, entity.length, entity.user_id.user_id)
    return entity


def keep_service(world: World, action: Any) -> int:
    """Store what a service message tells."""
    return _insert(world, "service", "", types.MessageService(0, _NOBODY, action=action))


def _insert(world: World, kind: str, text: str, body: Any) -> int:
    sql = "INSERT INTO contents (kind, text, body) VALUES (?, ?, ?) RETURNING id"
    return int(world.value(sql, kind, text, bytes(body)))


def kind_of(media: Any) -> str:
    """What a person would call it: text, photo, voice, ..."""
    if media is None:
        return "text"
    if not isinstance(media, types.MessageMediaDocument):
        return _PLAIN_MEDIA.get(type(media), "other")
    found = {type(attribute): attribute for attribute in media.document.attributes}
    for attribute, kind in _DOCUMENTS.items():
        if attribute in found:
            return kind(found[attribute])
    return "document"
