"""What becomes of a delivery when its call has come back: decided here, synchronously, and written down elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from userbot.core.delivery import Meaning, Outcome, Sent
from userbot.core.model import Delivery, DeliveryStatus
from userbot.core.timing import Time, step_due

MAX_TRIES = 8
"""How often a delivery that meets an error nobody knows is tried before it is called failed."""

CONFIRMING_TRIES = 3
"""How often Telegram may say that the earlier call is still running before the delivery counts as made."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one try of a delivery."""

    delivery: Delivery
    status: DeliveryStatus
    at: float
    """When the answer came. For a delivery that stays pending: when to try again."""
    message_id: int | None = None
    reason: str | None = None
    next_due: float | None = None
    """When the next step is due, once this one is sent; None when there is none."""
    gone: bool = False
    """Whether the reason holds for every later sending too."""


def settle(delivery: Delivery, outcome: Outcome, *, now: float, times: Sequence[Time]) -> Settled | None:
    """The delivery after this outcome; None when it was not really tried and simply goes first again.

    `times` are the times of the sending's steps.
    """
    if isinstance(outcome, Sent):
        return _sent(delivery, outcome.message_id, now, times)
    match outcome.meaning:
        case Meaning.ACCOUNT_LATER | Meaning.ACCOUNT | Meaning.TEMPLATE:
            return None
        case Meaning.CHAT_LATER:
            return _later(delivery, now + max(outcome.seconds, 1))
        case Meaning.AGAIN:
            return _later(delivery, now + retry_delay(delivery.tries))
        case Meaning.CONFIRMED if delivery.tries >= CONFIRMING_TRIES:
            return _sent(delivery, None, now, times)
        case Meaning.UNKNOWN_PEER if delivery.tries == 0:
            return _later(delivery, now)
        case Meaning.CONFIRMED | Meaning.UNKNOWN if delivery.tries + 1 < MAX_TRIES:
            return _later(delivery, now + retry_delay(delivery.tries))
    gone = outcome.meaning is Meaning.GONE
    return Settled(delivery, DeliveryStatus.FAILED, now, reason=outcome.reason, gone=gone)


def left_out(delivery: Delivery, reason: str, now: float) -> Settled:
    """The delivery of somebody to whom nothing is sent any more."""
    return Settled(delivery, DeliveryStatus.SKIPPED, now, reason=reason)


def retry_delay(tries: int) -> float:
    """Seconds before the next try of one delivery, after `tries` tries: 2, 4, 8 … up to ten minutes."""
    return float(min(2 * 2**tries, 600))


def _sent(delivery: Delivery, message_id: int | None, now: float, times: Sequence[Time]) -> Settled:
    following = times[delivery.step] if delivery.step < len(times) else None
    next_due = None if following is None else step_due(following, previous=now)
    return Settled(delivery, DeliveryStatus.SENT, now, message_id=message_id, next_due=next_due)


def _later(delivery: Delivery, at: float) -> Settled:
    return Settled(delivery, DeliveryStatus.PENDING, at)
