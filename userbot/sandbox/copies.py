"""What a forward without its author is: a copy, and not of everything.

As TDLib has it (`can_forward_message_content`, `dup_message_content`, `get_forwarded_messages`): a dice is always
forwarded, a game names its bot; a poll becomes a new one; a live location a plain one; a checklist loses its ticks;
paid media, invoices, giveaways and what disappears once it is seen cannot be copied. With which error Telegram refuses
them nobody has published: MEDIA_INVALID is a guess.
"""

import secrets
from copy import copy
from typing import Any

from telethon.tl import types

from userbot.sandbox import contents, polls
from userbot.sandbox.errors import RpcError
from userbot.sandbox.world import World

NAMING = (types.MessageMediaDice, types.MessageMediaGame)
"""What keeps its author's name."""

_NEVER = (
    types.MessageMediaPaidMedia,
    types.MessageMediaInvoice,
    types.MessageMediaGiveaway,
    types.MessageMediaGiveawayResults,
)


def content_of(world: World, user: int, number: int) -> int:
    """The content of a copy that this user makes of some content."""
    body = world.content(number)
    if isinstance(body.media, _NEVER) or getattr(body.media, "ttl_seconds", None):
        raise RpcError(400, "MEDIA_INVALID")
    media = _copied(world, user, body.media)
    return number if media is body.media else contents.keep_with(world, body, media)


def _copied(world: World, user: int, media: Any) -> Any:
    match media:
        case types.MessageMediaPoll(poll=poll):
            if poll.quiz and not polls.voted(world, poll, user):
                raise RpcError(400, "QUIZ_ANSWER_MISSING")
            fresh = copy(poll)
            fresh.id, fresh.closed = secrets.randbits(62), None
            return types.MessageMediaPoll(fresh, media.results)
        case types.MessageMediaGeoLive():
            return types.MessageMediaGeo(media.geo)
        case types.MessageMediaToDo(completions=[_, *_]):
            return types.MessageMediaToDo(media.todo)
    return media
