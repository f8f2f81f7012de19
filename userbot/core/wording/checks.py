"""What is said before a mailing: whom it would reach, and when."""

from collections.abc import Mapping
from dataclasses import dataclass

from userbot.core.language import gettext, ngettext
from userbot.core.model import Audience, Sending
from userbot.core.wording.mailings import cancel, left_out, title
from userbot.core.wording.words import moment, number


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run would come to, as far as is known now."""

    going: int
    """Recipients …"""
    messages: int
    """… and messages for them in all."""
    without: Mapping[str, int]
    """Who is left out, by reason."""
    begin: float
    end: float
    spambot: str
    """What @SpamBot says, in a sentence."""
    month: int | None = None
    """Messages that the month still holds of `limit`; None without a limit."""
    limit: int = 0
    reading: bool = False
    """Whether the dialogs are still being read: there may be more."""


def checked(what: str, audience: Audience, mark: str | None, figures: Figures) -> str:
    """The answer to a check."""
    return "\n".join([_title(what, audience, mark), *lines(figures)])


def _title(what: str, audience: Audience, mark: str | None) -> str:
    match audience:
        case Audience.MARK:
            return gettext("Check of {what} to everyone with the mark {mark}: nothing is sent.", what=what, mark=mark)
        case Audience.FILE:
            return gettext("Check of {what} to the file's ids: nothing is sent.", what=what)
        case Audience.LIST:
            return gettext("Check of {what} to the listed ids: nothing is sent.", what=what)
        case _:
            return gettext("Check of {what} to all customers: nothing is sent.", what=what)


def lines(figures: Figures) -> list[str]:
    """The figures, a line each."""
    said = [_whom(figures)]
    if figures.without:
        said.append(left_out(figures.without))
    if figures.reading:
        said.append(gettext("⚠ The dialogs are still being read: there will be more of them."))
    if figures.month is not None:
        said.append(_month(figures))
    if figures.going:
        when = {"begin": moment(figures.begin), "end": moment(figures.end)}
        said.append(gettext("It would begin {begin} and end about {end}.", **when))
    return [*said, figures.spambot]


def _whom(figures: Figures) -> str:
    if not figures.going:
        return gettext("It would go to nobody.")
    messages = ngettext("{count} message", "{count} messages", figures.messages)
    return ngettext(
        "It would go to {count} recipient, {messages} in all.",
        "It would go to {count} recipients, {messages} in all.",
        figures.going,
        messages=messages,
    )


def _month(figures: Figures) -> str:
    left = {"left": number(figures.month or 0), "limit": number(figures.limit)}
    if figures.messages > (figures.month or 0):
        return gettext("⚠ It does not fit: this month has {left} left of {limit} (MONTHLY_LIMIT).", **left)
    return gettext("This month has {left} left of {limit} (MONTHLY_LIMIT).", **left)


def unconfirmed(sending: Sending, figures: Figures, notes: list[str]) -> str:
    """The answer to a run that is too large to begin without a second word."""
    name = gettext("{title}. It waits for a go.", title=title(sending, sending.topic))
    return "\n".join([name, *notes, *lines(figures), go(sending), cancel(sending)])


def grown(sending: Sending, going: int) -> str:
    """Of a run that goes to more than was confirmed, when it is to start."""
    name = gettext("{title}. It waits for a go.", title=title(sending, sending.topic))
    if not sending.confirmed:
        whom = ngettext("It goes to {count} recipient now.", "It goes to {count} recipients now.", going)
    else:
        whom = ngettext(
            "It goes to {count} recipient now, and the go was for {confirmed}.",
            "It goes to {count} recipients now, and the go was for {confirmed}.",
            going,
            confirmed=number(sending.confirmed),
        )
    return "\n".join([name, whom, go(sending), cancel(sending)])


def go(sending: Sending) -> str:
    """How it is let go."""
    return gettext("Go: {command}", command=f"/send sid{sending.id} go")


def needs_no_go(sending: Sending) -> str:
    """To who lets one go that waits for nothing but its time."""
    return gettext("sid{number} needs no go: it starts {when}.", number=sending.id, when=moment(sending.start_at))
