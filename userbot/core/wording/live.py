"""What the announcement of a sending says beneath its first lines, while it goes on and once it has ended."""

import math

from userbot.core.figures import Counts
from userbot.core.language import gettext
from userbot.core.model import Sending, SendingStatus
from userbot.core.prospect import Prospect
from userbot.core.wording import receipts
from userbot.core.wording.mailings import counts, expected, pause, quiet, took
from userbot.core.wording.words import moment, number

CELLS = 20
"""How long the bar is."""


def live(sending: Sending, now: float, pace: float | None, prospect: Prospect, flooded: float | None = None) -> str:
    """Where it stands: `pace` is in messages a second over the last minute, None while nobody can say.

    `flooded` is until when Telegram asks for a pause. Moments are whole minutes: what stands still looks the same.
    """
    if not sending.counts.total:
        return ""
    lines = [bar(sending.counts), counts(sending), *_below(sending, now, pace, prospect, flooded)]
    if sending.receipts.read or sending.receipts.answered:
        lines.extend(receipts.figures(sending))
    return "\n".join(lines)


def bar(of_sending: Counts) -> str:
    """How much of it is done; full only when all of it is."""
    done = (of_sending.total - of_sending.pending) / of_sending.total
    cells = math.floor(done * CELLS)
    return f"{'█' * cells}{'░' * (CELLS - cells)} {math.floor(done * 100)} %"


def _below(sending: Sending, now: float, pace: float | None, prospect: Prospect, flooded: float | None) -> list[str]:
    if sending.status is SendingStatus.PAUSED:
        return pause(sending)
    if sending.ended_at is not None:
        return [_ended(sending, sending.ended_at), *took(sending)]
    if not (sending.counts.pending and sending.started_at is not None):
        return []
    lines = [] if pace is None else [gettext("Pace: {rate} a minute", rate=number(pace * 60))]
    if flooded is not None:
        lines.append(gettext("Telegram asks for a pause until {when}.", when=moment(math.ceil(flooded))))
    if rests := prospect.rests_until(now):
        lines.append(quiet(rests))
    if not sending.counts.sent:
        return [*lines, *expected(sending, prospect)]
    end = math.ceil(prospect.end(sending.started_at, now) / 60) * 60
    return [*lines, gettext("Expected end: about {when}", when=moment(end))] if end > now else lines


def _ended(sending: Sending, at: float) -> str:
    if sending.status is SendingStatus.STOPPED:
        return gettext("Stopped {when}.", when=moment(at))
    return gettext("Ended {when}.", when=moment(at))
