"""What happens to sendings that nobody asked for: they are held for a reason, go on, and end."""

import asyncio
from collections.abc import Sequence

from userbot.core import wording
from userbot.core.lifecycle import Event
from userbot.core.model import Notice, Sending, SendingStatus
from userbot.service.context import Context
from userbot.service.live import Live
from userbot.service.sender import Sender
from userbot.store import journal, sendings
from userbot.store.database import Connection


class Holding:
    """Every change and its notice are one transaction."""

    def __init__(self, context: Context, sender: Sender, live: Live, news: asyncio.Event) -> None:
        """`news` is set when the scheduler has something to look at."""
        self._context = context
        self._database = context.database
        self._clock = context.clock
        self._voice = context.voice
        self._sender = sender
        self._live = live
        self._news = news

    async def hold(self, number: int, why: str, until: float | None = None) -> None:
        """Pause one for a reason, and say so. One that is paused already only gets the new reason."""
        async with self._database.transaction() as on:
            sending = await sendings.find(on, number)
            if sending is None or sending.status.ended or sending.paused_by_hand:
                return
            if (sending.hold, sending.resume_at) == (why, until):  # said already
                return
            if sending.status is SendingStatus.PAUSED:
                held = await sendings.hold_longer(on, number, why, until)
            else:
                held = await self._context.transit(on, number, Event.HOLD, hold=why, resume_at=until)
            await self._voice.say(on, Notice(wording.held(held), held.topic, sending_id=number))
        self._news.set()

    async def hold_all(self, why: str, until: float | None = None) -> list[Sending]:
        """Pause everything that runs, and say so once for all of it; returns what was paused.

        After `until` it goes on by itself, if @SpamBot agrees then.
        """
        async with self._database.transaction() as on:
            running = await sendings.having(on, SendingStatus.RUNNING)
            for sending in running:
                self._sender.lanes.close(sending.id)
                await self._context.transit(on, sending.id, Event.HOLD, hold=why, resume_at=until)
            if running:
                await self._voice.say(on, Notice(wording.held_all(running, why)))
        self._sender.all_held()
        self._news.set()
        return running

    async def still_due(self, seconds: float) -> None:
        """The clock was set back by so many seconds: what was due before is due still."""
        async with self._database.transaction() as on:
            now = self._clock.now()
            for sending in await sendings.having(on, SendingStatus.RUNNING):
                await journal.still_due(on, sending.id, now, now + seconds)
        self._sender.look_again()

    async def set_resume(self, numbers: Sequence[int], until: float) -> None:
        """What was paused goes on by itself after a moment, if @SpamBot agrees then; not what a person paused since."""
        async with self._database.transaction() as on:
            for sending in await sendings.having(on, SendingStatus.PAUSED):
                if sending.id in numbers and not sending.paused_by_hand:
                    await sendings.hold_longer(on, sending.id, sending.hold, until)
        self._news.set()

    async def finish(self, number: int) -> None:
        """Nothing of it is left to send, or what was under way when it was stopped has come back."""
        async with self._database.transaction() as on:
            sending = await sendings.find(on, number)
            if sending is not None and sending.status is SendingStatus.RUNNING and not sending.counts.pending:
                await self.announce_end(on, await self._context.transit(on, number, Event.FINISH))
        self._news.set()  # the rest of a stopped one is skipped now, and somebody may wait for the end

    async def announce_end(self, on: Connection, sending: Sending) -> None:
        """In General with the report; in a dialog topic, and for a test, in a line."""
        if sending.small:
            rows = await journal.first_reason(on, sending.id)
            text = wording.ended_small(sending, rows)
            await self._voice.say(on, Notice(text, sending.topic, sending_id=sending.id))
        else:
            await self._live.show(on, sending)
            await self._voice.say(on, Notice(wording.ended(sending), sending.topic, report_of=sending.id))
