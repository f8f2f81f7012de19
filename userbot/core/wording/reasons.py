"""Why a message did not reach somebody. The report says it in English; here it is said in the group's language."""

import re

from userbot.core import language
from userbot.core.language import ngettext
from userbot.core.wording.words import duration

_CAPPED = re.compile(r"had ([0-9]+) mailings? in (.+)")
_UNITS = {"d": 86400, "h": 3600, "min": 60, "s": 1}


def said(reason: str, *, code: bool = True) -> str:
    """A reason of the report in the group's language. Telegram's own code behind it stays, or is left to the report."""
    words, opening, rest = reason.partition(" (")
    capped = _CAPPED.fullmatch(words)
    spoken = language.reason(words) if capped is None else _had(int(capped[1]), capped[2])
    return f"{spoken} ({rest}" if code and opening else spoken


def _had(mailings: int, time: str) -> str:
    """What CAP says."""
    seconds = sum(int(count) * _UNITS[unit] for count, unit in re.findall(r"([0-9]+) (d|h|min|s)", time))
    return ngettext("had {count} mailing in {time}", "had {count} mailings in {time}", mailings, time=duration(seconds))
