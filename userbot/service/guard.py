"""Asks @SpamBot whether the account may mail, and puts its words into a verdict."""

from dataclasses import dataclass

from userbot.core import spambot, wording
from userbot.core.ports import Telegram
from userbot.errors import TelegramError

SHOWN = 400
"""Characters of the bot's words that a notice shows."""

AFTERWARDS = 60.0
"""Seconds after the end of a limit at which @SpamBot is asked again."""

PATIENCE = 600.0
"""Seconds between two questions at least: the date in its words may be past already."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a mass run may go. `why` says in a sentence why not, `until` when the limit ends."""

    free: bool
    why: str = ""
    until: float | None = None

    def ask_again_at(self, now: float) -> float | None:
        """When a sending may go on by itself, if it is free then; None when a person has to decide."""
        return None if self.until is None else max(self.until + AFTERWARDS, now + PATIENCE)


async def ask(telegram: Telegram) -> Verdict:
    """What @SpamBot says of the account now. Whatever is not understood is not free."""
    try:
        words = await telegram.ask_spambot()
    except TelegramError as error:
        return Verdict(free=False, why=str(error))
    if words is None:
        return Verdict(free=False, why="@SpamBot does not answer, so nobody knows whether the account is free.")
    return judge(words)


def judge(words: str) -> Verdict:
    """The verdict that @SpamBot's words are."""
    quoted = " ".join(words.split())[:SHOWN]
    match spambot.understand(words):
        case spambot.Free():
            return Verdict(free=True)
        case spambot.LimitedUntil(until):
            why = f"@SpamBot says the account is limited until {wording.moment(until)}."
            return Verdict(free=False, why=why, until=until)
        case spambot.Limited():
            return Verdict(free=False, why=f"@SpamBot says the account is limited: “{quoted}”")
        case spambot.Blocked():
            return Verdict(free=False, why=f"@SpamBot says the account is blocked: “{quoted}”")
        case _:
            return Verdict(free=False, why=f"@SpamBot says something new: “{quoted}”")
