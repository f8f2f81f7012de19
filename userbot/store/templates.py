"""Templates: named chains of references to messages of the backend group."""

from collections.abc import Iterable, Sequence
from sqlite3 import Row

from userbot.core import timing
from userbot.core.model import Step, Template
from userbot.core.placeholders import named
from userbot.store.database import Connection, row, rows, run


async def find(on: Connection, name: str) -> Template | None:
    """A template by name, compared without case."""
    found = await row(on, "SELECT * FROM template WHERE name = ?", name)
    if found is None:
        return None
    return Template(found["id"], found["name"], await steps_of(on, found["id"]), bool(found["until_answer"]))


async def overview(on: Connection) -> list[tuple[str, int]]:
    """All templates as (name, number of steps), by name."""
    found = await rows(
        on,
        "SELECT name, count(position) AS steps FROM template LEFT JOIN template_step ON template_id = id "
        "GROUP BY id ORDER BY name",
    )
    return [(each["name"], each["steps"]) for each in found]


async def names(on: Connection) -> list[str]:
    """The names of all templates."""
    return [each["name"] for each in await rows(on, "SELECT name FROM template")]


async def create(on: Connection, name: str) -> Template:
    """A new template without steps."""
    await run(on, "INSERT INTO template (name) VALUES (?)", name)
    created = await find(on, name)
    assert created is not None
    return created


async def rename(on: Connection, template_id: int, name: str) -> None:
    """Give it another name."""
    await run(on, "UPDATE template SET name = ? WHERE id = ?", name, template_id)


async def end_at_answer(on: Connection, template_id: int, *, ends: bool) -> None:
    """Whether it ends for whoever answers it."""
    await run(on, "UPDATE template SET until_answer = ? WHERE id = ?", ends, template_id)


async def ends_at_answer(on: Connection, template_id: int) -> bool:
    """Whether it does."""
    return await row(on, "SELECT 1 FROM template WHERE id = ? AND until_answer", template_id) is not None


async def delete(on: Connection, template_id: int) -> None:
    """Remove it with its steps. Sendings under way have their own copy."""
    await run(on, "DELETE FROM template WHERE id = ?", template_id)


async def replace_steps(on: Connection, template_id: int, steps: Sequence[Step]) -> None:
    """Put these steps in place of the ones it has."""
    await run(on, "DELETE FROM template_step WHERE template_id = ?", template_id)
    for position, step in enumerate(steps, 1):
        await run(
            on,
            "INSERT INTO template_step (template_id, position, message_ids, time, kind, placeholders)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            template_id,
            position,
            *step_values(step),
        )


async def steps_of(on: Connection, template_id: int) -> tuple[Step, ...]:
    """The steps in order."""
    return steps_from(
        await rows(on, "SELECT * FROM template_step WHERE template_id = ? ORDER BY position", template_id)
    )


def step_values(step: Step) -> tuple[str, str, str, str]:
    """A step as its columns: message ids, time, kind, placeholders."""
    return " ".join(map(str, step.message_ids)), timing.render(step.time), step.kind, "".join(step.placeholders)


def steps_from(found: Iterable[Row]) -> tuple[Step, ...]:
    """The steps that rows with these columns hold."""
    return tuple(
        Step(
            tuple(map(int, each["message_ids"].split())), _time(each["time"]), each["kind"], named(each["placeholders"])
        )
        for each in found
    )


def _time(text: str) -> timing.Time:
    time = timing.parse(text)
    assert not isinstance(time, timing.NoTime)
    return time
