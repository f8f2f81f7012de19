"""Commands from the backend group: heard live or read up on later, checked, and carried out once, in order."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from userbot.core import grammar, wording
from userbot.core.grammar import Bind, Command, Mistake, Place, Run, ShowSendings
from userbot.core.language import gettext
from userbot.core.model import GENERAL, Incoming, Notice, Participant, Peer, Role
from userbot.errors import FloodWaitError, StoreError, TelegramError, UnjudgedError, UserbotError
from userbot.service.context import Context
from userbot.service.operations import Operations
from userbot.service.requests import Request
from userbot.store import facts, outbox, peers

log = logging.getLogger(__name__)

SWEEP_SECONDS = 60.0
"""How often the group's history is read for what no update brought."""

OVERLAP = 100
"""Messages before the last known one that a sweep reads again: updates may come out of order."""

RETRY_SECONDS = 5.0

_TOLD_HIDDEN = "told of hidden members"
"""The fact that General knows that commands come from people whom Telegram hides."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may configure and start mailings, besides the account and the group's creator; None is everybody."""

    allowed: frozenset[int] | None

    @classmethod
    def of(cls, setting: frozenset[int] | Literal["."]) -> "Access":
        """What EXTENSIONS_ALLOWED says."""
        return cls(None if setting == "." else frozenset(setting))

    def administrator(self, person: Peer, role: Role, me: Peer) -> bool:
        """Whether somebody may do everything."""
        return self.allowed is None or person.id == me.id or role is Role.CREATOR or person.id in self.allowed


class Inbox:
    """Everything that is written in the backend group comes through here."""

    def __init__(
        self,
        context: Context,
        operations: Operations,
        *,
        access: Access,
        instance: int,
        asked: Callable[[], None],
    ) -> None:
        """`instance` names this connection; `asked` is told of every command at once, before its turn comes."""
        self._asked = asked
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock
        self._voice = context.voice
        self._operations = operations
        self._access = access
        self._instance = instance
        self._misfire_grace = context.patience.misfire_grace
        self._heard: asyncio.Queue[Incoming] = asyncio.Queue()
        self._names = {self._telegram.me.username} if self._telegram.me.username else set()

    def hear(self, incoming: Incoming) -> None:
        """Take note of a message, to be looked at in turn."""
        if grammar.addressed(incoming.text, self._names):
            self._asked()
        self._heard.put_nowait(incoming)

    async def begin(self) -> None:
        """The first time, note where the group stands: what was written before was not meant for this database."""
        while await facts.recall(self._database.reader, facts.LISTENED) is None:
            try:
                await self._remember([await self._telegram.newest()] * 2)
            except FloodWaitError as error:
                await self._clock.wait(asyncio.Event(), error.seconds + 1)

    async def run(self) -> None:
        """Carry out commands until cancelled."""
        while True:
            incoming = await self._heard.get()
            try:
                while (rest := await self._looked_at(incoming)) is not None:
                    await self._clock.wait(asyncio.Event(), rest)
            finally:
                self._heard.task_done()

    async def read_up(self) -> None:
        """Read up on what no update brought: at the start what was written while nobody listened, then now and then."""
        while True:
            rest = SWEEP_SECONDS
            try:
                rest = await self._read_history()
            except UserbotError as error:
                log.warning("the group's history cannot be read: %s", error)
            await self._clock.wait(asyncio.Event(), rest)

    async def _read_history(self) -> float:
        """Hear what the history holds, and once all of it is done with, remember how far that was.

        A flood wait may come in between: what was read so far is kept. Returns the seconds until the next reading.
        """
        first, last = await facts.recall(self._database.reader, facts.LISTENED)
        newest, rest = last, SWEEP_SECONDS
        try:
            async for incoming in self._telegram.history(max(first, last - OVERLAP)):
                self.hear(incoming)
                newest = max(newest, incoming.message_id)
        except FloodWaitError as error:
            log.info("reading the group waits: %s", error)
            rest = error.seconds + 1
        await self._heard.join()
        if newest > last:
            await self._remember([first, newest])
        return rest

    async def _remember(self, listened: list[int]) -> None:
        async with self._database.transaction() as on:
            await facts.remember(on, facts.LISTENED, listened)

    async def _looked_at(self, incoming: Incoming) -> float | None:
        """Take care of a message; returns in how many seconds to try again, None when it is done with."""
        try:
            if grammar.addressed(incoming.text, self._names):
                await self._handle(incoming)
        except (StoreError, UnjudgedError) as error:
            log.warning("a command waits: %s", error)
            return RETRY_SECONDS
        except FloodWaitError as error:
            log.info("a command waits: %s", error)
            return error.seconds + 1
        return None

    async def _handle(self, incoming: Incoming) -> None:
        """Carry a command out; what keeps it from being done is its answer."""
        try:
            await self._carry_out(incoming)
        except (StoreError, FloodWaitError, UnjudgedError):
            raise
        except UserbotError as error:
            await self._answer(incoming, str(error))
        except Exception:
            log.exception("a command failed inside")
            await self._answer(incoming, "Something went wrong inside userbot, and nothing was done. It is in the log.")

    async def _carry_out(self, incoming: Incoming) -> None:
        if await outbox.was_handled(self._database.reader, incoming.message_id):
            return
        place = _place(incoming)
        command = grammar.parse(incoming.text, place)
        instance = command.instance if isinstance(command, Run | ShowSendings) else None
        if instance not in {None, self._instance}:
            return
        if incoming.sender is None:
            await self._answer(incoming, _ANONYMOUS)
            return
        found = await self._judged(incoming.sender, incoming.message_id)
        sender, role = found.person, found.role
        if role is Role.STRANGER:
            await self._answer(incoming, None)
            return
        if role is Role.HIDDEN and sender.id != self._telegram.me.id:
            await self._tell_of_hidden_members()
        refusal = self._refusal(incoming, sender, role, command, place)
        if refusal is not None or isinstance(command, Mistake):
            await self._answer(incoming, refusal)
            return
        await self._do(Request(incoming, sender, command, place))

    async def _judged(self, person: Peer, message_id: int) -> Participant:
        """Who somebody is in the group. Raises UnjudgedError and FloodWaitError when that cannot be known just now."""
        try:
            return await self._telegram.participant(person, message_id)
        except FloodWaitError:
            raise
        except TelegramError as error:
            raise UnjudgedError(str(error)) from error

    async def _tell_of_hidden_members(self) -> None:
        """Have General told once, where somebody reads it who can change it."""
        text = gettext(
            "⚠ Telegram does not tell userbot who gives a command here, so only the account itself is heard. If the "
            "group hides its members, make the account an administrator of the group, or turn off “Hide members”."
        )
        async with self._database.transaction() as on:
            if await facts.recall(on, _TOLD_HIDDEN) is None:
                await facts.remember(on, _TOLD_HIDDEN, value=True)
                await self._voice.say(on, Notice(text))

    def _refusal(
        self, incoming: Incoming, sender: Peer, role: Role, command: Command | Mistake, place: Place
    ) -> str | None:
        """Why nothing is done, in words; None when the command may be carried out."""
        if role is Role.HIDDEN and sender.id != self._telegram.me.id:
            return gettext("Telegram does not tell userbot who you are here, so nothing was done. General knows more.")
        free_to_all = place is Place.TOPIC and not isinstance(command, Bind)
        if not (free_to_all or self._access.administrator(sender, role, self._telegram.me)):
            return _REFUSAL
        late = self._clock.now() - incoming.date
        if late > self._misfire_grace:
            return f"This was written {wording.duration(late)} ago, while userbot was down. Send it again if it holds."
        return f"{command.what}\n{command.hint}" if isinstance(command, Mistake) else None

    async def _do(self, request: Request) -> None:
        """Look at what Telegram has to be asked for, then do everything else in one transaction with the answer."""
        incoming = request.incoming
        seen = await self._operations.look(request)
        async with self._database.transaction() as on:
            if await outbox.claim(on, incoming.message_id):
                await peers.learn(on, [request.sender] if request.sender.access_hash else [])
                reply = await self._operations.carry_out(on, request, seen)
                await self._voice.say(on, _in_place(reply, incoming))

    async def _answer(self, incoming: Incoming, text: str | None) -> None:
        """Answer without any effect, once; None is silence."""
        async with self._database.transaction() as on:
            if await outbox.claim(on, incoming.message_id) and text is not None:
                await self._voice.say(on, _in_place(Notice(text), incoming))


_ANONYMOUS = "You write as the group, so nobody can tell who you are. Turn off “Remain anonymous”."
_REFUSAL = (
    "Mailings are started by the account itself, the group's creator, and whoever EXTENSIONS_ALLOWED names. "
    "Ask them to add you there."
)


def _place(incoming: Incoming) -> Place:
    if incoming.topic != GENERAL:
        return Place.TOPIC
    return Place.GENERAL if incoming.reply_to is None else Place.GENERAL_REPLY


def _in_place(reply: Notice, incoming: Incoming) -> Notice:
    """The reply, in the command's topic, under the command."""
    return Notice(reply.text, incoming.topic, reply_to=incoming.message_id, report_of=reply.report_of)
