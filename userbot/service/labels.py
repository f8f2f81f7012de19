"""Labels as administrators make them: new, renamed, removed, and what each does."""

from collections.abc import Callable
from dataclasses import replace

from userbot.core import grammar
from userbot.core.grammar import (
    ChangeMark,
    Command,
    Compute,
    DeleteMark,
    NewMark,
    RenameMark,
    SetAfter,
    SetSends,
    SetTicker,
    expressions,
)
from userbot.core.grammar.expressions import Expression, Unreadable
from userbot.core.labels import Label, asked, check, dependents
from userbot.core.language import gettext
from userbot.core.wording import labels as words
from userbot.service import editing
from userbot.service.requests import Declined
from userbot.store import marks, segments, sendings
from userbot.store.database import Connection

_NAMED = 20
"""How many labels are named where one is asked for that does not exist."""


async def existing(on: Connection, name: str, meant: Callable[[str], Command]) -> Label:
    """The label of this name. Raises Declined when there is none; `meant` is the command with another name."""
    labels = await marks.all_of(on)
    found = labels.get(name.lower())
    if found is not None:
        return found
    there_is_none = gettext("There is no label {name}.", name=name)
    names = [each.name for each in labels.values()]
    close = grammar.closest(name, list(labels))
    if close is not None:
        spelt = labels[close].name
        question = gettext("{sentence} Is “{word}” meant?", sentence=there_is_none, word=spelt)
        raise Declined(f"{question}\n{grammar.render(meant(spelt))}")
    if names:
        shown = ", ".join(names[:_NAMED])
        raise Declined(gettext("{sentence} The labels are: {labels}.", sentence=there_is_none, labels=shown))
    raise Declined(gettext("{sentence} There are none yet: /mark new NAME makes one.", sentence=there_is_none))


async def make(on: Connection, command: NewMark) -> str:
    """Make a label and return the answer. Raises Declined when there is one of that name."""
    await _check_free(on, command.mark)
    await marks.create(on, command.mark)
    name = command.mark
    return "\n".join(
        [
            gettext("Label {name} is new.", name=name),
            gettext("Set it in a customer's topic: {command}", command=f"/mark {name}"),
            gettext("What else it can do: {command}", command="/mark help"),
        ]
    )


async def _check_free(on: Connection, name: str, own: Label | None = None) -> None:
    other = await marks.find(on, name)
    if other is not None and (own is None or other.id != own.id):
        raise Declined(gettext("There is a label {name} already.", name=other.name))


async def change(on: Connection, command: ChangeMark, now: float) -> str:
    """Carry out one change and return the answer. Raises Declined, with nothing done."""
    label = await existing(on, command.mark, lambda close: replace(command, mark=close))
    match command:
        case RenameMark(new=new):
            await _check_free(on, new, label)
            await marks.rename(on, label, new)
            return gettext("Label {name} is called {new} now.", name=label.name, new=new)
        case DeleteMark():
            return await _delete(on, label)
        case Compute(expression=expression):
            return await _compute(on, label, command, expression, now)
        case SetAfter(removed=removed):
            return await _follow(on, label, command, removed)
        case SetSends(template=template):
            return await _send(on, label, command, template)
        case SetTicker(ticker=ticker):
            _refuse_computed(label)
            await marks.show(on, label, ticker)
            if ticker is None:
                return gettext("Topics of customers with {name} show nothing of it.", name=label.name)
            return gettext("Topics of customers with {name} show {ticker}.", name=label.name, ticker=ticker)


async def _delete(on: Connection, label: Label) -> str:
    names = dependents(label, await marks.all_of(on))
    numbers = [f"sid{number}" for number in await marks.awaited_by(on, label)]
    if names or numbers:
        users = ", ".join([*names, *numbers])
        raise Declined(gettext("Label {name} is used by {users}: change these first.", name=label.name, users=users))
    await marks.delete(on, label)
    return gettext("Label {name} is deleted, and nobody has it any more.", name=label.name)


def _refuse_computed(label: Label) -> None:
    if label.expression is not None:
        raise Declined(
            gettext("Label {name} is computed: nobody sets it, so nothing can follow from that.", name=label.name)
        )


async def _follow(on: Connection, label: Label, command: SetAfter, removed: tuple[str, ...]) -> str:
    _refuse_computed(label)
    found = []
    for name in removed:
        other = await existing(on, name, lambda close, name=name: _with(command, name, close))  # type: ignore[misc]
        _refuse_computed(other)
        if other.id == label.id:
            raise Declined(gettext("Label {name} cannot remove itself.", name=label.name))
        found.append(other)
    await marks.follow(on, label, found)
    if not found:
        return gettext("Setting {name} removes no other label.", name=label.name)
    names = ", ".join(each.name for each in found)
    return gettext("Setting {name} removes: {labels}.", name=label.name, labels=names)


def _with(command: SetAfter, name: str, close: str) -> SetAfter:
    return replace(command, removed=tuple(close if each == name else each for each in command.removed))


async def _send(on: Connection, label: Label, command: SetSends, template: str | None) -> str:
    _refuse_computed(label)
    if template is None:
        await marks.send(on, label, None)
        return gettext("Setting {name} sends nothing.", name=label.name)
    found = await editing.existing(on, template, command)
    editing.check_sendable(found)
    await marks.send(on, label, found.id)
    return gettext("Setting {name} sends template {template}.", name=label.name, template=found.name)


async def _compute(on: Connection, label: Label, command: Compute, expression: Expression | None, now: float) -> str:
    if expression is None:
        await marks.compute(on, label, None)
        return gettext("Label {name} is set by hand from now on; nobody has it.", name=label.name)
    labels = await marks.all_of(on)
    await _check_by_hand(on, label, labels)
    for name in expressions.labels(expression):
        await existing(
            on,
            name,
            lambda close, name=name: replace(command, expression=expressions.renamed(expression, name, close)),  # type: ignore[misc]
        )
    for number in asked(expression):
        await _check_asked(on, number)
    try:
        check(labels | {label.name.lower(): replace(label, expression=expression)})
    except Unreadable as error:
        raise Declined(gettext("{sentence} Nothing was changed.", sentence=error)) from error
    await marks.compute(on, label, expression)
    text = expressions.render(expression)
    people = words.people(await segments.count(on, replace(label, expression=expression), now))
    return gettext("Label {name} · {people}: {expression}", name=label.name, people=people, expression=text)


async def _check_by_hand(on: Connection, label: Label, labels: dict[str, Label]) -> None:
    """Raise Declined for a label that has been, or does, what a computed one cannot."""
    does = label.after or label.sends or label.ticker
    removed_by = [each.name for each in labels.values() if label.name in each.after]
    if (await marks.counts(on)).get(label.id) or does or removed_by:
        raise Declined(
            gettext(
                "Label {name} is set by hand: somebody has it, or something follows from it. Make a new one: {command}",
                name=label.name,
                command="/mark new NAME",
            )
        )


async def _check_asked(on: Connection, number: int) -> None:
    sending = await sendings.find(on, number)
    if sending is None:
        raise Declined(gettext("There is no sid{number}. /send sendings shows the latest.", number=number))
    if sending.pruned:
        raise Declined(gettext("Who got sid{number} is not kept any longer.", number=number))
