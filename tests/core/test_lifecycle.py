"""A sending's life: every status with every event."""

import itertools

import pytest

from userbot.core.lifecycle import Event, after
from userbot.core.model import SendingStatus
from userbot.errors import IllegalTransitionError

ALLOWED = """
    awaits  start    running
    awaits  hold     paused
    awaits  del      cancelled
    awaits  go       awaits
    running hold     paused
    running pause    paused
    running finish   finished
    running stop     stopped
    paused  resume   running
    paused  requeue  awaits
    paused  stop     stopped
"""
NEXT = {
    (SendingStatus(status), Event(event)): SendingStatus(follows)
    for status, event, follows in (line.split() for line in ALLOWED.strip().splitlines())
}
PAIRS = list(itertools.product(SendingStatus, Event))


@pytest.mark.parametrize(("status", "event"), [pair for pair in PAIRS if pair in NEXT])
def test_what_may_happen_leads_where_it_leads(status: SendingStatus, event: Event) -> None:
    assert after(status, event, 7) is NEXT[status, event]


@pytest.mark.parametrize(("status", "event"), [pair for pair in PAIRS if pair not in NEXT])
def test_what_may_not_happen_is_refused_in_a_sentence(status: SendingStatus, event: Event) -> None:
    with pytest.raises(IllegalTransitionError, match=r"^sid7 (?:is \w+|awaits its start): .+\.$") as refused:
        after(status, event, 7)
    assert "{" not in str(refused.value)


def test_what_ended_stays_ended() -> None:
    assert [status for status in SendingStatus if status.ended] == [
        SendingStatus.FINISHED,
        SendingStatus.CANCELLED,
        SendingStatus.STOPPED,
    ]
    assert not any(status.ended for status, _ in NEXT)


@pytest.mark.parametrize(
    ("status", "event", "way"),
    [("running", "del", "/send sid7 stop"), ("awaits", "stop", "/send sid7 del"), ("finished", "pause", "running")],
)
def test_a_refusal_names_what_would_be_right(status: str, event: str, way: str) -> None:
    with pytest.raises(IllegalTransitionError, match=way):
        after(SendingStatus(status), Event(event), 7)
