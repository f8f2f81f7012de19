"""The account's dialogs as they are read, page by page."""

from dataclasses import dataclass

from userbot.core.model import Peer, Written


@dataclass(frozen=True, slots=True)
class DialogPlace:
    """Where a page of the account's dialogs begins; the default is the newest of the main list."""

    folder: int = 0
    """0 is the main list, 1 the archive."""
    date: int | None = None
    message_id: int = 0
    peer_id: int | None = None
    access_hash: int = 0


ARCHIVE = DialogPlace(folder=1)


@dataclass(frozen=True, slots=True)
class DialogPage:
    """Some of the account's dialogs, newest first."""

    peers: list[Peer]
    half_known: list[int]
    """Who has a dialog and cannot be addressed by what this answer tells of them."""
    wrote: dict[int, Written]
    """Whose message is the last one of their dialog."""
    contact: dict[int, float]
    """When the last message of each dialog was written, whoever wrote it."""
    newest: float
    """When the newest message here was written; 0 when there is none."""
    oldest: float
    """The same of the last dialog."""
    total: int
    """How many dialogs the list holds, as Telegram counts."""
    next: DialogPlace | None
    """Where the next page of the same list begins; None at its end."""
