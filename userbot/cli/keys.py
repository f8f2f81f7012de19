"""The keys of `userbot status --watch`: which sending is meant, and a question before anything is done.

What is typed becomes a command as operators write it, and is written down for the program that runs.
"""

from collections.abc import Sequence

from userbot.cli.snapshot import NOT_RUNNING, Snapshot
from userbot.core import grammar, wording
from userbot.core.grammar import Cancel, Pause, Resume, Steer, Stop
from userbot.core.model import Sending, SendingStatus
from userbot.errors import StoreError
from userbot.store import sendings, wishes
from userbot.store.database import Database

_STEERS: dict[tuple[str, SendingStatus], type[Steer]] = {
    ("p", SendingStatus.RUNNING): Pause,
    ("p", SendingStatus.PAUSED): Resume,
    ("s", SendingStatus.RUNNING): Stop,
    ("s", SendingStatus.PAUSED): Stop,
    ("s", SendingStatus.AWAITS): Cancel,
}
"""What a key does to a sending."""

_QUESTIONS: dict[type[Steer], str] = {
    Pause: "Pause sid{number}{people}? y/n",
    Resume: "Go on with sid{number}{people}? y/n",
    Stop: "Stop sid{number}{people}? y/n",
    Cancel: "Cancel sid{number}{people}? y/n",
}

NOTHING = "Nothing was done."

_KEYS = {"p": "pause or go on with", "s": "stop"}

_BACK, _ENTER = {"\x7f", "\b"}, {"\r", "\n"}


class Keys:
    """What was typed so far."""

    def __init__(self) -> None:
        self.left = False
        """Whether somebody wants to leave."""
        self.said = ""
        """What came of the last keys."""
        self._key = ""
        self._digits = ""
        self._asked: tuple[Sending, type[Steer]] | None = None
        """What waits for a yes."""

    def press(self, key: str, found: Snapshot) -> Steer | None:
        """Take a key; returns what shall be done once there was a yes. A key without a meaning changes nothing."""
        if self._asked is not None:
            return self._confirm(key)
        if self._key:
            self._choose(key, found)
        elif key == "q":
            self.left = True
        elif key in _KEYS:
            self._begin(key, found)
        return None

    def line(self, found: Snapshot) -> str:
        """What may be typed now, and what came of it before."""
        if self._asked is not None:
            sending, steer = self._asked
            people = f" for {_people(sending.recipients)}" if sending.recipients else ""
            return _QUESTIONS[steer].format(number=sending.id, people=people)
        if self._key:
            names = ", ".join(f"sid{each.id}" for each in _meant(self._key, found))
            return f"Which one to {_KEYS[self._key]}: {names}? sid{self._digits}_"
        keys = "p pause or go on · s stop · q quit" if found.open else "q quit"
        return f"{self.said} · {keys}" if self.said else keys

    def _begin(self, key: str, found: Snapshot) -> None:
        meant = _meant(key, found)
        self.said = ""
        if not found.running:
            self.said = NOT_RUNNING
        elif len(meant) == 1:
            self._ask(key, meant[0])
        elif meant:
            self._key = key
        else:
            self.said = f"There is nothing to {_KEYS[key]}."

    def _choose(self, key: str, found: Snapshot) -> None:
        """Take the number, digit by digit."""
        if key.isdecimal():
            self._digits += key
        elif key in _BACK:
            self._digits = self._digits[:-1]
        elif key in _ENTER:
            chosen = [each for each in _meant(self._key, found) if str(each.id) == self._digits]
            self.said = "" if chosen else f"That is none of them: sid{self._digits}."
            key, self._key, self._digits = self._key, "", ""
            if chosen:
                self._ask(key, chosen[0])
        else:
            self._key, self._digits, self.said = "", "", NOTHING

    def _ask(self, key: str, sending: Sending) -> None:
        self._asked = sending, _STEERS[key, sending.status]

    def _confirm(self, key: str) -> Steer | None:
        assert self._asked is not None
        (sending, steer), self._asked = self._asked, None
        if key not in {"y", "Y"}:
            self.said = NOTHING
            return None
        return steer(sending.id)


class Hand:
    """Whoever watches and may steer. What they want is written down, and waited for."""

    def __init__(self, database: Database | None) -> None:
        self.keys = Keys()
        self.database = database
        self._wish: tuple[int, int] | None = None
        """The wish that waits, and the sending that it is about."""

    @property
    def waits(self) -> bool:
        """Whether a wish is still to be carried out."""
        return self._wish is not None

    async def take(self, key: str, found: Snapshot) -> None:
        """Take a key; an empty one is none. While a wish waits there is no other."""
        if not key or (self.waits and key != "q"):
            return
        steer = self.keys.press(key, found)
        if steer is None or steer.number is None or self.database is None:
            return
        command = grammar.render(steer)
        try:
            async with self.database.transaction() as on:
                self._wish = await wishes.make(on, command, found.now), steer.number
            self.keys.said = f"userbot run is told: {command}"
        except StoreError as error:
            self.keys.said = str(error)

    async def look(self, found: Snapshot) -> None:
        """Say what came of a wish. It is taken back when nobody is there who would do it."""
        if self._wish is None or self.database is None:
            return
        wish, number = self._wish
        if not await wishes.waits(self.database.reader, wish):
            sending = await sendings.find(self.database.reader, number)
            self.keys.said = NOTHING if sending is None else f"sid{number} is {sending.status} now."
            self._wish = None
        elif not found.running:
            async with self.database.transaction() as on:
                await wishes.take(on, wish)
            self.keys.said, self._wish = f"{NOT_RUNNING} {NOTHING}", None


def _meant(key: str, found: Snapshot) -> Sequence[Sending]:
    """The sendings to which a key can do something."""
    return [each for each in found.open if (key, each.status) in _STEERS]


def _people(count: int) -> str:
    return f"{wording.number(count)} {'person' if count == 1 else 'people'}"
