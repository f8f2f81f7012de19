"""Sendings: what was ordered, and where each one is in its life. Their deliveries are the `journal`'s."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from userbot.core.acts import Act
from userbot.core.figures import Counts, Receipts
from userbot.core.lifecycle import Event, after
from userbot.core.model import Audience, Sending, SendingStatus, Step
from userbot.errors import IllegalTransitionError
from userbot.store import facts
from userbot.store.database import Connection, row, rows, run, value
from userbot.store.templates import step_values, steps_from


async def order(
    on: Connection,
    *,
    audience: Audience,
    what: str,
    topic: int,
    ordered_by: int,
    orderer: str,
    now: float,
    start_at: float,
    seed: bytes,
    mark: str | None = None,
    template_id: int | None = None,
    unconfirmed: int | None = None,
    begun_by: int | None = None,
) -> int:
    """A new sending that awaits its start, or `unconfirmed` for so many a go; returns its number."""
    created = await row(
        on,
        "INSERT INTO sending"
        " (audience, what, topic, ordered_by, orderer, ordered_at, start_at, seed, mark, template_id, begun_by,"
        " unconfirmed, confirmed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        audience.value,
        what,
        topic,
        ordered_by,
        orderer,
        now,
        start_at,
        seed,
        mark,
        template_id,
        begun_by,
        unconfirmed is not None,
        unconfirmed or 0,
    )
    assert created is not None
    return int(created["id"])


async def address(on: Connection, sending_id: int, peer_ids: Iterable[int]) -> None:
    """Keep the ids that a list or a file named, until the start resolves them."""
    await run(
        on,
        "INSERT OR IGNORE INTO addressed (sending_id, peer_id) SELECT ?, value FROM json_each(?)",
        sending_id,
        json.dumps(list(peer_ids)),
    )


async def put_steps(on: Connection, sending_id: int, steps: Sequence[Step], version: int = 0) -> None:
    """What is to be sent, from now on independent of any template."""
    for position, step in enumerate(steps, 1):
        await run(
            on,
            "INSERT INTO sending_step (sending_id, version, position, message_ids, time, kind, placeholders)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            sending_id,
            version,
            position,
            *step_values(step),
        )


async def take_over(on: Connection, sending_id: int) -> None:
    """What is said of the template as a whole holds for the sending, from now on independent of it."""
    await run(
        on,
        "UPDATE sending SET until_answer = template.until_answer FROM template"
        " WHERE template.id = template_id AND sending.id = ?",
        sending_id,
    )


async def steps_of(on: Connection, sending_id: int, version: int = 0) -> tuple[Step, ...]:
    """What is sent, in order; empty for one with a template that has not started."""
    sql = "SELECT * FROM sending_step WHERE sending_id = ? AND version = ? ORDER BY position"
    return steps_from(await rows(on, sql, sending_id, version))


async def template_of(on: Connection, sending_id: int) -> int | None:
    """The template that is copied into the sending when it starts."""
    return await value(on, "SELECT template_id FROM sending WHERE id = ?", sending_id)


async def find(on: Connection, sending_id: int) -> Sending | None:
    """One sending by its number."""
    found = await row(on, "SELECT * FROM sending WHERE id = ?", sending_id)
    return None if found is None else _sending(found)


_SHOWN = "FROM sending WHERE audience <> 'test' AND (?1 IS NULL OR topic = ?1)"
_OPEN = "status IN ('awaits', 'running', 'paused')"


async def listed(on: Connection, latest: int, topic: int | None = None) -> list[Sending]:
    """Of everything but tests, or of one topic: those that are open, and the latest of the others, newest first."""
    found = await rows(
        on,
        f"SELECT * {_SHOWN} AND {_OPEN} ORDER BY id DESC",
        topic,
    ) + await rows(
        on,
        f"SELECT * {_SHOWN} AND NOT {_OPEN} ORDER BY id DESC LIMIT ?2",
        topic,
        latest,
    )
    return [_sending(each) for each in found]


async def count(on: Connection, topic: int | None = None) -> int:
    """How many there are, tests aside."""
    found = await row(on, f"SELECT count(*) {_SHOWN}", topic)
    return int(found[0]) if found else 0


async def page(on: Connection, before: int | None, limit: int, topic: int | None = None) -> list[Sending]:
    """The newest ones with smaller numbers, tests aside: of everything, or of one topic."""
    found = await rows(
        on,
        f"SELECT * {_SHOWN} AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
        topic,
        before,
        limit,
    )
    return [_sending(each) for each in found]


async def sending_message(on: Connection, message_id: int) -> list[int]:
    """The sendings that run and send this message of the group."""
    found = await rows(
        on,
        "SELECT DISTINCT sending.id FROM sending JOIN sending_step ON sending_id = sending.id"
        " WHERE status IN ('awaits', 'running', 'paused') AND status = 'running' AND act = 'send'"
        " AND ' ' || message_ids || ' ' LIKE '% ' || ? || ' %'",
        message_id,
    )
    return [each["id"] for each in found]


async def alike(
    on: Connection,
    *,
    audience: Audience,
    mark: str | None,
    topic: int,
    peer_ids: Sequence[int],
    template_id: int | None,
    steps: Sequence[Step],
    since: float,
) -> Sending | None:
    """The latest sending since a moment that took one of these messages, or this template, to the same audience.

    Lists and files are the same audience when they have somebody in common; of a long one a thousand are looked at.
    """
    some = list(peer_ids)[:: max(1, len(peer_ids) // 1000)]
    found = await row(
        on,
        """
        SELECT * FROM sending
        WHERE ordered_at >= ?1 AND act = 'send' AND (sent > 0 OR status IN ('awaits', 'running', 'paused'))
          AND status <> 'cancelled' AND iif(?2 IN ('list', 'file'), audience IN ('list', 'file'), audience = ?2)
          AND mark IS ?3 AND (?2 <> 'topic' OR topic = ?4)
          AND (template_id = ?5 OR EXISTS (
                SELECT 1 FROM sending_step JOIN json_each(?6) ON message_ids = value WHERE sending_id = sending.id))
          AND (?2 NOT IN ('list', 'file') OR EXISTS (
                SELECT 1 FROM json_each(?7) WHERE EXISTS (
                    SELECT 1 FROM delivery WHERE sending_id = sending.id AND peer_id = value)
                  OR EXISTS (SELECT 1 FROM addressed WHERE sending_id = sending.id AND peer_id = value)))
        ORDER BY id DESC LIMIT 1
        """,
        since,
        audience.value,
        mark,
        topic,
        template_id,
        json.dumps([step_values(step)[0] for step in steps]),
        json.dumps(some),
    )
    return None if found is None else _sending(found)


async def having(on: Connection, status: SendingStatus) -> list[Sending]:
    """The sendings in one of the open statuses, oldest first."""
    # The three statuses are the index's own words: without them SQLite does not see that it fits.
    found = await rows(
        on,
        "SELECT * FROM sending WHERE status IN ('awaits', 'running', 'paused') AND status = ? ORDER BY id",
        status.value,
    )
    return [_sending(each) for each in found]


async def stopping(on: Connection) -> list[Sending]:
    """The sendings that were stopped and whose end is not told yet."""
    found = await rows(
        on,
        # An earlier release knew them only by what nobody had said of their deliveries.
        "SELECT * FROM sending WHERE status = 'stopped' AND total > sent + failed + skipped UNION SELECT * FROM sending"
        " WHERE id IN (SELECT each.value FROM fact, json_each(fact.value) AS each WHERE name = ?)",
        facts.UNTOLD,
    )
    return [_sending(each) for each in found]


async def following(on: Connection, origin: int) -> list[Sending]:
    """Those that go back to what another one delivered or left, oldest first; cancelled ones aside."""
    found = await rows(on, "SELECT * FROM sending WHERE origin = ? AND status <> 'cancelled' ORDER BY id", origin)
    return [_sending(each) for each in found]


async def transit(
    on: Connection,
    sending_id: int,
    event: Event,
    now: float,
    *,
    hold: str | None = None,
    resume_at: float | None = None,
) -> Sending:
    """Let an event happen to a sending and return what it is then. Raises IllegalTransitionError."""
    sending = await find(on, sending_id)
    if sending is None:
        raise IllegalTransitionError(f"There is no sid{sending_id}.")
    status = after(sending.status, event, sending_id)
    await run(
        on,
        "UPDATE sending SET status = ?2, hold = ?3, resume_at = ?4, ended_at = ?5,"
        " started_at = iif(?6, coalesce(started_at, ?7), started_at), unconfirmed = iif(?8 = 'go', 0, unconfirmed),"
        " start_at = CASE ?8 WHEN 'requeue' THEN ?7 WHEN 'go' THEN max(start_at, ?7) ELSE start_at END WHERE id = ?1",
        sending_id,
        status.value,
        hold,
        resume_at,
        now if status.ended else None,
        status is SendingStatus.RUNNING,
        now,
        event.value,
    )
    changed = await find(on, sending_id)
    assert changed is not None
    return changed


async def hold_longer(on: Connection, sending_id: int, hold: str | None, resume_at: float | None) -> Sending:
    """Give one that is paused another reason."""
    await run(on, "UPDATE sending SET hold = ?, resume_at = ? WHERE id = ?", hold, resume_at, sending_id)
    changed = await find(on, sending_id)
    assert changed is not None
    return changed


def _sending(found: sqlite3.Row) -> Sending:
    return Sending(
        id=found["id"],
        audience=Audience(found["audience"]),
        what=found["what"],
        status=SendingStatus(found["status"]),
        topic=found["topic"],
        ordered_by=found["ordered_by"],
        ordered_at=found["ordered_at"],
        start_at=found["start_at"],
        seed=found["seed"],
        counts=Counts(found["total"], found["sent"], found["failed"], found["skipped"]),
        recipients=found["recipients"],
        mark=found["mark"],
        hold=found["hold"],
        resume_at=found["resume_at"],
        started_at=found["started_at"],
        ended_at=found["ended_at"],
        pruned=bool(found["pruned"]),
        receipts=Receipts(found["reached"], found["was_read"], found["answered"], found["opted_out"], found["blocked"]),
        orderer=found["orderer"],
        versions=found["versions"],
        until_answer=bool(found["until_answer"]),
        unconfirmed=bool(found["unconfirmed"]),
        confirmed=found["confirmed"],
        act=Act(found["act"]),
        origin=found["origin"],
        only_step=found["only_step"],
    )
