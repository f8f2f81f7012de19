"""What can be said of labels, and of the list of customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from userbot.core.grammar.expressions import Expression


@dataclass(frozen=True, slots=True)
class HelpMarks:
    """Show what can be done with labels at this place."""


@dataclass(frozen=True, slots=True)
class ShowMarks:
    """List the labels; in a dialog topic, those of this topic's customer."""


@dataclass(frozen=True, slots=True)
class ShowMark:
    """Show what a label does, and who has it."""

    mark: str


@dataclass(frozen=True, slots=True)
class NewMark:
    """Make a label."""

    mark: str


@dataclass(frozen=True, slots=True)
class RenameMark:
    """Give a label another name."""

    mark: str
    new: str


@dataclass(frozen=True, slots=True)
class DeleteMark:
    """Remove a label, from everybody."""

    mark: str


# Of the next four, nothing behind the name clears what was there.


@dataclass(frozen=True, slots=True)
class SetAfter:
    """Remove these labels when this one is set."""

    mark: str
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetSends:
    """Send this template when the label is set."""

    mark: str
    template: str | None


@dataclass(frozen=True, slots=True)
class SetTicker:
    """Show this text in the name of the topic."""

    mark: str
    ticker: str | None


@dataclass(frozen=True, slots=True)
class Compute:
    """Let the label follow from an expression."""

    mark: str
    expression: Expression | None


@dataclass(frozen=True, slots=True)
class MarkFile:
    """Set a label on the ids in the file that carries the command as its caption."""

    mark: str


@dataclass(frozen=True, slots=True)
class PutMark:
    """Set a label on the customer of the dialog topic."""

    mark: str


@dataclass(frozen=True, slots=True)
class TakeMark:
    """Remove a label from the customer of the dialog topic."""

    mark: str


@dataclass(frozen=True, slots=True)
class Export:
    """Write the customers, or those with a label, into a file."""

    mark: str | None


ChangeMark: TypeAlias = RenameMark | DeleteMark | SetAfter | SetSends | SetTicker | Compute
Marking: TypeAlias = HelpMarks | ShowMarks | ShowMark | NewMark | ChangeMark | MarkFile | PutMark | TakeMark | Export
