"""Templates as operators make them: appended to, renamed, retimed, cut."""

from dataclasses import replace

from userbot.core import timing, wording
from userbot.core.forwarding import remarks
from userbot.core.grammar import AddStep, DeleteStep, DeleteTemplate, Rename, Retime
from userbot.core.model import MAX_STEPS, Step, Template
from userbot.service.requests import Declined, Seen
from userbot.store import templates
from userbot.store.database import Connection

Edit = AddStep | Rename | Retime | DeleteStep | DeleteTemplate


async def edit(on: Connection, command: Edit, seen: Seen, *, now: float) -> str:
    """Carry out one change and return the answer. Raises Declined, with nothing done."""
    match command:
        case AddStep(name, time):
            return await _append(on, name, time, seen, now)
        case Rename(name, new):
            return await _rename(on, await existing(on, name), new)
        case Retime(name, message_id, time):
            return await _retime(on, await existing(on, name), message_id, time)
        case DeleteStep(name, message_id):
            return await _cut(on, await existing(on, name), message_id)
        case DeleteTemplate(name):
            template = await existing(on, name)
            await templates.delete(on, template.id)
            return f"Template {template.name} is deleted. Sendings under way keep their copy."


async def existing(on: Connection, name: str) -> Template:
    """The template of this name. Raises Declined when there is none."""
    template = await templates.find(on, name)
    if template is None:
        raise Declined(f"There is no template {name}. /send templates shows them all.")
    return template


async def _append(on: Connection, name: str, time: timing.Time, seen: Seen, now: float) -> str:
    template = await templates.find(on, name)
    if template is not None and len(template.steps) >= MAX_STEPS:
        raise Declined(f"Template {template.name} has {MAX_STEPS} messages already; more than that is no chain.")
    if isinstance(time, timing.At) and time.moment < now:
        raise Declined(f"{wording.moment(time.moment)} is past. It is {wording.moment(now)} now.")
    new = template is None
    template = template or await templates.create(on, name)
    kind = seen.album[0].kind if len(seen.album) == 1 else f"album of {len(seen.album)}"
    step = Step(tuple(each.message_id for each in seen.album), time, kind)
    steps = (*template.steps, step)
    await templates.replace_steps(on, template.id, steps)
    when = wording.after_previous(time, len(steps))
    made = "is new" if new else f"has {wording.of(len(steps), 'message')} now"
    lines = [f"Template {template.name} {made}.", f"{len(steps)}. {kind} · {when}", *remarks([kind])]
    return "\n".join([*lines, f"Try it: /send test {template.name}"])


async def _rename(on: Connection, template: Template, new: str) -> str:
    other = await templates.find(on, new)
    if other is not None and other.id != template.id:
        raise Declined(f"There is a template {other.name} already. Choose another name.")
    await templates.rename(on, template.id, new)
    return f"Template {template.name} is called {new} now."


async def _retime(on: Connection, template: Template, message_id: int, time: timing.Time) -> str:
    position = _position(template, message_id)
    steps = [replace(step, time=time) if at == position else step for at, step in enumerate(template.steps, 1)]
    await templates.replace_steps(on, template.id, steps)
    return f"Template {template.name}, message {position}: {wording.after_previous(time, position)}."


async def _cut(on: Connection, template: Template, message_id: int) -> str:
    position = _position(template, message_id)
    steps = [step for at, step in enumerate(template.steps, 1) if at != position]
    await templates.replace_steps(on, template.id, steps)
    left = wording.of(len(steps), "message")
    return f"Message {position} is out of template {template.name}; it has {left} now."


def _position(template: Template, message_id: int) -> int:
    """Which step refers to a message, from 1. Raises Declined with the ids there are."""
    for position, step in enumerate(template.steps, 1):
        if message_id in step.message_ids:
            return position
    ids = ", ".join(str(step.message_ids[0]) for step in template.steps) or "none, it is empty"
    raise Declined(f"Template {template.name} has no message {message_id}. Its ids: {ids}.")
