"""The messages of the protocol itself: pings, acknowledgements, salts, sessions. What is none of them is a request.

Rules: core.telegram.org/mtproto/service_messages and .../service_messages_about_messages.
"""

import time
from collections.abc import Callable
from typing import Any

from telethon.tl import functions, types

from userbot.sandbox import body, calls, salts
from userbot.sandbox.errors import RpcError
from userbot.sandbox.hub import Connection
from userbot.sandbox.session import Session
from userbot.sandbox.wire import Envelope, Message

_OLDEST, _NEWEST = -300, 30
"""Seconds a client's message id may be off the server's clock."""
_TOO_LOW, _TOO_HIGH, _NOT_FOURFOLD, _TOO_OLD = 16, 17, 18, 20
_BAD_SALT = 48
_KNOWN, _NOT_KNOWN = 4, 1


def objection(key: bytes, envelope: Envelope, now: float) -> Any:
    """What keeps a message from being taken, as the notification to send; None when nothing does."""
    message = envelope.message
    if not salts.accepted(key, envelope.salt, now):
        return types.BadServerSalt(message.id, message.seq_no, _BAD_SALT, salts.current(key, now))
    offset = (message.id >> 32) - now
    if message.id % 4:
        return types.BadMsgNotification(message.id, message.seq_no, _NOT_FOURFOLD)
    if offset < _OLDEST:
        return types.BadMsgNotification(message.id, message.seq_no, _TOO_LOW)
    if offset > _NEWEST:
        return types.BadMsgNotification(message.id, message.seq_no, _TOO_HIGH)
    return None


def receive(connection: Connection, session: Session, message: Message) -> None:
    """Takes one message of a session, unless it was handled already: then the answer is repeated."""
    answer = session.answers.get(message.id)
    if answer is not None:
        if answer:
            session.answer(answer)
    elif message.id <= session.answers.forgotten:
        session.reply(bytes(types.BadMsgNotification(message.id, message.seq_no, _TOO_OLD)))
    else:
        _dispatch(connection, session, message)


def _dispatch(connection: Connection, session: Session, message: Message) -> None:
    try:
        request = body.parse(message.body)
    except RpcError as error:
        calls.refuse(session, message.id, error)
        return
    serve = _SERVICE.get(type(request))
    if serve is None:
        calls.receive(connection, session, message.id, request)
        return
    reply = serve(connection, session, message.id, request)
    if reply is not None:
        session.reply(bytes(reply))


def _nothing(_connection: Connection, _session: Session, _msg_id: int, _request: Any) -> None:
    """For what a client tells without expecting an answer."""


def _ping(_connection: Connection, _session: Session, msg_id: int, request: Any) -> Any:
    return types.Pong(msg_id, request.ping_id)


def _ping_delay_disconnect(connection: Connection, _session: Session, msg_id: int, request: Any) -> Any:
    connection.close_after(request.disconnect_delay)
    return types.Pong(msg_id, request.ping_id)


def _future_salts(_connection: Connection, session: Session, msg_id: int, request: Any) -> Any:
    return salts.future(session.key, msg_id, request.num, time.time())


def _messages_state(_connection: Connection, session: Session, msg_id: int, request: Any) -> Any:
    states = (_NOT_KNOWN if session.answers.get(i) is None else _KNOWN for i in request.msg_ids)
    return types.MsgsStateInfo(msg_id, bytes(states))


def _drop_answer(_connection: Connection, session: Session, msg_id: int, _request: Any) -> None:
    # The answer has left before anyone can ask to drop it.
    session.answer(body.rpc_result(msg_id, bytes(types.RpcAnswerUnknown())))


def _destroy_session(connection: Connection, session: Session, _msg_id: int, request: Any) -> Any:
    found = connection.hub.forget_session(session.key_id, request.session_id)
    return (types.DestroySessionOk if found else types.DestroySessionNone)(request.session_id)


def _destroy_auth_key(connection: Connection, session: Session, _msg_id: int, _request: Any) -> None:
    connection.hub.world.drop_auth_key(session.key_id)
    session.reply(bytes(types.DestroyAuthKeyOk()))
    connection.close()


_SERVICE: dict[type, Callable[[Connection, Session, int, Any], Any]] = {
    types.MsgsAck: _nothing,
    types.MsgsStateInfo: _nothing,
    types.HttpWait: _nothing,
    types.MsgsStateReq: _messages_state,
    functions.PingRequest: _ping,
    functions.PingDelayDisconnectRequest: _ping_delay_disconnect,
    functions.GetFutureSaltsRequest: _future_salts,
    functions.RpcDropAnswerRequest: _drop_answer,
    functions.DestroySessionRequest: _destroy_session,
    functions.DestroyAuthKeyRequest: _destroy_auth_key,
}
