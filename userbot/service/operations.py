"""What each command does, in the transaction it is given, and what it answers."""

from collections.abc import Sequence
from dataclasses import replace

from userbot.core import wording
from userbot.core.grammar import (
    AddStep,
    Bind,
    Cancel,
    Check,
    DeleteStep,
    DeleteTemplate,
    EndAtAnswer,
    FollowUp,
    Go,
    Help,
    Mailing,
    Marking,
    OptIn,
    OptOut,
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
    Steer,
    Stop,
)
from userbot.core.help import help_text
from userbot.core.language import gettext
from userbot.core.model import GENERAL, Notice, Sending
from userbot.core.wording import leaving
from userbot.core.wording.naming import comparison
from userbot.service import editing, steered
from userbot.service.announcements import Announcements
from userbot.service.checking import Checking
from userbot.service.context import Context
from userbot.service.customers import Customers
from userbot.service.follow_ups import FollowUps
from userbot.service.labelling import Labelling
from userbot.service.opting_out import OptingOut
from userbot.service.ordering import Ordering
from userbot.service.reader import Reader
from userbot.service.requests import Declined, Request, Seen, look
from userbot.service.steering import Steering
from userbot.store import peers, sendings, templates, versions
from userbot.store.database import Connection

LATEST = 10
"""How many sendings are shown beside those that are open."""


class Operations:
    """Carries out commands."""

    def __init__(
        self,
        context: Context,
        customers: Customers,
        ordering: Ordering,
        checking: Checking,
        follow_ups: FollowUps,
        labelling: Labelling,
        steering: Steering,
        announcements: Announcements,
        opting_out: OptingOut,
        reader: Reader,
    ) -> None:
        self._reader = reader
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock
        self._customers = customers
        self._limiter = context.limits.limiter
        self._ordering = ordering
        self._checking = checking
        self._follow_ups = follow_ups
        self._labelling = labelling
        self._steering = steering
        self._announcements = announcements
        self._opting_out = opting_out

    async def look(self, request: Request) -> Seen:
        """What Telegram has to be asked for. Raises Declined and TelegramError."""
        seen = await look(self._telegram, self._customers, self._database.reader, request)
        position = await self._reader.standing(seen.peer) if seen.peer is not None else None
        return replace(seen, position=position, figures=await self._checking.look(request, seen))

    async def carry_out(self, on: Connection, request: Request, seen: Seen) -> Notice:
        """Do it, and return the answer. Raises Declined, with nothing done."""
        command = request.command
        if isinstance(command, Marking):
            return await self._labelling.carry_out(on, request, command, seen)
        if isinstance(command, Check):
            return await self._checking.answer(on, request, command, seen)
        if isinstance(command, FollowUp):
            return await self._follow_ups.order(on, request, command, seen)
        return await self._do(on, request, command, seen)

    async def _do(self, on: Connection, request: Request, mailing: Mailing, seen: Seen) -> Notice:
        match mailing:
            case Help():
                return Notice(help_text(request.place))
            case Run() as run:
                return await self._ordering.order(on, request, run, seen)
            case AddStep() | Rename() | Retime() | DeleteStep() | DeleteTemplate() | EndAtAnswer() as edit:
                return Notice(await editing.edit(on, edit, seen, now=self._clock.now()))
            case ShowTemplates():
                text, whole = wording.templates(await templates.overview(on))
                return Notice(text, listing=None if whole else "templates")
            case ShowTemplate(name) as command:
                found = editing.up_to_date(await editing.existing(on, name, command), seen)
                return Notice(wording.template(found, editing.gone(seen), self._telegram.group_id))
            case ShowSendings():
                return await self._list(on, request.incoming.topic)
            case ShowSending(number, report):
                return await self._show(on, request, number, report=report)
            case Bind() | OptOut() | OptIn() as command:
                return Notice(await self._topic(on, request, command, seen))
            case Cancel() | Pause() | Resume() | Stop() | Go() as steer:
                return await self._steer(on, request, steer)

    async def _list(self, on: Connection, topic: int) -> Notice:
        """What is open and the latest; everything as a file when there is more."""
        only = None if topic == GENERAL else topic
        text, whole = wording.overview(await sendings.listed(on, LATEST, only), await sendings.count(on, only), topic)
        return Notice(text, listing=None if whole else "sendings")

    async def _show(self, on: Connection, request: Request, number: int, *, report: bool) -> Notice:
        """A sending's status; in General with the report when it has ended, or somebody asks for it."""
        sending = await self._visible(on, request, number)
        prospect = self._limiter.prospect(sending, await sendings.steps_of(on, number))
        text = wording.status(sending, self._clock.now(), prospect, request.incoming.topic)
        if sending.versions > 1 and sending.started_at is not None:
            names = [name for name, _ in await versions.of(on, number)]
            text = "\n".join([text, *comparison(names, await versions.figures(on, sending))])
        has_report = request.place is not Place.TOPIC and sending.started_at is not None and not sending.pruned
        with_report = has_report and (report or sending.status.ended)
        return Notice(text, report_of=number if with_report else None, sending_id=number)

    async def _visible(self, on: Connection, request: Request, number: int) -> Sending:
        """The sending, if there is one; in a dialog topic, only one of this topic."""
        sending = await sendings.find(on, number)
        if sending is None:
            raise Declined(gettext("There is no sid{number}. /send sendings shows the latest.", number=number))
        if request.place is Place.TOPIC and sending.topic != request.incoming.topic:
            raise Declined(gettext("sid{number} is not of this topic. /send sendings shows what is.", number=number))
        return sending

    async def _steer(self, on: Connection, request: Request, steer: Steer) -> Notice:
        """Steer one sending, or all that it can happen to."""
        meant = await steered.meant(on, request, steer, self._steering)
        for number in meant:
            sending = await self._visible(on, request, number)
            if not (request.administrator or steered.may(request.sender, steer, sending)):
                raise Declined(gettext("Only who ordered sid{number} and administrators may do that.", number=number))
        return await self.steer(on, steer, meant, by=request.sender.id)

    async def steer(self, on: Connection, steer: Steer, meant: Sequence[int], *, by: int) -> Notice:
        """Steer these sendings for somebody who may, and return what is said of it. Raises IllegalTransitionError."""
        match steer:
            case Cancel():
                cancelled = [await self._steering.cancel(on, number, by) for number in meant]
                for each in cancelled:
                    await self._announcements.amend(on, each, wording.cancelled(each))
                text = "\n".join(map(wording.cancelled, cancelled))
            case Go():
                gone = [await self._steering.go(on, number, by) for number in meant]
                text = "\n".join(wording.ordered(each, self._clock.now()) for each in gone)
                await self._announcements.amend(on, gone[0], text)
            case Pause():
                text = wording.paused([await self._steering.pause(on, number, by) for number in meant])
            case Resume():
                text = wording.resumed([await self._steering.resume(on, number, by) for number in meant])
            case Stop():
                text = wording.stopped([await self._steering.stop(on, number, by) for number in meant])
        return Notice(text, sending_id=meant[0] if len(meant) == 1 else None)

    async def _topic(self, on: Connection, request: Request, command: Bind | OptOut | OptIn, seen: Seen) -> str:
        """What concerns the topic's customer: who they are, and whether they get mailings."""
        if isinstance(command, Bind):
            assert seen.peer is not None
            await peers.learn(on, [seen.peer])
            await peers.bind_topic(on, request.incoming.topic, seen.peer.id)
            await self._reader.follow(on, seen.peer, seen.position)
            return gettext("This topic is {name}'s now ({id}).", name=seen.peer.name, id=seen.peer.id)
        peer = await peers.of_topic(on, request.incoming.topic)
        if peer is None or peer.id < 0:
            raise Declined(gettext("This topic belongs to no customer. An administrator binds it: /bind USER_ID"))
        if isinstance(command, OptOut):
            return leaving.taken_out(peer, changed=await self._opting_out.leave(on, peer.id))
        return leaving.taken_in(peer, changed=await self._opting_out.come_back(on, peer.id))
