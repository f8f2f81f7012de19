"""Trouble to order: what Telegram does on bad days, deterministic and counted.

A *send* is forwardMessages, sendMessage, sendMedia or sendMultiMedia to a user other than @SpamBot. Orders hold
until they are used up or cleared; they live in memory and end with the sandbox.
"""

import math
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from telethon.tl import functions, types

from userbot.sandbox.contrary import Contrary
from userbot.sandbox.errors import RpcError

SENDS = (
    functions.messages.ForwardMessagesRequest,
    functions.messages.SendMessageRequest,
    functions.messages.SendMediaRequest,
    functions.messages.SendMultiMediaRequest,
)
SPAMBOT = 178220800


@dataclass(frozen=True)
class Verdict:
    """What shall happen to one request. With an error it has no effect; otherwise it has one."""

    error: RpcError | None = None
    latency: float = 0.0
    cut_before: bool = False
    cut_after: bool = False
    lose_answer: bool = False


@dataclass
class Order:
    """A verdict for the next `times` requests (None: for good) that match; `method` None means sends."""

    name: str
    verdict: Verdict
    times: int | None = None
    probability: float = 1.0
    method: str | None = None
    recipient: int | None = None
    after: int = 0
    """How many requests that match are let through first …"""
    every: int = 1
    """… and of those that follow only every so-manieth meets it."""
    met: int = 0


@dataclass(frozen=True)
class FloodLimit:
    """The hidden figures: `rate` sends a second on average, `burst` at once, then `wait` seconds of silence."""

    rate: float
    burst: int
    wait: int


@dataclass
class _Bucket:
    tokens: float
    at: float
    closed_until: float = 0.0


@dataclass(frozen=True)
class Freeze:
    """A frozen account's dates (Unix time) and where it may appeal."""

    since: int
    until: int
    appeal_url: str = "https://t.me/spambot"


@dataclass
class _Running:
    sends: int
    times: int
    code: int
    left: dict[tuple[int, ...], int] = field(default_factory=dict)


class World(Protocol):
    """What the faults need of the world they happen in."""

    clock: Callable[[], float]
    contrary: Contrary


class Faults:
    """All orders of one world. `counts` says how often each kind of trouble happened."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.clear()

    def clear(self) -> None:
        """Withdraw every order, and count from zero."""
        self.counts: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        """How often each method was asked for."""
        self.random = random.Random(0)
        self.orders: list[Order] = []
        self.latency = 0.0
        self.freeze: Freeze | None = None
        self.flood_limit: FloodLimit | None = None
        self._buckets: dict[int, _Bucket] = {}
        self._running: _Running | None = None

    def order(self, order: Order) -> None:
        """Arm a fault; earlier orders come first."""
        self.orders.append(order)

    def limit(self, rate: float, burst: int, wait: int) -> None:
        """Set or change the flood limit; a wait that has begun goes on."""
        self.flood_limit = FloodLimit(rate, burst, wait)

    def still_running(self, sends: int, times: int, code: int) -> None:
        """The next `sends` take effect, but their first `times` answers are RANDOM_ID_DUPLICATE."""
        self._running = _Running(sends, times, code)

    def judge(self, account: int | None, request: Any) -> Verdict | None:
        """What shall happen to this request of an account; None is the usual."""
        self.calls[method_name(request)] += 1
        error = self._world.contrary.judge(request)
        if error is not None:
            self.counts["look_refused"] += 1
            return Verdict(error)
        if not (self.orders or self.flood_limit or self.latency or self.freeze):
            return None
        recipient = self._recipient(account, request)
        send = recipient is not None and recipient > 0 and recipient != SPAMBOT
        verdict = (send and self._account_trouble(account)) or self._ordered(request, recipient, send=send)
        if not (send and self.latency):
            return verdict
        return replace(verdict or Verdict(), latency=self.latency)

    def judge_answer(self, account: int | None, request: Any) -> RpcError | None:
        """The error with which a send that took effect is answered, as if it were still running."""
        running = self._running
        if running is None or not isinstance(request, SENDS):
            return None
        key = (account or 0, *random_ids(request))
        if key not in running.left:
            if not running.sends:
                return None
            running.sends -= 1
            running.left[key] = running.times
        if not running.left[key]:
            return None
        running.left[key] -= 1
        self.counts["random_id_duplicate"] += 1
        return RpcError(running.code, "RANDOM_ID_DUPLICATE")

    def _recipient(self, account: int | None, request: Any) -> int | None:
        if not isinstance(request, SENDS):
            return None
        to = request.to_peer if isinstance(request, SENDS[0]) else request.peer
        if isinstance(to, types.InputPeerSelf):
            return account
        if isinstance(to, types.InputPeerChannel):
            return int(-1_000_000_000_000 - to.channel_id)
        return getattr(to, "user_id", None)

    def _account_trouble(self, account: int | None) -> Verdict | None:
        if self.freeze:
            self.counts["frozen"] += 1
            return Verdict(RpcError(420, "FROZEN_METHOD_INVALID"))
        if self.flood_limit is None or account is None:
            return None
        wait = self._flood_wait(self.flood_limit, account)
        return Verdict(RpcError(420, f"FLOOD_WAIT_{wait}")) if wait else None

    def _flood_wait(self, figures: FloodLimit, account: int) -> int:
        now = self._world.clock()
        bucket = self._buckets.setdefault(account, _Bucket(figures.burst, now))
        if now < bucket.closed_until:
            self.counts["call_during_flood_wait"] += 1
            return math.ceil(bucket.closed_until - now)
        bucket.tokens = min(figures.burst, bucket.tokens + (now - bucket.at) * figures.rate)
        bucket.at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0
        bucket.closed_until = now + figures.wait
        self.counts["flood_wait"] += 1
        return figures.wait

    def _ordered(self, request: Any, recipient: int | None, *, send: bool) -> Verdict | None:
        for order in self.orders:
            if not _concerns(order, request, recipient, send=send):
                continue
            if order.probability < 1 and self.random.random() >= order.probability:
                continue
            order.met += 1
            if order.met <= order.after or (order.met - order.after) % order.every:
                continue
            self.counts[order.name] += 1
            if order.times is not None:
                order.times -= 1
                if not order.times:
                    self.orders.remove(order)
            return order.verdict
        return None


def _concerns(order: Order, request: Any, recipient: int | None, *, send: bool) -> bool:
    if order.method is not None and order.method != method_name(request):
        return False
    if order.recipient is not None:
        return order.recipient == recipient
    return send or order.method is not None


def random_ids(request: Any) -> list[int]:
    """The random ids of a send."""
    if isinstance(request, functions.messages.SendMultiMediaRequest):
        return [single.random_id for single in request.multi_media]
    return request.random_id if isinstance(request.random_id, list) else [request.random_id]


def method_name(request: Any) -> str:
    """Telegram's name of a request: `messages.forwardMessages`."""
    area = type(request).__module__.rpartition(".")[2]
    name = type(request).__name__.removesuffix("Request")
    name = name[0].lower() + name[1:]
    return name if area == "functions" else f"{area}.{name}"
