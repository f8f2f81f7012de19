"""What is said of messages that everybody gets with their own name."""

from collections.abc import Iterable, Sequence

from userbot.core.language import gettext
from userbot.core.model import Step
from userbot.core.placeholders import Formatted, Person, rendered
from userbot.core.variants import Figures, Verdict, compared
from userbot.core.wording.words import number


def personal(steps: Iterable[Step]) -> list[str]:
    """Which placeholders there are, and in which messages they stay as they are written."""
    having = [step for step in steps if step.placeholders]
    filled = dict.fromkeys(each for step in having if step.personal for each in step.placeholders)
    named = gettext("Everybody gets their own: {placeholders}", placeholders=" ".join(filled))
    unfilled = [
        gettext(
            "{placeholders} stays as it is written: a message of this kind ({kind}) cannot be changed.",
            placeholders=" ".join(step.placeholders),
            kind=step.kind,
        )
        for step in having
        if not step.personal
    ]
    return [*([named] if filled else []), *dict.fromkeys(unfilled)]


def examples(text: str, people: Iterable[Person]) -> list[str]:
    """How a text would reach some real people, a line for each that differs."""
    shown = dict.fromkeys(rendered(Formatted(text), person).text for person in people)
    clipped = [each if len(each) <= _LONGEST else f"{each[:_LONGEST]}…" for each in shown]
    return [gettext("Would read: {text}", text=each) for each in clipped]


_LONGEST = 300
"""Characters of a text that are shown: three of them fit beside the rest of the answer."""


def compares(versions: int) -> list[str]:
    """That everybody gets one of several templates."""
    if not versions:
        return []
    return [
        gettext(
            "Every recipient gets one of the {count}, by chance and in equal shares; all begin when the first does.",
            count=versions,
        )
    ]


def comparison(names: Sequence[str], figures: Sequence[Figures]) -> list[str]:
    """The figures of templates that are compared, a line each, and whether the difference means anything."""
    lines = [
        gettext(
            "{name}: {answered} of {reached} answered, {share} %",
            name=name,
            answered=number(each.answered),
            reached=number(each.sent),
            share=f"{each.share * 100:.1f}",
        )
        for name, each in zip(names, figures, strict=True)
    ]
    return [*lines, _verdict(names, figures)]


def _verdict(names: Sequence[str], figures: Sequence[Figures]) -> str:
    match compared(figures):
        case Verdict.TOO_EARLY:
            return gettext("Too few answers yet to say whether one is better.")
        case Verdict.CHANCE:
            return gettext("The difference is no more than chance would make of equal ones.")
        case Verdict.DIFFERENT:
            best = max(zip(figures, names, strict=True), key=lambda each: each[0].share)[1]
            return gettext("{name} is answered most, by more than chance explains (95 %).", name=best)
