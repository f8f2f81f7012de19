"""Who gets a sending is written down right before it starts: page by page, so that nobody else waits for long."""

from collections.abc import Mapping, Sequence

from userbot.core import timing
from userbot.core.model import Sending, SendingStatus, Step
from userbot.service.context import Context
from userbot.service.pages import Pages
from userbot.store import clearing, follow_ups, frozen, journal, sendings, templates, versions
from userbot.store.audiences import Limit
from userbot.store.database import Connection


class Freezing:
    """Copies what a sending is of, and freezes whom it is for."""

    def __init__(self, context: Context) -> None:
        self._database = context.database
        self._clock = context.clock
        self._cap = context.limits.cap
        self._pages = Pages(context.database)

    async def copy(self, sending: Sending) -> tuple[Step, ...]:
        """The steps of a sending, from now on independent of any template; none if that is deleted or empty."""
        async with self._database.transaction() as on:
            return await sendings.steps_of(on, sending.id) or await _take_over(on, sending)

    async def freeze(self, sending: Sending, steps: Sequence[Step]) -> Mapping[str, int] | None:
        """Write down who gets it; returns who is left out, by reason. None when it was called off meanwhile."""
        due_at = timing.step_due(steps[0].time, previous=sending.start_at)
        if sending.origin is None and sending.recipients and steps[0].time != timing.Now():
            # Frozen before it was held, for a start that never was.
            await self._pages.through(
                lambda on, behind, size: clearing.due_anew_page(on, sending.id, due_at, behind, size)
            )
        more: bool | None = True
        while more:
            more = await self._pages.one(lambda on, size: self._page(on, sending, steps, due_at, size))
        if more is None:
            return None
        while await self._pages.one(lambda on, size: frozen.forget_addressed(on, sending.id, size)):
            pass
        return await self._count(sending)

    async def _page(
        self, on: Connection, sending: Sending, steps: Sequence[Step], due_at: float, size: int
    ) -> bool | None:
        """Whether there may be more; None when it was called off."""
        current = await sendings.find(on, sending.id)
        if current is None or current.status is not SendingStatus.AWAITS:
            return None
        limit = Limit(self._cap, self._clock.now())
        if sending.origin is None:
            return await journal.freeze_page(on, sending, due_at, limit, size)
        return await follow_ups.freeze_page(on, sending, steps, limit, size)

    async def _count(self, sending: Sending) -> Mapping[str, int]:
        counted = await frozen.count(self._database.reader, sending.id)
        async with self._database.transaction() as on:
            await frozen.note(on, sending.id, counted)
        return counted.left_out


async def _take_over(on: Connection, sending: Sending) -> tuple[Step, ...]:
    """Copy the template, or those that are compared; returns the first one's steps, none if any is gone or empty."""
    chains = [await templates.steps_of(on, each) for each in await versions.templates_of(on, sending.id)]
    if not all(chains) or not chains:
        return ()
    for version, steps in enumerate(chains):
        await sendings.put_steps(on, sending.id, steps, version)
    await sendings.take_over(on, sending.id)
    return chains[0]
