"""What the sender cannot decide alone: it has stopped at once, here the reason is written down and said once."""

import asyncio
import logging
import random

from userbot.core import wording
from userbot.core.circuit_breaker import FAILURES, ODD_REFUSALS, WINDOW
from userbot.core.delivery import Meaning, Refused, logged_out
from userbot.core.language import gettext
from userbot.core.model import Notice
from userbot.errors import IllegalTransitionError, NotLoggedInError, StoreError
from userbot.service import refusals
from userbot.service.context import Context
from userbot.service.flood_notices import FloodNotices
from userbot.service.happenings import (
    AccountRefused,
    Drained,
    FloodWait,
    Happening,
    MonthFull,
    Recovered,
    SessionOver,
    SetBack,
    TemplateRefused,
    TooManyRefused,
    Trouble,
    Unwritable,
)
from userbot.service.holding import Holding

log = logging.getLogger(__name__)

RETRY_SECONDS = 5.0

CALM_SECONDS = 15.0
"""How long after a refusal of the account @SpamBot is asked: longer than any call is under way."""

TOLD_SECONDS = 3600.0
"""Trouble that comes back within this time is the same trouble, and told once."""


class Supervisor:
    """Takes happenings in order, one at a time."""

    def __init__(
        self,
        context: Context,
        holding: Holding,
        flood_notices: FloodNotices,
        happenings: "asyncio.Queue[Happening]",
    ) -> None:
        self._database = context.database
        self._telegram = context.telegram
        self._guard = context.guard
        self._clock = context.clock
        self._voice = context.voice
        self._holding = holding
        self._flood_notices = flood_notices
        self._happenings = happenings
        self._restart_delay = context.patience.restart_delay
        self._told_at = -TOLD_SECONDS
        self._in_trouble = False

    async def run(self) -> None:
        """Take care of what happens until cancelled."""
        while True:
            happening = await self._happenings.get()
            while not await self._managed(happening):
                await self._clock.wait(asyncio.Event(), RETRY_SECONDS)

    async def _managed(self, happening: Happening) -> bool:
        """Whether it could be taken care of; a database that cannot be written is tried again."""
        try:
            await self._take_care(happening)
        except IllegalTransitionError as error:
            log.info("too late for %s: %s", happening, error)
        except StoreError as error:
            log.warning("cannot take care of %s: %s", happening, error)
            return False
        return True

    async def _take_care(self, happening: Happening) -> None:
        match happening:
            case Drained(number):
                await self._holding.finish(number)
            case SessionOver(refused):
                await self._holding.hold_all(
                    gettext("Telegram says: {reason}. Userbot was logged out.", reason=wording.said(refused.reason))
                )
                raise NotLoggedInError(logged_out(refused))
            case AccountRefused():
                await self._account_refused(happening)
            case TooManyRefused():
                await self._stop_all(
                    gettext(
                        "{failures} of the last {window} recipients refused: no healthy list does that.",
                        failures=FAILURES,
                        window=WINDOW,
                    )
                )
            case TemplateRefused(number, step, refused):
                await self._holding.hold(number, _why_not(step, refused))
            case MonthFull(number):
                await self._holding.hold(number, gettext("this month's messages are used up (MONTHLY_LIMIT)."))
            case FloodWait(seconds):
                await self._flood_notices.met(seconds)
            case SetBack(seconds):
                await self._holding.still_due(seconds)
            case Trouble() | Unwritable() | Recovered():
                await self._report(happening)

    async def _report(self, happening: Trouble | Unwritable | Recovered) -> None:
        match happening:
            case Trouble(words):
                rest = wording.duration(self._restart_delay)
                await self._mention(
                    gettext(
                        "⚠ Sending rests for {time}: {why}. It goes on by itself.",
                        time=rest,
                        why=wording.said(words).rstrip("."),
                    )
                )
            case Unwritable(words):
                await self._mention(
                    gettext(
                        "⚠ Sending rests: {why}. It goes on by itself once it can be written.", why=words.rstrip(".")
                    )
                )
            case Recovered():
                await self._all_clear()

    async def _account_refused(self, refusal: AccountRefused) -> None:
        """Whom it concerned is counted at once; @SpamBot is asked when what was under way has come back and counts."""
        async with self._database.transaction() as on:
            await refusals.count(on, refusal.peer_id)
        if refusal.halted:
            why = gettext(
                "Telegram refuses this account: {reason}. @SpamBot is asked; if it says that the account is free, they"
                " go on by themselves, and whoever was refused comes last.",
                reason=wording.said(refusal.refused.reason),
            )
            await self._holding.hold_all(why, self._clock.now() + CALM_SECONDS)

    async def _stop_all(self, why: str) -> None:
        """Everything stops and General is told; then @SpamBot is asked, and General told what it says."""
        paused = await self._holding.hold_all(why)
        verdict = await self._guard.ask()
        lines = [
            gettext("@SpamBot says the account is free: go on when you see why this happened.")
            if verdict.free
            else verdict.why
        ]
        again = verdict.ask_again_at(self._clock.now())
        if again is not None:
            await self._holding.set_resume([each.id for each in paused], again)
            lines.append(
                gettext("They go on by themselves after {when}, if it is free then.", when=wording.moment(again))
            )
        await self._tell("\n".join(lines))

    async def _mention(self, text: str) -> None:
        """Tell of trouble, past the outbox when the database is the trouble."""
        now = self._clock.monotonic()
        if now - self._told_at < TOLD_SECONDS:
            return
        try:
            await self._tell(text)
        except StoreError:
            outcome = await self._telegram.post(Notice(text), random.getrandbits(63))
            log.info("told of trouble without the outbox: %s", outcome)
        self._told_at, self._in_trouble = now, True

    async def _all_clear(self) -> None:
        """Trouble that was told of is over."""
        if self._in_trouble:
            await self._tell(gettext("✔ Sending goes on."))
            self._in_trouble = False

    async def _tell(self, text: str) -> None:
        async with self._database.transaction() as on:
            await self._voice.say(on, Notice(text))


def _why_not(step: int, refused: Refused) -> str:
    """Why a message cannot be sent."""
    if refused.meaning is Meaning.UNKNOWN:
        return gettext(
            "Telegram refused message {step} for {people} recipients in a row with an answer that userbot does not"
            " know: {reason}. See whether the message can be forwarded by hand.",
            step=step,
            people=ODD_REFUSALS,
            reason=wording.said(refused.reason),
        )
    return gettext("message {step} cannot be sent: {reason}.", step=step, reason=wording.said(refused.reason))
