"""The account's health over time: its condition and the circuit breaker, and what has to be told when they change."""

import asyncio
from collections.abc import Callable, Iterable

from userbot.core import condition
from userbot.core.circuit_breaker import CircuitBreaker
from userbot.core.condition import Condition, Event, State
from userbot.core.delivery import Meaning, Outcome, Refused
from userbot.core.model import Delivery, DeliveryStatus
from userbot.core.settling import Settled, refused_before
from userbot.service import happenings
from userbot.service.context import Context
from userbot.service.happenings import Happening
from userbot.service.lanes import Lane, Lanes

GIVE_WAY_SECONDS = 0.3
"""How long mailings stand aside at most while an operator waits for an answer …"""

STAND_STILL_SECONDS = 30.0
"""… and while one waits who stops them: what was asked before comes first, and may take its time."""


class Health:
    """Learns from every call, closes lanes at once when they must be, and leaves it to others to say so."""

    def __init__(
        self, context: Context, lanes: Lanes, *, wake: asyncio.Event, happened: Callable[[Happening], None]
    ) -> None:
        """`wake` is set when something else may go out now."""
        self.condition = Condition()
        self._breaker = CircuitBreaker()
        self._clock = context.clock
        self._arrivals = context.arrivals
        self._limiter = context.limits.limiter
        self._restart_delay = context.patience.restart_delay
        self._lanes = lanes
        self._wake = wake
        self._happened = happened
        self._giving_way: asyncio.TimerHandle | None = None

    def meet(self, event: Event) -> None:
        """Something has happened to the account's condition."""
        self.condition = condition.after(self.condition, event)
        self._wake.set()

    def give_way(self, *, stops: bool) -> None:
        """An operator has asked something, such as what `stops` mailings.

        The calls of a mailing at full speed queue up at Telegram, and an answer would wait behind them all.
        """
        self.meet(Event.ASKED)
        # Real time, not the clock's: this is about the connection as it is.
        loop = asyncio.get_running_loop()
        until = loop.time() + (STAND_STILL_SECONDS if stops else GIVE_WAY_SECONDS)
        if self._giving_way is not None:
            self._giving_way.cancel()
            until = max(until, self._giving_way.when())
        self._giving_way = loop.call_at(until, self.go_on)

    def go_on(self) -> None:
        """They are answered, or have waited long enough."""
        if self._giving_way is not None:
            self._giving_way.cancel()
            self._giving_way = None
        self.meet(Event.REPLIED)

    def learn(self, outcome: Outcome, calls: int = 1) -> None:
        """What an outcome, or so many successes, say about the pace and about the way to Telegram."""
        wait = self._limiter.learn(outcome, calls)
        if wait:
            self._happened(happenings.FloodWait(wait))
        if isinstance(outcome, Refused) and outcome.meaning in {Meaning.AGAIN, Meaning.CONFIRMED}:
            self._arrivals.doubt()
        if isinstance(outcome, Refused) and outcome.meaning is Meaning.AGAIN:
            self.condition = condition.unanswered(self.condition)
            if self.condition.lost >= condition.TROUBLE:
                self.rest(outcome.reason)
            return
        resting = self.condition.state is State.RESTING
        self.condition = condition.answered(self.condition, self._clock.monotonic())
        if resting and self.condition.state is not State.RESTING:
            self._happened(happenings.Recovered())

    def react(self, lane: Lane, delivery: Delivery, refused: Refused, *, news: bool, blamed: bool) -> None:
        """Stop at once what must stop; somebody else writes it down and says so.

        `blamed` is the message, at once or after too many odd refusals.
        """
        if refused.meaning is Meaning.SESSION and news and self._halt():
            self._happened(happenings.SessionOver(refused))
        elif refused.meaning is Meaning.ACCOUNT and not refused_before(delivery):
            self._happened(happenings.AccountRefused(refused, delivery.peer_id, halted=news and self._halt()))
        elif blamed and self._lanes.close(lane.sending.id):
            self._happened(happenings.TemplateRefused(lane.sending.id, delivery.step, refused))

    def watch(self, lane: Lane, settled: Iterable[Settled]) -> None:
        """The circuit breaker looks at the recipients of mailings, at each once: their first step."""
        if not lane.sending.mass:
            return
        for each in settled:
            if each.delivery.step == 1 and each.status is not DeliveryStatus.PENDING:
                self._breaker = self._breaker.after(refused=each.status is DeliveryStatus.FAILED)
                if self._breaker.tripped:
                    self._breaker = CircuitBreaker()
                    if self._halt():
                        self._happened(happenings.TooManyRefused())

    def _halt(self) -> bool:
        """Send nothing at all until what runs is paused for good: a lane that is only closed might be opened again.

        False when nothing ran.
        """
        halted = self._lanes.close_all()
        if halted:
            self.meet(Event.HALT)
        return halted

    def rest(self, words: str) -> None:
        """Send nothing for the restart delay."""
        resting = self.condition.state is State.RESTING
        self.condition = condition.troubled(self.condition, self._clock.monotonic() + self._restart_delay)
        if self.condition.state is State.RESTING and not resting:
            self._happened(happenings.Trouble(words))
