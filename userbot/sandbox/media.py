"""From what a client sends (InputMedia) to what messages show (MessageMedia); files are kept here."""

import hashlib
import secrets
from datetime import UTC, datetime
from typing import Any

from telethon.extensions import BinaryReader
from telethon.tl import types

from userbot.sandbox.errors import RpcError
from userbot.sandbox.world import World

_SIDE = 320
"""Photos are not decoded: all are said to be squares of this size."""


def receive(world: World, owner: int, given: Any) -> Any:
    """The media of the message to be, from any InputMedia that is supported; MEDIA_INVALID otherwise."""
    make = _MAKERS.get(type(given))
    if make is None:
        raise RpcError(400, "MEDIA_INVALID")
    return make(world, owner, given)


def take_part(world: World, owner: int, file: int, part: int, data: bytes) -> bool:
    """Keep a part of an upload."""
    world.db.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)", (owner, file, part, data))
    return True


def read(world: World, location: Any, offset: int, limit: int, dc: int | None = None) -> bytes:
    """A piece of a file. FILE_REFERENCE_EXPIRED when the reference is not the file's own.

    FILE_MIGRATE when it lies in another data centre than `dc`.
    """
    if not isinstance(location, types.InputDocumentFileLocation | types.InputPhotoFileLocation):
        raise RpcError(400, "LOCATION_INVALID")
    stored = _stored(world, location)
    if dc not in {None, stored.dc_id}:
        raise RpcError(303, f"FILE_MIGRATE_{stored.dc_id}")
    piece = world.value("SELECT substr(bytes, ?, ?) FROM files WHERE id = ?", offset + 1, limit, location.id)
    return bytes(piece)


def expire(world: World) -> None:
    """Every file gets another reference, with which messages are shown from now on; the old ones are no good.

    Telegram's expire after some hours (core.telegram.org/api/file_reference).
    """
    with world.transaction():
        for number, body in world.db.execute("SELECT id, body FROM files").fetchall():
            old = BinaryReader(body).tgread_object().file_reference
            new = b"\x01" + secrets.token_bytes(len(old) - 1)
            world.db.execute("UPDATE files SET body = ? WHERE id = ?", (body.replace(old, new), number))
            showing = world.db.execute("SELECT id, body FROM contents WHERE instr(body, ?)", (old,)).fetchall()
            for content, shown in showing:
                world.db.execute("UPDATE contents SET body = ? WHERE id = ?", (shown.replace(old, new), content))
    world.content.cache_clear()


def _stored(world: World, given: Any) -> Any:
    body = world.value("SELECT body FROM files WHERE id = ?", given.id)
    if body is None:
        raise RpcError(400, "FILE_ID_INVALID")
    stored = BinaryReader(body).tgread_object()
    if stored.access_hash != given.access_hash:
        raise RpcError(400, "FILE_ID_INVALID")
    if stored.file_reference != given.file_reference:
        raise RpcError(400, "FILE_REFERENCE_EXPIRED")
    return stored


def _assemble(world: World, owner: int, given: Any) -> bytes:
    parts = world.db.execute(
        "SELECT part, bytes FROM parts WHERE owner = ? AND file = ? ORDER BY part", (owner, given.id)
    ).fetchall()
    if len(parts) != given.parts or any(part != n for n, (part, _) in enumerate(parts)):
        raise RpcError(400, "FILE_PARTS_INVALID")
    world.db.execute("DELETE FROM parts WHERE owner = ? AND file = ?", (owner, given.id))
    return b"".join(data for _, data in parts)


def _keep(world: World, data: bytes, make: Any) -> Any:
    """Store bytes together with the Photo or Document that `make(id, access_hash, file_reference)` gives."""
    number = secrets.randbits(62)
    stored = make(number, secrets.randbits(62), b"\x01" + hashlib.sha256(data).digest()[:16])
    world.db.execute("INSERT INTO files VALUES (?, ?, ?)", (number, data, bytes(stored)))
    return stored


def _uploaded_photo(world: World, owner: int, given: Any) -> Any:
    data = _assemble(world, owner, given.file)
    sizes = [types.PhotoSize("m", _SIDE, _SIDE, len(data)), types.PhotoSize("x", _SIDE, _SIDE, len(data))]
    photo = _keep(world, data, lambda *ids: types.Photo(*ids, world.now(), sizes, world.home_of(owner)))
    return types.MessageMediaPhoto(spoiler=given.spoiler, photo=photo, ttl_seconds=given.ttl_seconds)


def _uploaded_document(world: World, owner: int, given: Any) -> Any:
    data = _assemble(world, owner, given.file)
    attributes = given.attributes or []
    document = _keep(
        world,
        data,
        lambda *ids: types.Document(*ids, world.now(), given.mime_type, len(data), world.home_of(owner), attributes),
    )
    return _media_of(document, spoiler=given.spoiler)


def _media_of(document: Any, *, spoiler: bool | None = None) -> Any:
    video = _attribute(document, types.DocumentAttributeVideo)
    audio = _attribute(document, types.DocumentAttributeAudio)
    return types.MessageMediaDocument(
        document=document,
        spoiler=spoiler,
        video=video is not None or None,
        round=(video is not None and video.round_message) or None,
        voice=(audio is not None and audio.voice) or None,
    )


def _attribute(document: Any, kind: type) -> Any:
    return next((each for each in document.attributes if isinstance(each, kind)), None)


def _known_photo(world: World, _owner: int, given: Any) -> Any:
    return types.MessageMediaPhoto(spoiler=given.spoiler, photo=_stored(world, given.id))


def _known_document(world: World, _owner: int, given: Any) -> Any:
    return _media_of(_stored(world, given.id), spoiler=given.spoiler)


def _point(given: Any) -> Any:
    return types.GeoPoint(given.long, given.lat, access_hash=0)


def _location(_world: World, _owner: int, given: Any) -> Any:
    return types.MessageMediaGeo(_point(given.geo_point))


def _venue(_world: World, _owner: int, given: Any) -> Any:
    return types.MessageMediaVenue(
        _point(given.geo_point), given.title, given.address, given.provider, given.venue_id, given.venue_type
    )


def _contact(world: World, _owner: int, given: Any) -> Any:
    known = world.value("SELECT id FROM users WHERE phone = ?", given.phone_number.lstrip("+"))
    return types.MessageMediaContact(given.phone_number, given.first_name, given.last_name, given.vcard, known or 0)


def _poll(_world: World, _owner: int, given: Any) -> Any:
    poll = given.poll
    answers = [
        types.PollAnswer(answer.text, getattr(answer, "option", None) or bytes([n]))
        for n, answer in enumerate(poll.answers)
    ]
    kept = types.Poll(
        secrets.randbits(62), poll.question, answers, 0, multiple_choice=poll.multiple_choice, quiz=poll.quiz
    )
    right = [types.PollAnswerVoters(answers[n].option, correct=True) for n in given.correct_answers or ()]
    return types.MessageMediaPoll(kept, types.PollResults(results=right or None))


def _live_location(_world: World, _owner: int, given: Any) -> Any:
    return types.MessageMediaGeoLive(_point(given.geo_point), given.period or 3600)


def _dice(_world: World, _owner: int, given: Any) -> Any:
    return types.MessageMediaDice(1 + secrets.randbelow(6), given.emoticon)


def _game(_world: World, _owner: int, given: Any) -> Any:
    name = given.id.short_name
    return types.MessageMediaGame(types.Game(1, 1, name, name.title(), "A game", types.PhotoEmpty(1)))


def _invoice(_world: World, _owner: int, given: Any) -> Any:
    total = sum(price.amount for price in given.invoice.prices)
    return types.MessageMediaInvoice(given.title, given.description, given.invoice.currency, total, "")


def _paid_media(world: World, owner: int, given: Any) -> Any:
    shown = [types.MessageExtendedMedia(receive(world, owner, each)) for each in given.extended_media]
    return types.MessageMediaPaidMedia(given.stars_amount, shown)


def _as_it_is(_world: World, _owner: int, given: Any) -> Any:
    return given


def _story(_world: World, owner: int, given: Any) -> Any:
    return types.MessageMediaStory(types.PeerUser(owner), given.id)


def _checklist(_world: World, owner: int, given: Any) -> Any:
    ticked = [types.TodoCompletion(given.todo.list[0].id, types.PeerUser(owner), datetime.now(UTC))]
    return types.MessageMediaToDo(given.todo, ticked)


_MAKERS = {
    types.InputMediaUploadedPhoto: _uploaded_photo,
    types.InputMediaUploadedDocument: _uploaded_document,
    types.InputMediaPhoto: _known_photo,
    types.InputMediaDocument: _known_document,
    types.InputMediaGeoPoint: _location,
    types.InputMediaVenue: _venue,
    types.InputMediaContact: _contact,
    types.InputMediaPoll: _poll,
    types.InputMediaGeoLive: _live_location,
    types.InputMediaDice: _dice,
    types.InputMediaGame: _game,
    types.InputMediaInvoice: _invoice,
    types.InputMediaPaidMedia: _paid_media,
    types.InputMediaStory: _story,
    types.InputMediaTodo: _checklist,
    types.MessageMediaGiveaway: _as_it_is,
}
