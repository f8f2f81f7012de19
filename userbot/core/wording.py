"""What the program says in the backend group, in words that a tired operator understands at once.

Plain text without markup, so a name with a star in it stays a name. Times are UTC and say so.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from userbot.core import timing
from userbot.core.model import Audience, Counts, Sending, SendingStatus, Step

LIMIT = 3800
"""Characters of one message; Telegram takes 4,096."""

_AUDIENCES = {
    Audience.TEST: "you",
    Audience.ALL: "all customers",
    Audience.FILE: "the file's ids",
    Audience.LIST: "the listed ids",
    Audience.TOPIC: "this topic",
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


def audience(sending: Sending) -> str:
    """Whom a sending is for."""
    if sending.audience is Audience.MARK:
        return f"everyone with the mark {sending.mark}"
    return _AUDIENCES[sending.audience]


def title(sending: Sending) -> str:
    """A sending in one line: sid5: template welcome to all customers."""
    return f"sid{sending.id}: {sending.what} to {audience(sending)}"


def ordered(sending: Sending, now: float, notes: Sequence[str] = ()) -> str:
    """The answer to the command that ordered it."""
    if sending.start_at <= now:
        return "\n".join([f"{title(sending)}.", *notes])
    when = f"Starts {moment(sending.start_at)}, in {duration(sending.start_at - now)}."
    return "\n".join([f"{title(sending)}.", when, f"Cancel: /send sid{sending.id} del", *notes])


def started(sending: Sending, left_out: Mapping[str, int], rate: float | None) -> str:
    """The announcement of the start. `rate` is in messages a second, None when nobody knows."""
    going = sending.recipients - sum(left_out.values())
    lines = [f"▶ {title(sending)}", f"Started. It goes to {of(going, 'recipient')}."]
    if left_out:
        reasons = ", ".join(f"{reason} {number(people)}" for reason, people in sorted(left_out.items()))
        lines.append(f"Left out {number(sum(left_out.values()))}: {reasons}.")
    if rate:
        lines.append(f"Expected: about {duration(sending.counts.pending / rate)}.")
    return "\n".join(lines)


def ended(sending: Sending) -> str:
    """The notice at the end."""
    sign, word = ("✔", "Finished") if sending.status is SendingStatus.FINISHED else ("■", "Stopped")
    lines = [f"{sign} {title(sending)}", f"{word}. {counts(sending.counts)}."]
    if sending.started_at is not None and sending.ended_at is not None:
        took = sending.ended_at - sending.started_at
        lines.append(f"Took {duration(took)}{average(sending.counts.sent, took)}.")
    return "\n".join(lines)


def ended_small(sending: Sending, reason: str | None) -> str:
    """The notice at the end of a sending to one recipient."""
    if reason is None:
        return f"✔ {title(sending)}: sent."
    return f"✖ {title(sending)}: {counts(sending.counts)}. Reason: {reason}."


def average(sent: int, seconds: float) -> str:
    """The average rate, when there was time to have one."""
    return f", {number(sent / seconds * 60)} a minute" if seconds >= 1 and sent > 1 else ""


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
    lines = [f"⏸ {title(sending)}", f"Paused: {sending.hold}"]
    if sending.resume_at is not None:
        lines.append(f"It goes on by itself after {moment(sending.resume_at)}.")
    lines.append(choice(sending.id))
    return "\n".join(lines)


def choice(number_: int) -> str:
    """The two ways on from a pause."""
    return f"Go on: /send sid{number_} resume\nEnd it: /send sid{number_} stop"


def status(sending: Sending, now: float, rate: float | None) -> str:
    """Where a sending is: its counts, its pace, its expected end."""
    lines = [title(sending), f"Status: {sending.status}."]
    if sending.status is SendingStatus.AWAITS:
        lines[-1] = f"Awaits its start {moment(sending.start_at)}."
        lines.append(f"Cancel: /send sid{sending.id} del")
    if sending.hold:
        lines.append(f"Why: {sending.hold}")
        if sending.resume_at is not None:
            lines.append(f"It goes on by itself after {moment(sending.resume_at)}.")
        lines.append(choice(sending.id))
    if sending.started_at is not None:
        lines.append(f"Recipients: {number(sending.recipients)}")
        lines.append(f"Messages: {counts(sending.counts)}")
        until = sending.ended_at or now
        took = until - sending.started_at
        lines.append(f"Started {moment(sending.started_at)}")
        if sending.ended_at is not None:
            lines.append(f"Ended {moment(sending.ended_at)}, took {duration(took)}")
        elif sending.status is SendingStatus.RUNNING and rate and sending.counts.pending:
            lines.append(f"Pace: up to {number(rate * 60)} a minute")
            lines.append(f"Expected end: about {moment(now + sending.counts.pending / rate)}")
    return "\n".join(lines)


def overview(sendings: Sequence[Sending]) -> str:
    """The latest sendings, two lines each."""
    if not sendings:
        return "No sendings yet. Reply to a message with /send test to try one on yourself."
    lines = []
    for sending in sendings:
        when = sending.started_at or sending.start_at
        lines.append(f"{title(sending)}")
        lines.append(f"   {sending.status} · {moment(when)}" + _short_counts(sending))
    return clipped(lines)


def _short_counts(sending: Sending) -> str:
    return "" if sending.started_at is None else f" · {counts(sending.counts)}"


def templates(found: Sequence[tuple[str, int]]) -> str:
    """All templates with their number of messages."""
    if not found:
        return "No templates yet. Reply to a message with /send NAME to make one."
    return clipped([f"{name} · {of(steps, 'message')}" for name, steps in found])


def template(name: str, steps: Sequence[Step], gone: frozenset[int], group_id: int) -> str:
    """A template's steps: when each goes, what it is, and where its message stands."""
    lines = [f"Template {name} · {of(len(steps), 'message')}"]
    for position, step in enumerate(steps, 1):
        first = step.message_ids[0]
        lines.append(f"{position}. {step.kind} · {after_previous(step.time, position)} · id {first}")
        missing = [each for each in step.message_ids if each in gone]
        lines.append(f"   {link(group_id, first)}" if not missing else "   ⚠ deleted in the group: it cannot be sent")
    if not steps:
        lines.append("It is empty. Reply to a message with /send " + name + " to add it.")
    return clipped(lines)


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
