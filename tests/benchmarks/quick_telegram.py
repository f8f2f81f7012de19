"""An embedded Telegram that only says it has forwarded: quicker than its clients, so that a client's own speed shows.

`python -m tests.benchmarks.quick_telegram` takes the arguments of `userbot.sandbox`. Everything is done as there but
a forward of one message, or a text, to a person: it is answered with the bytes it would have there, and nothing is
kept of it.
"""

import re
import struct
from collections.abc import Callable
from typing import Any

from telethon.tl import functions, types

from userbot.sandbox import __main__ as sandbox
from userbot.sandbox.methods import sending
from userbot.sandbox.methods.registry import METHODS, user_of
from userbot.sandbox.world import SPAMBOT, Caller, World

PERSON, RANDOM = struct.pack("<q", 2**50 + 1), struct.pack("<q", 2**60 + 1)
MESSAGE, PTS = struct.pack("<i", 2**30 + 1), struct.pack("<i", 2**30 + 3)
PLACES = re.compile(b"(" + b"|".join(map(re.escape, (PERSON, RANDOM, MESSAGE, PTS))) + b")")
"""Numbers that are found again in the bytes of an answer."""


class Made:
    """An answer as bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __bytes__(self) -> bytes:
        return self._data


class Quick:
    """Answers forwards, or texts. The pattern for a message is cut from the first answer."""

    def __init__(self, whole: Callable[[World, Caller, Any], Any]) -> None:
        self._whole = whole
        self._patterns: dict[int, list[bytes]] = {}

    def __call__(self, world: World, caller: Caller, request: Any) -> Any:
        forwards = isinstance(request, functions.messages.ForwardMessagesRequest)
        person = request.to_peer if forwards else request.peer
        sources = request.id if forwards else [0]
        random_ids = request.random_id if forwards else [request.random_id]
        if len(sources) > 1 or not isinstance(person, types.InputPeerUser) or person.user_id == SPAMBOT:
            return self._whole(world, caller, request)
        pattern = self._patterns.get(sources[0])
        if pattern is None:
            pattern = self._patterns[sources[0]] = _pattern(self._whole(world, caller, request))
        number, pts = world.one(
            "UPDATE users SET last_message = last_message + 1, pts = pts + 1 WHERE id = ? RETURNING last_message, pts",
            user_of(caller),
        )
        values = {
            PERSON: struct.pack("<q", person.user_id),
            RANDOM: struct.pack("<q", random_ids[0]),
            MESSAGE: struct.pack("<i", number),
            PTS: struct.pack("<i", pts),
        }
        return Made(b"".join([values.get(each, each) for each in pattern]))


def _pattern(answer: Any) -> list[bytes]:
    _, news = answer.updates
    person = next(each for each in answer.users if each.id == news.message.peer_id.user_id)
    person.id = news.message.peer_id.user_id = int.from_bytes(PERSON, "little")
    news.message.id = int.from_bytes(MESSAGE, "little")
    news.pts = int.from_bytes(PTS, "little")
    answer.updates[0] = types.UpdateMessageID(news.message.id, int.from_bytes(RANDOM, "little"))
    return PLACES.split(bytes(answer))


if __name__ == "__main__":
    METHODS[functions.messages.ForwardMessagesRequest] = Quick(sending.forward_messages)
    METHODS[functions.messages.SendMessageRequest] = Quick(sending.send_message)
    sandbox.main()
