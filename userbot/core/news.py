"""What is new in the account's private dialogs, or in one supergroup: plain values, in the order that counts."""

from dataclasses import dataclass
from typing import TypeAlias

from userbot.core.model import GENERAL, Peer

ACCOUNT = 0
"""The box of the account's own updates: private dialogs and basic groups. Every supergroup is a box of its own."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a box was taken down."""

    pts: int
    date: int
    """Seconds since 1970 as Telegram told them with the `pts`."""
    newest: int
    """No message with a higher id was taken down."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message that stands in a dialog or a group."""

    chat: int
    """The other side of the dialog, or the group."""
    message_id: int
    sender: int | None
    """None when it was written in the name of a group or a channel."""
    out: bool
    """Whether the account wrote it, be it this program or its owner on a phone."""
    date: float
    text: str
    kind: str
    """As in `Source`."""
    content: bytes
    """A digest of text, formatting and media: it changes when what people see does."""
    topic: int = GENERAL
    reply_to: int | None = None
    grouped_id: int | None = None
    elsewhere: bool = False
    """Whether Telegram told that another session of the account wrote it: its owner did, on a phone."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A message shows something else now."""

    message: Said
    at: float


@dataclass(frozen=True, slots=True)
class Deleted:
    """Messages are gone. `chat` is None for private dialogs and basic groups, whose ids are one sequence."""

    chat: int | None
    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TopicTurned:
    """Somebody closed a topic of the group, or opened it again."""

    topic: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Read:
    """The other side of a private dialog has read everything of ours up to this message."""

    chat: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message is there that this very session sent with a random id. Whoever missed the answer learns of it so."""

    chat: int
    random_id: int
    message_id: int
    date: float


Event: TypeAlias = Said | Edited | Read | Deleted | TopicTurned | Arrived


@dataclass(frozen=True, slots=True)
class News:
    """What happened in a box after a position, up to another."""

    events: tuple[Event, ...]
    position: Position
    more: bool
    """Whether there is more to be asked for at once."""
    people: tuple[Peer, ...] = ()
    """Who is told of in full."""
    nobody: frozenset[int] = frozenset()
    """Who is no customer: bots, Telegram's own voices, the account itself."""
    stale: frozenset[int] = frozenset()
    """Other boxes of which there is news too."""
