"""One plausible specimen of every kind of media that people send."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from telethon.tl import types

Upload = Callable[[str, bytes], Any]
"""Stores a named file and returns its InputFile."""


def specimen(kind: str, upload: Upload) -> Any:
    """An InputMedia of this kind; KeyError for an unknown one (see KINDS)."""
    return (_MAKERS | _ODD_MAKERS)[kind](upload)


def document(upload: Upload, name: str, data: bytes, mime_type: str, *attributes: Any) -> Any:
    """A file with a name, and what else is known of it."""
    named = [*attributes, types.DocumentAttributeFilename(name)]
    return types.InputMediaUploadedDocument(upload(name, data), mime_type, named)


def _photo(upload: Upload) -> Any:
    return types.InputMediaUploadedPhoto(upload("photo.jpg", b"\xff\xd8\xff\xe0 a photo \xff\xd9"))


def _document(upload: Upload) -> Any:
    return document(upload, "price list.pdf", b"%PDF-1.7 a price list", "application/pdf")


def _voice(upload: Upload) -> Any:
    voice = types.DocumentAttributeAudio(3, voice=True, waveform=bytes(range(63)))
    return types.InputMediaUploadedDocument(upload("voice.ogg", b"OggS a voice"), "audio/ogg", [voice])


def _audio(upload: Upload) -> Any:
    track = types.DocumentAttributeAudio(185, title="A song", performer="A singer")
    return document(upload, "song.mp3", b"ID3 a song", "audio/mpeg", track)


def _video(upload: Upload) -> Any:
    film = types.DocumentAttributeVideo(12.5, 1280, 720, supports_streaming=True)
    return document(upload, "film.mp4", b"\0\0\0\x18ftypmp42 a film", "video/mp4", film)


def _video_note(upload: Upload) -> Any:
    disc = types.DocumentAttributeVideo(5.0, 384, 384, round_message=True)
    data = b"\0\0\0\x18ftypmp42 a round film"
    return types.InputMediaUploadedDocument(upload("note.mp4", data), "video/mp4", [disc])


def _animation(upload: Upload) -> Any:
    loop = types.DocumentAttributeVideo(2.0, 320, 240, nosound=True)
    data = b"\0\0\0\x18ftypmp42 an animation"
    return document(upload, "loop.mp4", data, "video/mp4", loop, types.DocumentAttributeAnimated())


def _sticker(upload: Upload) -> Any:
    size = types.DocumentAttributeImageSize(512, 512)
    glued = types.DocumentAttributeSticker("🙂", types.InputStickerSetEmpty())
    return document(upload, "sticker.webp", b"RIFF a sticker WEBP", "image/webp", size, glued)


def _poll(_upload: Upload) -> Any:
    answers = [types.PollAnswer(_plain(text), text.encode()) for text in ("Yes", "No")]
    return types.InputMediaPoll(types.Poll(0, _plain("Shall we?"), answers, 0))


def _plain(text: str) -> Any:
    return types.TextWithEntities(text, [])


def _location(_upload: Upload) -> Any:
    return types.InputMediaGeoPoint(types.InputGeoPoint(52.52, 13.405))


def _venue(_upload: Upload) -> Any:
    place = types.InputGeoPoint(52.5163, 13.3777)
    return types.InputMediaVenue(place, "Brandenburg Gate", "Pariser Platz", "", "", "")


def _contact(_upload: Upload) -> Any:
    return types.InputMediaContact("+4930123456", "Ada", "Lovelace", "")


def _quiz(_upload: Upload) -> Any:
    asked = _poll(_upload).poll
    asked.quiz = True
    return types.InputMediaPoll(asked, correct_answers=[0])


def _live_location(_upload: Upload) -> Any:
    return types.InputMediaGeoLive(types.InputGeoPoint(52.52, 13.405), period=3600)


def _dice(_upload: Upload) -> Any:
    return types.InputMediaDice("🎲")


def _game(_upload: Upload) -> Any:
    return types.InputMediaGame(types.InputGameShortName(types.InputUserEmpty(), "chess"))


def _invoice(_upload: Upload) -> Any:
    price = types.Invoice("EUR", [types.LabeledPrice("A cake", 995)])
    return types.InputMediaInvoice("A cake", "With cherries", price, b"cake", types.DataJSON("{}"))


def _paid_media(upload: Upload) -> Any:
    return types.InputMediaPaidMedia(50, [_photo(upload)])


def _expiring(upload: Upload) -> Any:
    photo = _photo(upload)
    photo.ttl_seconds = 10
    return photo


def _checklist(_upload: Upload) -> Any:
    return types.InputMediaTodo(types.TodoList(_plain("To buy"), [types.TodoItem(1, _plain("Cherries"))]))


def _giveaway(_upload: Upload) -> Any:
    # Nobody sends one: it stands in a channel, and is forwarded from there.
    return types.MessageMediaGiveaway([1], 5, datetime(2030, 1, 1, tzinfo=UTC))


def _story(_upload: Upload) -> Any:
    return types.InputMediaStory(types.InputPeerSelf(), 1)


_MAKERS: dict[str, Callable[[Upload], Any]] = {
    "photo": _photo,
    "document": _document,
    "voice": _voice,
    "audio": _audio,
    "video": _video,
    "video_note": _video_note,
    "animation": _animation,
    "sticker": _sticker,
    "poll": _poll,
    "location": _location,
    "venue": _venue,
    "contact": _contact,
}

KINDS = tuple(_MAKERS)
"""The kinds that `specimen` makes, named as `contents.kind_of` names them."""

_ODD_MAKERS: dict[str, Callable[[Upload], Any]] = {
    "quiz": _quiz,
    "live_location": _live_location,
    "dice": _dice,
    "game": _game,
    "invoice": _invoice,
    "paid_media": _paid_media,
    "expiring": _expiring,
    "giveaway": _giveaway,
    "story": _story,
    "checklist": _checklist,
}

ODD_KINDS = tuple(_ODD_MAKERS)
"""What a forward without its author does not bring as it looks; see `copies`."""
