"""What the program says in the backend group, in words that a tired operator understands at once.

Plain text without markup, so a name with a star in it stays a name. Times are UTC and say so.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from userbot.core import timing
from userbot.core.language import gettext
from userbot.core.model import GENERAL, Audience, Counts, Sending, SendingStatus, Step

LIMIT = 3800
"""Characters of one message; Telegram takes 4,096."""

_AUDIENCES = {
    Audience.ALL: "all customers",
    Audience.FILE: "the file's ids",
    Audience.LIST: "the listed ids",
}


def moment(at: float) -> str:
    """A moment: 2026-11-23 14:05 UTC, with seconds only when there are any."""
    when = datetime.fromtimestamp(int(at), UTC)
    return f"{when:%Y-%m-%d %H:%M:%S}".removesuffix(":00") + " UTC"


def duration(seconds: float) -> str:
    """A length of time in its two largest units: 3 d 4 h, 2 min 5 s."""
    left = max(0, round(seconds))
    parts = []
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2]) or "0 s"


def number(count: float) -> str:
    """A number with its thousands grouped."""
    return f"{count:,.0f}"


def of(count: int, one: str, many: str | None = None) -> str:
    """A number of things: 1 step, 2 steps."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def title(sending: Sending, topic: int = GENERAL) -> str:
    """A sending in one line, as it is read in a topic: sid5: template welcome to all customers."""
    match sending.audience:
        case Audience.TEST:
            return f"sid{sending.id}: test of {sending.what}"
        case Audience.MARK:
            whom = f"everyone with the mark {sending.mark}"
        case Audience.TOPIC:
            whom = "this topic" if sending.topic == topic else "one dialog topic"
        case other:
            whom = _AUDIENCES[other]
    return f"sid{sending.id}: {sending.what} to {whom}"


def ordered(sending: Sending, now: float, notes: Sequence[str] = ()) -> str:
    """The answer to the command that ordered it."""
    lines = [f"{title(sending, sending.topic)}.", *notes]
    if sending.start_at <= now:
        lines[0] += " Starts now."
    else:
        lines.append(f"Starts {moment(sending.start_at)}, in {duration(sending.start_at - now)}.")
        lines.append(f"Cancel{_where(sending)}: /send sid{sending.id} del")
    return "\n".join(lines)


def reads_dialogs(sending: Sending, known: int, total: int, seconds: float) -> str:
    """Why a mailing does not start yet: the account's dialogs are read for the first time."""
    return gettext(
        "⏳ {title}\nIt starts once all dialogs are read: {known} of about {total} so far. It may take {time} more.",
        title=title(sending, sending.topic),
        known=number(known),
        total=number(max(known, total)),
        time=duration(max(seconds, 1)),
    )


def _where(sending: Sending) -> str:
    """Where its notices' commands work, when that is not where the notice stands."""
    return "" if sending.in_general else " (in General)"


def started(sending: Sending, left_out: Mapping[str, int], rate: float | None, chain: float = 0) -> str:
    """The announcement of the start.

    `rate` is in messages a second, None when nobody knows; `chain` the seconds from the start to the last step.
    """
    going = sending.recipients - sum(left_out.values())
    lines = [f"▶ {title(sending)}", f"Started. It goes to {of(going, 'recipient') if going else 'nobody'}."]
    if left_out:
        lines.append(f"Left out {number(sum(left_out.values()))}: {_reasons(left_out)}.")
    if rate or chain:
        lines.append(f"Expected: about {duration(chain + _work(sending, rate))}.")
    return "\n".join(lines)


def _reasons(left_out: Mapping[str, int]) -> str:
    """Why, and how many each when there is more than one reason."""
    if len(left_out) == 1:
        return _plain(*left_out)
    return ", ".join(f"{_plain(reason)} {number(people)}" for reason, people in sorted(left_out.items()))


def _plain(reason: str) -> str:
    """A reason without Telegram's own code, which is for the report."""
    return re.sub(r" \([A-Z0-9_]+\)$", "", reason)


def _work(sending: Sending, rate: float | None) -> float:
    """Seconds that what is pending takes at this rate; nothing when nobody knows."""
    return sending.counts.pending / rate if rate else 0


def ended(sending: Sending) -> str:
    """The notice at the end."""
    sign, word = ("✔", "Finished") if sending.status is SendingStatus.FINISHED else ("■", "Stopped")
    lines = [f"{sign} {title(sending)}", f"{word}{'.' if sending.counts.total else ':'} {counts(sending.counts)}."]
    if sending.started_at is not None and sending.ended_at is not None:
        took = sending.ended_at - sending.started_at
        lines.append(f"Took {duration(max(took, 1))}{average(sending.counts.sent, took)}.")
    return "\n".join(lines)


def ended_small(sending: Sending, reason: str | None) -> str:
    """The notice at the end of a sending to one recipient."""
    name = title(sending, sending.topic)
    if sending.status is SendingStatus.FINISHED and reason is None:
        return f"✔ {name}: sent."
    return f"✖ {name}: {counts(sending.counts)}" + (f". Reason: {_plain(reason)}." if reason else ".")


def average(sent: int, seconds: float) -> str:
    """The average rate, when there was time to have one, and more than a trickle."""
    return f", {number(sent / seconds * 60)} a minute" if seconds >= 1 and sent * 60 >= seconds else ""


def counts(of_sending: Counts) -> str:
    """Counts by status, those that are not zero."""
    named = [
        (of_sending.sent, "sent"),
        (of_sending.failed, "failed"),
        (of_sending.skipped, "skipped"),
        (of_sending.pending, "pending"),
    ]
    return ", ".join(f"{number(count)} {name}" for count, name in named if count) or "nothing to send"


def held(sending: Sending) -> str:
    """The notice that it is paused, and what to do."""
    return "\n".join([f"⏸ {title(sending, sending.topic)}", *_pause(sending)])


def held_all(sendings: Sequence[Sending], why: str) -> str:
    """The notice that everything is paused, and what to do."""
    return clipped([f"⛔ All mailings are paused. {why}", *(f"{title(each)}\n{choice(each)}" for each in sendings)])


def _pause(sending: Sending) -> list[str]:
    lines = [f"Paused: {sending.hold}"]
    if sending.resume_at is not None:
        lines.append(f"It goes on by itself after {moment(sending.resume_at)}.")
    return [*lines, choice(sending)]


def choice(sending: Sending) -> str:
    """The two ways on from a pause."""
    where = _where(sending)
    return f"Go on{where}: /send sid{sending.id} resume\nEnd it{where}: /send sid{sending.id} stop"


def status(sending: Sending, now: float, rate: float | None, chain: float = 0, topic: int = GENERAL) -> str:
    """Where a sending is: its counts, its pace, its expected end; `rate` and `chain` as in `started`."""
    lines = [title(sending, topic), f"Status: {sending.status}."]
    if sending.status is SendingStatus.AWAITS:
        lines[-1] = f"Awaits its start {moment(sending.start_at)}."
        lines.append(f"Cancel{_where(sending)}: /send sid{sending.id} del")
    if sending.hold:
        lines[-1:] = _pause(sending)
    if sending.started_at is not None:
        lines.append(f"Recipients: {number(sending.recipients)}")
        lines.append(f"Messages: {counts(sending.counts)}")
        until = sending.ended_at or now
        took = until - sending.started_at
        lines.append(f"Started {moment(sending.started_at)}")
        if sending.ended_at is not None:
            lines.append(f"Ended {moment(sending.ended_at)}, took {duration(max(took, 1))}")
        elif sending.status is SendingStatus.RUNNING and sending.counts.pending:
            lines.extend(_prospect(sending, now, rate, chain))
    return "\n".join(lines)


def _prospect(sending: Sending, now: float, rate: float | None, chain: float) -> list[str]:
    """What can be hoped for: the pace, the end."""
    assert sending.started_at is not None
    end = max(sending.started_at + chain, now) + _work(sending, rate)
    lines = [f"Pace: up to {number(rate * 60)} a minute"] if rate else []
    return [*lines, f"Expected end: about {moment(end)}"] if end > now else lines


def overview(sendings: Sequence[Sending], topic: int = GENERAL) -> str:
    """The latest sendings, two lines each."""
    if not sendings and topic != GENERAL:
        return "No sendings in this topic yet. /send templates shows what could be sent."
    if not sendings:
        return "No sendings yet. Reply to a message with /send test to try one on yourself."
    lines = []
    for sending in sendings:
        when = sending.started_at or sending.start_at
        lines.append(title(sending, topic))
        lines.append(f"   {sending.status} · {moment(when)}" + _short_counts(sending))
    return clipped(lines)


def _short_counts(sending: Sending) -> str:
    return "" if sending.started_at is None else f" · {counts(sending.counts)}"


def templates(found: Sequence[tuple[str, int]]) -> str:
    """All templates with their number of messages."""
    if not found:
        return "No templates yet. In General, reply to a message with /send NAME to make one."
    return clipped([f"{name} · {of(steps, 'message')}" for name, steps in found])


def template(name: str, steps: Sequence[Step], gone: frozenset[int], group_id: int) -> str:
    """A template's steps: when each goes, what it is, and where its message stands. May be more than one message."""
    lines = [f"Template {name} · {of(len(steps), 'message')}"]
    for position, step in enumerate(steps, 1):
        first = step.message_ids[0]
        lines.append(f"{position}. {step.kind} · {after_previous(step.time, position)} · id {first}")
        missing = [each for each in step.message_ids if each in gone]
        lines.append(f"   {link(group_id, first)}" if not missing else "   ⚠ deleted in the group: it cannot be sent")
    if not steps:
        lines.append("It is empty. Reply to a message with /send " + name + " to add it.")
    return "\n".join(lines)


def after_previous(time: timing.Time, position: int) -> str:
    """When a step goes, seen from the one before."""
    match time:
        case timing.Now():
            return "at the start" if position == 1 else "right after"
        case timing.Delay():
            return f"{timing.render(time)} after " + ("the start" if position == 1 else "the previous")
        case timing.At(at):
            return moment(at)


def link(group_id: int, message_id: int) -> str:
    """The address of a message in the backend group, for its members."""
    return f"https://t.me/c/{str(group_id).removeprefix('-100')}/{message_id}"


def pages(text: str) -> list[str]:
    """A long answer as messages, broken between lines."""
    found = [""]
    for line in text.splitlines(keepends=True):
        if found[-1] and len(found[-1]) + len(line) > LIMIT:
            found.append("")
        found[-1] += line
    return [page.rstrip("\n") for page in found]


def clipped(lines: Sequence[str]) -> str:
    """Lines as one message; what does not fit is counted."""
    size = 0
    kept: list[str] = []
    for line in lines:
        size += len(line) + 1
        if size > LIMIT:
            return "\n".join([*kept, f"… and {of(len(lines) - len(kept), 'more line', 'more lines')}"])
        kept.append(line)
    return "\n".join(kept)
