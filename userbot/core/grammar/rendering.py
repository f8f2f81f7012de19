"""A command as text, in the shortest form that means the same: it parses back to itself."""

from __future__ import annotations

from userbot.core import timing
from userbot.core.grammar import marking
from userbot.core.grammar.commands import (
    AddStep,
    All,
    Bind,
    Cancel,
    Check,
    Command,
    Correct,
    DeleteStep,
    DeleteTemplate,
    EndAtAnswer,
    File,
    FollowUp,
    Go,
    Help,
    Here,
    Listed,
    Mailing,
    Marked,
    OptIn,
    OptOut,
    Pause,
    Recall,
    Rename,
    Resume,
    Retime,
    Retry,
    Run,
    ShowSending,
    ShowSendings,
    ShowTemplate,
    ShowTemplates,
    Stop,
    Target,
    Test,
)
from userbot.core.grammar.marks import Marking

_ACTIONS = {ShowSending: "", Cancel: "del", Pause: "pause", Resume: "resume", Stop: "stop", Go: "go"}


def render(command: Command) -> str:
    """Return the command as an operator would write it, at a place where it works."""
    if isinstance(command, Check):
        return render(command.run).replace("/send", "/send check", 1)
    return marking.render(command) if isinstance(command, Marking) else _render(command)


def _render(command: Mailing | FollowUp) -> str:
    match command:
        case Bind(peer):
            return f"/bind {_peer(peer)}"
        case OptOut() | OptIn():
            return "/optout" if isinstance(command, OptOut) else "/optin"
        case Help():
            spoken = []
        case Run(target, _, time, instance):
            spoken = _run(target, ",".join(command.templates), _time(time), _instance(instance))
        case ShowTemplates():
            spoken = ["templates"]
        case ShowSendings(instance):
            spoken = ["sendings", _instance(instance)]
        case ShowSending(number, report=True):
            spoken = [f"sid{number}", "report"]
        case Retry() | Recall() | Correct():
            spoken = [_numbered(command.number), *_follow_up(command)]
        case ShowSending() | Cancel() | Pause() | Resume() | Stop() | Go():
            spoken = [_numbered(command.number), _ACTIONS[type(command)]]
        case _:
            spoken = [command.template, *_about_template(command)]
    return " ".join(("/send", *filter(None, spoken)))


def _run(target: Target, template: str, time: str, instance: str) -> list[str]:
    match target:
        case Here():
            return [template, time]
        case Test():
            return ["test", template, time, instance]
        case All():
            return ["all", template, time, instance]
        case File():
            return ["file", template, time, instance]
        case Listed(ids):
            return ["list", template, time, instance, ",".join(map(_peer, ids))]
        case Marked(mark):
            return ["mark", mark, template and "template", template, time, instance]


def _about_template(
    command: AddStep | ShowTemplate | Rename | Retime | DeleteStep | DeleteTemplate | EndAtAnswer,
) -> list[str]:
    match command:
        case AddStep(_, time):
            return [_time(time)]
        case ShowTemplate():
            return []
        case Rename(_, new):
            return ["name", new]
        case Retime(_, message_id, time):
            return ["for", str(message_id), _time(time)]
        case DeleteStep(_, message_id):
            return ["del", str(message_id)]
        case DeleteTemplate():
            return ["del"]
        case EndAtAnswer(_, ends):
            return ["until", "answer" if ends else "CLEAR"]


def _follow_up(command: FollowUp) -> list[str]:
    match command:
        case Retry(_, time):
            return ["retry", _time(time)]
        case Recall():
            return ["recall"]
        case Correct(_, step):
            return ["correct", "" if step is None else str(step)]


def _numbered(number: int | None) -> str:
    return "" if number is None else f"sid{number}"


def _peer(peer: int | str) -> str:
    return f"@{peer}" if isinstance(peer, str) else str(peer)


def _time(time: timing.Time) -> str:
    return "" if time == timing.Now() else timing.render(time)


def _instance(instance: int | None) -> str:
    return "" if instance is None else f"i{instance}"
