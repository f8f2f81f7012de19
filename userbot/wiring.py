"""The composition root: every service is made and wired here, once, and stopped in the right order."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from userbot.config import Settings
from userbot.core.language import gettext
from userbot.core.model import Peer, Written
from userbot.core.ports import Clock
from userbot.errors import TelegramError
from userbot.service.access import Access
from userbot.service.announcements import Announcements
from userbot.service.arrivals import Arrivals
from userbot.service.checking import Checking
from userbot.service.context import Context, Limits, Patience
from userbot.service.customers import Customers
from userbot.service.desk import Desk, Titles
from userbot.service.flood_notices import FloodNotices
from userbot.service.follow_ups import FollowUps
from userbot.service.guard import Guard
from userbot.service.happenings import Happening, SessionOver
from userbot.service.hearing import Hearing
from userbot.service.holding import Holding
from userbot.service.inbox import Inbox
from userbot.service.isolation import Isolation
from userbot.service.labelling import Labelling
from userbot.service.letters import Letters
from userbot.service.live import Live
from userbot.service.metrics import Metrics
from userbot.service.operations import Operations
from userbot.service.opting_out import OptingOut
from userbot.service.ordering import Ordering
from userbot.service.pruning import Pruning
from userbot.service.quota import Quota
from userbot.service.rate_limiter import RateLimiter
from userbot.service.reader import Reader
from userbot.service.scheduler import Agenda, Scheduler
from userbot.service.sender import Sender
from userbot.service.steering import Steering
from userbot.service.supervisor import Supervisor
from userbot.service.voice import Voice
from userbot.service.wishes import Wishes
from userbot.store.database import Database
from userbot.telegram.gateway import Gateway

STOPPING_SECONDS = 10.0
"""How long calls under way may take to come back when the program is asked to stop."""


@contextmanager
def _settled() -> Iterator[None]:
    """What has been made so far stays, so the collector need not look at it again while messages go out.

    Afterwards it must, and what began before must not stay with it: whoever begins anew leaves nothing behind.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class App:
    """The running program over one connection."""

    def __init__(self, settings: Settings, database: Database, gateway: Gateway, clock: Clock, folder: Path) -> None:
        self._gateway = gateway
        self._happenings: asyncio.Queue[Happening] = asyncio.Queue()
        self._limiter = RateLimiter(database, clock, settings.rate_per_minute / 60 or None, settings.quiet_hours)
        self.metrics = Metrics(database.reader, self._limiter)
        self._voice = Voice(database, gateway, clock, folder, spoken=self._answered)
        limits = Limits(self._limiter, Quota(clock, settings.monthly_limit), settings.cap, settings.confirm_above)
        patience = Patience(settings.restart_delay, settings.misfire_grace)
        agenda = Agenda()
        guard, arrivals = Guard(gateway, database), Arrivals(clock, agenda.news)
        context = Context(database, gateway, clock, self._voice, limits, patience, guard, arrivals)
        self._isolation = Isolation(context)
        self._pruning = Pruning(context, settings.keep_days)
        self._sender = Sender(context, happened=self._happenings.put_nowait)
        self._customers = Customers(context)
        self._letters = Letters(context)
        self._opting_out = OptingOut(context, self._letters, settings.opt_out_words, self._sender.opted)
        self._announcements = Announcements(context)
        self._live = Live(context, self._announcements)
        holding = Holding(context, self._sender, self._live, agenda.news)
        steering = Steering(context, agenda, holding, self._sender.lanes)
        self._flood_notices = FloodNotices(context)
        self._supervisor = Supervisor(context, holding, self._flood_notices, self._happenings)
        self._desk = Desk(context, self._customers, self._sender) if settings.desk else None
        hearing = Hearing(context, self._opting_out, self._sender.heard)
        notes = [hearing.note, *([self._desk.note] if self._desk else [])]
        self.reader = Reader(context, notes, groups=settings.desk, recorded=self._sender.recorded)
        self._titles = Titles(context)
        self._scheduler = Scheduler(
            context, agenda, holding, self._sender, self._customers, self._announcements, self._live
        )
        operations = self._operations(context, steering)
        self._wishes = Wishes(context, operations)
        self.inbox = Inbox(
            context,
            operations,
            access=Access.of(settings.extensions_allowed),
            instance=settings.instance_id or gateway.me.id,
            asked=self._sender.give_way,
        )

    def _operations(self, context: Context, steering: Steering) -> Operations:
        return Operations(
            context,
            self._customers,
            ordering := Ordering(context, steering),
            Checking(context, self._customers, ordering),
            FollowUps(context, steering),
            Labelling(context, steering, self._titles.news.set),
            steering,
            self._announcements,
            self._opting_out,
            self.reader,
        )

    def _answered(self) -> None:
        """Nothing is left to say in words: mailings need not stand aside any longer."""
        self._sender.go_on()

    def stir(self, box: int) -> None:
        """There is news of a box. In the group it may be an operator's answer, for which mailings make room."""
        if self._desk is not None and box == self._gateway.group_id:
            self._sender.give_way()
        self.reader.stir(box)

    def met(self, user_id: int, peer: Peer | None, written: Written) -> None:
        """Somebody wrote to the account."""
        self._sender.heard(user_id, written.message_id)
        self._customers.met(user_id, peer, written)

    async def _watch(self) -> None:
        """When the session is over, everything that runs is to be paused first; the supervisor ends the program."""
        refused = await self._gateway.ended()
        if not refused.ends_session:
            raise TelegramError(f"The connection has ended: {refused.reason}.")
        self._happenings.put_nowait(SessionOver(refused))

    def _services(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What runs beside the sender, by what it does."""
        return {
            gettext("speaking in the group"): self._voice.run,
            gettext("keeping announcements true"): self._announcements.run,
            gettext("telling how far sendings are"): self._live.run,
            gettext("reading the dialogs"): self._customers.read_dialogs,
            gettext("writing down who writes"): self._customers.take_down,
            gettext("taking care of trouble"): self._supervisor.run,
            gettext("telling of flood waits"): self._flood_notices.run,
            gettext("starting sendings"): self._scheduler.run,
            gettext("writing to customers"): self._letters.run,
            gettext("removing old deliveries"): self._pruning.run,
            gettext("reading the group"): self.inbox.read_up,
            gettext("carrying out commands"): self.inbox.run,
            gettext("doing what is asked for at this machine"): self._wishes.run,
            gettext("reading what is new"): self.reader.run,
            gettext("naming topics"): self._titles.run,
            **({gettext("keeping the desk"): self._desk.run} if self._desk else {}),
        }

    async def run(self, stop: asyncio.Event, ready: Callable[[], None]) -> None:
        """Work until `stop` is set.

        Raises NotLoggedInError when Telegram ends the session, TelegramError when it ends the connection.
        """
        await self._limiter.restore()
        await self.inbox.begin()
        await self.reader.begin()
        await self._voice.tell_renamed()
        async with asyncio.TaskGroup() as tasks:
            services = [tasks.create_task(self._isolation.keep(what, run)) for what, run in self._services().items()]
            services.append(tasks.create_task(self._watch()))
            sending = tasks.create_task(self._sender.run())
            ready()
            with _settled():
                await stop.wait()
            # First nothing new is begun, then what is under way comes back and is written down.
            for service in services:
                service.cancel()
            self._sender.close()
            await asyncio.wait([sending], timeout=STOPPING_SECONDS)
            sending.cancel()
