"""Throws noise at the whole program: `python -m tests.torture.fuzz [--messages N] [--seed N]`. Exits 1 on a finding.

Everything is real but Telegram, whose place an echo takes. What must hold: no exception escapes, nothing is sent
that no valid command of somebody entitled asked for, nobody is answered twice, and the program still works after it.
"""

import argparse
import asyncio
import logging
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.office import HandClock
from tests.ticking import ticking
from tests.torture.noise import BOSS, CUSTOMERS, MESSAGES, OPERATOR, OWNER, Noise, Source as NoiseSource
from userbot.config import load
from userbot.core.delivery import UNWANTED, Outcome, Refused, Sent
from userbot.core.dialogs import DialogPage, DialogPlace
from userbot.core.model import GENERAL, Incoming, Notice, Participant, Peer, Role, Source
from userbot.core.news import News, Position
from userbot.core.ports import Wanted
from userbot.errors import FloodWaitError, TelegramError
from userbot.store.place import opened
from userbot.telegram import translate
from userbot.wiring import App

ENTITLED = {OWNER, BOSS, OPERATOR}
SECONDS = 30.0
"""How much time passes with every message."""

PATIENCE = 60.0


class Echo:
    """Answers as Telegram would, remembers what was sent, and refuses now and then."""

    def __init__(self, seed: int, *, contrary: bool) -> None:
        self._contrary = contrary
        self.me = Peer(OWNER, 1, "Shop", "the_shop")
        self.group_id = -1000000000001
        self.group_title = "Backend"
        self.forwarded: list[tuple[tuple[int, ...], int]] = []
        self.answers: dict[int, set[int]] = {}
        self.file = b""
        self._chance = random.Random(seed)

    def _stumble(self) -> None:
        if self._contrary and self._chance.random() < 0.02:
            raise FloodWaitError("Telegram asks for a pause.", self._chance.choice((0, 1, 25, 300)))
        if self._chance.random() < 0.02:
            raise TelegramError("Telegram refused: it felt like it.")

    async def forward(
        self, message_ids: Sequence[int], peer_id: int, access_hash: int, random_ids: Sequence[int], wanted: Wanted
    ) -> Outcome:
        if not wanted():
            return UNWANTED
        assert access_hash is not None
        assert len(message_ids) == len(random_ids)
        if self._chance.random() < 0.05:
            return Refused(self._chance.choice(("USER_IS_BLOCKED", "CONNECTION_LOST", "SLOWMODE_WAIT", "WHO_KNOWS")))
        self.forwarded.append((tuple(message_ids), peer_id))
        return Sent(len(self.forwarded))

    async def post(self, notice: Notice, random_id: int, report: Path | None = None) -> Outcome:
        assert len(notice.text) <= 4096
        if notice.reply_to is not None:
            self.answers.setdefault(notice.reply_to, set()).add(random_id)
        posted = Sent(random_id % 2**40 + 2**40)
        return posted if self._chance.random() < 0.98 else Refused("CONNECTION_LOST")

    async def edit(self, message_id: int, text: str) -> Outcome:
        assert message_id >= 2**40
        assert len(text) <= 4096
        codes = ("CONNECTION_LOST", "MESSAGE_ID_INVALID", "FLOOD_WAIT")
        return Sent(message_id) if self._chance.random() < 0.95 else Refused(self._chance.choice(codes), 1)

    async def position(self, box: int, access_hash: int = 0) -> Position:
        return Position(1, 1, 1)

    async def news(self, box: int, since: Position, access_hash: int = 0) -> News:
        """Nobody writes privately."""
        return News((), since, more=False)

    def pushed(self, since: Position) -> News | None:
        return None

    async def sources(self, message_ids: Sequence[int]) -> list[Source | None]:
        self._stumble()
        return [Source(each, "text") if each in MESSAGES else None for each in message_ids]

    async def album(self, message_id: int) -> list[Source]:
        self._stumble()
        return [Source(message_id, "text")] if message_id in MESSAGES else []

    async def download(self, message_id: int) -> AsyncIterator[bytes]:
        self._stumble()
        yield self.file

    async def participant(self, person: Peer, message_id: int) -> Participant:
        self._stumble()
        if self._contrary and self._chance.random() < 0.02:
            return Participant(Role.HIDDEN, person)
        roles = {OWNER: Role.CREATOR, BOSS: Role.MEMBER, OPERATOR: Role.MEMBER}
        return Participant(roles.get(person.id, Role.STRANGER), person)

    async def ask_spambot(self, known: Peer | None) -> tuple[str | None, Peer]:
        return "Good news, no limits are currently applied to your account.", known or Peer(1, 1, "SpamBot")

    async def resolve(self, peer: Peer) -> Peer | None:
        return peer if peer.id in CUSTOMERS else None

    async def dialogs(self, place: DialogPlace) -> DialogPage:
        self._stumble()
        half = [each for each in CUSTOMERS if self._contrary and self._chance.random() < 0.2]
        whole = [Peer(each, each, f"Customer {each}", has_dialog=True) for each in CUSTOMERS if each not in half]
        return DialogPage(whole, half, {}, {}, newest=1.0, oldest=1.0, total=len(CUSTOMERS), next=None)

    async def newest(self) -> int:
        return max(MESSAGES)

    async def history(self, after: int) -> AsyncIterator[Incoming]:
        nothing: list[Incoming] = []
        for each in nothing:
            yield each

    async def ended(self) -> Refused:
        await asyncio.Event().wait()
        raise AssertionError


class Complaints(logging.Handler):
    """Whatever the program logs as an error."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            cause = record.exc_info[1] if record.exc_info else None
            self.found.append(f"{record.getMessage()}: {cause!r}")


class Fuzz:
    """The program with noise as its only input."""

    def __init__(self, app: App, echo: Echo, clock: HandClock, seed: int) -> None:
        self._app = app
        self._echo = echo
        self._clock = clock
        self._noise = NoiseSource(seed)
        self._chance = random.Random(seed)
        self._asked: set[int] = set()
        self.complaints = Complaints()
        self.findings: Counter[str] = Counter()

    async def run(self, messages: int) -> None:
        """Throw so many messages, each when the one before is done with."""
        for _ in range(messages):
            noise = self._noise.next(self._clock.now())
            self._throw(noise)
            if self._chance.random() < 0.05:
                self._throw(noise)
            if not await self._digested():
                self.findings[f"never done with {noise.message}"] += 1
                break
            self._clock.advance(SECONDS)
        self._look_at_what_was_sent()
        self.findings.update(self.complaints.found)

    def _throw(self, noise: Noise) -> None:
        try:
            incoming = translate.incoming(noise.message, noise.entities)
        except Exception as error:  # noqa: BLE001  that is the finding
            self.findings[f"translate: {error!r} for {noise.message}"] += 1
            return
        if incoming is not None:
            self._echo.file = noise.file
            self._expect(incoming)
            self._app.inbox.hear(incoming)

    def _expect(self, incoming: Incoming) -> None:
        """What somebody entitled asks to be sent may be sent. A topic's operator may not add or send messages."""
        entitled = incoming.sender is not None and incoming.sender.id in ENTITLED - {OPERATOR}
        if entitled and incoming.topic == GENERAL and incoming.text.lstrip().casefold().startswith("/send"):
            self._asked.add(incoming.reply_to or 0)

    async def _digested(self) -> bool:
        """Wait until the program is done with all it has heard; False when that takes too long."""
        try:
            async with ticking(self._clock, SECONDS), asyncio.timeout(PATIENCE):
                await self._app.inbox._heard.join()
        except TimeoutError:
            return False
        return True

    def _look_at_what_was_sent(self) -> None:
        for messages, peer in self._echo.forwarded:
            if not set(messages) <= self._asked:
                self.findings[f"{messages} was sent, and nobody asked for it"] += 1
            if peer not in {*CUSTOMERS, *ENTITLED}:
                self.findings[f"{peer} got something, and is no customer"] += 1
        for message, answers in self._echo.answers.items():
            if len(answers) > 1:
                self.findings[f"message {message} was answered {len(answers)} times"] += 1


async def fuzz(messages: int, seed: int, folder: Path, *, contrary: bool = True) -> tuple[Fuzz, Echo]:
    """Run the program over an echo and throw noise at it."""
    clock, echo = HandClock(), Echo(seed, contrary=contrary)
    settings: Any = {
        "api_id": 1, "api_hash": "0" * 32, "backend_group": str(echo.group_id), "extensions_allowed": str(BOSS),
        "monthly_limit": 0, "rate_per_minute": 0, "data_dir": folder / "data", "sessions_dir": folder / "sessions",
    }  # fmt: skip
    given = load(_env_file=None, desk=False, **settings)
    async with opened(given) as database:
        gateway: Any = echo
        app = App(given, database, gateway, clock, given.data_dir)
        test = Fuzz(app, echo, clock, seed)
        logging.getLogger("userbot").addHandler(test.complaints)
        stop, ready = asyncio.Event(), asyncio.Event()
        running = asyncio.create_task(app.run(stop, ready.set))
        try:
            await ready.wait()
            await test.run(messages)
        finally:
            stop.set()
            await running
            logging.getLogger("userbot").removeHandler(test.complaints)
    return test, echo


def main() -> int:
    """Run it, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture.fuzz", description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument(
        "--contrary", action=argparse.BooleanOptionalAction, default=True, help="surprises, as there are"
    )
    options = parser.parse_args()
    print(f"seed {options.seed}: {options.messages:,} messages", flush=True)
    began = time.monotonic()
    with TemporaryDirectory(prefix="fuzz-") as folder:
        test, echo = asyncio.run(fuzz(options.messages, options.seed, Path(folder), contrary=options.contrary))
    print(f"  {'seconds':38}{time.monotonic() - began:>9,.0f}")
    print(f"  {'answers':38}{len(echo.answers):>9,}")
    print(f"  {'messages sent':38}{len(echo.forwarded):>9,}")
    print(f"  {'findings':38}{test.findings.total():>9,}")
    for finding, times in test.findings.most_common(20):
        print(f"  {times:>5}x {finding[:300]}")
    return 1 if test.findings else 0


if __name__ == "__main__":
    sys.exit(main())
