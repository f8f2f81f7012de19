"""What is said of a sending while it lives: ordered, started, held, ended."""

import math
from collections.abc import Mapping, Sequence

from userbot.core.acts import Act
from userbot.core.language import gettext, ngettext
from userbot.core.model import GENERAL, Audience, Sending, SendingStatus
from userbot.core.prospect import Prospect
from userbot.core.wording import receipts
from userbot.core.wording.reasons import said
from userbot.core.wording.words import ago, duration, moment, number


def title(sending: Sending, topic: int = GENERAL) -> str:
    """A sending in one line, as it is read in a topic: sid5: “Dear customers! …” to all customers."""
    named = {"number": sending.id, "what": sending.what}
    if sending.origin is not None:
        return _follow_up(sending, sending.origin)
    match sending.audience:
        case Audience.TEST:
            return gettext("sid{number}: test of {what}", **named)
        case Audience.ALL:
            return gettext("sid{number}: {what} to all customers", **named)
        case Audience.FILE:
            return gettext("sid{number}: {what} to the file's ids", **named)
        case Audience.LIST if sending.in_general:
            return gettext("sid{number}: {what} to the listed ids", **named)
        case Audience.MARK:
            return gettext("sid{number}: {what} to everyone with the mark {mark}", **named, mark=sending.mark)
        case Audience.LIST | Audience.TOPIC if sending.topic == topic:
            return gettext("sid{number}: {what} to this topic", **named)
        case Audience.LIST | Audience.TOPIC:
            return gettext("sid{number}: {what} to one dialog topic", **named)


def _follow_up(sending: Sending, origin: int) -> str:
    named = {"number": sending.id, "origin": origin, "what": sending.what}
    match sending.act:
        case Act.SEND:
            return gettext("sid{number}: the rest of sid{origin}, {what}", **named)
        case Act.RECALL:
            return gettext("sid{number}: recall of sid{origin}, {what}", **named)
        case Act.CORRECT:
            return gettext("sid{number}: correction of sid{origin}, {what}", **named)


def by_whom(sending: Sending) -> str:
    """Who ordered it, and when."""
    return gettext("Ordered by {name}, {when}.", name=sending.orderer or sending.ordered_by, when=_ordered_at(sending))


def _ordered_at(sending: Sending) -> str:
    return moment(sending.ordered_at)


def ordered(sending: Sending, now: float, notes: Sequence[str] = ()) -> str:
    """The answer to the command that ordered it."""
    name = title(sending, sending.topic)
    if sending.start_at <= now:
        return "\n".join([gettext("{title}. Starts now.", title=name), *notes])
    starts = gettext("Starts {when}, in {time}.", when=moment(sending.start_at), time=duration(sending.start_at - now))
    return "\n".join([f"{name}.", *notes, starts, cancel(sending)])


def cancel(sending: Sending) -> str:
    """How it is called off."""
    return gettext("Cancel: {command}", command=f"/send sid{sending.id} del")


def went_before(earlier: Sending, now: float) -> str:
    """That the same went to the same audience not long ago."""
    name, when = title(earlier, earlier.topic), ago(now - (earlier.started_at or earlier.ordered_at))
    if earlier.status is SendingStatus.AWAITS:
        start = moment(earlier.start_at)
        return gettext("⚠ The same is to go to them already: {title}, {start}.", title=name, start=start)
    return gettext("⚠ The same went to them {when}: {title}.", when=when, title=name)


def cancelled(sending: Sending) -> str:
    """The answer to who called it off."""
    return gettext("{title}. Cancelled.", title=title(sending, sending.topic))


def reads_dialogs(sending: Sending, known: int, total: int, seconds: float) -> str:
    """Why a mailing does not start yet: the account's dialogs are read for the first time."""
    return gettext(
        "⏳ {title}\nIt starts once all dialogs are read: {known} of about {total} so far. It may take {time} more.",
        title=title(sending, sending.topic),
        known=number(known),
        total=number(max(known, total)),
        time=duration(max(seconds, 1)),
    )


def started(sending: Sending, without: Mapping[str, int], notes: Sequence[str] = ()) -> str:
    """The announcement of the start, as far as it stays. What was noted in the answer to the order stays with it."""
    going = sending.recipients - sum(without.values())
    lines = [f"▶ {title(sending)}", by_whom(sending)]
    if not sending.sends:
        lines.append(
            ngettext("Started, with {count} recipient.", "Started, with {count} recipients.", sending.recipients)
        )
    elif going:
        lines.append(
            ngettext("Started. It goes to {count} recipient.", "Started. It goes to {count} recipients.", going)
        )
    else:
        lines.append(gettext("Started. It goes to nobody."))
    if without:
        lines.append(left_out(without))
    return "\n".join([*lines, *notes])


def expected(sending: Sending, prospect: Prospect) -> list[str]:
    """How long it may take, at its start; empty when nobody knows."""
    begin = sending.started_at or sending.start_at
    seconds = prospect.end(begin, begin) - begin
    return [gettext("Expected: about {time}.", time=duration(seconds))] if seconds else []


def quiet(until: float) -> str:
    """That mailings rest."""
    return gettext("Quiet hours: nothing goes out before {when}.", when=moment(until))


def left_out(without: Mapping[str, int]) -> str:
    """Who is left out, by reason."""
    people = number(sum(without.values()))
    return gettext("Left out {people}: {reasons}.", people=people, reasons=_reasons(without))


def _reasons(without: Mapping[str, int]) -> str:
    """Why, and how many each when there is more than one reason."""
    if len(without) == 1:
        return said(*without, code=False)
    return ", ".join(f"{said(reason, code=False)} {number(people)}" for reason, people in sorted(without.items()))


def ended(sending: Sending) -> str:
    """The notice at the end."""
    figures = counts(sending)
    if sending.status is SendingStatus.FINISHED:
        sign, words = "✔", gettext("Finished. {counts}.", counts=figures)
        if not sending.counts.total:
            words = gettext("Finished: nothing to send.")
    else:
        sign, words = "■", gettext("Stopped. {counts}.", counts=figures)
        if not sending.counts.total:
            words = gettext("Stopped: nothing to send.")
    lines = [f"{sign} {title(sending)}", words]
    lines.extend(took(sending))
    if sending.receipts.read or sending.receipts.answered:
        lines.extend(receipts.figures(sending))
    return "\n".join(lines)


def took(sending: Sending) -> list[str]:
    """How long it took; with the average rate, when there was time to have one, and more than a trickle."""
    if sending.started_at is None or sending.ended_at is None:
        return []
    seconds, sent = sending.ended_at - sending.started_at, sending.counts.sent
    time = duration(max(seconds, 1))
    if seconds >= 1 and sent * 60 >= seconds:
        return [gettext("Took {time}, {rate} a minute.", time=time, rate=number(sent / seconds * 60))]
    return [gettext("Took {time}.", time=time)]


def ended_small(sending: Sending, reason: str | None) -> str:
    """The notice at the end of a sending to one recipient."""
    name = title(sending, sending.topic)
    if sending.status is SendingStatus.FINISHED and reason is None:
        return gettext("✔ {title}: sent.", title=name)
    figures = counts(sending)
    if reason:
        return gettext(
            "✖ {title}: {counts}. Reason: {reason}.", title=name, counts=figures, reason=said(reason, code=False)
        )
    return gettext("✖ {title}: {counts}.", title=name, counts=figures)


def counts(sending: Sending) -> str:
    """Counts by status, those that are not zero."""
    of_sending = sending.counts
    named = [
        (of_sending.sent, _done(sending.act, number(of_sending.sent))),
        (of_sending.failed, gettext("{count} failed", count=number(of_sending.failed))),
        (of_sending.skipped, gettext("{count} skipped", count=number(of_sending.skipped))),
        (of_sending.pending, gettext("{count} pending", count=number(of_sending.pending))),
    ]
    return ", ".join(words for count, words in named if count) or gettext("nothing to send")


def _done(act: Act, count: str) -> str:
    match act:
        case Act.SEND:
            return gettext("{count} sent", count=count)
        case Act.RECALL:
            return gettext("{count} recalled", count=count)
        case Act.CORRECT:
            return gettext("{count} corrected", count=count)


def held(sending: Sending) -> str:
    """The notice that it is paused, and what to do."""
    return "\n".join([f"⏸ {title(sending, sending.topic)}", *pause(sending)])


def flood_wait(until: float, now: float, ends: Sequence[tuple[Sending, float]]) -> str:
    """That Telegram asks for a pause, and when what runs is expected to end now."""
    first = gettext(
        "⏳ Telegram asks for a pause until {when}, {time} from now. It goes on by itself.",
        when=moment(math.ceil(until)),
        time=duration(until - now),
    )
    return "\n".join([first, *_ends(ends)])


def flood_over(ends: Sequence[tuple[Sending, float]]) -> str:
    """That it has passed."""
    return "\n".join([gettext("✔ The pause that Telegram asked for is over."), *_ends(ends)])


def _ends(ends: Sequence[tuple[Sending, float]]) -> list[str]:
    return [
        gettext("{title}\nExpected end: about {when}", title=title(sending), when=moment(end)) for sending, end in ends
    ]


def held_all(sendings: Sequence[Sending], why: str) -> str:
    """The notice that everything is paused, and what to do."""
    first = gettext("⛔ All mailings are paused. {why}", why=why)
    return "\n".join([first, *(f"{title(each)}\n{choice(each)}" for each in sendings)])


def pause(sending: Sending) -> list[str]:
    """Why it is paused, until when, and the ways on."""
    lines = [gettext("Paused: {why}", why=sending.hold or gettext("an operator paused it."))]
    if sending.resume_at is not None:
        lines.append(gettext("It goes on by itself after {when}.", when=moment(sending.resume_at)))
    return [*lines, choice(sending)]


def choice(sending: Sending) -> str:
    """The two ways on from a pause."""
    go_on = gettext("Go on: {command}", command=f"/send sid{sending.id} resume")
    return "\n".join([go_on, gettext("End it: {command}", command=f"/send sid{sending.id} stop")])


def paused(sendings: Sequence[Sending]) -> str:
    """The answer to who paused one, or all."""
    lines = [gettext("{title}. Paused: {counts}.", title=title(each), counts=counts(each)) for each in sendings]
    if len(sendings) == 1:
        return "\n".join([*lines, choice(sendings[0])])
    return "\n".join([*lines, gettext("Go on with all: /send resume"), gettext("End one: /send sidN stop")])


def resumed(sendings: Sequence[Sending]) -> str:
    """The answer to who resumed one, or all."""
    return "\n".join(gettext("{title}. It goes on.", title=title(each, each.topic)) for each in sendings)


def stopped(sendings: Sequence[Sending]) -> str:
    """The answer to who stopped one, or all."""
    return "\n".join(_stopped(each) for each in sendings)


def _stopped(sending: Sending) -> str:
    name = title(sending, sending.topic)
    if sending.recipients and not sending.small:
        return gettext("{title}. Stopped; the report follows.", title=name)
    return gettext("{title}. Stopped.", title=name)


def how_to_stop(running: Sequence[Sending]) -> str:
    """What somebody needs to know who tries to stop something with a word that does not."""
    named = ", ".join(f"sid{each.id}" for each in running)
    return gettext("To stop {sendings}: /send stop. To hold: /send pause.", sendings=named)
