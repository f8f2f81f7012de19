"""What the news say, for those who care beside the desk: who opts out, and what became of mailings."""

from collections.abc import Callable

from userbot.core.model import Written
from userbot.core.news import ACCOUNT, Arrived, News, Read, Said
from userbot.service.context import Context
from userbot.service.opting_out import OptingOut
from userbot.store import arrivals, peers, receipts
from userbot.store.database import Connection


class Hearing:
    """Takes note of the account's own dialogs."""

    def __init__(self, context: Context, opting_out: OptingOut, heard: Callable[[int, int], None]) -> None:
        """`heard` is told who wrote, and the id of the message."""
        self._heard = heard
        self._clock = context.clock
        self._opting_out = opting_out

    async def note(self, on: Connection, box: int, news: News) -> None:
        """Write down what concerns mailings, in the transaction in which the news is taken down."""
        arrived = [each for each in news.events if isinstance(each, Arrived)]
        if arrived:
            await arrivals.note(on, arrived)
        if box != ACCOUNT:
            return
        now = self._clock.now()
        marks: dict[int, int] = {}
        first: dict[int, Written] = {}
        last: dict[int, Written] = {}
        for event in news.events:
            match event:
                case Read(chat, message_id):
                    marks[chat] = max(message_id, marks.get(chat, 0))
                case Said(chat=chat, out=False) if chat > 0 and chat not in news.nobody:
                    last[chat] = Written(event.message_id, event.date)
                    first.setdefault(chat, last[chat])
                    self._heard(chat, event.message_id)
                    await self._opting_out.heard(on, chat, event.text)
        if first:
            await receipts.answered(on, first, now)
            # What was delivered between two answers in one batch, as after a downtime, has its answer too.
            await receipts.answered(on, last, now)
            # Also one that the account's owner has answered from a phone since, which the dialogs do not show.
            await peers.wrote(on, last)
        if marks:
            await receipts.read(on, marks, now)
