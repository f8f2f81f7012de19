"""The small words: moments, lengths of time, numbers, links and excerpts; and what is too long for one message."""

from datetime import UTC, datetime

from userbot.core import language, local_time
from userbot.core.language import gettext

LIMIT = 3800
"""Characters of one message; Telegram takes 4,096."""

EXCERPT = 40
"""Characters of a message by which it is recognised."""


def moment(at: float) -> str:
    """A moment: 2026-11-23 14:05 UTC (15:05), with seconds only when there are any."""
    when = datetime.fromtimestamp(int(at), UTC)
    return f"{language.day(when)} {when:%H:%M:%S}".removesuffix(":00") + " UTC" + local_time.beside(at)


def duration(seconds: float) -> str:
    """A length of time in its two largest units: 3 d 4 h, 2 min 5 s."""
    left = max(0, round(seconds))
    days, left = divmod(left, 86400)
    hours, left = divmod(left, 3600)
    minutes, left = divmod(left, 60)
    parts = [
        days and gettext("{count} d", count=days),
        hours and gettext("{count} h", count=hours),
        minutes and gettext("{count} min", count=minutes),
        left and gettext("{count} s", count=left),
    ]
    return " ".join([each for each in parts if each][:2]) or gettext("{count} s", count=0)


def number(count: float) -> str:
    """A number with its thousands grouped."""
    return language.number(count)


def of(count: int, one: str, many: str | None = None) -> str:
    """A number of things: 1 step, 2 steps."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


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


def ago(seconds: float) -> str:
    """How long something is past."""
    return gettext("{time} ago", time=duration(seconds))


def excerpt(text: str) -> str:
    """The beginning of a message, by which people know it: whole words, one line, nothing invisible."""
    plain = " ".join("".join(each for each in text if each.isprintable() or each.isspace()).split())
    if len(plain) <= EXCERPT:
        return gettext("“{text}”", text=plain) if plain else ""
    cut = plain[: EXCERPT + 1].rsplit(" ", 1)[0] if " " in plain[:EXCERPT] else plain[:EXCERPT]
    return gettext("“{text} …”", text=cut)


def content(kind: str, text: str) -> str:
    """A message as it is called in a title: how it begins, its kind if that is not text."""
    begins = excerpt(text)
    if not begins:
        return kind
    return begins if kind == "text" else gettext("{kind} {begins}", kind=kind, begins=begins)
