"""What is shown when somebody asks: a sending, a template, and the lists of them."""

from collections.abc import Sequence

from userbot.core import timing
from userbot.core.language import gettext, ngettext
from userbot.core.model import GENERAL, Sending, SendingStatus, Template
from userbot.core.prospect import Prospect
from userbot.core.wording.checks import go
from userbot.core.wording.mailings import by_whom, cancel, counts, pause, quiet, title
from userbot.core.wording.naming import personal
from userbot.core.wording.receipts import figures
from userbot.core.wording.words import LIMIT, duration, link, moment, number

_LAST_LINE = 100
"""Room for what says that there is more."""


def status(sending: Sending, now: float, prospect: Prospect, topic: int = GENERAL) -> str:
    """Where a sending is: its counts, its pace, its expected end."""
    lines = [title(sending, topic), by_whom(sending), *_where(sending, now)]
    if sending.started_at is not None:
        lines.append(gettext("Recipients: {number}", number=number(sending.recipients)))
        lines.append(gettext("Messages: {counts}", counts=counts(sending)))
        lines.extend(figures(sending))
        if sending.status is SendingStatus.RUNNING and sending.counts.pending:
            lines.extend(_prospect(sending, now, prospect))
    if sending.pruned:
        lines.append(gettext("Who got it is not kept any longer (KEEP_DAYS); these figures stay."))
    return "\n".join(lines)


def _where(sending: Sending, now: float) -> list[str]:
    """What it does now, or how it ended."""
    ended, took = "", ""
    if sending.ended_at is not None:
        ended, took = moment(sending.ended_at), duration(max(sending.ended_at - (sending.started_at or now), 1))
    match sending.status:
        case SendingStatus.AWAITS:
            if sending.unconfirmed:
                return [gettext("It waits for a go."), go(sending), cancel(sending)]
            times = {"when": moment(sending.start_at), "time": duration(sending.start_at - now)}
            return [gettext("Awaits its start {when}, in {time}.", **times), cancel(sending)]
        case SendingStatus.RUNNING:
            return [gettext("Running since {when}.", when=moment(sending.started_at or now))]
        case SendingStatus.PAUSED:
            return pause(sending)
        case SendingStatus.FINISHED:
            return [gettext("It finished {when}, after {time}.", when=ended, time=took)]
        case SendingStatus.CANCELLED:
            return [gettext("It was cancelled {when}.", when=ended)]
        case SendingStatus.STOPPED if sending.started_at is None:
            return [gettext("It was stopped {when}, before it started.", when=ended)]
        case SendingStatus.STOPPED:
            return [gettext("It was stopped {when}, after {time}.", when=ended, time=took)]


def _prospect(sending: Sending, now: float, prospect: Prospect) -> list[str]:
    """What can be hoped for: the pace, the end."""
    assert sending.started_at is not None
    end, rate = prospect.end(sending.started_at, now), prospect.rate
    lines = [gettext("Pace: up to {rate} a minute", rate=number(rate * 60))] if rate else []
    if rests := prospect.rests_until(now):
        lines.append(quiet(rests))
    return [*lines, gettext("Expected end: about {when}", when=moment(end))] if end > now else lines


def overview(sendings: Sequence[Sending], total: int, topic: int = GENERAL) -> tuple[str, bool]:
    """Some sendings, two lines each, of so many in all; and whether these are all."""
    if not sendings and topic != GENERAL:
        return gettext("No sendings in this topic yet. /send templates shows what could be sent."), True
    if not sendings:
        return gettext("No sendings yet. Reply to a message with /send test to try one on yourself."), True
    return _listed([f"{title(each, topic)}\n   {_short(each)}" for each in sendings], total)


def _short(sending: Sending) -> str:
    """A sending's state in one line."""
    when = moment(sending.started_at or sending.start_at)
    figures = [] if sending.started_at is None else [counts(sending)]
    return " · ".join([sending.status, when, *filter(None, [sending.orderer]), *figures])


def templates(found: Sequence[tuple[str, int]]) -> tuple[str, bool]:
    """Templates with their number of messages; and whether all of them fit."""
    if not found:
        return gettext("No templates yet. In General, reply to a message with /send NAME to make one."), True
    return _listed([f"{name} · {_messages(steps)}" for name, steps in found], len(found))


def _messages(count: int) -> str:
    return ngettext("{count} message", "{count} messages", count)


def _listed(entries: Sequence[str], total: int) -> tuple[str, bool]:
    """As many entries as fit into one message; whatever is not among them is in the attached file."""
    size, kept = 0, 0
    while kept < len(entries) and size + len(entries[kept]) < LIMIT - _LAST_LINE:
        size += len(entries[kept]) + 1
        kept += 1
    lines = list(entries[:kept])
    if kept < total:
        rest = number(total - kept)
        lines.append(gettext("… and {number} more: all are in the file.", number=rest))
    return "\n".join(lines), kept == total


def template(of: Template, gone: frozenset[int], group_id: int) -> str:
    """A template's steps: when each goes, what it is, and where its message stands. May be more than one message."""
    lines = [gettext("Template {name} · {messages}", name=of.name, messages=_messages(len(of.steps)))]
    if of.until_answer:
        lines.append(ends_for_answerers())
    for position, step in enumerate(of.steps, 1):
        first = step.message_ids[0]
        lines.append(f"{position}. {step.kind} · {after_previous(step.time, position)} · id {first}")
        missing = [each for each in step.message_ids if each in gone]
        deleted = gettext("⚠ deleted in the group: it cannot be sent")
        lines.append(f"   {deleted if missing else link(group_id, first)}")
        lines.extend(f"   {each}" for each in personal([step]))
    if not of.steps:
        command = f"/send {of.name}"
        lines.append(gettext("It is empty. Reply to a message with {command} to add it.", command=command))
    return "\n".join(lines)


def ends_for_answerers() -> str:
    """What until answer means."""
    return gettext("It ends for whoever answers it.")


def ends_at_answer(name: str, *, ends: bool) -> str:
    """The answer to who has changed that."""
    if ends:
        return gettext("Template {name} ends for whoever answers it: they get nothing more of it.", name=name)
    return gettext("Template {name} goes to its end, whoever answers it.", name=name)


def renamed(names: Sequence[Sequence[str]]) -> str:
    """That templates have new names, since theirs have become words of the command: pairs of old and new ones."""
    first = gettext("ℹ Some names of templates are words of the command now. These templates have new names:")
    return "\n".join([first, *(f"{old} → {new}" for old, new in names)])


def after_previous(time: timing.Time, position: int) -> str:
    """When a step goes, seen from the one before."""
    match time:
        case timing.Now() if position == 1:
            return gettext("at the start")
        case timing.Now():
            return gettext("right after")
        case timing.Delay() if position == 1:
            return gettext("{delay} after the start", delay=timing.render(time))
        case timing.Delay():
            return gettext("{delay} after the previous", delay=timing.render(time))
        case timing.At(at):
            return moment(at)
