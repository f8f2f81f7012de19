"""The things the program talks about, as plain values.

Ids are Telegram's own: a user's id is positive, a supergroup's is -100…, a basic group's is -….
Times are seconds since 1970 in UTC, as floats.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NamedTuple

from userbot.core.acts import Act
from userbot.core.figures import Counts, Receipts
from userbot.core.forwarding import can_copy
from userbot.core.timing import Time

GENERAL = 1
"""The topic id of General in every forum; a group without topics is General alone."""

ELSEWHERE = 0
"""In place of a replied-to message's id: it stands in another chat."""

MAX_STEPS = 100
"""How many steps a template may have."""


class SendingStatus(StrEnum):
    """Where a sending is in its life (see `lifecycle`)."""

    AWAITS = "awaits"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    STOPPED = "stopped"

    @property
    def ended(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self in {SendingStatus.FINISHED, SendingStatus.CANCELLED, SendingStatus.STOPPED}


class DeliveryStatus(IntEnum):
    """What became of one step for one recipient. Stored as a number: there are millions of them."""

    PENDING = 0
    SENT = 1
    FAILED = 2
    SKIPPED = 3


class Audience(StrEnum):
    """Whom a sending is for."""

    TEST = "test"
    ALL = "all"
    FILE = "file"
    LIST = "list"
    MARK = "mark"
    TOPIC = "topic"


class Role(IntEnum):
    """What a person is in the backend group."""

    STRANGER = 0
    MEMBER = 1
    CREATOR = 2
    HIDDEN = 3
    """Telegram does not tell who the group's members are."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody the account can address: a customer, an operator, or a chat it belongs to."""

    id: int
    access_hash: int
    name: str
    username: str | None = None
    has_dialog: bool = False
    gone: str | None = None
    """Why nothing is sent there any more, in words for the report; None while all is well."""
    first_name: str = ""
    """Of a person, or a chat's title; empty where Telegram was not asked."""
    last_name: str = ""


class Written(NamedTuple):
    """A message that somebody wrote to the account."""

    message_id: int
    date: float


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who wrote in the backend group, as far as Telegram tells."""

    role: Role
    person: Peer


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a template or a sending: a reference to one message, or to an album, and its time."""

    message_ids: tuple[int, ...]
    time: Time
    kind: str
    placeholders: tuple[str, ...] = ()
    """As they are written in its text, each once."""

    @property
    def personal(self) -> bool:
        """Whether everybody gets a copy of their own instead of a forward."""
        return bool(self.placeholders) and can_copy(self.kind)


@dataclass(frozen=True, slots=True)
class Template:
    """A named chain of steps."""

    id: int
    name: str
    steps: tuple[Step, ...]
    until_answer: bool = False
    """Whether it ends for whoever answers it."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One mailing."""

    id: int
    audience: Audience
    what: str
    """What is sent, for people: the template's name, or how the message begins, or its kind."""
    status: SendingStatus
    topic: int
    """Where its notices go."""
    ordered_by: int
    ordered_at: float
    start_at: float
    seed: bytes
    counts: Counts = field(default_factory=Counts)
    recipients: int = 0
    mark: str | None = None
    hold: str | None = None
    """Why it is paused, in words; None of one that a person paused, which nothing but a person lets go on."""
    resume_at: float | None = None
    """When it goes on by itself, while paused."""
    started_at: float | None = None
    ended_at: float | None = None
    pruned: bool = False
    """Whether its deliveries are gone, and with them its report."""
    receipts: Receipts = field(default_factory=Receipts)
    until_answer: bool = False
    """Whether it ends for whoever answers it."""
    unconfirmed: bool = False
    """Whether it waits for an administrator's word to begin, which then holds for so many as are `confirmed`."""
    confirmed: int = 0
    act: Act = Act.SEND
    origin: int | None = None
    """The number of the one whose deliveries it takes back or corrects, or of which it brings the rest."""
    only_step: int | None = None
    """The one step of the origin that it is about; None means all."""
    orderer: str = ""
    """Who ordered it, by name."""
    versions: int = 1
    """How many templates are compared, of which every recipient gets one."""

    @property
    def paused_by_hand(self) -> bool:
        """Whether a person paused it."""
        return self.status is SendingStatus.PAUSED and self.hold is None

    @property
    def in_general(self) -> bool:
        """Whether its notices go to General, with a report."""
        return self.topic == GENERAL

    @property
    def counted(self) -> bool:
        """Whether it counts towards the monthly limit. A test counts nowhere."""
        return self.audience is not Audience.TEST and self.sends

    @property
    def sends(self) -> bool:
        """Whether people get something new by it."""
        return self.act is Act.SEND

    @property
    def mass(self) -> bool:
        """Whether it sends to many: Telegram looks at such, and they rest in quiet hours."""
        return self.sends and not self.urgent

    @property
    def urgent(self) -> bool:
        """Whether it is an operator's word to one person, which never waits behind a mailing."""
        return self.audience is Audience.TEST or self.audience is Audience.TOPIC

    @property
    def small(self) -> bool:
        """Whether it is to one person and told of in a line: urgent, or what a label began in a dialog topic."""
        return self.urgent or not self.in_general


class Delivery(NamedTuple):
    """One step of a sending for one recipient, ready to go out."""

    sending_id: int
    peer_id: int
    step: int
    """Counted from 1."""
    due_at: float
    tries: int
    access_hash: int
    gone: str | None = None
    met: str | None = None
    """The code of Telegram's last refusal, which it has met `tries` times in a row."""
    opted_out: bool = False
    """Whether they want no mailings."""
    first_id: int | None = None
    """Of a chain that ends for whoever answers it: the id of the first message that this recipient got of it."""
    wrote_id: int = 0
    """The id of their last message to the account that is written down; both are ids of one sequence."""
    names: Sequence[str] = ()
    """First name, last name and username, for a step that is personal."""
    delivered: tuple[int, ...] = ()
    """The ids of what stands there already, for a sending that takes it back or corrects it."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message. `size` is in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message in the backend group, as far as the program cares."""

    message_id: int
    sender: Peer | None
    """None when it was sent anonymously, on behalf of the group or of a channel."""
    text: str
    topic: int
    date: float
    reply_to: int | None = None
    attachment: Attachment | None = None
    edited_at: float | None = None
    """When it was changed, as far as the update tells."""


@dataclass(frozen=True, slots=True)
class Source:
    """A message of the backend group that a step refers to."""

    message_id: int
    kind: str
    grouped_id: int | None = None
    """Messages of one album share it."""
    text: str = ""
    """Its text, or the caption, or what a poll asks."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be said in the backend group."""

    text: str
    topic: int = GENERAL
    reply_to: int | None = None
    report_of: int | None = None
    """The sending whose report is attached."""
    sending_id: int | None = None
    """The sending that it is about: a reply to it means that one."""
    live: bool = False
    """Whether its message is the sending's announcement, which is edited from now on."""
    listing: str | None = None
    """The list that is attached as a whole: sendings or templates."""
    export: str | None = None
    """The label whose customers are attached as a list; empty for all customers."""
    question: str | None = None
    """Who would get a sending is attached as a list: as whom, see `store.audiences.written`."""
    id: int = 0

    @property
    def file_name(self) -> str | None:
        """The name of the attached file."""
        if self.report_of is not None:
            return f"sid{self.report_of}.csv"
        if self.export is not None:
            return f"customers-{self.export}.csv" if self.export else "customers.csv"
        if self.question is not None:
            return "check.csv"
        return None if self.listing is None else f"{self.listing}.csv"
