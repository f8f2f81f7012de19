"""What a run would come to: looked at before it, without making anything."""

from userbot.core import timing
from userbot.core.grammar import Check, Here, Run, Test
from userbot.core.language import gettext
from userbot.core.model import Audience, Notice
from userbot.core.placeholders import named
from userbot.core.wording import checks
from userbot.core.wording.checks import Figures
from userbot.core.wording.naming import examples
from userbot.service.context import Context
from userbot.service.customers import Customers
from userbot.service.ordering import Ordering, Plan
from userbot.service.requests import Request, Seen
from userbot.store import audiences
from userbot.store.audiences import Limit
from userbot.store.database import Connection

EXAMPLES = 3
"""How many real recipients are shown what they would get."""


class Checking:
    """Answers checks, and says of a run whether it is too large to begin without a second word."""

    def __init__(self, context: Context, customers: Customers, ordering: Ordering) -> None:
        self._database = context.database
        self._guard = context.guard
        self._clock = context.clock
        self._limits = context.limits
        self._customers = customers
        self._ordering = ordering

    async def look(self, request: Request, seen: Seen) -> Figures | None:
        """The figures of a check, or of a run that wants a second word; None of anything else. Raises Declined."""
        command = request.command
        checks_it = isinstance(command, Check)
        run = command.run if isinstance(command, Check) else command
        if not isinstance(run, Run) or isinstance(run.target, Test | Here):
            return None
        if not (checks_it or self._limits.confirm_above):
            return None
        await self._customers.all_known()
        plan = await self._ordering.plan(self._database.reader, request, run, seen)
        return await self._figures(plan) if checks_it or await self._is_large(plan) else None

    def _is_reading(self, plan: Plan) -> bool:
        """Whether nobody knows yet how many there are."""
        return plan.audience in {Audience.ALL, Audience.MARK} and not self._customers.known.is_set()

    async def _is_large(self, plan: Plan) -> bool:
        if self._is_reading(plan):
            return True
        limit = Limit(self._limits.cap, self._clock.now())
        return await audiences.expected(self._database.reader, plan.question, limit) > self._limits.confirm_above

    async def answer(self, on: Connection, request: Request, check: Check, seen: Seen) -> Notice:
        """The answer to a check, with the list."""
        assert seen.figures is not None
        plan = await self._ordering.plan(on, request, check.run, seen)
        text = checks.checked(plan.what, plan.audience, plan.mark, seen.figures)
        limit = Limit(self._limits.cap, self._clock.now())
        example = _personal_text(plan, seen)
        people = [] if example is None else await audiences.some(on, plan.question, limit, EXAMPLES)
        shown = examples(example or "", people)
        return Notice("\n".join([text, *plan.notes, *shown]), question=audiences.written(plan.question, limit))

    async def _figures(self, plan: Plan) -> Figures:
        now, reader = self._clock.now(), self._database.reader
        reasons = await audiences.reasons(reader, plan.question, Limit(self._limits.cap, now))
        going = reasons.pop(None, 0)
        messages = going * len(plan.steps)
        times = [step.time for step in plan.steps]
        prospect = self._limits.limiter.hope(times, plan.start_at, messages)
        first, hours = timing.step_due(times[0], previous=plan.start_at), self._limits.limiter.hours
        verdict = await self._guard.ask()
        return Figures(
            going,
            messages,
            {reason: people for reason, people in reasons.items() if reason is not None},
            begin=first if hours is None else hours.opens(first),
            end=prospect.end(plan.start_at, now),
            spambot=gettext("@SpamBot says the account is free.") if verdict.free else verdict.why,
            month=await self._limits.quota.left(reader),
            limit=self._limits.quota.limit,
            reading=self._is_reading(plan),
        )


def _personal_text(plan: Plan, seen: Seen) -> str | None:
    """The first text with a placeholder that is filled; None when there is none."""
    texts = {each.message_id: each.text for each in [*seen.album, *filter(None, seen.sources.values())]}
    steps = [step for each in plan.versions for step in each.steps] or plan.steps
    own = [texts.get(each, "") for step in steps if step.personal for each in step.message_ids]
    return next((text for text in own if named(text)), None)
