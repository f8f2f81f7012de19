"""What can be said: the commands, whom they can be for, and the answer to what was not understood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from userbot.core.grammar.marks import Marking

if TYPE_CHECKING:
    from userbot.core.timing import Time


class Place(Enum):
    """Where a command was written; a reply counts in General alone."""

    GENERAL_REPLY = "general reply"
    GENERAL = "general"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Test:
    """The operator who wrote the command."""


@dataclass(frozen=True, slots=True)
class All:
    """Every customer."""


@dataclass(frozen=True, slots=True)
class File:
    """The ids in the file that carries the command as its caption."""


@dataclass(frozen=True, slots=True)
class Listed:
    """These users (positive) and chats (-100...), each once, as written; or by username, without the @."""

    ids: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """Every customer with this mark, spelled as the operator spelled it."""

    mark: str


@dataclass(frozen=True, slots=True)
class Here:
    """The customer or chat of the dialog topic the command was written in."""


Target: TypeAlias = Test | All | File | Listed | Marked | Here


@dataclass(frozen=True, slots=True)
class Help:
    """Show what works at this place."""


@dataclass(frozen=True, slots=True)
class Run:
    """Start a sending: of a template, or without one of the message that the command replies to."""

    target: Target
    template: str | None
    time: Time
    instance: int | None
    others: tuple[str, ...] = ()
    """Further templates, of which every recipient gets one."""

    @property
    def templates(self) -> tuple[str, ...]:
        """All of them; none when a message is sent."""
        return () if self.template is None else (self.template, *self.others)

    def corrected(self, wrong: str, right: str) -> Run:
        """The same with another template in place of one."""
        first, *others = (right if each == wrong else each for each in self.templates)
        return replace(self, template=first, others=tuple(others))


@dataclass(frozen=True, slots=True)
class Check:
    """Say what a run would come to, and make nothing."""

    run: Run


@dataclass(frozen=True, slots=True)
class AddStep:
    """Append the message that the command replies to to a template, which may be new."""

    template: str
    time: Time


@dataclass(frozen=True, slots=True)
class ShowTemplates:
    """List the templates."""


@dataclass(frozen=True, slots=True)
class ShowSendings:
    """List the latest sendings; in a dialog topic, those of this topic."""

    instance: int | None


@dataclass(frozen=True, slots=True)
class ShowTemplate:
    """Show a template's steps."""

    template: str


@dataclass(frozen=True, slots=True)
class ShowSending:
    """Show the status of sending ``number``; with its report if that is asked for, or it has ended."""

    number: int
    report: bool = False


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a template another name."""

    template: str
    new: str


@dataclass(frozen=True, slots=True)
class Retime:
    """Change the time of the step whose referenced message has this id."""

    template: str
    message_id: int
    time: Time


@dataclass(frozen=True, slots=True)
class DeleteStep:
    """Remove the step whose referenced message has this id."""

    template: str
    message_id: int


@dataclass(frozen=True, slots=True)
class DeleteTemplate:
    """Remove a template."""

    template: str


@dataclass(frozen=True, slots=True)
class EndAtAnswer:
    """Let a template's chain end for whoever answers it, or go on for them too."""

    template: str
    ends: bool


# Without a number the next ones mean the sending whose notice was replied to, else all that it can happen to.


@dataclass(frozen=True, slots=True)
class Cancel:
    """Call off a sending that has not started."""

    number: int | None


@dataclass(frozen=True, slots=True)
class Pause:
    """Hold a running sending."""

    number: int | None


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with a held sending."""

    number: int | None


@dataclass(frozen=True, slots=True)
class Stop:
    """End a sending for good."""

    number: int | None


# Without a number the next two mean the sending whose notice was replied to.


@dataclass(frozen=True, slots=True)
class Retry:
    """Send what a sending that has ended left undelivered."""

    number: int | None
    time: Time


@dataclass(frozen=True, slots=True)
class Recall:
    """End a sending if it runs, and take back what it delivered."""

    number: int | None


@dataclass(frozen=True, slots=True)
class Correct:
    """Put the text of the message that the command replies to in place of what a sending delivered.

    ``step`` is counted from 1; None is the only one.
    """

    number: int
    step: int | None


@dataclass(frozen=True, slots=True)
class Go:
    """Let a sending begin that waits for a second word."""

    number: int | None


@dataclass(frozen=True, slots=True)
class Bind:
    """Tie the dialog topic to a user (positive), a chat (-100...), or whoever has a username, without the @."""

    peer: int | str


@dataclass(frozen=True, slots=True)
class OptOut:
    """Take the dialog topic's customer out of mailings."""


@dataclass(frozen=True, slots=True)
class OptIn:
    """Take the dialog topic's customer in again."""


Steer: TypeAlias = Cancel | Pause | Resume | Stop | Go

FollowUp: TypeAlias = Retry | Recall | Correct

Mailing: TypeAlias = (
    Help
    | Run
    | AddStep
    | ShowTemplates
    | ShowSendings
    | ShowTemplate
    | ShowSending
    | Rename
    | Retime
    | DeleteStep
    | DeleteTemplate
    | EndAtAnswer
    | Steer
    | Bind
    | OptOut
    | OptIn
)

Command: TypeAlias = Mailing | Check | FollowUp | Marking


@dataclass(frozen=True, slots=True)
class Mistake:
    """What was not understood, in a sentence, and the nearest command that works at the same place.

    The hint keeps the user's own words; capitals (NAME, IDS, HH:MM) stand where there were none to keep.
    """

    what: str
    hint: str
