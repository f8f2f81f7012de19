"""Trouble to order: what Telegram does on bad days, deterministic and counted.

A *send* is forwardMessages, sendMessage, sendMedia or sendMultiMedia to a user other than @SpamBot. Orders hold
until they are used up or cleared; they live in memory and end with the sandbox.
"""

import math
import random
from collections import Counter, defaultdict, deque
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
EDIT = functions.messages.EditMessageRequest
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


@dataclass(frozen=True)
class GroupLimit:
    """So many messages and edits together an account may make in a group within a minute; one more, and all wait."""

    each_minute: int
    wait: int


@dataclass
class _Minute:
    """What an account did in a group within the last one."""

    at: deque[float] = field(default_factory=deque)
    closed_until: float = 0.0


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
        self.group_limit: GroupLimit | None = None
        self._minutes: defaultdict[tuple[int | None, int], _Minute] = defaultdict(_Minute)
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
        if not (self.orders or self.flood_limit or self.latency or self.freeze or self.group_limit):
            return None
        if self.group_limit and (wait := self._group_wait(self.group_limit, account, request)):
            return Verdict(RpcError(420, f"FLOOD_WAIT_{wait}"))
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
        to = _addressee(request)
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

    def _group_wait(self, figures: GroupLimit, account: int | None, request: Any) -> int:
        """Edits and messages share a limit for each chat (github.com/tdlib/td/issues/2592 and 3034, by its author)."""
        to = request.peer if isinstance(request, EDIT) else _addressee(request)
        if not isinstance(to, types.InputPeerChannel):
            return 0
        now, minute = self._world.clock(), self._minutes[account, to.channel_id]
        while minute.at and minute.at[0] <= now - 60:
            minute.at.popleft()
        if now < minute.closed_until:
            self.counts["call_during_group_wait"] += 1
            return math.ceil(minute.closed_until - now)
        minute.at.append(now)
        if len(minute.at) <= figures.each_minute:
            return 0
        minute.closed_until = now + figures.wait
        self.counts["group_wait"] += 1
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


def _addressee(request: Any) -> Any:
    """Whom a send is to; None for all else."""
    if not isinstance(request, SENDS):
        return None
    return request.to_peer if isinstance(request, SENDS[0]) else request.peer


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
