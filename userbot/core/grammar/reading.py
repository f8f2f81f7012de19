"""One walk over the words of a command, which never stops at a mistake.

The reader is asked for one slot after the other. It gives back the slot's value and writes down how the slot should
have been written; at the first mistake it keeps a sentence about it, stands in a placeholder, and goes on. So the
same walk that reads a command also finds the nearest valid form of one that cannot be read.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from userbot.core import timing
from userbot.core.grammar import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LONGEST_IDS = 100  # characters of ids that a hint repeats; what is longer cannot be read on a phone anyway
_MOST_GROUPS = 64  # groups of ids that are looked at when commas are missing: enough to know that they are
_STAND_IN = 1  # for a number that is missing; a walk with a mistake ends in no command


class Reader:
    """Reads slots; ``what`` is the first mistake, ``hint`` the command as it should have been written."""

    def __init__(self, head: str, spoken: Sequence[str]) -> None:
        self.what: str | None = None
        self.stray = False
        """Whether the first mistake is a word that fits nowhere: then an earlier word may be the wrong one."""
        self._words = list(spoken)
        self._at = 0
        self._form = [head]
        self._instance_slot: int | None = None

    @property
    def hint(self) -> str:
        """The nearest valid form."""
        return " ".join(filter(None, self._form))

    @property
    def next(self) -> str:
        """The next word, empty at the end."""
        return self._words[self._at] if self._at < len(self._words) else ""

    @property
    def keyword(self) -> str:
        """The next word as keywords are compared."""
        return words.fold(self.next)

    @property
    def at_time(self) -> bool:
        """Whether the next words speak of time."""
        return timing.extent(self._words[self._at : self._at + 2]) > 0

    def blame(self, what: str) -> None:
        """Keep this mistake if it is the first."""
        self.what = self.what or what

    def lost(self, what: str) -> None:
        """Keep the mistake that the next word fits nowhere."""
        self.stray = self.stray or self.what is None
        self.blame(what)

    def write(self, word: str) -> None:
        """Add a word to the hint."""
        self._form.append(word)

    def instead(self, *form: str) -> None:
        """Let the hint so far be this, and nothing of what was read."""
        self._form[1:] = form

    def skip(self) -> str:
        """Leave the next word out of the hint."""
        word = self.next
        self._at += 1
        return word

    def accept(self) -> str:
        """Take the next word for the keyword it is."""
        keyword = words.fold(self.skip())
        self.write(keyword)
        return keyword

    def expect(self, keyword: str) -> None:
        """Take this keyword; a word that only resembles it counts as it, when something still follows."""
        if self.keyword == keyword:
            self._at += 1
        else:
            self.blame(f"The word “{keyword}” is missing.")
            if words.nearest(self.next, [keyword]) and self._at + 1 < len(self._words):
                self._at += 1
        self.write(keyword)

    def action(self, known: Sequence[str]) -> str:
        """Take one of these keywords, or what resembles one; empty if neither is next."""
        action = words.nearest(self.next, known)
        if action is None:
            return ""
        if action != self.keyword:
            self.blame(f"{words.quote(self.next)} is not understood: is “{action}” meant?")
        self._at += 1
        self.write(action)
        return action

    def name(self, placeholder: str = "NAME", noun: str = "template's name") -> str:
        """Read the name of a template."""
        return self._named(words.is_name, placeholder, noun)

    def mark(self, *, before_template: bool) -> str:
        """Read the name of a mark; it may be a reserved word, but ``template`` only where that word follows again."""
        following = [words.fold(word) for word in self._words[self._at + 1 : self._at + 2]]
        if before_template and self.keyword == "template" and following != ["template"]:
            self.blame("The mark is missing.")
            self.write("MARK")
            return "MARK"
        return self._named(words.well_formed, "MARK", "mark")

    def _named(self, fits: Callable[[str], bool], placeholder: str, noun: str) -> str:
        word = self.next
        if fits(word):
            self._at += 1
            self.write(word)
            return word
        if not word:
            self.blame(f"The {noun} is missing.")
        elif words.follows_a_name(word):
            self.blame(f"The {noun} is missing before {words.quote(word)}.")
        else:
            self._at += 1
            self.blame(_no_name(word))
        self.write(placeholder)
        return placeholder

    def time(self) -> timing.Time:
        """Read a time, none means now; one that comes too late is taken from there."""
        offset = self._numbers_before_time()
        start = self._at + offset
        extent = timing.extent(self._words[start : start + timing.LONGEST + 1])
        text = " ".join(self._words[start : start + extent])
        del self._words[start : start + extent]
        if offset:
            self.blame("The time comes before the instance and the ids.")
        time = timing.parse(text) if text else timing.Now()
        if isinstance(time, timing.NoTime):
            self.blame(f"{words.quote(text)} is no time: {time.reason}")
            self.write(time.nearest)
            return timing.Now()
        self.write(text)
        return time

    def _numbers_before_time(self) -> int:
        for offset in range(min(_MOST_GROUPS, len(self._words) - self._at)):
            start = self._at + offset
            if timing.extent(self._words[start : start + 2]):
                return offset
            if not words.is_numeric(self._words[start]):
                break
        return 0

    def instance(self) -> int | None:
        """Read an instance, if there is one."""
        self._instance_slot = len(self._form)
        self.write("")
        return self._instance_into(self._instance_slot) if words.is_instance(self.next) else None

    def _instance_into(self, slot: int) -> int:
        word = self.skip()
        value = int(words.fold(word).removeprefix("i"))
        fits = value <= words.LARGEST
        if not fits:
            self.blame(f"{words.quote(word)} is too large for an instance.")
        self._form[slot] = word if fits else "INSTANCE"
        return value

    def instance_and_ids(self) -> tuple[int | None, tuple[int, ...]]:
        """Read the end of a list: a lone number before the ids is an instance, a single number is a recipient."""
        self._words[self._at :] = _joined_at_commas(self._words[self._at :])
        lone = len(self._groups()) == 2
        if lone or words.is_named_instance(self.next):
            return self.instance(), self._ids()
        self._instance_slot = len(self._form)
        self.write("")
        return None, self._ids()

    def _ids(self) -> tuple[int, ...]:
        groups = self._groups()
        self._at += len(groups)
        if len(groups) > 1:
            self.blame("Ids are separated by commas; one instance may stand before them.")
        text = ",".join(groups)
        if self.what and len(text) > _LONGEST_IDS:  # neither a command nor its hint will have these ids
            self.write("IDS")
            return ()
        pieces = list(dict.fromkeys(text.split(",")))
        ids = [words.recipient_id(piece) for piece in pieces]
        if None in ids:
            self.blame(_no_id(pieces[ids.index(None)]))
        self.write(_ids_as_meant(pieces, ids))
        return tuple(dict.fromkeys(each for each in ids if each is not None))

    def _groups(self) -> list[str]:
        """Return the words that stand where ids are expected, up to what is clearly something else."""
        rest = self._words[self._at : self._at + _MOST_GROUPS]
        return list(takewhile(lambda word: not (timing.extent([word]) or words.is_named_instance(word)), rest))

    def peer(self) -> int:
        """Read the id of one user or chat."""
        word = self.skip()
        value = words.recipient_id(word)
        if value is None:
            self.blame(_no_id(word))
        self.write("USER_ID" if value is None else word)
        return value or _STAND_IN

    def message_id(self) -> int:
        """Read the id of a referenced message; from a link, the hint takes its end."""
        word = self.next
        if not word or timing.extent([word]):
            self.blame("The message's id is missing: that is the number its link ends with.")
            self.write("MESSAGE_ID")
            return _STAND_IN
        self._at += 1
        linked = word.rpartition("/")[2]
        if linked != word or not words.number(word):
            self.blame(f"{words.quote(word)} is not a message's id: that is the number its link ends with.")
        self.write(linked if words.number(linked) else "MESSAGE_ID")
        return words.number(linked) or _STAND_IN

    def sending(self) -> int:
        """Read ``sid`` with its number."""
        word = self.skip()
        value = words.number(words.fold(word).removeprefix("sid"))
        if value is None:
            self.blame(f"{words.quote(word)} is no sending: they are numbered from sid1.")
        self.write("sidN" if value is None else word)
        return value or _STAND_IN

    def end(self) -> None:
        """Expect no more words; an instance that comes too late goes to its slot in the hint."""
        slot = self._instance_slot
        if slot is not None and not self._form[slot] and words.is_instance(self.next):
            self.blame("The instance comes before the ids.")
            self._instance_into(slot)
        if self.next:
            self.lost(f"{words.quote(self.next)} is not expected here.")


def _no_name(word: str) -> str:
    if words.well_formed(word):
        return f"{words.quote(word)} is a word of the command itself and cannot be a name."
    return f"{words.quote(word)} cannot be a name: a Latin letter, then letters, digits, - or _, at most 64."


def _no_id(piece: str) -> str:
    return f"{words.quote(piece)} is not the id of a user or a chat." if piece else "An id is missing."


def _joined_at_commas(spoken: Sequence[str]) -> list[str]:
    return " ".join(spoken).replace(" ,", ",").replace(", ", ",").split()


def _ids_as_meant(pieces: Sequence[str], ids: Sequence[int | None]) -> str:
    if len(pieces) > _LONGEST_IDS:
        return "IDS"
    meant = ("USER_ID" if value is None else piece for piece, value in zip(pieces, ids, strict=True) if piece)
    text = ",".join(dict.fromkeys(meant))
    return text if 0 < len(text) <= _LONGEST_IDS else "IDS"
