"""One walk over the words of a command, which never stops at a mistake.

The reader is asked for one slot after the other. It gives back the slot's value and writes down how the slot should
have been written; at the first mistake it keeps a sentence about it, stands in a placeholder, and goes on. So the
same walk that reads a command also finds the nearest valid form of one that cannot be read.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from userbot.core import timewords, timing
from userbot.core.grammar import complaints, words
from userbot.core.grammar.walk import Walk
from userbot.core.language import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LONGEST_IDS = 100  # characters of ids that a hint repeats; what is longer cannot be read on a phone anyway
_MOST_GROUPS = 64  # groups of ids that are looked at when commas are missing: enough to know that they are
_STAND_IN = 1  # for a number that is missing; a walk with a mistake ends in no command


class Reader(Walk):
    """Reads slots; ``what`` is the first mistake, ``hint`` the command as it should have been written."""

    @property
    def at_time(self) -> bool:
        """Whether the next words speak of time, be it with a word before it that says nothing."""
        return self._speaks_of_time(self._at) or self._filler(self._at)

    def _filler(self, at: int) -> bool:
        return "".join(self._words[at : at + 1]).lower() in timewords.FILLERS and self._speaks_of_time(at + 1)

    def _speaks_of_time(self, at: int) -> bool:
        return timing.extent(self._words[at : at + 2]) > 0

    @property
    def at_name(self) -> bool:
        """Whether the next word can be nothing but a name."""
        return words.is_name(self.next) and not (words.is_named_instance(self.next) or self.at_time)

    @property
    def at_ids(self) -> bool:
        """Whether the next words are ids, and more than a lone number."""
        ahead = list(takewhile(words.is_ids, self._words[self._at : self._at + 2]))
        return len(ahead) > 1 or bool(ahead and set(ahead[0]) & set(",@"))

    def expect(self, keyword: str) -> None:
        """Take this keyword; a word that only resembles it counts as it, if it cannot be the name that follows."""
        meant = words.nearest(self.next, [keyword]) is not None
        if self.keyword != keyword:
            missing = gettext("The word “{keyword}” is missing.", keyword=keyword)
            self.blame(complaints.not_understood(self.next, keyword) if meant else missing)
        if self.keyword == keyword or (meant and (self._at + 1 < len(self._words) or not words.is_name(self.next))):
            self._at += 1
        self.write(keyword)

    def action(self, known: Sequence[str]) -> str:
        """Take one of these keywords, or what resembles one; empty if neither is next."""
        action = words.nearest(self.next, known)
        if action is None:
            return ""
        if action != self.keyword:
            self.blame(complaints.not_understood(self.next, action))
        self._at += 1
        self.write(action)
        return action

    def one_of(self, *known: str) -> str:
        """Take one of these words; the first where none of them is meant."""
        meant = words.nearest(self.next, [words.fold(each) for each in known])
        word = next((each for each in known if words.fold(each) == meant), known[0])
        if words.fold(word) != self.keyword:
            one, other = known
            self.blame(gettext("After “until” comes “{one}” or “{other}”.", one=one, other=other))
        self._dropped = self._dropped or bool(self.next and meant is None)
        self._at += 1
        self.write(word)
        return word

    def name(self, placeholder: str = "NAME") -> str:
        """Read the name of a template."""
        return self._named(words.is_name, placeholder)

    def mark(self, *, before_template: bool) -> str:
        """Read the name of a mark; it may be a reserved word, but ``template`` only where that word follows again."""
        following = [words.fold(word) for word in self._words[self._at + 1 : self._at + 2]]
        if before_template and self.keyword == "template" and following != ["template"]:
            self.blame(gettext("The mark is missing."))
            self.write("MARK")
            return "MARK"
        return self._named(words.well_formed, "MARK")

    def label(self, placeholder: str = "MARK") -> str:
        """Read the name of a label."""
        return self._named(words.well_formed, placeholder)

    def labels(self) -> tuple[str, ...]:
        """Read names of labels, separated by commas."""
        text = self.skip_all()
        names = [each for each in text.replace(",", " ").split() if each]
        wrong = next((each for each in names if not words.well_formed(each)), None)
        if wrong is not None or not names:
            self.blame(complaints.missing("MARK") if wrong is None else complaints.no_name(wrong))
            self.write("MARK")
            return ("MARK",)
        if "," not in text and len(names) > 1:
            self.blame(gettext("Labels are separated by commas."))
        spelt = {words.fold(each): each for each in reversed(names)}
        names = list(dict.fromkeys(spelt[words.fold(each)] for each in names))
        self.write(",".join(names))
        return tuple(names)

    def clears(self) -> bool:
        """Take the word CLEAR, if it is all that is left."""
        if self.keyword != "clear" or self.second:
            return False
        self.skip()
        self.write("CLEAR")
        return True

    def _named(self, fits: Callable[[str], bool], placeholder: str) -> str:
        word = self.next
        if fits(word):
            self._at += 1
            self.write(word)
            return word
        if not word:
            self.blame(complaints.missing(placeholder))
        elif words.follows_a_name(word):
            self.blame(complaints.missing_before(placeholder, word))
        else:
            self._at += 1
            self.blame(complaints.no_name(word))
        self.write(placeholder)
        return placeholder

    def time(self) -> timing.Time:
        """Read a time, none means now; one that comes too late is taken from there."""
        self._open("[TIME]")
        offset = self._ids_before_time()
        filler = self._words.pop(self._at + offset) if self._filler(self._at + offset) else ""
        text = self._cut_time(self._at + offset)
        if offset:
            self.blame(gettext("The time comes before the instance and the ids."))
        time = timing.parse(text) if text else timing.Now()
        if zone := self._unknown_zone(text):
            text = f"{text} {zone}"
            time = timing.NoTime(gettext("only UTC is read here."), "YYYY-MM-DD HH:MM")
        if isinstance(time, timing.NoTime):
            self.blame(complaints.no_time(f"{filler} {text}", time.reason))
            text = time.nearest
        elif filler:
            self.blame(complaints.not_needed(filler))
        if text:
            self._form[self._slots["[TIME]"]] = text
        return timing.Now() if isinstance(time, timing.NoTime) else time

    def _cut_time(self, start: int) -> str:
        extent = timing.extent(self._words[start : start + timing.LONGEST + 1])
        text = " ".join(self._words[start : start + extent])
        del self._words[start : start + extent]
        return text

    def _unknown_zone(self, time: str) -> str:
        """Take the word that says where a clock is looked at: dropped, the moment would be another one."""
        word = self.next
        if not word or not timewords.ends_in_clock(time) or words.is_ids(word) or words.is_named_instance(word):
            return ""
        return self.skip()

    def _ids_before_time(self) -> int:
        for offset in range(min(_MOST_GROUPS, len(self._words) - self._at)):
            start = self._at + offset
            if self._speaks_of_time(start) or self._filler(start):
                return offset
            if not words.is_ids(self._words[start]):
                break
        return 0

    def instance(self) -> int | None:
        """Read an instance, if there is one."""
        self._open("[INSTANCE]")
        return self._instance_into() if words.is_instance(self.next) else None

    def _instance_into(self) -> int:
        word = self.skip()
        value = int(words.fold(word).removeprefix("i"))
        fits = value <= words.LARGEST
        if not fits:
            self.blame(complaints.too_large(word))
        self._form[self._slots["[INSTANCE]"]] = word if fits else "INSTANCE"
        return value

    def instance_and_ids(self) -> tuple[int | None, tuple[int | str, ...]]:
        """Read the end of a list: a lone number before the ids is an instance, a single number is a recipient."""
        self._words[self._at :] = self.rest.replace(" ,", ",").replace(", ", ",").split()
        lone = len(self._groups()) == 2
        if lone or words.is_named_instance(self.next):
            return self.instance(), self.ids()
        self._open("[INSTANCE]")
        return None, self.ids()

    def ids(self) -> tuple[int | str, ...]:
        """Read ids, usernames among them; there may be too many spaces or too few commas."""
        groups = self._groups()
        self._at += len(groups)
        text = ",".join(groups)
        if len(groups) > 1 or ";" in text:
            self.blame(gettext("Ids are separated by commas; one instance may stand before them."))
            text = text.replace(";,", ",").replace(";", ",")
        if self.what and len(text) > _LONGEST_IDS:  # neither a command nor its hint will have these ids
            self.write("IDS")
            return ()
        pieces = list(dict.fromkeys(text.split(",")))
        ids = [words.recipient_id(piece) or words.username(piece) for piece in pieces]
        if None in ids:
            self.blame(complaints.no_id(pieces[ids.index(None)]))
        self.write(_ids_as_meant(pieces, ids))
        return tuple(dict.fromkeys(each for each in ids if each is not None))

    def _groups(self) -> list[str]:
        """Return the words that stand where ids are expected, up to what is clearly something else."""
        rest = self._words[self._at : self._at + _MOST_GROUPS]
        return list(takewhile(lambda word: not (timing.extent([word]) or words.is_named_instance(word)), rest))

    def peer(self) -> int | str:
        """Read the id of one user or chat, or a username."""
        word = self.skip()
        value = words.recipient_id(word) or words.username(word)
        if value is None:
            self.blame(complaints.no_id(word))
        self.write(_peer_as_meant(word) if value is None else word)
        return value or _STAND_IN

    def message_id(self) -> int:
        """Read the id of a referenced message; from a link, the hint takes its end."""
        word = self.next
        if not word or timing.extent([word]):
            self.blame(gettext("The message is missing: its number in the template, or the number its link ends with."))
            self.write("MESSAGE_ID")
            return _STAND_IN
        self._at += 1
        linked = word.rpartition("/")[2]
        if linked != word or not words.number(word):
            self.blame(complaints.no_message(word))
        self.write(linked if words.number(linked) else "MESSAGE_ID")
        return words.number(linked) or _STAND_IN

    def sending(self) -> int:
        """Read ``sid`` with its number."""
        word = self.skip()
        value = words.number(words.fold(word).removeprefix("sid"))
        if value is None:
            self.blame(complaints.no_sending(word))
        self.write("sidN" if value is None else word)
        return value or _STAND_IN

    def step(self) -> int | None:
        """Read which message of a chain is meant, if it is said: its place, from 1."""
        self._open("[STEP]")
        value = words.number(self.next)
        if value is not None:
            self._form[self._slots["[STEP]"]] = self.skip()
        return value

    def end(self) -> None:
        """Expect no more words; an instance that comes too late goes to its slot in the hint."""
        slot = self._slots.get("[INSTANCE]")
        if slot is not None and not self._form[slot] and words.is_instance(self.next):
            self.blame(gettext("The instance comes before the ids."))
            self._instance_into()
        self.finish()


def _ids_as_meant(pieces: Sequence[str], ids: Sequence[int | str | None]) -> str:
    if len(pieces) > _LONGEST_IDS:
        return "IDS"
    meant = (
        _peer_as_meant(piece) if value is None else piece for piece, value in zip(pieces, ids, strict=True) if piece
    )
    text = ",".join(dict.fromkeys(meant))
    return text if 0 < len(text) <= _LONGEST_IDS else "IDS"


def _peer_as_meant(piece: str) -> str:
    """A username without its @, or at the end of a link."""
    name = f"@{piece.rpartition('/')[2]}"
    return name if words.username(name) else "USER_ID"
