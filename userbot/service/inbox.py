"""Commands from the backend group: heard live or read up on later, checked, and carried out once, in order."""

import asyncio
import logging
from dataclasses import dataclass

from userbot.core import grammar, wording
from userbot.core.grammar import Bind, Mistake, Place, Run, ShowSendings
from userbot.core.model import GENERAL, Incoming, Notice, Peer, Role
from userbot.core.ports import Clock, Telegram
from userbot.errors import StoreError, TelegramError, UserbotError
from userbot.service.operations import Operations
from userbot.service.requests import Declined, Request
from userbot.service.voice import Voice
from userbot.store import facts, outbox, peers
from userbot.store.database import Database

log = logging.getLogger(__name__)

SWEEP_SECONDS = 60.0
"""How often the group's history is read for what no update brought."""

OVERLAP = 100
"""Messages before the last known one that a sweep reads again: updates may come out of order."""

ROLE_SECONDS = 60.0
"""How long somebody's role in the group is taken for granted."""

RETRY_SECONDS = 5.0

_LISTENED = "listened to"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may configure and start mailings, besides the account and the group's creator; None is everybody."""

    allowed: frozenset[int] | None

    def administrator(self, person: Peer, role: Role, me: Peer) -> bool:
        """Whether somebody may do everything."""
        return self.allowed is None or person.id == me.id or role is Role.CREATOR or person.id in self.allowed


class Inbox:
    """Everything that is written in the backend group comes through here."""

    def __init__(
        self,
        database: Database,
        telegram: Telegram,
        clock: Clock,
        voice: Voice,
        operations: Operations,
        *,
        access: Access,
        instance: int,
        misfire_grace: float,
    ) -> None:
        """`instance` names this connection; a command older than `misfire_grace` seconds is not carried out."""
        self._database = database
        self._telegram = telegram
        self._clock = clock
        self._voice = voice
        self._operations = operations
        self._access = access
        self._instance = instance
        self._misfire_grace = misfire_grace
        self._heard: asyncio.Queue[Incoming] = asyncio.Queue()
        self._roles: dict[int, tuple[Role, float]] = {}
        self._listened = 0
        self._names = {self._telegram.me.username} if self._telegram.me.username else set()

    def hear(self, incoming: Incoming) -> None:
        """Take note of a message, to be looked at in turn."""
        self._heard.put_nowait(incoming)

    async def run(self) -> None:
        """Carry out commands until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._sweep())
            while True:
                incoming = await self._heard.get()
                while not await self._looked_at(incoming):
                    await self._clock.wait(asyncio.Event(), RETRY_SECONDS)

    async def _sweep(self) -> None:
        """Read up on what no update brought: at the start what was written while nobody listened, then now and then."""
        while True:
            try:
                await self._read_up()
            except UserbotError as error:
                log.warning("the group's history cannot be read: %s", error)
            await self._clock.wait(asyncio.Event(), SWEEP_SECONDS)

    async def _read_up(self) -> None:
        if not self._listened:
            known = await facts.recall(self._database.reader, _LISTENED)
            # What was written before the program first listened was not meant for it.
            self._listened = await self._telegram.newest() if known is None else known
        async for incoming in self._telegram.history(max(0, self._listened - OVERLAP)):
            if incoming.message_id > self._listened - OVERLAP:
                self.hear(incoming)
            self._listened = max(self._listened, incoming.message_id)

    async def _looked_at(self, incoming: Incoming) -> bool:
        """Whether this message is done with. A database that cannot be written now keeps it waiting."""
        try:
            if grammar.addressed(incoming.text, self._names):
                await self._carry_out(incoming)
        except StoreError as error:
            log.warning("a command waits: %s", error)
            return False
        except Exception:
            log.exception("a command failed inside")
            await self._answer(incoming, "Something went wrong inside userbot, and nothing was done. It is in the log.")
        return True

    async def _carry_out(self, incoming: Incoming) -> None:
        if await outbox.was_handled(self._database.reader, incoming.message_id):
            return
        if incoming.sender is None:
            await self._answer(
                incoming, "You write as the group, so nobody can tell who you are. Turn off “Remain anonymous”."
            )
            return
        role = await self._role(incoming.sender)
        if role is Role.STRANGER:
            return
        late = self._clock.now() - incoming.date
        if late > self._misfire_grace:
            ago = wording.duration(late)
            await self._answer(
                incoming, f"This was written {ago} ago, while userbot was down. Send it again if it holds."
            )
            return
        await self._act(incoming, incoming.sender, role)

    async def _act(self, incoming: Incoming, sender: Peer, role: Role) -> None:
        place = _place(incoming)
        command = grammar.parse(incoming.text, place)
        if isinstance(command, Mistake):
            await self._answer(incoming, f"{command.what}\n{command.hint}")
            return
        instance = command.instance if isinstance(command, Run | ShowSendings) else None
        if instance not in {None, self._instance}:
            return
        administrator = self._access.administrator(sender, role, self._telegram.me)
        if not administrator and (place is not Place.TOPIC or isinstance(command, Bind)):
            await self._answer(incoming, _REFUSAL)
            return
        await self._do(Request(incoming, sender, command, place))

    async def _do(self, request: Request) -> None:
        """Look at what Telegram has to be asked for, then do everything else in one transaction with the answer."""
        incoming = request.incoming
        try:
            seen = await self._operations.look(request)
        except (Declined, TelegramError) as error:
            await self._answer(incoming, str(error))
            return
        async with self._database.transaction() as on:
            if not await outbox.claim(on, incoming.message_id):
                return
            await peers.learn(on, [request.sender] if request.sender.access_hash else [])
            try:
                reply = await self._operations.carry_out(on, request, seen)
            except (Declined, UserbotError) as error:
                if isinstance(error, StoreError):
                    raise
                reply = Notice(str(error))
            await self._voice.say(on, _in_place(reply, incoming))

    async def _answer(self, incoming: Incoming, text: str) -> None:
        """Answer without any effect, once."""
        async with self._database.transaction() as on:
            if await outbox.claim(on, incoming.message_id):
                await self._voice.say(on, _in_place(Notice(text), incoming))

    async def _role(self, person: Peer) -> Role:
        known, until = self._roles.get(person.id, (Role.STRANGER, 0.0))
        now = self._clock.monotonic()
        if now >= until:
            known = await self._telegram.role(person)
            self._roles[person.id] = known, now + ROLE_SECONDS
        return known


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
