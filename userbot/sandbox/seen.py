"""A message as plain values: what someone sees who looks at it."""

import re
from dataclasses import dataclass
from typing import Any

from telethon.tl import types

from userbot.sandbox import contents, render
from userbot.sandbox.render import Row
from userbot.sandbox.world import World

Entity = tuple[str, int, int] | tuple[str, int, int, str | int]
"""A piece of formatting: ("bold", offset, length), and for some a fourth: whither, in what language, who is named."""

_ARGUMENT = {"text_url": "url", "pre": "language", "mention_name": "user_id"}


@dataclass(frozen=True, slots=True)
class Seen:
    """One message. `kind` is as in `contents.kind_of`; `date` is Unix time."""

    id: int
    sender: int
    text: str
    kind: str
    entities: list[Entity]
    grouped_id: int | None
    reply_to: int | None
    topic: int | None
    file_name: str | None
    has_author: bool
    date: int


def see(world: World, row: Row) -> Seen:
    """What a stored message looks like."""
    content = world.content(row.content)
    service = isinstance(content, types.MessageService)
    media = None if service else content.media
    return Seen(
        id=row.id,
        sender=row.sender,
        text="" if service else content.message,
        kind="service" if service else contents.kind_of(media),
        entities=[] if service else [_plain(entity) for entity in content.entities or ()],
        grouped_id=row.grouped_id,
        reply_to=row.reply_to,
        topic=row.thread if row.box < 0 else None,
        file_name=_file_name(media),
        has_author=row.forward is not None,
        date=row.date,
    )


def look(world: World, condition: str, *values: Any) -> list[Seen]:
    """The messages that meet an SQL condition, oldest first."""
    return [see(world, row) for row in render.rows(world, f"{condition} ORDER BY id", *values)]


def _file_name(media: Any) -> str | None:
    attributes = media.document.attributes if isinstance(media, types.MessageMediaDocument) else ()
    names = (each.file_name for each in attributes if isinstance(each, types.DocumentAttributeFilename))
    return next(names, None)


def formatting(entities: list[Entity]) -> list[Any]:
    """The TL entities of plain ones."""
    return [_entity(*entity) for entity in entities]


def _entity(name: str, offset: int, length: int, argument: str | int = "") -> Any:
    if name == "mention_name":  # asked for by address: core.telegram.org/constructor/inputMessageEntityMentionName
        return types.InputMessageEntityMentionName(offset, length, types.InputUser(int(argument), 0))
    kind = getattr(types, "MessageEntity" + "".join(word.title() for word in name.split("_")))
    extra = {_ARGUMENT[name]: argument} if name in _ARGUMENT else {}
    return kind(offset=offset, length=length, **extra)


def _plain(entity: Any) -> Entity:
    words = type(entity).__name__.removeprefix("MessageEntity")
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", words).lower()
    place = (name, entity.offset, entity.length)
    return (*place, getattr(entity, _ARGUMENT[name])) if name in _ARGUMENT else place
