"""Faults to order and figures to read, as plain calls."""

from dataclasses import replace

from userbot.sandbox.contrary import CONTRARY, KIND
from userbot.sandbox.errors import RpcError
from userbot.sandbox.faults import Freeze, GroupLimit, Order, Verdict
from userbot.sandbox.world import World


class Ordering:
    """The part of a Sandbox that makes trouble. `times` None means until the faults are cleared.

    Unless a method says otherwise, an order concerns sends: forwards and messages to users but @SpamBot.
    """

    world: World

    def flood_limit(self, rate: float, burst: int, wait: int) -> None:
        """`rate` sends a second, `burst` at once; one more, and every send is refused for `wait` seconds."""
        self.world.faults.limit(rate, burst, wait)

    def no_flood_limit(self) -> None:
        """As many sends as one likes."""
        self.world.faults.flood_limit = None

    def group_limit(self, each_minute: int, wait: int) -> None:
        """So many messages and edits of an account in one group a minute; one more, and all wait so many seconds."""
        self.world.faults.group_limit = GroupLimit(each_minute, wait)

    def calls(self) -> dict[str, int]:
        """How often each method was asked for over connections: "messages.editMessage", ..."""
        return dict(self.world.faults.calls)

    def refuse(
        self,
        error: str,
        code: int = 400,
        times: int | None = 1,
        *,
        recipient: int | None = None,
        method: str | None = None,
        probability: float = 1.0,
        after: int = 0,
        every: int = 1,
    ) -> None:
        """Answer with an error, for example "PEER_FLOOD" or "FLOOD_WAIT_30" (code 420), without any effect.

        `recipient` narrows it to one user or group; `method` ("messages.getHistory") replaces sends. The first
        `after` requests that match are let through, and of the rest every `every`th is refused.
        """
        verdict = Verdict(RpcError(code, error))
        self.world.faults.order(Order(error, verdict, times, probability, method, recipient, after, every))

    def server_errors(self, probability: float) -> None:
        """Sends fail with 500 INTERNAL, without effect, now and then."""
        self.refuse("INTERNAL", 500, times=None, probability=probability)

    def lose_answers(self, times: int | None = 1, probability: float = 1.0) -> None:
        """Sends take effect, but nobody answers."""
        self._order("lost_answer", Verdict(lose_answer=True), times, probability)

    def cut_before(self, times: int | None = 1, probability: float = 1.0) -> None:
        """The connection ends, and the send had no effect."""
        self._order("cut_before", Verdict(cut_before=True), times, probability)

    def cut_after(self, times: int | None = 1, probability: float = 1.0) -> None:
        """The connection ends after the effect, before the answer."""
        self._order("cut_after", Verdict(cut_after=True), times, probability)

    def _order(self, name: str, verdict: Verdict, times: int | None, probability: float) -> None:
        self.world.faults.order(Order(name, verdict, times, probability))

    def still_running(self, sends: int = 1, times: int = 1, code: int = 400) -> None:
        """The next sends take effect, but are answered RANDOM_ID_DUPLICATE, each the first `times` times."""
        self.world.faults.still_running(sends, times, code)

    def latency(self, seconds: float) -> None:
        """Every send takes so long before it takes effect."""
        self.world.faults.latency = seconds

    def freeze(self, since: int, until: int) -> None:
        """Freeze the account (Unix times): sends are refused, help.getAppConfig says why."""
        self.world.faults.freeze = Freeze(since, until)

    def unfreeze(self) -> None:
        """The account may send again."""
        self.world.faults.freeze = None

    def too_long(self, steps: int | None) -> None:
        """Who is so many steps behind is told no difference any more (updates.differenceTooLong)."""
        self.world.set_setting("too long", steps)

    def untold(self, *, on: bool = True) -> None:
        """No difference tells the random ids of what a session sent. Nobody promises that it does."""
        self.world.set_setting("untold", on or None)

    def seed(self, number: int) -> None:
        """Begin the series of random decisions anew."""
        self.world.faults.random.seed(number)

    def contrary(self, *, on: bool = True, seed: int = 0, **chances: float) -> None:
        """Surprise whoever listens and looks, as the real Telegram does (see `sandbox.contrary`), or stop it.

        `chances` replace those of the mode; one alone is ordered with `contrary(on=False, late=1.0)`.
        """
        self.world.contrary.chances = replace(CONTRARY if on else KIND, **chances)
        self.world.contrary.random.seed(seed)

    def clear_faults(self) -> None:
        """Withdraw all orders; every counter starts at zero."""
        self.world.faults.clear()

    def counters(self) -> dict[str, int]:
        """How often each trouble happened: "flood_wait", "call_during_flood_wait", "lost_answer", ..."""
        return dict(self.world.faults.counts)

    def set_spambot(self, text: str | None = None, delay: float = 0.0, *, silent: bool = False) -> None:
        """What @SpamBot answers to /start (None: that all is well), after how many seconds, if at all."""
        self.world.set_setting("spambot_text", text)
        self.world.set_setting("spambot_delay", delay)
        self.world.set_setting("spambot_silent", silent)
