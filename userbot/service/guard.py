"""Asks @SpamBot whether the account may mail, and puts its words into a verdict.

Where the bot is, and which of its words somebody has overruled, outlives the process: looking up a name is a call that
Telegram limits sharply, and whoever has decided once about words in their own language is not asked again.
"""

import asyncio
from dataclasses import dataclass

from userbot.core import spambot, wording
from userbot.core.language import gettext
from userbot.core.model import Peer
from userbot.core.ports import Telegram
from userbot.errors import FloodWaitError, TelegramError
from userbot.store import facts
from userbot.store.database import Connection, Database

SHOWN = 400
"""Characters of the bot's words that a notice shows."""

AFTERWARDS = 60.0
"""Seconds after the end of a limit at which @SpamBot is asked again."""

PATIENCE = 600.0
"""Seconds between two questions at least: the date in its words may be past already."""

_BOT = "spambot"
_OVERRULED = "spambot overruled"

KEPT = 20
"""How many different words that were overruled are remembered."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a mass run may go. `why` says in a sentence why not, `until` when the limit ends."""

    free: bool
    why: str = ""
    until: float | None = None
    pause: float = 0.0
    """Seconds that Telegram asks for before the bot can be asked."""
    unknown: str = ""
    """Words that nobody knows, as they are compared."""

    def ask_again_at(self, now: float) -> float | None:
        """When a sending may go on by itself, if it is free then; None when a person has to decide."""
        if self.pause:
            return now + self.pause + 1
        return None if self.until is None else max(self.until + AFTERWARDS, now + PATIENCE)


class Guard:
    """Asks @SpamBot."""

    def __init__(self, telegram: Telegram, database: Database | None = None) -> None:
        self._telegram = telegram
        self._database = database
        self._asking = asyncio.Lock()
        self._verdict: Verdict | None = None

    async def ask(self) -> Verdict:
        """What @SpamBot says of the account now: one question for all who want to know while it is under way.

        Raises StoreError.
        """
        waits = self._asking.locked()
        async with self._asking:
            if not waits or self._verdict is None:  # or whoever asked was cancelled
                self._verdict = None
                self._verdict = await self._ask()
            return self._verdict

    async def _ask(self) -> Verdict:
        """Whatever is not understood, nor overruled, is not free."""
        known = None if self._database is None else await _bot(self._database.reader)
        try:
            words, bot = await self._telegram.ask_spambot(known)
        except FloodWaitError as error:
            return Verdict(free=False, why=str(error), pause=error.seconds)
        except TelegramError as error:
            return Verdict(free=False, why=str(error))
        if self._database is not None and bot != known:
            async with self._database.transaction() as on:
                await facts.remember(on, _BOT, [bot.id, bot.access_hash])
        if words is None:
            why = gettext("@SpamBot does not answer, so nobody knows whether the account is free.")
            return Verdict(free=False, why=why)
        verdict = judge(words)
        if self._database is not None and verdict.unknown in await _overruled(self._database.reader):
            return Verdict(free=True)
        return verdict


async def _bot(on: Connection) -> Peer | None:
    place = await facts.recall(on, _BOT)
    return None if place is None else Peer(place[0], place[1], spambot.NAME)


async def _overruled(on: Connection) -> list[str]:
    return list(await facts.recall(on, _OVERRULED) or ())


async def note(on: Connection, number: int, verdict: Verdict) -> None:
    """A sending is held because of this verdict."""
    if verdict.unknown:
        await facts.remember(on, _holding(number), verdict.unknown)


async def overrule(on: Connection, number: int) -> None:
    """Somebody lets a sending go on: if words that nobody knows held it, these very words mean free from now on."""
    words = await facts.recall(on, _holding(number))
    if words is not None:
        await facts.forget(on, _holding(number))
        others = [each for each in await _overruled(on) if each != words]
        await facts.remember(on, _OVERRULED, [*others, words][-KEPT:])


def _holding(number: int) -> str:
    return f"spambot holds sid{number}"


def judge(words: str) -> Verdict:
    """The verdict that @SpamBot's words are."""
    whole = " ".join(words.split())
    quoted = whole[:SHOWN]
    match spambot.understand(words):
        case spambot.Free():
            return Verdict(free=True)
        case spambot.LimitedUntil(until):
            why = gettext("@SpamBot says the account is limited until {moment}.", moment=wording.moment(until))
            return Verdict(free=False, why=why, until=until)
        case spambot.Limited():
            why = gettext("@SpamBot says the account is limited: “{words}”", words=quoted)
            return Verdict(free=False, why=why)
        case spambot.Blocked():
            why = gettext("@SpamBot says the account is blocked: “{words}”", words=quoted)
            return Verdict(free=False, why=why)
        case _:
            why = gettext(
                "@SpamBot says something new: “{words}” If it means that the account is free, resume: the next time it"
                " says exactly this, mailings go at once.",
                words=quoted,
            )
            return Verdict(free=False, why=why, unknown=whole)
