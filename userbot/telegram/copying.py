"""Personal messages: copies of messages of the backend group, in which placeholders are the recipient's names.

What a copy is made of is read once for many: the texts, their formatting, and references to the media, which expire
(core.telegram.org/api/file_reference) and are then read again.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from telethon import functions, types, utils

from userbot.core.delivery import Outcome, Refused
from userbot.core.placeholders import Formatted, Person, Span, rendered
from userbot.core.ports import Wanted
from userbot.telegram import translate
from userbot.telegram.answers import SendMedia, SendMessage, SendMultiMedia
from userbot.telegram.calls import Calls

KEPT = 200
"""How many steps are kept: more than ever go out at a time."""

FRESH_SECONDS = 60.0
"""After how long a message is read again, for somebody may have edited it."""

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
class _Original:
    """The messages of a step as they stood in the group at a moment."""

    messages: Sequence[Any]
    people: Mapping[int, Any]
    read_at: float


class Copying(Calls):
    """The part of the gateway that sends everybody their own."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._originals: OrderedDict[tuple[int, ...], _Original] = OrderedDict()
        self._reading = asyncio.Lock()

    async def send_personal(
        self, message_ids: Sequence[int], person: Person, access_hash: int, random_ids: Sequence[int], wanted: Wanted
    ) -> Outcome:
        """Send a person their own copies; whatever goes wrong is an Outcome."""
        outcome = await self._copy(tuple(message_ids), person, access_hash, random_ids, wanted)
        return replace(outcome, to_person=person.id > 0) if isinstance(outcome, Refused) else outcome

    async def _copy(
        self, message_ids: tuple[int, ...], person: Person, access_hash: int, random_ids: Sequence[int], wanted: Wanted
    ) -> Outcome:
        original = await self._original(message_ids)
        if isinstance(original, Refused):
            return original
        peer = self._to(person.id, access_hash)
        outcome = await self._send(self._request(original, person, peer, random_ids), random_ids, wanted)
        if not isinstance(outcome, Refused) or not outcome.code.startswith("FILE_REFERENCE_"):
            return outcome
        renewed = await self._original(message_ids, instead_of=original)
        if isinstance(renewed, Refused):
            return renewed
        return await self._send(self._request(renewed, person, peer, random_ids), random_ids, wanted)

    async def _original(self, message_ids: tuple[int, ...], instead_of: _Original | None = None) -> _Original | Refused:
        """The messages of a step, read at most a minute ago, and not the ones that are no good any more."""
        async with self._reading:
            now = asyncio.get_running_loop().time()
            known = self._originals.get(message_ids)
            if known is not None and known is not instead_of and now - known.read_at < FRESH_SECONDS:
                return known
            answer = await self._call(
                functions.channels.GetMessagesRequest(self._group, [types.InputMessageID(each) for each in message_ids])
            )
            if isinstance(answer, Refused):
                return answer
            there = {each.id: each for each in answer.messages if isinstance(each, types.Message)}
            if len(there) < len(message_ids):
                return Refused("MESSAGE_ID_INVALID")
            people = {each.id: each for each in answer.users}
            found = _Original([there[each] for each in message_ids], people, now)
            self._originals[message_ids] = found
            self._originals.move_to_end(message_ids)
            if len(self._originals) > KEPT:
                self._originals.popitem(last=False)
            return found

    def _request(self, original: _Original, person: Person, peer: Any, random_ids: Sequence[int]) -> Any:
        texts = [personal(message, person, original.people) for message in original.messages]
        if len(texts) > 1:
            singles = [
                types.InputSingleMedia(_media(message), text, random_id=random_id, entities=formatting)
                for message, (text, formatting), random_id in zip(original.messages, texts, random_ids, strict=True)
            ]
            invert = original.messages[0].invert_media
            return SendMultiMedia(self._own, peer=peer, multi_media=singles, invert_media=invert)
        [message], [(text, formatting)], [random_id] = original.messages, texts, random_ids
        given = {"peer": peer, "message": text, "entities": formatting, "random_id": random_id}
        media = _media(message)
        if media is None:
            no_preview = not isinstance(message.media, types.MessageMediaWebPage)
            return SendMessage(self._own, no_webpage=no_preview, invert_media=message.invert_media, **given)
        return SendMedia(self._own, media=media, invert_media=message.invert_media, **given)


def _media(message: Any) -> Any:
    """A reference to what the message shows; None for a text whose preview, if any, Telegram makes anew."""
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
    return None


def _sized(preview: Any) -> bool:
    """Whether somebody chose how large a preview is."""
    return bool(preview.force_large_media or preview.force_small_media)


def personal(message: Any, person: Person, people: Mapping[int, Any]) -> tuple[str, list[Any]]:
    """The text as this person gets it, with its formatting as a request has it."""
    spans = tuple(
        Span(each.offset, each.length, each) for each in message.entities or () if not isinstance(each, _BY_ITSELF)
    )
    own = rendered(Formatted(message.message, spans), person)
    placed = (_entity(each, people) for each in own.spans)
    return own.text, [each for each in placed if each is not None]


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
