"""What becomes of a delivery when its call has come back: decided here, synchronously, and written down elsewhere."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from userbot.core import reasons
from userbot.core.delivery import LOST, Meaning, Outcome, Refused, Sent
from userbot.core.model import Delivery, DeliveryStatus, Sending
from userbot.core.timing import Time, step_due

UNKNOWN_DELAYS = (3.0, 12.0)
"""Seconds between the tries of a delivery that is refused for a reason nobody knows; then it has failed."""

SERVER_TRIES = 152
"""How often one delivery may meet the same trouble of Telegram's own: for about a day, see `retry_delay`."""

TOGETHER = 100
"""How many messages one call takes back at most. Telegram's page on messages.deleteMessages names no figure; TDLib
(MessageQueryManager::delete_messages_on_server) sends a hundred."""

CONFIRMING_TRIES = 3
"""How often Telegram may say that the earlier call is still running before the delivery counts as made."""


_OF_THE_CALL = {
    Meaning.CHAT_LATER,
    Meaning.ACCOUNT_LATER,
    Meaning.AGAIN,
    Meaning.CONFIRMED,
    Meaning.ACCOUNT,
    Meaning.SESSION,
}
"""What blames none of several messages that went in one call."""

_NOT_TRIED = {Meaning.ACCOUNT_LATER, Meaning.SESSION, Meaning.TEMPLATE}


class Settled(NamedTuple):
    """What became of one try of a delivery."""

    delivery: Delivery
    status: DeliveryStatus
    at: float
    """When the answer came. For a delivery that stays pending: when to try again."""
    message_id: int | None = None
    album: tuple[int | None, ...] = ()
    """The ids of all messages, when it is an album."""
    reason: str | None = None
    """Why it has failed or is skipped. Of a delivery that stays pending: the code that it met, see `Delivery.met`."""
    tries: int = 1
    """How often in a row it has met that code."""
    next_due: float | None = None
    """When the next step is due, once this one is sent; None when there is none."""
    gone: bool = False
    """Whether the reason holds for every later sending too."""


def settle(delivery: Delivery, outcome: Outcome, *, now: float, times: Sequence[Time]) -> Settled | None:
    """The delivery after this outcome; None when it was not really tried and simply goes first again.

    `times` are the times of the sending's steps.
    """
    if isinstance(outcome, Sent):
        return sent(delivery, outcome, now, times)
    if outcome.meaning in _NOT_TRIED:
        return None
    before = _tries(delivery, outcome)
    if outcome.meaning is Meaning.CONFIRMED and before >= CONFIRMING_TRIES:
        return sent(delivery, Sent(None), now, times)
    seconds = _seconds_until_next_try(delivery, outcome, before)
    if seconds is not None:
        return _later(delivery, outcome, before, now + seconds)
    reason = outcome.reason
    if outcome.meaning is Meaning.ACCOUNT:
        reason = f"{reasons.UNWELCOME} ({outcome.code})"
    return Settled(delivery, DeliveryStatus.FAILED, now, reason=reason, gone=outcome.meaning is Meaning.GONE)


def _seconds_until_next_try(delivery: Delivery, refused: Refused, before: int) -> float | None:
    """None when there is none: it has failed."""
    match refused.meaning:
        case Meaning.CHAT_LATER:
            return max(refused.seconds, 1)
        case Meaning.ACCOUNT if not refused_before(delivery):
            return 1  # behind everybody who is due by now
        case Meaning.CONFIRMED:
            return retry_delay(before)
        case Meaning.AGAIN if refused.code == LOST.code or before + 1 < SERVER_TRIES:
            return retry_delay(before)
        case Meaning.UNKNOWN_PEER if before == 0:
            return 0
        case Meaning.UNKNOWN if before < len(UNKNOWN_DELAYS):
            return UNKNOWN_DELAYS[before]
    return None


def refused_before(delivery: Delivery) -> bool:
    """Whether Telegram has refused the account itself this very delivery."""
    return delivery.met is not None and Refused(delivery.met).meaning is Meaning.ACCOUNT


def wants_new_address(delivery: Delivery, outcome: Outcome) -> bool:
    """Whether the recipient's address is stale and was not looked up for this delivery yet."""
    return isinstance(outcome, Refused) and outcome.meaning is Meaning.UNKNOWN_PEER and _tries(delivery, outcome) == 0


def _tries(delivery: Delivery, refused: Refused) -> int:
    """How often in a row the delivery has met this before."""
    return delivery.tries if delivery.met in {None, refused.code} or refused_before(delivery) else 0


def reason_to_leave_out(sending: Sending, delivery: Delivery, left: Mapping[int, bool], heard: int) -> str | None:
    """Why nothing is sent to somebody any more. Who tests asks for it, whatever was before.

    `left` says of whoever left mailings, or came back, since the delivery may have been read, which it was.
    `heard` is the id of the last message of theirs that this process has heard of. The ids of private messages, in and
    out, are one sequence for the whole account (core.telegram.org/api/updates#message-related-event-sequences): what
    is above that of the chain's first message was written after it.
    """
    if not sending.sends:
        return None if delivery.delivered else reasons.UNTOLD
    if delivery.first_id is not None and max(delivery.wrote_id, heard) > delivery.first_id:
        return reasons.ANSWERED
    if not sending.counted:
        return None
    # An operator's word to one person is no mailing.
    opted_out = left.get(delivery.peer_id, delivery.opted_out) and not sending.urgent
    return reasons.OPTED_OUT if opted_out else delivery.gone


def goes_with_others(delivery: Delivery) -> bool:
    """Whether a message can be taken back together with those of other people.

    In a group messages have ids of their own; and what was refused goes alone, so that it spoils it for no other.
    """
    return delivery.peer_id > 0 and (
        delivery.met is None or Refused(delivery.met).meaning in {Meaning.AGAIN, Meaning.CHAT_LATER}
    )


def settle_together(
    deliveries: Sequence[Delivery], refused: Refused, *, now: float, times: Sequence[Time]
) -> list[Settled | None]:
    """What went in one call and did not arrive: what is refused together is tried one by one."""
    if len(deliveries) == 1 or refused.meaning in _OF_THE_CALL:
        return [settle(each, refused, now=now, times=times) for each in deliveries]
    return [_later(each, refused, 0, now) for each in deliveries]


def left_out(delivery: Delivery, reason: str, now: float) -> Settled:
    """The delivery of somebody to whom nothing is sent any more."""
    return Settled(delivery, DeliveryStatus.SKIPPED, now, reason=reason)


def retry_delay(tries: int) -> float:
    """Seconds before the next try of one delivery, after `tries` tries: 2, 4, 8 … up to ten minutes."""
    return float(min(2 * 2**tries, 600))


def later(delivery: Delivery, at: float) -> Settled:
    """Not tried now: as it is, at another moment."""
    return Settled(delivery, DeliveryStatus.PENDING, at, reason=delivery.met, tries=delivery.tries)


def sent(delivery: Delivery, outcome: Sent, now: float, times: Sequence[Time]) -> Settled:
    """A delivery that arrived; `times` are those of the sending's steps."""
    following = times[delivery.step] if delivery.step < len(times) else None
    next_due = None if following is None else step_due(following, previous=now)
    album = outcome.message_ids if outcome.others else ()
    return Settled(delivery, DeliveryStatus.SENT, now, outcome.message_id, album, next_due=next_due)


def _later(delivery: Delivery, refused: Refused, before: int, at: float) -> Settled:
    """Tried again. That the account was refused is not forgotten over anything else."""
    met = delivery.met if refused_before(delivery) else refused.code
    return Settled(delivery, DeliveryStatus.PENDING, at, reason=met, tries=before + 1)
