"""What the sender cannot decide alone, as values. It has stopped whatever must stop at once when it tells of one."""

from dataclasses import dataclass

from userbot.core.delivery import Refused


@dataclass(frozen=True, slots=True)
class Drained:
    """Nothing of a sending is left to send; or nothing of it is under way any more, and its lane is closed."""

    sending_id: int


@dataclass(frozen=True, slots=True)
class SessionOver:
    """Nothing can be done until somebody logs in again; no lane is open any more."""

    refused: Refused


@dataclass(frozen=True, slots=True)
class AccountRefused:
    """Telegram refuses the account, if only with this recipient."""

    refused: Refused
    peer_id: int
    halted: bool
    """Whether all lanes were closed over it. A call that was made before that only counts."""


@dataclass(frozen=True, slots=True)
class TooManyRefused:
    """More recipients refuse than a healthy audience has; no lane of a mailing is open any more."""


@dataclass(frozen=True, slots=True)
class TemplateRefused:
    """A message can be forwarded to nobody, or nobody knows why it cannot; the sending's lane is closed."""

    sending_id: int
    step: int
    refused: Refused


@dataclass(frozen=True, slots=True)
class MonthFull:
    """The monthly limit is used up; the sending's lane is closed."""

    sending_id: int


@dataclass(frozen=True, slots=True)
class FloodWait:
    """Telegram asks for a pause of so many seconds; nothing is sent in it."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Trouble:
    """Nothing is sent for a while; `words` say why. It goes on by itself."""

    words: str


@dataclass(frozen=True, slots=True)
class Unwritable:
    """Nothing is sent until outcomes can be written again; `words` say why they cannot."""

    words: str


@dataclass(frozen=True, slots=True)
class SetBack:
    """Somebody set the clock back by so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Recovered:
    """Trouble is over."""


Happening = (
    Drained
    | SessionOver
    | AccountRefused
    | TooManyRefused
    | TemplateRefused
    | MonthFull
    | FloodWait
    | Trouble
    | Unwritable
    | SetBack
    | Recovered
)
