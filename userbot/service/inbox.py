"""Commands from the backend group: heard live or read up on later, checked, and carried out once, in order."""

import asyncio
import logging
from dataclasses import replace
from typing import Protocol

from userbot.core import grammar, wording
from userbot.core.grammar import Command, Mistake, Place
from userbot.core.language import gettext
from userbot.core.model import GENERAL, Incoming, Notice, Participant, Peer, Role, SendingStatus
from userbot.errors import FloodWaitError, StoreError, TelegramError, UnjudgedError, UserbotError
from userbot.service import access
from userbot.service.access import Access
from userbot.service.context import Context
from userbot.service.operations import Operations
from userbot.service.requests import Request
from userbot.service.silence import Silence
from userbot.store import facts, outbox, peers, sendings

log = logging.getLogger(__name__)

SWEEP_SECONDS = 60.0
"""How often the group's history is read for what no update brought."""

OVERLAP = 100
"""Messages before the last known one that a sweep reads again: updates may come out of order."""

RETRY_SECONDS = 5.0

CORRECTION_SECONDS = 60.0
"""How soon an edit corrects a command that was a mistake."""

_TOLD_HIDDEN = "told of hidden members"
"""The fact that General knows that commands come from people whom Telegram hides."""


class Asked(Protocol):
    """Who makes room for a command."""

    def __call__(self, *, stops: bool) -> None:
        """Somebody gave one, such as what `stops` mailings."""


class Inbox:
    """Everything that is written in the backend group comes through here."""

    def __init__(
        self,
        context: Context,
        operations: Operations,
        *,
        access: Access,
        instance: int,
        asked: Asked,
    ) -> None:
        """`instance` names this connection; `asked` is told of every command at once, before its turn comes."""
        self._asked = asked
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock
        self._voice = context.voice
        self._operations = operations
        self._access = access
        self._misfire_grace = context.patience.misfire_grace
        self._heard: asyncio.Queue[Incoming] = asyncio.Queue()
        self._names = {self._telegram.me.username} if self._telegram.me.username else set()
        self._silence = Silence(context.clock, instance)

    def hear(self, incoming: Incoming, *, live: bool = True) -> None:
        """Take note of a message, to be looked at in turn. One that is not `live` may have been heard before."""
        if grammar.addressed(incoming.text, self._names):
            self._asked(stops=live and _stops(incoming))
        self._silence.heard(incoming)
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
        async with asyncio.TaskGroup() as tasks:
            while True:
                incoming = await self._heard.get()
                try:
                    while (rest := await self._looked_at(incoming, tasks)) is not None:
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
                self.hear(incoming, live=False)
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

    async def _looked_at(self, incoming: Incoming, tasks: asyncio.TaskGroup) -> float | None:
        """Take care of a message; returns in how many seconds to try again, None when it is done with."""
        try:
            if grammar.addressed(incoming.text, self._names):
                await self._handle(incoming, tasks)
            elif grammar.alarmed(incoming.text) and incoming.topic == GENERAL:
                await self._calm(incoming)
        except (StoreError, UnjudgedError) as error:
            log.warning("a command waits: %s", error)
            return RETRY_SECONDS
        except FloodWaitError as error:
            log.info("a command waits: %s", error)
            return error.seconds + 1
        return None

    async def _handle(self, incoming: Incoming, tasks: asyncio.TaskGroup) -> None:
        """Carry a command out; what keeps it from being done is its answer."""
        try:
            await self._carry_out(incoming, tasks)
        except (StoreError, FloodWaitError, UnjudgedError):
            raise
        except UserbotError as error:
            await self._answer(incoming, str(error))
        except Exception:
            log.exception("a command failed inside")
            failed = gettext("Something went wrong inside userbot, and nothing was done. It is in the log.")
            await self._answer(incoming, failed)

    async def _carry_out(self, incoming: Incoming, tasks: asyncio.TaskGroup) -> None:
        if not await self._is_news(incoming):
            return
        place = _place(incoming)
        command = grammar.parse(incoming.text, place, attached=incoming.attachment is not None)
        if self._silence.is_for_another(command):
            tasks.create_task(self._speak_up(incoming, command))
            return
        if incoming.sender is None:
            await self._answer(incoming, access.anonymous())
            return
        found = await self._judged(incoming.sender, incoming.message_id)
        sender, role = found.person, found.role
        if role is Role.STRANGER:
            await self._answer(incoming, None)
            return
        if role is Role.HIDDEN and sender.id != self._telegram.me.id:
            await self._tell_of_hidden_members()
        administrator = self._access.administrator(sender, role, self._telegram.me)
        refusal = await self._refusal(incoming, sender, role, command, administrator=administrator)
        if refusal is not None or isinstance(command, Mistake):
            await self._answer(incoming, refusal, mistake=isinstance(command, Mistake))
            return
        await self._do(Request(incoming, sender, command, place, administrator))

    async def _is_news(self, incoming: Incoming) -> bool:
        """Whether it is to be read: for the first time, or once more, corrected soon after it was a mistake.

        Of a message that was edited before anybody read it nobody knows what it was at first.
        """
        if incoming.edited_at is None:
            return not await outbox.was_handled(self._database.reader, incoming.message_id)
        soon = incoming.edited_at - incoming.date <= CORRECTION_SECONDS
        return soon and await outbox.was_mistaken(self._database.reader, incoming.message_id, incoming.text)

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
        async with self._database.transaction() as on:
            if await facts.recall(on, _TOLD_HIDDEN) is None:
                await facts.remember(on, _TOLD_HIDDEN, value=True)
                await self._voice.say(on, Notice(access.hidden_members()))

    async def _refusal(
        self, incoming: Incoming, sender: Peer, role: Role, command: Command | Mistake, *, administrator: bool
    ) -> str | None:
        """Why nothing is done, in words; None when the command may be carried out."""
        if role is Role.HIDDEN and sender.id != self._telegram.me.id:
            return access.hidden()
        reader, place = self._database.reader, _place(incoming)
        if not (administrator or await access.open_to_operators(reader, sender, command, place)):
            return access.refused()
        late = self._clock.now() - incoming.date
        if late > self._misfire_grace:
            time = wording.duration(late)
            return gettext("This was written {time} ago, while userbot was down. Send it again if it holds.", time=time)
        return f"{command.what}\n{command.hint}" if isinstance(command, Mistake) else None

    async def _speak_up(self, incoming: Incoming, command: Command | Mistake) -> None:
        """Answer a command that is for another connection, if no other one does: nobody would, and say nothing."""
        try:
            if await self._silence.lasts(incoming):
                await self._answer(incoming, self._silence.words(incoming, command))
        except StoreError as error:  # the history brings the command once more
            log.warning("a command waits: %s", error)

    async def _calm(self, incoming: Incoming) -> None:
        """Somebody in General tries to stop what runs with a word that does not: say which one does."""
        late = self._clock.now() - incoming.date > self._misfire_grace
        if late or incoming.sender is None or await outbox.was_handled(self._database.reader, incoming.message_id):
            return
        running = await sendings.having(self._database.reader, SendingStatus.RUNNING)
        found = await self._judged(incoming.sender, incoming.message_id) if running else None
        member = found is not None and found.role is not Role.STRANGER
        await self._answer(incoming, wording.how_to_stop(running) if member else None)

    async def _do(self, request: Request) -> None:
        """Look at what Telegram has to be asked for, then do everything else in one transaction with the answer."""
        incoming = request.incoming
        seen = await self._operations.look(request)
        async with self._database.transaction() as on:
            if await outbox.claim(on, incoming.message_id, incoming.date):
                await peers.learn(on, [request.sender] if request.sender.access_hash else [])
                reply = await self._operations.carry_out(on, request, seen)
                await self._voice.say(on, _in_place(reply, incoming))

    async def _answer(self, incoming: Incoming, text: str | None, *, mistake: bool = False) -> None:
        """Answer without any effect, once; None is silence. A mistake may still be corrected by an edit."""
        async with self._database.transaction() as on:
            claimed = await outbox.claim(on, incoming.message_id, incoming.date, incoming.text if mistake else None)
            if claimed and text is not None:
                await self._voice.say(on, _in_place(Notice(text), incoming))


def _stops(incoming: Incoming) -> bool:
    """Whether a command ends mailings, or holds them."""
    return isinstance(grammar.parse(incoming.text, _place(incoming)), grammar.Pause | grammar.Stop)


def _place(incoming: Incoming) -> Place:
    if incoming.topic != GENERAL:
        return Place.TOPIC
    return Place.GENERAL if incoming.reply_to is None else Place.GENERAL_REPLY


def _in_place(reply: Notice, incoming: Incoming) -> Notice:
    """The reply, in the command's topic, under the command."""
    return replace(reply, topic=incoming.topic, reply_to=incoming.message_id)
