"""Calls that send, of whose answers only the message ids and the place in the account's updates are read.

Reading answers whole is most of what a mailing would cost: people, texts and media that nobody looks at. What an
answer says beyond the usual is still read whole, by Telethon.
"""

import struct
from typing import Any, NamedTuple

from telethon.tl import TLRequest, functions, types

from userbot.telegram.own_updates import OwnUpdates
from userbot.telegram.skipping import UNREADABLE, skip

_UPDATES = (types.Updates.CONSTRUCTOR_ID, types.UpdatesCombined.CONSTRUCTOR_ID)
_SHORT = types.UpdateShortSentMessage.CONSTRUCTOR_ID
_MESSAGE_ID = types.UpdateMessageID.CONSTRUCTOR_ID
_NEW_MESSAGE = types.UpdateNewMessage.CONSTRUCTOR_ID

_FIRST_UPDATE = 12
"""Before it: what the answer is, that it begins with a vector, of how many."""

_number = struct.Struct("<I").unpack_from
_short = struct.Struct("<8xiii").unpack_from
_message_id = struct.Struct("<4xiq").unpack_from
_pts = struct.Struct("<ii").unpack_from


class Answer(NamedTuple):
    """The ids of the messages by random id, or the only one's under None; and the `pts` of each, which is one step."""

    ids: dict[int | None, int]
    pts: list[int]


def read(data: bytes) -> Answer | None:
    """The answer at the beginning of these bytes; None when it holds anything but new private messages.

    People and chats stand behind the updates and are left alone, and with them `date` and `seq`: an answer to a call
    has no `seq`. If one had, the next update would show a gap, which Telethon fills.
    """
    try:
        kind = _number(data)[0]
        if kind == _SHORT:
            message_id, pts, steps = _short(data)
            return Answer({None: message_id}, [pts]) if pts and steps == 1 else None
        return _updates(data) if kind in _UPDATES else None
    except UNREADABLE:
        return None


def _updates(data: bytes) -> Answer | None:
    answer = Answer({}, [])
    at = _FIRST_UPDATE
    for _ in range(_number(data, at - 4)[0]):
        kind = _number(data, at)[0]
        if kind == _MESSAGE_ID:
            message_id, random_id = _message_id(data, at)
            answer.ids[random_id] = message_id
            at += 16
        elif kind == _NEW_MESSAGE:
            at = skip(data, at + 4)
            pts, steps = _pts(data, at)
            if not pts or steps != 1:
                return None
            answer.pts.append(pts)
            at += 8
        else:
            return None
    return answer if len(answer.ids) >= len(answer.pts) else None


class Quick:
    """A request that sends, of whose answer only that is read."""

    def __init__(self, own: OwnUpdates, **given: Any) -> None:
        """`own` is told of the places in the updates; what is `given` is the request's."""
        super().__init__(**given)
        self._own = own

    def read_result(self, reader: Any) -> Any:
        """The ids, as in `Answer`; what Telethon makes of the answer if there is more to it."""
        answer = read(reader.get_bytes())
        if answer is None:
            return super().read_result(reader)  # type: ignore[misc]  # the request's
        for pts in answer.pts:
            self._own.reached(pts)
        return answer.ids


class ForwardMessages(Quick, functions.messages.ForwardMessagesRequest):
    """messages.forwardMessages"""


class Ready(Quick, TLRequest):
    """A request that is in bytes already."""

    def __init__(self, own: OwnUpdates, data: bytes) -> None:
        self._own = own
        self._data = data

    def __bytes__(self) -> bytes:
        return self._data


class SendMessage(Quick, functions.messages.SendMessageRequest):
    """messages.sendMessage"""


class SendMedia(Quick, functions.messages.SendMediaRequest):
    """messages.sendMedia"""


class SendMultiMedia(Quick, functions.messages.SendMultiMediaRequest):
    """messages.sendMultiMedia"""
