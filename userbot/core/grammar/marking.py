"""The forms of ``/mark`` and ``/export``: labels, and the list of customers.

They take words that are people's own, a ticker or an expression, so no slip in them is put right on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from userbot.core.grammar import complaints, expressions, words
from userbot.core.grammar.marks import (
    ChangeMark,
    Compute,
    DeleteMark,
    Export,
    HelpMarks,
    MarkFile,
    Marking,
    NewMark,
    PutMark,
    RenameMark,
    SetAfter,
    SetSends,
    SetTicker,
    ShowMark,
    ShowMarks,
    TakeMark,
)
from userbot.core.language import gettext

if TYPE_CHECKING:
    from userbot.core.grammar.reading import Reader

HEADS = ("mark", "export")

ACTIONS = ("name", "del", "after", "sends", "ticker", "is", "file")

RESERVED = frozenset({"help", "clear", *ACTIONS, *expressions.KEYWORDS})
"""Never the name of a new label: commands and expressions could not speak of it."""

LONGEST_TICKER = 32
"""Characters of a ticker: the customer's name stands behind it, on a phone."""


def read(reader: Reader, head: str, *, topic: bool, attached: bool) -> Marking:
    """Read what stands behind the head; `topic` says that it was written in a dialog topic."""
    if head == "export":
        return _export(reader, topic=topic)
    if reader.keyword == "help" and not reader.second:
        reader.accept()
        return HelpMarks()
    if not reader.next:
        return ShowMarks()
    return _here(reader) if topic else _anywhere(reader, attached=attached)


def _export(reader: Reader, *, topic: bool) -> Export | ShowMarks:
    if topic:
        reader.blame(gettext("“/export” works in General. What works here is shown by:"))
        reader.replace("/mark", "help")
        return ShowMarks()
    return Export(reader.label() if reader.next else None)


def _here(reader: Reader) -> Marking:
    """In a dialog topic: one label of its customer."""
    if reader.keyword == "del":
        reader.accept()
        return TakeMark(reader.label())
    mark = reader.label()
    action = words.nearest(reader.next, ACTIONS)
    if action == "del":
        reader.skip()
        reader.blame(complaints.comes_first("del"))
        reader.instead("del", mark)
        return TakeMark(mark)
    if reader.next:
        # Without its last words such a command would set the label: the hint must not suggest that.
        meant = words.quote(f"/mark {mark} {reader.rest}")
        reader.skip_all()
        reader.blame(gettext("Labels are made and changed in General: {command}.", command=meant))
        reader.instead("help")
        return HelpMarks()
    return PutMark(mark)


def _anywhere(reader: Reader, *, attached: bool) -> Marking:
    """In General: labels themselves."""
    if attached:
        return _from_file(reader)
    following = words.fold(reader.second)
    if reader.keyword == "new" and following and following not in ACTIONS:
        reader.accept()
        return NewMark(_new(reader))
    if reader.keyword == "del":
        reader.skip()
        reader.blame(complaints.comes_after("del"))
        mark = _spoken_of(reader.label())
        reader.instead(mark, "del")
        return DeleteMark(mark)
    mark = reader.label()
    return _change(reader, mark, reader.action(ACTIONS))


def _from_file(reader: Reader) -> MarkFile:
    """The command is the caption of a file: whatever else it says, the file is not overlooked."""
    if reader.keyword in {"new", "del"} and words.fold(reader.second) not in {"", "file"}:
        reader.skip()
    mark = reader.label()
    if reader.action(("file",)) != "file":
        reader.blame(gettext("“/mark NAME file” sets the label on the ids in the attached file."))
        reader.skip_all()
        reader.instead(_spoken_of(mark), "file")
    return MarkFile(mark)


def _spoken_of(mark: str) -> str:
    """A label for a hint; a word of the command is none."""
    return "MARK" if words.fold(mark) in RESERVED else mark


def _change(reader: Reader, mark: str, action: str) -> Marking:
    match action:
        case "name":
            return RenameMark(mark, _new(reader))
        case "del":
            return DeleteMark(mark)
        case "after":
            return SetAfter(mark, () if reader.clears() else reader.labels())
        case "sends":
            return SetSends(mark, None if reader.clears() else reader.name("TEMPLATE"))
        case "ticker":
            return SetTicker(mark, None if reader.clears() else _ticker(reader))
        case "is":
            return Compute(mark, None if reader.clears() else _expression(reader))
        case "file":
            return MarkFile(mark)
    return ShowMark(mark)


def _new(reader: Reader) -> str:
    """A name that a label may get."""
    word = reader.next
    if words.fold(word) in RESERVED:
        reader.blame(gettext("{word} is a word of the command itself and cannot be a name.", word=words.quote(word)))
        reader.skip()
        reader.write("NAME")
        return "NAME"
    return reader.label("NEW")


def _ticker(reader: Reader) -> str:
    text = reader.skip_all()
    if not 0 < len(text) <= LONGEST_TICKER:
        what = gettext("A ticker has up to {count} characters, or is CLEAR for none.", count=LONGEST_TICKER)
        reader.blame(what)
        reader.write("TEXT")
        return "TEXT"
    reader.write(text)
    return text


def _expression(reader: Reader) -> expressions.Expression:
    text = reader.skip_all()
    try:
        found = expressions.read(text)
    except expressions.Unreadable as unreadable:
        reader.blame(str(unreadable))
        reader.write("EXPRESSION")
        return expressions.Has("EXPRESSION")
    reader.write(text)
    return found


def render(command: Marking) -> str:
    """Return the command as an operator would write it, at a place where it works."""
    match command:
        case Export(mark):
            return f"/export {mark}" if mark else "/export"
        case HelpMarks():
            return "/mark help"
        case ShowMarks():
            return "/mark"
        case ShowMark(mark) | PutMark(mark):
            return f"/mark {mark}"
        case NewMark(mark):
            return f"/mark new {mark}"
        case TakeMark(mark):
            return f"/mark del {mark}"
        case MarkFile(mark):
            return f"/mark {mark} file"
    return f"/mark {command.mark} {_change_as_text(command)}"


def _change_as_text(change: ChangeMark) -> str:
    match change:
        case RenameMark(_, new):
            return f"name {new}"
        case DeleteMark():
            return "del"
        case SetAfter(_, removed):
            return f"after {','.join(removed) or 'CLEAR'}"
        case SetSends(_, template):
            return f"sends {template or 'CLEAR'}"
        case SetTicker(_, ticker):
            return f"ticker {ticker or 'CLEAR'}"
        case Compute(_, expression):
            return f"is {expressions.render(expression) if expression else 'CLEAR'}"
