"""What the services need of the world outside, as Protocols. `telegram` and `service.clock` provide them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from userbot.core.delivery import Outcome, Refused
from userbot.core.dialogs import DialogPage, DialogPlace
from userbot.core.model import Incoming, Notice, Participant, Peer, Source
from userbot.core.news import News, Position
from userbot.core.placeholders import Person


class Alarm(Protocol):
    """Something that can be waited for; asyncio.Event is one."""

    def is_set(self) -> bool:
        """Whether it has gone off."""

    async def wait(self) -> object:
        """Return once it has."""


class Clock(Protocol):
    """The time, and the one sleep of the program."""

    def now(self) -> float:
        """Seconds since 1970, UTC; may jump when somebody sets the machine's clock."""

    def monotonic(self) -> float:
        """Seconds since some moment; never jumps."""

    async def wait(self, alarm: Alarm, seconds: float | None) -> None:
        """Return when `alarm` is set or `seconds` have passed, whichever comes first; None waits for the alarm."""


Wanted = Callable[[], bool]
"""Asked right before a call begins, which may have to wait for the connection; without it there is none: UNWANTED."""


class Desk(Protocol):
    """What the desk does at Telegram. Whatever is no news is an Outcome, and raises nothing."""

    async def position(self, box: int, access_hash: int = 0) -> Position:
        """Where a box stands now. Raises TelegramError, as `news` does."""

    def pushed(self, since: Position) -> News | None:
        """What updates have told of the account's box in full, without anybody being asked; None for nothing."""

    async def news(self, box: int, since: Position, access_hash: int = 0) -> News:
        """What happened in a box since then, as much of it as Telegram tells at once."""

    async def show(
        self,
        peer: Peer,
        message_ids: Sequence[int],
        topic: int,
        random_ids: Sequence[int],
        *,
        reply_to: int | None = None,
    ) -> Outcome:
        """Let messages of a dialog appear in a topic, perhaps as a reply to a message there; `Shown` when they do."""

    async def show_edit(
        self, peer: Peer, message_id: int, topic: int, reply_to: int, random_id: int, *, shown: bytes | None, mark: str
    ) -> Outcome:
        """Reply in a topic with what a message of the dialog says now, after `mark`; nothing when `shown` is that."""

    async def answer(
        self, peer: Peer, message_ids: Sequence[int], random_ids: Sequence[int], *, reply_to: int | None = None
    ) -> Outcome:
        """Send messages of the group to a customer or a chat in the account's name, perhaps as a reply."""

    async def edit_copy(self, peer: Peer, message_id: int, source_id: int) -> Outcome:
        """Let a message of ours in a dialog say and show what a message of the group does."""

    async def correct(
        self, person: Person, access_hash: int, message_id: int, source_id: int, occasion: int, wanted: Wanted
    ) -> Outcome:
        """Put the text of a message of the group, with this person's names, in place of ours in a dialog; media stays.

        For each `occasion` the source is read once, and once more after a restart.
        """

    async def take_back(self, peer: Peer, message_ids: Sequence[int], wanted: Wanted = ...) -> Outcome:
        """Delete messages of ours in a dialog, on both sides; one that is gone is as good as deleted.

        Among people ids alone say which, so `message_ids`, a hundred at most, may be of several people's dialogs.
        """

    async def open_topic(self, title: str, random_id: int) -> Outcome:
        """A new topic; `Sent.message_id` is its id. The same random id opens it only once."""

    async def reopen_topic(self, topic: int) -> Outcome:
        """Open a closed topic again."""

    async def topic_title(self, topic: int) -> str | Refused | None:
        """What a topic is called; None when there is no such topic."""

    async def rename_topic(self, topic: int, title: str) -> Outcome:
        """Call a topic something else."""

    async def topic_stands(self, topic: int) -> bool | Refused:
        """Whether there is such a topic."""


class Telegram(Desk, Protocol):
    """The account, and the backend group, as the services see them.

    Whatever is not an Outcome raises `errors.TelegramError` with a sentence when Telegram cannot do it, and its
    subclass `FloodWaitError` when it asks for a pause first.
    """

    me: Peer
    group_id: int

    def forward(
        self, message_ids: Sequence[int], peer_id: int, access_hash: int, random_ids: Sequence[int], wanted: Wanted
    ) -> Awaitable[Outcome]:
        """Forward messages of the backend group without their author. Never raises for what Telegram answers.

        The call is made at once where it can be, whether or not somebody waits for it already.
        """

    async def send_personal(
        self, message_ids: Sequence[int], person: Person, access_hash: int, random_ids: Sequence[int], wanted: Wanted
    ) -> Outcome:
        """Send copies of messages of the backend group, with this person's names in place of the placeholders.

        Never raises for what Telegram answers.
        """

    async def write(self, peer_id: int, access_hash: int, text: str, random_id: int) -> Outcome:
        """Write plain text to a customer; the same random id says it only once."""

    async def post(self, notice: Notice, random_id: int, report: Path | None = None) -> Outcome:
        """Say something in the backend group; the same random id says it only once."""

    async def edit(self, message_id: int, text: str) -> Outcome:
        """Let a message of the account's own in the backend group say something else."""

    async def sources(self, message_ids: Sequence[int]) -> list[Source | None]:
        """Look at messages of the backend group, in this order; None for one that is gone."""

    async def album(self, message_id: int) -> list[Source]:
        """The message, with the whole album it belongs to, in order; empty when it is gone."""

    def download(self, message_id: int) -> AsyncIterator[bytes]:
        """The bytes of the file of a message in the backend group."""

    async def participant(self, person: Peer, message_id: int) -> Participant:
        """What somebody is in the backend group who wrote this message there, and who they are in full."""

    async def ask_spambot(self, known: Peer | None) -> tuple[str | None, Peer]:
        """The words with which @SpamBot answers a question of ours, None when it does not; and where it is.

        `known` is where it was the last time.
        """

    async def resolve(self, peer: Peer) -> Peer | None:
        """Look a peer up anew; None when Telegram does not know it."""

    async def dialogs(self, place: DialogPlace) -> DialogPage:
        """A page of the account's dialogs."""

    async def newest(self) -> int:
        """The id of the newest message in the backend group, 0 when there is none."""

    def history(self, after: int) -> AsyncIterator[Incoming]:
        """The messages of the backend group with ids above `after`, oldest first."""
