"""What each command does, in the transaction it is given, and what it answers."""

from userbot.core import timing, wording
from userbot.core.grammar import (
    AddStep,
    Bind,
    Cancel,
    DeleteStep,
    DeleteTemplate,
    Help,
    Pause,
    Place,
    Rename,
    Resume,
    Retime,
    Run,
    ShowSending,
    ShowSendings,
    ShowTemplate,
    ShowTemplates,
    Stop,
)
from userbot.core.help import help_text
from userbot.core.model import GENERAL, Notice, Sending
from userbot.service import editing
from userbot.service.context import Context
from userbot.service.customers import Customers
from userbot.service.ordering import Ordering
from userbot.service.requests import Declined, Request, Seen, look
from userbot.service.steering import Steering
from userbot.store import peers, sendings, templates
from userbot.store.database import Connection

LATEST = 10
"""How many sendings are shown at once."""


class Operations:
    """Carries out commands."""

    def __init__(
        self,
        context: Context,
        customers: Customers,
        ordering: Ordering,
        steering: Steering,
    ) -> None:
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock
        self._customers = customers
        self._limiter = context.limits.limiter
        self._ordering = ordering
        self._steering = steering

    async def look(self, request: Request) -> Seen:
        """What Telegram has to be asked for. Raises Declined and TelegramError."""
        return await look(self._telegram, self._customers, self._database.reader, request)

    async def carry_out(self, on: Connection, request: Request, seen: Seen) -> Notice:
        """Do it, and return the answer. Raises Declined, with nothing done."""
        match request.command:
            case Help():
                return Notice(help_text(request.place))
            case Run() as run:
                return Notice(await self._ordering.order(on, request, run, seen))
            case AddStep() | Rename() | Retime() | DeleteStep() | DeleteTemplate() as edit:
                return Notice(await editing.edit(on, edit, seen, now=self._clock.now()))
            case ShowTemplates():
                return Notice(wording.templates(await templates.overview(on)))
            case ShowTemplate(name):
                found = await editing.existing(on, name)
                return Notice(wording.template(found.name, found.steps, seen.gone, self._telegram.group_id))
            case ShowSendings():
                topic = request.incoming.topic
                found_ones = await sendings.latest(on, LATEST, None if topic == GENERAL else topic)
                return Notice(wording.overview(found_ones, topic))
            case ShowSending(number):
                return await self._show(on, request, number)
            case Bind():
                return Notice(await self._bind(on, request, seen))
            case Cancel(number) | Pause(number) | Resume(number) | Stop(number):
                return Notice(await self._steer(on, request, number))

    async def _show(self, on: Connection, request: Request, number: int) -> Notice:
        """A sending's status; in General with the report so far."""
        sending = await self._visible(on, request, number)
        chain = timing.chain_seconds(
            (step.time for step in await sendings.steps_of(on, number)), sending.started_at or sending.start_at
        )
        rate = None if sending.urgent else self._limiter.expected_rate
        text = wording.status(sending, self._clock.now(), rate, chain, request.incoming.topic)
        has_report = request.place is not Place.TOPIC and sending.started_at is not None
        return Notice(text, report_of=number if has_report else None)

    async def _visible(self, on: Connection, request: Request, number: int) -> Sending:
        """The sending, if there is one; in a dialog topic, only one of this topic."""
        sending = await sendings.find(on, number)
        if sending is None or (request.place is Place.TOPIC and sending.topic != request.incoming.topic):
            where = " in this topic" if request.place is Place.TOPIC else ""
            raise Declined(f"There is no sid{number}{where}. /send sendings shows the latest.")
        return sending

    async def _steer(self, on: Connection, request: Request, number: int) -> str:
        await self._visible(on, request, number)
        by = request.sender.id
        match request.command:
            case Cancel():
                return f"{wording.title(await self._steering.cancel(on, number, by))}. Cancelled."
            case Pause():
                sending = await self._steering.pause(on, number, by)
                return f"{wording.title(sending)}. Paused: {wording.counts(sending.counts)}.\n{wording.choice(sending)}"
            case Resume():
                return f"{wording.title(await self._steering.resume(on, number, by))}. It goes on."
            case _:
                stopped = await self._steering.stop(on, number, by)
                what = "Stopped; the report follows." if stopped.recipients else "Stopped."
                return f"{wording.title(stopped)}. {what}"

    async def _bind(self, on: Connection, request: Request, seen: Seen) -> str:
        assert seen.peer is not None
        await peers.learn(on, [seen.peer])
        await peers.bind_topic(on, request.incoming.topic, seen.peer.id)
        return f"This topic is {seen.peer.name}'s now ({seen.peer.id})."
