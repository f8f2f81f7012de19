"""What can be said of a sending once it has delivered something: retry, recall, correct. In General alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from userbot.core.grammar import words
from userbot.core.grammar.commands import Command, Correct, Place, Recall, Retry, ShowSending, ShowSendings
from userbot.core.language import gettext

if TYPE_CHECKING:
    from userbot.core.grammar.reading import Reader


def read(reader: Reader, place: Place, action: str, number: int | None) -> Command:
    """Read what follows one of these words, which was taken already; without a number the reply says of which."""
    if place is Place.TOPIC:
        reader.blame(gettext("“{word}” works in General.", word=action))
        return _show_instead(reader, number)
    match action:
        case "retry":
            return Retry(number, reader.time())
        case "recall":
            return Recall(number)
    return _correct(reader, place, number)


def _correct(reader: Reader, place: Place, number: int | None) -> Command:
    if place is not Place.GENERAL_REPLY:
        reader.blame(gettext("Reply with “correct” to the message that is to stand in place of what was delivered."))
        return _show_instead(reader, number)
    if number is None:
        reader.blame(gettext("Which sending is corrected? Its number comes first."))
        reader.instead("sidN", "correct")
        return Correct(1, reader.step())
    return Correct(number, reader.step())


def _show_instead(reader: Reader, number: int | None) -> Command:
    if words.number(reader.next):
        reader.skip()
    reader.instead("sendings" if number is None else f"sid{number}")
    return ShowSendings(None) if number is None else ShowSending(number)
