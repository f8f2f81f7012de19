"""The one seam to Telegram: every call is made here, with a time limit, and every error becomes the program's own.

An answer can be lost while the connection stays, hence the limits. A call that ran out of time may have had its
effect; whoever repeats it uses the same random id.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from telethon import TelegramClient, errors, types, utils

from userbot.core.delivery import LOST, UNWANTED, Meaning, Outcome, Refused, Sent
from userbot.core.language import gettext
from userbot.core.model import Peer
from userbot.core.ports import Wanted
from userbot.core.wording import said
from userbot.errors import FloodWaitError, TelegramError
from userbot.telegram import translate
from userbot.telegram.deadlines import Deadlines
from userbot.telegram.own_updates import OwnUpdates
from userbot.telegram.pushed import Pushed

T = TypeVar("T")

ANSWER_SECONDS = 10.0
"""How long an answer to one call may take. Not longer: a call that is repeated sends nothing twice."""

RECONNECT_POLL = 0.1
"""Seconds between looks whether the connection is back."""

PAGE = 100
"""How many messages or dialogs Telegram gives at once."""

CALL_FAILED = (
    errors.RPCError,
    errors.AuthKeyNotFound,
    errors.TypeNotFoundError,
    OSError,
    EOFError,
    ValueError,
    sqlite3.Error,
)
"""What a call may raise. TypeNotFoundError is an object of a kind that Telethon has not heard of; SQLite's errors come
from the session file, which Telethon writes to on the way."""


def always() -> bool:
    """What is wanted of a call that nobody can call off."""
    return True


def _as_it_is(answer: Any) -> Any:
    return answer


class Calls:
    """One client in one backend group. The parts of the gateway build on it."""

    def __init__(self, client: TelegramClient, me: Any, group: Any) -> None:
        self.me = Peer(me.id, me.access_hash or 0, utils.get_display_name(me), me.username)
        self.group_id: int = utils.get_peer_id(group)
        self.group_title: str = group.title
        self._client = client
        self._group = utils.get_input_peer(group)
        self._own = OwnUpdates(client)
        self._pushed = Pushed(client, self._own)
        self._deadlines = Deadlines(ANSWER_SECONDS)
        self._loop = asyncio.get_running_loop()
        self._end: asyncio.Future[Refused] = self._loop.create_future()

    async def ended(self) -> Refused:
        """Return when the connection is of no more use, with what ended it. See `Refused.ends_session`."""
        disconnected = asyncio.ensure_future(self._client.disconnected)
        await asyncio.wait({disconnected, self._end}, return_when=asyncio.FIRST_COMPLETED)
        if self._end.done():
            return self._end.result()
        # Telethon's own reading of updates may have met the reason, and keeps it to itself.
        error = disconnected.exception() or self._client._updates_error
        return translate.refused(error or ConnectionError())

    def _heed(self, error: BaseException) -> Refused:
        """What an error says; if it says that the session is over, or has to go on elsewhere, `ended` returns."""
        refused = translate.refused(error)
        if (refused.ends_session or refused.code == "USER_MIGRATE") and not self._end.done():
            self._end.set_result(refused)
        return refused

    def _to(self, peer_id: int, access_hash: int) -> Any:
        """The address of a recipient, who may be the account itself."""
        return types.InputPeerSelf() if peer_id == self.me.id else translate.input_peer(peer_id, access_hash)

    def _send(
        self, request: Any, random_ids: Sequence[int], wanted: Wanted = always, *, to_person: bool = False
    ) -> "asyncio.Future[Outcome]":
        """Make a call that sends something. `to_person`: see `Refused`."""
        return self._call(request, wanted, partial(_outcome, random_ids, to_person))

    async def _edit(self, request: Any, wanted: Wanted = always) -> Outcome:
        """Edit a message of ours. One that is so already is as good as edited."""
        outcome = await self._send(request, [0], wanted)
        unchanged = isinstance(outcome, Refused) and outcome.code == "MESSAGE_NOT_MODIFIED"
        return Sent(request.id) if unchanged else outcome

    def _call(
        self, request: Any, wanted: Wanted = always, understood: Callable[[Any], Any] = _as_it_is
    ) -> "asyncio.Future[Any]":
        """What is understood of Telegram's answer to a request, or of a Refused.

        It goes out at once, without a task of its own, if there is a connection; UNWANTED if it is not `wanted` when it
        could begin.
        """
        if self._client._sender._transport_connected() and wanted():
            return self._begin(request, understood)
        return asyncio.ensure_future(self._begin_later(request, wanted, understood))

    async def _begin_later(self, request: Any, wanted: Wanted, understood: Callable[[Any], Any]) -> Any:
        # What Telethon is given while there is no connection would all go out at once when it is back.
        for _ in range(int(ANSWER_SECONDS / RECONNECT_POLL)):
            if self._client._sender._transport_connected():  # Telethon has no event for it
                break
            await asyncio.sleep(RECONNECT_POLL)
        else:
            return understood(LOST)
        return await self._begin(request, understood) if wanted() else UNWANTED

    def _begin(self, request: Any, understood: Callable[[Any], Any]) -> "asyncio.Future[Any]":
        """Make a call now.

        The request goes straight to Telethon's sender: the client around it would only store the recipient's entity
        again, which costs a fifth of all the work of a mailing, and refuse calls from its own memory of flood waits.
        """
        promised = self._loop.create_future()
        try:
            call = self._client._sender.send(request)
        except Exception as error:  # noqa: BLE001  whatever a call brings is an outcome
            promised.set_result(understood(self._heed(error)))
        else:
            self._deadlines.begin(call)
            call.add_done_callback(partial(self._keep, promised, understood))
        return promised

    def _keep(
        self, promised: "asyncio.Future[Any]", understood: Callable[[Any], Any], call: "asyncio.Future[Any]"
    ) -> None:
        """A call has come back: keep the promise, if somebody still waits."""
        self._deadlines.end(call)
        if call.cancelled():
            # The time is over, or Telethon has cancelled what was pending when its connection ended.
            _abandon(self._client._sender)
            answer: Any = self._heed(asyncio.CancelledError())
        else:
            error = call.exception()
            answer = call.result() if error is None else self._heed(error)
        if promised.done():
            return
        try:
            promised.set_result(understood(answer))
        except Exception as error:  # noqa: BLE001  whoever waits is to meet it
            promised.set_exception(error)

    @asynccontextmanager
    async def _asking(self, what: str = "", seconds: float = ANSWER_SECONDS) -> AsyncIterator[None]:
        """Make a call that only looks. Raises TelegramError that begins with `what`."""
        what = what or gettext("Telegram refused")
        try:
            async with asyncio.timeout(seconds):
                yield
        except asyncio.CancelledError as error:
            if _is_cancelled():
                raise
            raise TelegramError(gettext("{what}: the connection has ended.", what=what)) from error
        except TimeoutError as error:
            raise TelegramError(gettext("{what}: Telegram does not answer.", what=what)) from error
        except CALL_FAILED as error:
            self._forget_flood_waits()
            refused = self._heed(error)
            if refused.meaning in {Meaning.ACCOUNT_LATER, Meaning.CHAT_LATER}:
                raise FloodWaitError(f"{what}: {said(refused.reason)}.", max(refused.seconds, 1)) from error
            raise TelegramError(f"{what}: {said(refused.reason)}.") from error

    def _forget_flood_waits(self) -> None:
        """Telethon would refuse the next call of a kind from its own memory, by its own clock."""
        self._client._flood_waited_requests.clear()

    async def _ask(self, request: Any) -> Any:
        async with self._asking():
            return await self._client(request)

    async def _each(self, items: AsyncIterator[T], what: str, seconds: float = ANSWER_SECONDS) -> AsyncIterator[T]:
        """What Telethon iterates over, with a time limit for every item."""
        while True:
            async with self._asking(what, seconds):
                item = await anext(items, None)
            if item is None:
                return
            yield item


def _outcome(random_ids: Sequence[int], to_person: bool, answer: Any) -> Outcome:  # noqa: FBT001  always bound by position
    if isinstance(answer, Refused):
        return replace(answer, to_person=True) if to_person else answer
    return sent(answer, random_ids)


def sent(answer: Any, random_ids: Sequence[int]) -> Sent:
    """What an answer to a call says that sent something."""
    ids = answer if isinstance(answer, dict) else translate.message_ids(answer)
    first, *others = map(ids.get, random_ids)
    return Sent(ids.get(None, first), tuple(others))


def _is_cancelled() -> bool:
    """Whether a CancelledError is meant for this task, and not for a call whose connection ended."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _abandon(sender: Any) -> None:
    """Keep Telethon from sending again, when it reconnects, what nobody waits for any more."""
    waiting = {number: state for number, state in sender._pending_state.items() if not state.future.cancelled()}
    sender._pending_state = waiting
    queue = sender._send_queue
    queue._deque = deque(state for state in queue._deque if not state.future.cancelled())
