"""The desk's rules: what a topic is called, what stays inside it, and the random ids that make a repeat harmless."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from userbot.core.delivery import Meaning, Refused, random_id
from userbot.core.model import Peer

LONGEST_TITLE = 128
"""Characters (core.telegram.org/method/messages.createForumTopic)."""

ALBUM_SECONDS = 0.3
"""How long the parts of an album may follow one another: they are placed together and may be told of apart."""

MAX_ALBUM = 10

SUPERGROUPS = -1_000_000_000_000
"""Ids of supergroups are below; those of basic groups and of people above."""


class Side(StrEnum):
    """Where something happened that the other side is to see."""

    DIALOG = "dialog"
    TOPIC = "topic"


class What(StrEnum):
    """What happened."""

    MESSAGE = "message"
    EDIT = "edit"
    DELETION = "deletion"


class Fate(StrEnum):
    """What became of it."""

    DONE = "done"
    DROPPED = "dropped"
    """The other side is not to see it: it is ours, or gone again."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened, as it stands in the desk's journal."""

    id: int
    peer_id: int
    side: Side
    what: What
    dialog_id: int | None
    topic_id: int | None
    reply_to: int | None
    grouped_id: int | None
    batch: int | None
    out: bool
    sender: int | None
    date: float
    content: bytes | None
    elsewhere: bool
    """As in `Said`."""

    @property
    def source_id(self) -> int:
        """The id of the message on the side where it happened."""
        found = self.dialog_id if self.side is Side.DIALOG else self.topic_id
        assert found is not None
        return found


def title(peer: Peer) -> str:
    """What the topic of somebody is called when it is opened."""
    name = " ".join(peer.name.split()) or str(peer.id)
    username = f" @{peer.username}" if peer.username else ""
    return name[: LONGEST_TITLE - len(username)] + username


def stays(text: str) -> bool:
    """Whether what an operator writes in a topic is not for the customer: a comment (`/ …`), or a command."""
    return text.startswith("/")


def random_ids(seed: bytes, items: Sequence[Item]) -> list[int]:
    """One for each: always the same for the same thing, whatever row it stands in. 64 bits, signed."""
    return [
        random_id(seed, f"{each.side}/{each.peer_id}/{each.what}/{each.source_id}/{moment(each)}") for each in items
    ]


def moment(item: Item) -> int:
    """What tells one edit of a message from the next."""
    return int(item.date) if item.what is What.EDIT else 0


TOPIC_GONE = {"TOPIC_DELETED", "TOPIC_ID_INVALID", "TOPIC_NOT_FOUND"}
TOPIC_CLOSED = {"TOPIC_CLOSED"}

_GROUP = {
    "CHAT_WRITE_FORBIDDEN", "CHAT_RESTRICTED", "CHANNEL_PRIVATE", "CHANNEL_INVALID", "CHAT_ADMIN_REQUIRED",
    "USER_BANNED_IN_CHANNEL", "CHAT_FORBIDDEN", "CHANNEL_FORUM_MISSING", "CHAT_GUEST_SEND_FORBIDDEN",
}  # fmt: skip
"""The group as it is lets nothing appear. Somebody may change that, so what is to appear waits."""

GROUP_SECONDS = 60.0


def wait_for_group(refused: Refused) -> float | None:
    """Seconds until it is worth trying again to let something appear in the group; None when it never is."""
    if refused.code in _GROUP or refused.meaning in {Meaning.ACCOUNT, Meaning.SESSION}:
        return GROUP_SECONDS
    if refused.meaning in {Meaning.ACCOUNT_LATER, Meaning.CHAT_LATER}:
        return refused.seconds + 1
    return None
