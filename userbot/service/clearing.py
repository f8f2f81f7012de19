"""What shall never be sent, done away with once its sending has ended. Killed in between, it goes on where it was."""

from userbot.core import reasons
from userbot.core.model import Sending, SendingStatus
from userbot.service.context import Context
from userbot.service.holding import Holding
from userbot.service.pages import Pages
from userbot.store import clearing, facts, frozen, sendings
from userbot.store.clearing import Key
from userbot.store.database import Connection


class Clearing:
    """Sees stopped sendings to their end, and drops what was prepared for cancelled ones."""

    def __init__(self, context: Context, holding: Holding) -> None:
        self._database = context.database
        self._arrivals = context.arrivals
        self._holding = holding
        self._pages = Pages(context.database)

    async def clear(self, sending: Sending) -> None:
        """Do what a sending that has ended leaves to do."""
        if sending.status is SendingStatus.CANCELLED:
            await self._drop(sending.id)
        else:
            await self._skip(sending.id)

    async def _drop(self, number: int) -> None:
        while await self._pages.one(lambda on, size: clearing.drop_page(on, number, size)):
            pass
        while await self._pages.one(lambda on, size: frozen.forget_addressed(on, number, size)):
            pass
        async with self._database.transaction() as on:
            await clearing.done(on, facts.PREPARED, number)

    async def _skip(self, number: int) -> None:
        """Skip the rest of one that was stopped, once it is known what of it has arrived, and tell of its end."""
        async with self._database.transaction() as on:
            if number not in {each.id for each in await sendings.stopping(on)}:
                return  # it was told meanwhile
            sending = await sendings.find(on, number)
            assert sending is not None
            await self._arrivals.settle(on, sending)
        await self._pages.through(lambda on, behind, size: self._skip_page(on, number, behind, size))

    async def _skip_page(self, on: Connection, number: int, behind: Key, size: int) -> Key | None:
        last = await clearing.skip_page(on, number, reasons.STOPPED, behind, size)
        if last is None:
            sending = await sendings.find(on, number)
            assert sending is not None
            await self._holding.announce_end(on, sending)
            await clearing.done(on, facts.UNTOLD, number)
        return last
