"""What the sender cannot decide alone: it has stopped at once, here the reason is written down and said once."""

import asyncio
import logging

from userbot.core import wording
from userbot.core.breaker import FAILURES, WINDOW
from userbot.core.model import Notice
from userbot.core.ports import Clock, Telegram
from userbot.errors import IllegalTransitionError, StoreError
from userbot.service import guard
from userbot.service.mailings import Mailings
from userbot.service.sender import (
    AccountRefused,
    Drained,
    Happening,
    MonthFull,
    Recovered,
    TemplateRefused,
    TooManyRefused,
    Trouble,
)
from userbot.service.voice import Voice
from userbot.store.database import Database

log = logging.getLogger(__name__)

RETRY_SECONDS = 5.0


class Supervisor:
    """Takes happenings in order, one at a time."""

    def __init__(
        self,
        database: Database,
        telegram: Telegram,
        clock: Clock,
        mailings: Mailings,
        voice: Voice,
        happenings: "asyncio.Queue[Happening]",
        *,
        restart_delay: float,
    ) -> None:
        self._database = database
        self._telegram = telegram
        self._clock = clock
        self._mailings = mailings
        self._voice = voice
        self._happenings = happenings
        self._restart_delay = restart_delay

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
                await self._mailings.finish(number)
            case AccountRefused(refused):
                await self._stop_all(f"Telegram refuses this account: {refused.reason}.")
            case TooManyRefused():
                await self._stop_all(f"{FAILURES} of the last {WINDOW} recipients refused: no healthy list does that.")
            case TemplateRefused(number, step, refused):
                why = f"step {step} cannot be sent: {refused.reason}. Put it right in the group, then go on."
                await self._mailings.hold(number, why)
            case MonthFull(number):
                await self._mailings.hold(number, "this month's messages are used up (MONTHLY_LIMIT).")
            case Trouble(words):
                rest = wording.duration(self._restart_delay)
                await self._tell(f"⚠ Sending rests for {rest}: {words.rstrip('.')}. It goes on by itself.")
            case Recovered():
                await self._tell("✔ Sending goes on.")

    async def _stop_all(self, why: str) -> None:
        """Everything stops, then @SpamBot is asked, then General is told, once."""
        paused = await self._mailings.hold_all(why)
        verdict = await guard.ask(self._telegram)
        lines = [f"⛔ All mailings are paused. {why}"]
        lines.append("@SpamBot says the account is free." if verdict.free else verdict.why)
        if verdict.until is not None:
            for sending in paused:
                await self._mailings.set_resume(sending.id, verdict.until)
            lines.append(f"They go on by themselves after {wording.moment(verdict.until)}, if it is free then.")
        lines += [f"{wording.title(each)}\n{wording.choice(each.id)}" for each in paused]
        await self._tell(wording.clipped(lines))

    async def _tell(self, text: str) -> None:
        async with self._database.transaction() as on:
            await self._voice.say(on, Notice(text))
