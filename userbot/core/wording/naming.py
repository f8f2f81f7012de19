"""What is said of messages that everybody gets with their own name."""

from collections.abc import Iterable

from userbot.core.language import gettext
from userbot.core.model import Step


def personal(steps: Iterable[Step]) -> list[str]:
    """Which placeholders there are, and in which messages they stay as they are written."""
    having = [step for step in steps if step.placeholders]
    filled = dict.fromkeys(each for step in having if step.personal for each in step.placeholders)
    named = gettext("Everybody gets their own: {placeholders}", placeholders=" ".join(filled))
    left = "{placeholders} stays as it is written: a message of this kind ({kind}) cannot be changed."
    unfilled = [
        gettext(left, placeholders=" ".join(step.placeholders), kind=step.kind) for step in having if not step.personal
    ]
    return [*([named] if filled else []), *dict.fromkeys(unfilled)]
