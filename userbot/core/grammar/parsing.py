"""Which forms there are at which place, and which slots they have, in order.

What stands in a form is the :mod:`reader's <userbot.core.grammar.reading>` business. When a command does not read,
the usual slips of the hand are put right and it is read once more, for the sake of the hint.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from userbot.core.grammar import words
from userbot.core.grammar.commands import (
    AddStep,
    All,
    Bind,
    Cancel,
    Command,
    DeleteStep,
    DeleteTemplate,
    File,
    Help,
    Here,
    Listed,
    Marked,
    Mistake,
    Pause,
    Place,
    Rename,
    Resume,
    Retime,
    Run,
    ShowSending,
    ShowSendings,
    ShowTemplate,
    ShowTemplates,
    Stop,
    Target,
    Test,
)
from userbot.core.grammar.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LONGEST = 4096
"""Characters of the longest message that Telegram takes."""

_HEAD = re.compile(r"\s*/(\w+)(?:@(\w+))?")
_HEADS = ("send", "bind")
_FOR_MANY = {Place.GENERAL_REPLY: "/send file", Place.GENERAL: "/send file NAME", Place.TOPIC: "/send"}


def addressed(text: str, usernames: Collection[str]) -> bool:
    """Say whether a message is a /send or /bind command, to nobody in particular or to one of these usernames.

    What a person sees counts: with an invisible character in it, it is still a command (and a mistake), and does
    not go to a customer. Usernames come without the @.
    """
    head = _head(words.without(words.invisible(text), text))
    return head is not None and (head[2] is None or words.fold(head[2]) in {each.lower() for each in usernames})


def _head(seen: str) -> re.Match[str] | None:
    head = _HEAD.match(seen)
    return head if head and words.fold(head[1]) in _HEADS else None


def parse(text: str, place: Place) -> Command | Mistake:
    """Read a command, ``/send`` included; whatever the text is, the answer is a command or a mistake."""
    if len(text) > LONGEST:
        return Mistake(f"The command is longer than {LONGEST} characters.", _FOR_MANY[place])
    hidden = words.invisible(text)
    seen = words.without(hidden, text)
    head = _head(seen)
    if head is None:
        return Mistake("This is no /send command.", "/send")
    command_word = words.fold(head[1])
    if command_word == "bind" and place is not Place.TOPIC:
        return Mistake("“/bind” works in a dialog topic.", "/send")
    complaints = [_about_hidden(hidden, text)] if hidden else []
    spoken = seen[head.end() :].split()
    reader, command = _read(command_word, spoken, place)
    if reader.what and (slip := _slip(spoken, reader)):
        complaint, meant = slip
        complaints.append(complaint)
        reader, _ = _read(command_word, meant, place)
    if reader.what:
        complaints.append(reader.what)
    return Mistake(" ".join(complaints), reader.hint) if complaints else command


def _about_hidden(hidden: Collection[str], text: str) -> str:
    at = next(index for index, each in enumerate(text) if each in hidden)
    before = text[max(0, at - 20) : at].strip()
    where = f"after {words.quote(before)}" if before else "at the beginning"
    return f"There is an invisible character ({words.code_point(text[at])}) {where}."


def _slip(spoken: Sequence[str], reader: Reader) -> tuple[str, list[str]] | None:
    """Return what to say about a slip of the hand at the beginning of a command, and the words that were meant."""
    first, second, *_ = *map(words.fold, spoken[:2]), "", ""
    if not (first and (reader.stray or not words.is_name(first))):
        return None
    if first == "sid" and words.number(second):
        return f"Write “sid{second}” as one word.", [first + second, *spoken[2:]]
    if _is_action_before(first, second):
        return f"“{first}” comes after the name.", [spoken[1], first, *spoken[2:]]
    if first not in words.RESERVED and (close := words.nearest(first, (*words.RUNS, *words.LISTS))):
        return f"{words.quote(spoken[0])} is not understood: is “{close}” meant?", [close, *spoken[1:]]
    return None


def _is_action_before(first: str, second: str) -> bool:
    if words.is_sending(second):
        return first in words.SENDING_ACTIONS
    return first in words.TEMPLATE_ACTIONS and words.is_name(second)


def _read(head: str, spoken: Sequence[str], place: Place) -> tuple[Reader, Command]:
    reader = Reader(f"/{head}", spoken)
    command = Bind(reader.peer()) if head == "bind" else _send(reader, place)
    reader.end()
    return reader, command


def _send(reader: Reader, place: Place) -> Command:
    keyword, here = reader.keyword, place is Place.TOPIC
    if not keyword:
        return Help()
    if keyword == "templates":
        reader.accept()
        return ShowTemplates()
    if keyword == "sendings":
        reader.accept()
        return ShowSendings(None if here else reader.instance())
    if words.is_sending(keyword):
        return _sending(reader, place)
    if keyword in words.RUNS:
        return _run_elsewhere(reader) if here else _run(reader, place)
    return _template_here(reader) if here else _template(reader, place)


def _run(reader: Reader, place: Place) -> Command:
    kind = reader.accept()
    mark, template = "", None
    if kind == "mark":
        mark = reader.mark(before_template=place is Place.GENERAL)
    if place is Place.GENERAL_REPLY:
        _refuse_template(reader)
    else:
        if kind == "mark":
            reader.expect("template")
        template = reader.name()
    time = reader.time()
    instance, ids = reader.instance_and_ids() if kind == "list" else (reader.instance(), ())
    targets: dict[str, Target] = {
        "test": Test(),
        "all": All(),
        "file": File(),
        "list": Listed(ids),
        "mark": Marked(mark),
    }
    return Run(targets[kind], template, time, instance)


def _refuse_template(reader: Reader) -> None:
    named = words.is_name(reader.next) and not words.is_named_instance(reader.next)
    if not (named or reader.keyword == "template"):
        return
    reader.blame("A reply sends the message itself. To send a template, write without a reply.")
    if words.fold(reader.skip()) == "template" and words.is_name(reader.next):
        reader.skip()


def _run_elsewhere(reader: Reader) -> Command:
    kind = words.fold(reader.skip())
    reader.blame(f"“/send {kind}” is started in General. Here a template goes to this topic.")
    if kind == "mark":
        reader.skip()
        if reader.keyword == "template":
            reader.skip()
    return _template_here(reader)


def _template_here(reader: Reader) -> Command:
    template = reader.name()
    if reader.keyword in words.TEMPLATE_ACTIONS:
        # Without its last words such a command would write to the customer: the hint must not suggest that.
        reader.blame("Templates are changed in General.")
        reader.instead("templates")
        return ShowTemplates()
    return Run(Here(), template, reader.time(), None)


def _template(reader: Reader, place: Place) -> Command:
    template = reader.name()
    match reader.action(words.TEMPLATE_ACTIONS):
        case "name":
            return Rename(template, reader.name("NEW", "new name"))
        case "for":
            return Retime(template, reader.message_id(), reader.time())
        case "del":
            return DeleteStep(template, reader.message_id()) if reader.next else DeleteTemplate(template)
    if place is Place.GENERAL_REPLY:
        return AddStep(template, reader.time())
    if reader.at_time:
        reader.lost("A message is added to a template by a reply to it; a template is sent to somebody.")
        reader.instead("test", template)
        reader.time()
    elif "," in reader.next:
        reader.lost("Ids come after “list” and the template's name.")
        reader.instead("list", template)
        reader.instance_and_ids()
    return ShowTemplate(template)


def _sending(reader: Reader, place: Place) -> Command:
    number = reader.sending()
    if place is Place.TOPIC:
        if reader.keyword in words.SENDING_ACTIONS:
            reader.blame("Sendings are changed in General.")
        return ShowSending(number)
    match reader.action(words.SENDING_ACTIONS):
        case "del":
            return Cancel(number)
        case "pause":
            return Pause(number)
        case "resume":
            return Resume(number)
        case "stop":
            return Stop(number)
    return ShowSending(number)
