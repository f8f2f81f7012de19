"""Templates that are compared in one sending. Who gets which is a function of its seed, so there is no row for it."""

from collections.abc import Sequence

from userbot.core.model import Sending, Step, Template
from userbot.core.variants import Figures
from userbot.store.database import Connection, rows, run
from userbot.store.sendings import steps_of, template_of


async def put(on: Connection, sending_id: int, versions: Sequence[Template]) -> None:
    """Let these templates be compared."""
    for number, template in enumerate(versions):
        sql = "INSERT INTO sending_version (sending_id, version, name, template_id) VALUES (?, ?, ?, ?)"
        await run(on, sql, sending_id, number, template.name, template.id)
    await run(on, "UPDATE sending SET versions = ? WHERE id = ?", len(versions), sending_id)


async def inherit(on: Connection, sending_id: int, origin: Sending) -> None:
    """Let a sending that goes back to one in which templates are compared have the same; the seed is the same too."""
    if origin.versions == 1:
        return
    await run(
        on,
        "INSERT INTO sending_version (sending_id, version, name, template_id)"
        " SELECT ?, version, name, template_id FROM sending_version WHERE sending_id = ?",
        sending_id,
        origin.id,
    )
    await run(
        on,
        "INSERT INTO sending_step (sending_id, version, position, message_ids, time, kind, placeholders)"
        " SELECT ?, version, position, message_ids, time, kind, placeholders FROM sending_step"
        " WHERE sending_id = ? AND version > 0",
        sending_id,
        origin.id,
    )
    await run(on, "UPDATE sending SET versions = ? WHERE id = ?", origin.versions, sending_id)


async def of(on: Connection, sending_id: int) -> list[tuple[str, int]]:
    """The templates that are compared, by name as it was and id; none where nothing is compared."""
    sql = "SELECT name, template_id FROM sending_version WHERE sending_id = ? ORDER BY version"
    return [(each["name"], each["template_id"]) for each in await rows(on, sql, sending_id)]


async def templates_of(on: Connection, sending_id: int) -> list[int]:
    """The templates that are copied into the sending when it starts, by version; mostly one."""
    compared = [template_id for _, template_id in await of(on, sending_id)]
    only = await template_of(on, sending_id)
    return compared or ([] if only is None else [only])


async def other_chains(on: Connection, sending: Sending) -> list[tuple[Step, ...]]:
    """The steps of the other versions, in order; there are none where nothing is compared."""
    return [await steps_of(on, sending.id, version) for version in range(1, sending.versions)]


async def keep_figures(on: Connection, sending: Sending) -> None:
    """Write down what the comparison came to, before its deliveries go; once."""
    for version, each in enumerate(await figures(on, sending)):
        sql = "UPDATE sending_version SET reached = ?, answered = ? WHERE sending_id = ? AND version = ?"
        await run(on, sql, each.sent, each.answered, sending.id, version)


async def figures(on: Connection, sending: Sending) -> list[Figures]:
    """How many people each of the templates that are compared has reached, and how many of them answered."""
    kept = await rows(
        on,
        "SELECT reached, answered FROM sending_version WHERE sending_id = ? AND reached IS NOT NULL ORDER BY version",
        sending.id,
    )
    if kept:
        return [Figures(*each) for each in kept]
    found = await rows(
        on,
        """
        SELECT chosen(?2, peer_id, ?3) AS version, count(*) AS reached, sum(has_answered) AS answered
        FROM (
            SELECT peer_id, max(answered_at IS NOT NULL) AS has_answered
            FROM delivery WHERE sending_id = ?1 AND status = 1 GROUP BY peer_id
        )
        GROUP BY version
        """,
        sending.id,
        sending.seed,
        sending.versions,
    )
    known = {each["version"]: Figures(each["reached"], each["answered"]) for each in found}
    return [known.get(version, Figures(0, 0)) for version in range(sending.versions)]
