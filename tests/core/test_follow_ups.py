"""What may be tried again, and what becomes of messages that are taken back in one call."""

import pytest

from userbot.core.delivery import Refused, Sent, may_have_passed
from userbot.core.model import Delivery, DeliveryStatus
from userbot.core.settling import goes_with_others, settle, settle_together

NOW = 1_795_000_000.0


@pytest.mark.parametrize(
    ("reason", "passes"),
    [
        ("the sending was stopped", True),
        ("had 2 mailings in 7 d", True),
        ("no dialog", True),
        ("the topic is closed (TOPIC_CLOSED)", True),
        ("SOMETHING_ODD", True),
        ("does not accept messages from this account now (PEER_FLOOD)", True),
        ("blocked the account (USER_IS_BLOCKED)", False),
        ("deleted their account (INPUT_USER_DEACTIVATED)", False),
        ("is a bot (USER_IS_BOT)", False),
        ("opted out", False),
        ("answered", False),
    ],
)
def test_who_can_never_get_it_is_told_from_who_may_get_it_now(reason: str, passes: bool) -> None:
    assert may_have_passed(reason) == passes


def some(**changes: object) -> list[Delivery]:
    given = {"sending_id": 2, "step": 1, "due_at": NOW, "tries": 0, "access_hash": 7, "delivered": (5,)}
    return [Delivery(peer_id=each, **given | changes) for each in (1, 2, 3)]  # type: ignore[arg-type]


def test_what_goes_together_is_done_together() -> None:
    fared = [settle(each, Sent(None), now=NOW, times=()) for each in some()]
    assert [each and each.status for each in fared] == [DeliveryStatus.SENT] * 3


def test_what_is_refused_together_is_tried_one_by_one() -> None:
    refused = Refused("MESSAGE_DELETE_FORBIDDEN")
    fared = settle_together(some(), refused, now=NOW, times=())
    assert [(each.status, each.at) for each in fared if each] == [(DeliveryStatus.PENDING, NOW)] * 3
    alone = some(met=refused.code, tries=1)
    assert not any(map(goes_with_others, alone))
    [last] = settle_together(alone[:1], refused, now=NOW, times=())
    assert last is not None
    assert last.status is DeliveryStatus.FAILED


def test_trouble_on_the_way_keeps_them_together() -> None:
    assert settle_together(some(), Refused("FLOOD_WAIT", 30), now=NOW, times=()) == [None] * 3
    assert all(map(goes_with_others, some(met="CONNECTION_LOST", tries=2)))
    assert not any(goes_with_others(each) for each in [Delivery(2, -1001, 1, NOW, 0, 7)])
