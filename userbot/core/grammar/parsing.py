"""Which forms there are at which place, and which slots they have, in order.

What stands in a form is the :mod:`reader's <userbot.core.grammar.reading>` business. When a command does not read,
the usual slips of the hand are put right and it is read once more, for the sake of the hint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from userbot.core.grammar import complaints, following, heads, marking, mending, versions, words
from userbot.core.grammar.commands import (
    AddStep,
    All,
    Bind,
    Cancel,
    Check,
    Command,
    DeleteStep,
    DeleteTemplate,
    EndAtAnswer,
    File,
    Go,
    Help,
    Here,
    Listed,
    Marked,
    Mistake,
    OptIn,
    OptOut,
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
    Steer,
    Stop,
    Target,
    Test,
)
from userbot.core.grammar.reading import Reader
from userbot.core.language import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 4096
"""Characters of the longest message that Telegram takes."""

_FOR_MANY = {Place.GENERAL_REPLY: "/send file", Place.GENERAL: "/send file NAME", Place.TOPIC: "/send"}
_STEER: dict[str, type[Steer]] = {"del": Cancel, "pause": Pause, "resume": Resume, "stop": Stop, "go": Go}
_IN_TOPICS = ("bind", "optout", "optin")
_MOST_MENDS = 2
_MOST_WORDS = 60  # of more, nobody types a command with one word wrong


def parse(text: str, place: Place, *, attached: bool = False) -> Command | Mistake:
    """Read a command, ``/send`` included; whatever the text is, the answer is a command or a mistake.

    `attached` says that the command is the caption of a file.
    """
    if len(text) > LONGEST:
        return Mistake(gettext("The command is longer than {longest} characters.", longest=LONGEST), _FOR_MANY[place])
    hidden = words.invisible(text)
    seen = words.without(hidden, text)
    head = heads.head_of(seen)
    if head is None:
        return Mistake(gettext("This is no /send command."), "/send")
    command_word = words.fold(head[1])
    if command_word in _IN_TOPICS and place is not Place.TOPIC:
        return Mistake(gettext("“/{word}” works in a dialog topic.", word=command_word), "/send")
    said = [complaints.hidden(text, hidden)] if hidden else []
    spoken = seen[head.end() :].split()
    reader, command, mended = _mended(command_word, spoken, place, attached=attached)
    said += mended
    if reader.what:
        said.append(reader.what)
    if not said:
        return command
    lost = _lost(spoken, reader.hint, " ".join([reader.hint, *said]).lower())
    return Mistake(" ".join([*said, complaints.left_out(lost)] if lost else said), reader.hint)


def _lost(spoken: Sequence[str], hint: str, answer: str) -> list[str]:
    """Return the words that appear nowhere in an answer; ids that the hint has a word for aside."""
    pieces = dict.fromkeys(
        piece for word in spoken[:_MOST_WORDS] for piece in word.replace(";", ",").split(",", _MOST_WORDS)
    )
    lost = [each for each in pieces if words.bare(each)[: words.QUOTED].lower() not in answer]
    return [each for each in lost if not ("IDS" in hint and words.is_ids(each))]


def _mended(head: str, spoken: Sequence[str], place: Place, *, attached: bool) -> tuple[Reader, Command, list[str]]:
    """Read the words; when that fails, with the usual slips put right, and with what is to be said about them."""
    said: list[str] = []
    reader, command = _read(head, spoken, place, attached=attached)
    if head in marking.HEADS:  # whose words are people's own, with parentheses and signs in them
        return reader, command, said
    for _ in range(_MOST_MENDS):
        slip = (
            mending.undressed(spoken) or mending.slip(spoken, reader)
            if reader.what and len(spoken) <= _MOST_WORDS
            else None
        )
        if slip is None:
            break
        complaint, spoken = slip
        said.append(complaint)
        reader, command = _read(head, spoken, place, attached=attached)
    return reader, command, said


def _read(head: str, spoken: Sequence[str], place: Place, *, attached: bool) -> tuple[Reader, Command]:
    reader = Reader(f"/{head}", spoken)
    match head:
        case "bind":
            command: Command = Bind(reader.peer())
        case "optout":
            command = OptOut()
        case "optin":
            command = OptIn()
        case "mark" | "export":
            command = marking.read(reader, head, topic=place is Place.TOPIC, attached=attached)
        case _:
            command = _send(reader, place, attached=attached)
    reader.end()
    return reader, command


def _send(reader: Reader, place: Place, *, attached: bool) -> Command:
    keyword, here = reader.keyword, place is Place.TOPIC
    match keyword:
        case "":
            return Help()
        case "help":
            reader.skip()
            return Help()
        case "templates":
            reader.accept()
            return ShowTemplates()
        case "sendings":
            reader.accept()
            return ShowSendings(None if here else reader.instance())
        case "del" | "pause" | "resume" | "stop" | "go":
            return _steer_all(reader)
        case "check" if not here:
            reader.prefix(words.CHECKED)
            return Check(_run(reader, place, attached=attached))
    if keyword in words.FOLLOW_UPS:
        return following.read(reader, place, reader.accept(), None)
    if words.is_sending(keyword):
        return _sending(reader, place)
    if keyword in words.RUNS:
        return _run_elsewhere(reader) if here else _run(reader, place, attached=attached)
    return _template_here(reader) if here else _template(reader, place)


def _steer_all(reader: Reader) -> Steer:
    """Whoever is alarmed may say "all" and "now"."""
    action = reader.accept()
    while reader.keyword in {"all", "now"}:
        reader.skip()
    return _STEER[action](None)


def _run(reader: Reader, place: Place, *, attached: bool) -> Run:
    kind = reader.accept()
    if attached and kind in {"all", "list", "mark"}:
        kind = _to_file(reader, kind)
    mark = reader.mark(before_template=place is Place.GENERAL) if kind == "mark" else ""
    template: str | None = None
    others: list[str] = []
    if place is Place.GENERAL_REPLY:
        if kind == "all" and reader.at_name:
            kind, mark = "mark", _everybody_marked(reader)
        _refuse_template(reader)
    else:
        if kind == "mark":
            reader.expect("template")
        elif reader.keyword == "template":
            reader.blame(complaints.not_expected(reader.skip()))
        if not reader.next:
            reader.blame(gettext("The template's name is missing; in reply to a message, that message is sent."))
        template, *others = versions.read(reader, several=kind != "test")
        if kind == "all" and reader.at_name:
            kind, mark = "mark", _everybody_marked(reader, ",".join([template, *others]))
    time = reader.time()
    if kind == "all" and reader.at_ids:
        reader.blame(gettext("“all” is every customer: ids come after “list”."))
        reader.relabel("list")
        return Run(Listed(reader.ids()), template, time, None, tuple(others))
    instance, ids = reader.instance_and_ids() if kind == "list" else (reader.instance(), ())
    targets: dict[str, Target] = {
        "test": Test(),
        "all": All(),
        "file": File(),
        "list": Listed(ids),
        "mark": Marked(mark),
    }
    return Run(targets[kind], template, time, instance, tuple(others))


def _to_file(reader: Reader, kind: str) -> str:
    reader.blame(gettext("“/send {kind}” does not look at the attached file.", kind=kind))
    reader.relabel("file")
    if kind == "mark":
        reader.drop()
        if reader.keyword == "template":
            reader.skip()
    return "file"


def _everybody_marked(reader: Reader, *template: str) -> str:
    """A name after “all” narrows it, or was meant to."""
    reader.blame(gettext("“all” is every customer: is the mark {name} meant?", name=words.quote(reader.next)))
    mark = reader.skip()
    reader.instead("mark", mark, *(("template", *template) if template else ()))
    return mark


def _refuse_template(reader: Reader) -> None:
    if not (reader.at_name or reader.keyword == "template"):
        return
    reader.blame(gettext("A reply sends the message itself. To send a template, write without a reply."))
    if words.fold(reader.drop()) == "template" and words.is_name(reader.next):
        reader.drop()


def _run_elsewhere(reader: Reader) -> Command:
    kind = words.fold(reader.skip())
    reader.blame(gettext("“/send {kind}” is started in General. Here a template goes to this topic.", kind=kind))
    if kind == "mark":
        reader.drop()
        if reader.keyword == "template":
            reader.skip()
    return _template_here(reader)


def _template_here(reader: Reader) -> Command:
    template = reader.name()
    if reader.keyword in words.TEMPLATE_ACTIONS:
        # Without its last words such a command would write to the customer: the hint must not suggest that.
        meant = words.quote(f"/send {template} {reader.rest}")
        reader.blame(gettext("Templates are changed in General: {command}.", command=meant))
        reader.instead("templates")
        return ShowTemplates()
    return Run(Here(), template, reader.time(), None)


def _template(reader: Reader, place: Place) -> Command:
    if place is Place.GENERAL_REPLY and words.follows_a_name(reader.next) and words.is_ids(reader.next):
        reader.blame(gettext("Ids come after “list”."))
        reader.write("list")
        time = reader.time()
        return Run(Listed(reader.ids()), None, time, None)
    template = reader.name()
    match reader.action(words.TEMPLATE_ACTIONS):
        case "name":
            return Rename(template, reader.name("NEW"))
        case "for":
            return Retime(template, reader.message_id(), reader.time())
        case "del":
            return DeleteStep(template, reader.message_id()) if reader.next else DeleteTemplate(template)
        case "until":
            return EndAtAnswer(template, reader.one_of("answer", "CLEAR") == "answer")
    if place is Place.GENERAL_REPLY:
        return AddStep(template, reader.time())
    if reader.at_time:
        reader.lost(gettext("A message is added to a template by a reply to it; a template is sent to somebody."))
        reader.instead("test", template)
        reader.time()
    elif reader.at_ids:
        reader.lost(gettext("Ids come after “list” and the template's name."))
        reader.instead("list", template)
        reader.instance_and_ids()
    return ShowTemplate(template)


def _sending(reader: Reader, place: Place) -> Command:
    number = reader.sending()
    action = reader.action((*words.SENDING_ACTIONS, *words.FOLLOW_UPS, "report"))
    if action in words.FOLLOW_UPS:
        return following.read(reader, place, action, number)
    if action == "report":
        if place is Place.TOPIC:
            reader.blame(gettext("Reports are in General."))
            reader.instead(f"sid{number}")
        return ShowSending(number, report=True)
    if action in {"pause", "stop"} and reader.keyword == "now":
        reader.skip()
    return _STEER[action](number) if action else ShowSending(number)
