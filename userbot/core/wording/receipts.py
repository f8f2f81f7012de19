"""What became of a mailing, in a line."""

from userbot.core.language import gettext
from userbot.core.model import Sending
from userbot.core.wording.words import number


def figures(sending: Sending) -> list[str]:
    """How many people it reached, and what they did; nothing before it has reached anybody."""
    found = sending.receipts
    if not (found.reached and sending.counted):
        return []
    named = [
        gettext("{count} read it ({share})", count=number(found.read), share=_share(found.read, found.reached)),
        gettext(
            "{count} answered ({share})", count=number(found.answered), share=_share(found.answered, found.reached)
        ),
    ]
    if found.opted_out:
        named.append(gettext("{count} opted out", count=number(found.opted_out)))
    if found.blocked:
        named.append(gettext("{count} blocked the account", count=number(found.blocked)))
    return [gettext("Reached {count}: {what}.", count=number(found.reached), what=", ".join(named))]


def _share(part: int, whole: int) -> str:
    """In percent, with a decimal where it says something."""
    percent = 100 * part / whole
    return f"{percent:.1f} %" if 0 < percent < 10 else f"{percent:.0f} %"
