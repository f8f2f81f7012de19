"""One session of a client: numbers what goes out, and remembers the answers that were given.

A message id is handled once. When it comes again, the remembered answer is sent again; when its answer has been
forgotten, the message is refused. So no request has its effect twice within a session.
"""

import struct
import time
from collections import OrderedDict
from collections.abc import Iterator
from typing import Protocol

from userbot.sandbox import body

_ANSWERS = 1024
_ANSWER_BYTES = 1024 * 1024


class Line(Protocol):
    """What a session needs of its connection."""

    def wake(self) -> None:
        """The session has something to say."""


class MessageIds:
    """Ids of server messages: the time in 1/2³² seconds, strictly rising, odd; the low bits tell replies apart."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, *, reply: bool) -> int:
        """1 modulo 4 for the reply to a message, 3 for what the server says unasked."""
        quarter = max(int(time.time() * 2**30), (self._last >> 2) + 1)
        self._last = quarter << 2 | (1 if reply else 3)
        return self._last


class Answers:
    """The answers to the latest requests by message id; empty while the request is at work."""

    def __init__(self) -> None:
        self._answers: OrderedDict[int, bytes] = OrderedDict()
        self._bytes = 0
        self.forgotten = 0
        """The highest message id that is no longer here. Ids of one session rise, so all below are gone too."""

    def get(self, msg_id: int) -> bytes | None:
        """None when there was no such request, or it was forgotten."""
        return self._answers.get(msg_id)

    def put(self, msg_id: int, answer: bytes) -> None:
        """Remembers, and forgets the oldest beyond 1,024 answers or one megabyte."""
        self._bytes += len(answer) - len(self._answers.get(msg_id, b""))
        self._answers[msg_id] = answer
        while len(self._answers) > _ANSWERS or self._bytes > _ANSWER_BYTES:
            oldest, dropped = self._answers.popitem(last=False)
            self._bytes -= len(dropped)
            self.forgotten = max(self.forgotten, oldest)


class Session:
    """What a server knows of one session. `connection` is the one its latest message came through, if it lives."""

    def __init__(self, key: bytes, key_id: int, session_id: int, ids: MessageIds) -> None:
        self.key = key
        self.key_id = key_id
        self.id = session_id
        self.connection: Line | None = None
        self.announced = False
        self.wants_updates = False
        self.answers = Answers()
        self._ids = ids
        self._relevant = 0
        self._outbox: list[bytes] = []

    def reply(self, obj: bytes) -> None:
        """Sends a protocol message that replies to one of the client's."""
        self._post(obj, reply=True, relevant=False)

    def answer(self, rpc_result: bytes) -> None:
        """Sends the answer to a request."""
        self._post(rpc_result, reply=True, relevant=True)

    def notify(self, obj: bytes, *, relevant: bool = True) -> None:
        """Sends what nobody asked for. A relevant message is one the client has to acknowledge."""
        self._post(obj, reply=False, relevant=relevant)

    def _post(self, obj: bytes, *, reply: bool, relevant: bool) -> None:
        if self.connection is None:
            return
        self._outbox.append(self._message(obj, reply=reply, relevant=relevant))
        self.connection.wake()

    def drain(self) -> Iterator[bytes]:
        """Takes what waits to be sent, as few serialised messages."""
        outbox, self._outbox = self._outbox, []
        for group in body.containers_of(outbox):
            if len(group) == 1:
                yield group[0]
            else:
                yield self._message(body.container(group), reply=False, relevant=False)

    def _message(self, obj: bytes, *, reply: bool, relevant: bool) -> bytes:
        seq_no = 2 * self._relevant + relevant
        self._relevant += relevant
        return struct.pack("<qii", self._ids.next(reply=reply), seq_no, len(obj)) + obj
