"""The walk itself: which word is next, what the command should have looked like, and the first mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from userbot.core.grammar import complaints, words
from userbot.core.language import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence


class Walk:
    """One walk over the words of a command, which never stops at a mistake."""

    def __init__(self, head: str, spoken: Sequence[str]) -> None:
        self.what: str | None = None
        self.stray = False
        """Whether the first mistake is a word that fits nowhere: then an earlier word may be the wrong one."""
        self._words = list(spoken)
        self._at = 0
        self._form = [head]
        self._slots: dict[str, int] = {}
        self._dropped = False

    @property
    def hint(self) -> str:
        """The nearest valid form."""
        return " ".join(filter(None, self._form))

    @property
    def next(self) -> str:
        """The next word, empty at the end."""
        return self._words[self._at] if self._at < len(self._words) else ""

    @property
    def second(self) -> str:
        """The word after the next one, empty when there is none."""
        return self._words[self._at + 1] if self._at + 1 < len(self._words) else ""

    @property
    def rest(self) -> str:
        """All words from the next one on."""
        return " ".join(self._words[self._at :])

    @property
    def keyword(self) -> str:
        """The next word as keywords are compared."""
        return words.fold(self.next)

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

    def replace(self, *form: str) -> None:
        """Let the hint be another command altogether, and expect no more words."""
        self._form[:] = form
        self.skip_all()

    def relabel(self, keyword: str) -> None:
        """Let the hint be of another kind."""
        self._form[1] = keyword

    def skip(self) -> str:
        """Take the next word without writing it into the hint; whoever does has another word for it."""
        word = self.next
        self._at += 1
        return word

    def skip_all(self) -> str:
        """Take all words that are left, without writing them into the hint."""
        text = self.rest
        self._at = len(self._words)
        return text

    def drop(self) -> str:
        """Leave the next word out of the hint."""
        self._dropped = True
        return self.skip()

    def _open(self, placeholder: str) -> None:
        """Begin a slot that may stay empty."""
        self._slots[placeholder] = len(self._form)
        self.write("")

    def accept(self) -> str:
        """Take the next word for the keyword it is."""
        keyword = words.fold(self.skip())
        self.write(keyword)
        return keyword

    def prefix(self, known: Sequence[str]) -> None:
        """Take the next word for a part of the command's head; one of these follows, or what was meant by it."""
        self._form[0] = f"{self._form[0]} {words.fold(self.skip())}"
        if self.keyword not in known:
            meant = words.nearest(self.next, known)
            self.blame(gettext("After “check” comes whom it is for: {words}.", words=", ".join(known)))
            self._words[self._at : self._at + (meant is not None)] = [meant or known[0]]

    def finish(self) -> None:
        """Expect no more words.

        A hint that would leave a word out is none to be sent as it stands: what may follow is shown in brackets.
        """
        if self.next:
            self.lost(complaints.not_expected(self.next))
            self._dropped = True
        if self._dropped:
            free = [name for name, at in self._slots.items() if not self._form[at]]
            for name in free or [each for each in self._slots if each == "[INSTANCE]"]:
                self._form[self._slots[name]] = name
