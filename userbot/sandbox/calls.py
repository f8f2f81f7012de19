"""A request, from its message to its answer: the faults that were ordered for it, and whatever goes wrong in it.

Requests are handled on the spot, in the order they came. Only one that was ordered to be late leaves the line.
"""

import logging
from functools import partial
from typing import Any, NamedTuple

from telethon.tl import TLRequest, functions, types

from userbot.sandbox import body, methods
from userbot.sandbox.errors import RpcError
from userbot.sandbox.faults import Verdict
from userbot.sandbox.hub import Connection
from userbot.sandbox.methods import Caller
from userbot.sandbox.session import Session

_log = logging.getLogger(__name__)

_WRAPPERS = (
    functions.InvokeWithLayerRequest,
    functions.InitConnectionRequest,
    functions.InvokeWithoutUpdatesRequest,
    functions.InvokeAfterMsgRequest,
    functions.InvokeAfterMsgsRequest,
)


def receive(connection: Connection, session: Session, msg_id: int, request: Any) -> None:
    """Takes a request that the session has not seen before."""
    wants_updates = True
    while isinstance(request, _WRAPPERS):
        wants_updates &= not isinstance(request, functions.InvokeWithoutUpdatesRequest)
        request = request.query
    if not isinstance(request, TLRequest):
        refuse(session, msg_id, RpcError(400, "INPUT_METHOD_INVALID"))
        return
    session.wants_updates |= wants_updates
    world = connection.hub.world
    caller = Caller(session.key_id, session.id, world.user_of(session.key_id), connection.dc)
    call = Call(connection, session, msg_id, caller, request)
    verdict = world.faults.judge(caller.user_id, request)
    if verdict is None:
        session.answer(call.result())
    elif verdict.latency:
        call.wait(verdict)
    else:
        call.suffer(verdict)


def refuse(session: Session, msg_id: int, error: RpcError) -> None:
    """Answers what is no request at all."""
    session.answer(body.rpc_result(msg_id, body.failure(error)))


class Call(NamedTuple):
    """One request under way."""

    connection: Connection
    session: Session
    msg_id: int
    caller: Caller
    request: Any

    def result(self) -> bytes:
        """Does what is asked and remembers the answer. No error leaves here except as an answer."""
        try:
            value = methods.handle(self.connection.hub.world, self.caller, self.request)
            return self._remember(body.result(self.request, value))
        except RpcError as error:
            return self._remember(body.failure(error))
        except Exception:  # noqa: BLE001 - one broken request must not end the others
            _log.exception("%s failed", type(self.request).__name__)
            return self._remember(body.failure(RpcError(500, "INTERNAL")))

    def wait(self, verdict: Verdict) -> None:
        """Lets the request take effect later; the requests behind it overtake it."""
        self.session.answers.put(self.msg_id, b"")
        self.session.notify(bytes(types.MsgsAck([self.msg_id])), relevant=False)
        self.connection.hub.world.later(verdict.latency, partial(self.suffer, verdict))

    def suffer(self, verdict: Verdict) -> None:
        """Does what was ordered instead of an honest answer, or beside it."""
        if verdict.cut_before:
            self.connection.close()
            return
        answer = self._remember(body.failure(verdict.error)) if verdict.error else self.result()
        if verdict.cut_after:
            self.connection.close()
        elif not verdict.lose_answer:
            self.session.answer(answer)

    def _remember(self, result: bytes) -> bytes:
        answer = body.rpc_result(self.msg_id, result)
        self.session.answers.put(self.msg_id, answer)
        return answer
