"""What is said of labels and of the list of customers."""

from collections.abc import Sequence

from userbot.core.grammar import expressions
from userbot.core.labels import Label
from userbot.core.language import gettext, ngettext
from userbot.core.recipients import RecipientList
from userbot.core.wording.words import number


def people(count: int) -> str:
    """How many have a label."""
    return ngettext("{count} customer", "{count} customers", count)


def labels(found: Sequence[tuple[Label, int]]) -> str:
    """All labels, and how many have each."""
    if not found:
        return gettext("No labels yet. Make one: {command}", command="/mark new NAME")
    return "\n".join(" · ".join([label.name, people(count), *_does(label)]) for label, count in found)


def _does(label: Label) -> list[str]:
    """What a label does, in the words of the command."""
    computed = None if label.expression is None else expressions.render(label.expression)
    parts = {"after": ",".join(label.after), "sends": label.sends, "ticker": label.ticker, "is": computed}
    return [f"{word} {value}" for word, value in parts.items() if value]


def label(found: Label, count: int, depending: Sequence[str], topics: Sequence[tuple[str, str]]) -> str:
    """A label: what it does, who has it, and some links to their topics, as (name, link)."""
    lines = [gettext("Label {name} · {people}", name=found.name, people=people(count)), *_does(found)]
    if depending:
        lines.append(gettext("Used by: {labels}", labels=", ".join(depending)))
    lines += [f"{name}: {link}" for name, link in topics]
    return "\n".join([*lines, gettext("As a file: {command}", command=f"/export {found.name}")])


def on_customer(name: str, found: Sequence[str]) -> str:
    """The labels of one customer."""
    if not found:
        return gettext("{name} has no labels. Set one: {command}", name=name, command="/mark NAME")
    return gettext("{name}: {labels}", name=name, labels=", ".join(found))


def marked(name: str, label: str, *, new: bool, removed: Sequence[str]) -> str:
    """The answer to who set a label on a customer."""
    if not new:
        return gettext("{name} has the label {label} already.", name=name, label=label)
    if removed:
        return gettext(
            "{name} has the label {label} now. Removed: {removed}.", name=name, label=label, removed=", ".join(removed)
        )
    return gettext("{name} has the label {label} now.", name=name, label=label)


def marked_file(label: str, new: int, already: int, unknown: int, file: RecipientList, *, reading: bool) -> str:
    """The answer to who set a label on the ids of a file; `reading` while not all dialogs are known."""
    lines = [
        gettext(
            "Label {label}: {new} new, {already} already set, {unknown} unknown, {invalid} invalid.",
            label=label,
            new=number(new),
            already=number(already),
            unknown=number(unknown),
            invalid=number(file.invalid),
        )
    ]
    if unknown:
        lines.append(gettext("Unknown are those with whom the account has no dialog."))
    if unknown and reading:
        lines.append(
            gettext("⚠ The dialogs are still being read: there may be more of them. Send the file again later.")
        )
    if file.examples:
        lines.append(gettext("No ids: {examples}.", examples=", ".join(file.examples)))
    return "\n".join(lines)
