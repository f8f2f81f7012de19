"""Templates as operators make them: appended to, renamed, retimed, cut."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from userbot.core import grammar, timing, wording
from userbot.core.forwarding import hindrance, remarks
from userbot.core.grammar import (
    AddStep,
    DeleteStep,
    DeleteTemplate,
    EndAtAnswer,
    Rename,
    Retime,
    Run,
    SetSends,
    ShowTemplate,
)
from userbot.core.language import gettext, ngettext
from userbot.core.model import MAX_STEPS, Source, Step, Template
from userbot.core.placeholders import named
from userbot.core.wording.naming import personal
from userbot.service.requests import Declined, Seen
from userbot.store import marks, templates
from userbot.store.database import Connection

Edit = AddStep | Rename | Retime | DeleteStep | DeleteTemplate | EndAtAnswer


async def edit(on: Connection, command: Edit, seen: Seen, *, now: float) -> str:
    """Carry out one change and return the answer. Raises Declined, with nothing done."""
    if isinstance(command, AddStep):
        return await _append(on, command, seen, now)
    template = await existing(on, command.template, command)
    match command:
        case Rename(new=new):
            return await _rename(on, template, new)
        case Retime(message_id=message_id, time=time):
            return await _retime(on, template, message_id, time)
        case DeleteStep(message_id=message_id):
            return await _cut(on, template, message_id)
        case EndAtAnswer(ends=ends):
            await templates.end_at_answer(on, template.id, ends=ends)
            return wording.ends_at_answer(template.name, ends=ends)
        case DeleteTemplate():
            return await _delete(on, template)


async def existing(on: Connection, name: str, command: Edit | Run | ShowTemplate | SetSends) -> Template:
    """The template of this name. Raises Declined when there is none, with what the command could have meant."""
    template = await templates.find(on, name)
    if template is not None:
        return template
    there_is_none = gettext("There is no template {name}.", name=name)
    meant = await _meant(on, name, command)
    if meant is None:
        raise Declined(gettext("{sentence} /send templates shows them all.", sentence=there_is_none))
    question = gettext("{sentence} Is “{word}” meant?", sentence=there_is_none, word=meant[0])
    raise Declined(f"{question}\n{meant[1]}")


async def _meant(on: Connection, name: str, command: Edit | Run | ShowTemplate | SetSends) -> tuple[str, str] | None:
    """What was probably meant, and the command with it: to the same recipients, or to fewer."""
    close = grammar.nearest(name, await templates.names(on))
    if close is not None:
        right = command.corrected(name, close) if isinstance(command, Run) else replace(command, template=close)
        return close, grammar.render(right)
    if isinstance(command, Run) and isinstance(command.target, grammar.All):
        spelling = await marks.spelling(on, name)
        if spelling is not None:
            return spelling, grammar.render(replace(command, target=grammar.Marked(spelling), template="NAME"))
    keyword = grammar.slip_of(name) if isinstance(command, ShowTemplate) else None
    if keyword is None:
        return None
    read = grammar.parse(f"/send {keyword}", grammar.Place.GENERAL)
    return keyword, read.hint if isinstance(read, grammar.Mistake) else f"/send {keyword}"


def check_sendable(template: Template) -> None:
    """Raise Declined when a template is empty, or has a message that cannot be sent."""
    if not template.steps:
        raise Declined(gettext("Template {name} is empty. Reply to a message with /send {name}.", name=template.name))
    for position, each in enumerate(template.steps, 1):
        if (why := hindrance(each.kind)) is not None:
            raise Declined(gettext("Message {number} of the template cannot be sent. {why}", number=position, why=why))


def step(seen: Seen, time: timing.Time) -> Step:
    """The message that was replied to, or its album, as a step."""
    kind = seen.album[0].kind if len(seen.album) == 1 else f"album of {len(seen.album)}"
    return Step(tuple(each.message_id for each in seen.album), time, kind, placeholders(seen.album))


def placeholders(sources: Iterable[Source]) -> tuple[str, ...]:
    """Those in the texts of a step's messages, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(named(each.text) for each in sources)))


def up_to_date(template: Template, seen: Seen) -> Template:
    """A template with the placeholders that its messages have now: somebody may have edited one."""
    steps = tuple(_looked_at(step, [seen.sources.get(each) for each in step.message_ids]) for step in template.steps)
    return replace(template, steps=steps)


async def keep(on: Connection, template: Template) -> None:
    """Write down what is up to date."""
    if await templates.steps_of(on, template.id) != template.steps:
        await templates.replace_steps(on, template.id, template.steps)


def gone(seen: Seen) -> frozenset[int]:
    """Which messages of a template are not in the group any more."""
    return frozenset(each for each, source in seen.sources.items() if source is None)


def _looked_at(step: Step, sources: Sequence[Source | None]) -> Step:
    there = [each for each in sources if each is not None]
    return replace(step, placeholders=placeholders(there)) if len(there) == len(sources) else step


async def _append(on: Connection, command: AddStep, seen: Seen, now: float) -> str:
    template, time = await templates.find(on, command.template), command.time
    if template is None:
        _check_new(command.template)
    elif len(template.steps) >= MAX_STEPS:
        raise Declined(
            gettext(
                "Template {name} has {count} messages already; more than that is no chain.",
                name=template.name,
                count=MAX_STEPS,
            )
        )
    if isinstance(time, timing.At) and time.moment < now:
        past, present = wording.moment(time.moment), wording.moment(now)
        raise Declined(gettext("{moment} is past. It is {now} now.", moment=past, now=present))
    new, template = template is None, template or await templates.create(on, command.template)
    added = step(seen, time)
    steps = (*template.steps, added)
    await templates.replace_steps(on, template.id, steps)
    made = gettext("Template {name} is new.", name=template.name) if new else _has_now(template.name, len(steps))
    when = wording.after_previous(time, len(steps))
    attempt = gettext("Try it: {command}", command=f"/send test {template.name}")
    return "\n".join(
        [made, f"{len(steps)}. {added.kind} · {when}", *remarks([added.kind]), *personal([added]), attempt]
    )


def _has_now(name: str, steps: int) -> str:
    return ngettext(
        "Template {name} has {count} message now.", "Template {name} has {count} messages now.", steps, name=name
    )


def _check_new(name: str) -> None:
    """Raise Declined when a new template's name is nearly a word of the command: that was meant, more likely."""
    keyword = grammar.slip_of(name)
    if keyword is not None:
        what = gettext(
            "“{name}” is nearly “{keyword}”: for a template choose another name.", name=name, keyword=keyword
        )
        read = grammar.parse(f"/send {keyword}", grammar.Place.GENERAL_REPLY)
        hint = read.hint if isinstance(read, grammar.Mistake) else f"/send {keyword}"
        raise Declined(f"{what}\n{hint}")


async def _rename(on: Connection, template: Template, new: str) -> str:
    other = await templates.find(on, new)
    if other is not None and other.id != template.id:
        raise Declined(gettext("There is a template {name} already. Choose another name.", name=other.name))
    if other is None:
        _check_new(new)
    await templates.rename(on, template.id, new)
    return gettext("Template {name} is called {new} now.", name=template.name, new=new)


async def _retime(on: Connection, template: Template, message_id: int, time: timing.Time) -> str:
    position = _position(template, message_id)
    steps = [replace(step, time=time) if at == position else step for at, step in enumerate(template.steps, 1)]
    await templates.replace_steps(on, template.id, steps)
    when = wording.after_previous(time, position)
    return gettext("Template {name}, message {number}: {when}.", name=template.name, number=position, when=when)


async def _cut(on: Connection, template: Template, message_id: int) -> str:
    position = _position(template, message_id)
    steps = [step for at, step in enumerate(template.steps, 1) if at != position]
    await templates.replace_steps(on, template.id, steps)
    return ngettext(
        "Message {number} is out of template {name}; it has {count} message now.",
        "Message {number} is out of template {name}; it has {count} messages now.",
        len(steps),
        number=position,
        name=template.name,
    )


async def _delete(on: Connection, template: Template) -> str:
    senders = await marks.sending_template(on, template.id)
    if senders:
        what = gettext("Template {name} is sent by labels: {labels}.", name=template.name, labels=", ".join(senders))
        raise Declined(f"{what}\n/mark {senders[0]} sends CLEAR")
    await templates.delete(on, template.id)
    return gettext("Template {name} is deleted. Sendings under way keep their copy.", name=template.name)


def _position(template: Template, number: int) -> int:
    """Which step is meant, from 1: by the id of its message, else by its place. Raises Declined with the ids."""
    found = [at for at, step in enumerate(template.steps, 1) if number in step.message_ids]
    if len(found) > 1:
        places = ", ".join(map(str, found))
        raise Declined(
            gettext(
                "Message {number} is in template {name} {count} times: say which by its place, {places}.",
                number=number,
                name=template.name,
                count=len(found),
                places=places,
            )
        )
    if found or number <= len(template.steps):
        return found[0] if found else number
    if not template.steps:
        raise Declined(gettext("Template {name} is empty.", name=template.name))
    ids = ", ".join(str(step.message_ids[0]) for step in template.steps)
    raise Declined(
        gettext("Template {name} has no message {number}. Its ids: {ids}.", name=template.name, number=number, ids=ids)
    )
