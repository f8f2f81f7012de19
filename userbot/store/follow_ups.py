"""The journal of sendings that go back to another one, their origin: they bring what it left undelivered, or take back
or correct what it delivered. Their rows are the origin's, by recipient and step.
"""

import json
from collections.abc import Sequence

from userbot.core.acts import Act
from userbot.core.delivery import may_have_passed
from userbot.core.model import Delivery, Sending, Step
from userbot.core.reasons import NO_DIALOG
from userbot.core.timing import At, Delay
from userbot.store import versions
from userbot.store.audiences import LEFT_OUT, Limit, capped
from userbot.store.database import Connection, row, rows, run


async def go_back(on: Connection, sending_id: int, act: Act, origin: int, only_step: int | None) -> None:
    """A sending does this with what its origin delivered or left, or with one step of it."""
    await run(
        on,
        "UPDATE sending SET act = ?2, origin = ?3, only_step = ?4,"
        " until_answer = (SELECT until_answer FROM sending WHERE id = ?3) WHERE id = ?1",
        sending_id,
        act.value,
        origin,
        only_step,
    )


async def freeze_page(on: Connection, sending: Sending, steps: Sequence[Step], limit: Limit, size: int) -> bool:
    """Write the rows of the next recipients, `size` of them; False when there are no more: `journal.freeze_page`."""
    found = await row(on, "SELECT max(peer_id) FROM delivery WHERE sending_id = ?", sending.id)
    after = found[0] if found and found[0] is not None else -(2**63)
    if sending.act is Act.SEND:
        return await _freeze_rest(on, sending, steps, limit, after, size)
    written = await run(
        on,
        """
        INSERT INTO delivery (sending_id, peer_id, step, due_at)
        SELECT ?1, peer_id, step, ?2 FROM delivery
        WHERE sending_id = ?3 AND status = 1 AND (?6 IS NULL OR step = ?6) AND peer_id IN (
            SELECT DISTINCT peer_id FROM delivery
            WHERE sending_id = ?3 AND status = 1 AND (?6 IS NULL OR step = ?6) AND peer_id > ?4
            ORDER BY peer_id LIMIT ?5)
        """,
        sending.id,
        sending.start_at,
        sending.origin,
        after,
        size,
        sending.only_step,
    )
    return written > 0


# Who lacks something of the origin, and why they get it neither now: what has not passed, or is so today.
_LACKING = f"""
    SELECT peer_id AS id, CASE
        WHEN reason NOT IN (SELECT value FROM json_each(?9)) THEN reason
        WHEN peer_id < 0 THEN gone WHEN peer.id IS NULL THEN '{NO_DIALOG}' ELSE {LEFT_OUT} END AS reason
    FROM lacking LEFT JOIN peer ON peer.id = peer_id
"""  # noqa: S608  the condition is ours

_FREEZE_REST = f"""
    WITH lacking AS MATERIALIZED (
        SELECT peer_id, min(step) AS step, reason FROM delivery
        WHERE sending_id = ?6 AND status <> 1 AND peer_id > ?7 GROUP BY peer_id ORDER BY peer_id LIMIT ?8
    ), judged AS MATERIALIZED ({capped(_LACKING, "")})
    INSERT INTO delivery (sending_id, peer_id, step, status, reason, due_at)
    SELECT ?1, rest.peer_id, rest.step, iif(judged.reason IS NULL, 0, 3), judged.reason,
        iif(judged.reason IS NULL AND rest.step = lacking.step,
            max(?5, coalesce(at, coalesce(previous.sent_at, ?5) + delay)), NULL)
    FROM lacking JOIN judged ON judged.id = lacking.peer_id
    JOIN delivery AS rest ON rest.sending_id = ?6 AND rest.peer_id = lacking.peer_id AND rest.step >= lacking.step
        AND rest.status <> 1
    LEFT JOIN delivery AS previous ON previous.sending_id = ?6 AND previous.peer_id = lacking.peer_id
        AND previous.step = lacking.step - 1
    JOIN (SELECT value ->> 0 AS version, value ->> 1 AS position, value ->> 2 AS delay, value ->> 3 AS at
          FROM json_each(?10))
        ON position = rest.step AND (?11 = 1 OR version = chosen(?12, rest.peer_id, ?11))
"""  # noqa: S608  the conditions are ours


async def _freeze_rest(
    on: Connection, sending: Sending, steps: Sequence[Step], limit: Limit, after: int, size: int
) -> bool:
    """From the first step that each one lacks, unless they cannot get it still; it is due as it would have been."""
    chains = enumerate([steps, *await versions.other_chains(on, sending)])
    timed = [_timed(version, *each) for version, chain in chains for each in enumerate(chain, 1)]
    reasons = await rows(on, "SELECT DISTINCT reason FROM delivery WHERE sending_id = ? AND status > 1", sending.origin)
    written = await run(
        on,
        _FREEZE_REST,
        sending.id,
        *limit.values,
        sending.start_at,
        sending.origin,
        after,
        size,
        json.dumps([each["reason"] for each in reasons if may_have_passed(each["reason"])]),
        json.dumps(timed),
        sending.versions,
        sending.seed,
    )
    return written > 0


def _timed(version: int, position: int, step: Step) -> tuple[int, int, int, int | None]:
    """The step's version and place, its delay, and its fixed moment if it has one."""
    match step.time:
        case Delay(seconds):
            return version, position, seconds, None
        case At(moment):
            return version, position, 0, moment
    return version, position, 0, None


async def due(on: Connection, sending: Sending, now: float, limit: int) -> list[Delivery]:
    """What is to be taken back or corrected, with the ids of what stands there, the longest due first.

    Of an album that was delivered before all its ids were kept only the first is known: nothing of it is taken back.
    """
    found = await row(
        on,
        """
        SELECT json_group_array(json_array(peer_id, step, due_at, tries, access_hash, gone, reason,
            json_array(first_name, last_name, username), ids, sources))
        FROM (
            SELECT each.peer_id, each.step, each.due_at, each.tries, coalesce(access_hash, 0) AS access_hash, gone,
                each.reason, coalesce(first_name, '') AS first_name, coalesce(last_name, '') AS last_name,
                coalesce(username, '') AS username, coalesce(origin.message_ids, origin.message_id, '') AS ids,
                sending_step.message_ids AS sources
            FROM delivery AS each INDEXED BY delivery_due
            LEFT JOIN delivery AS origin
                ON origin.sending_id = ?2 AND origin.peer_id = each.peer_id AND origin.step = each.step
            LEFT JOIN sending_step ON sending_step.sending_id = ?1 AND position = each.step
                AND (?5 = 1 OR version = chosen(?6, each.peer_id, ?5))
            LEFT JOIN peer ON peer.id = each.peer_id
            WHERE each.sending_id = ?1 AND each.status = 0 AND each.due_at IS NOT NULL AND each.due_at <= ?3
            ORDER BY each.due_at, each.peer_id, each.step LIMIT ?4
        )
        """,
        sending.id,
        sending.origin,
        now,
        limit,
        sending.versions,
        sending.seed,
    )
    assert found is not None
    return [
        Delivery(sending.id, *each)._replace(names=names, delivered=_known(sending, str(ids), sources))
        for *each, names, ids, sources in json.loads(found[0])
    ]


def _known(sending: Sending, ids: str, sources: str) -> tuple[int, ...]:
    """The ids of what stands there, where they are enough for what is to be done with it."""
    known = tuple(map(int, ids.split()))
    return known if sending.act is Act.CORRECT or len(known) == len(sources.split()) else ()


async def delivered(on: Connection, sending_id: int) -> list[int]:
    """Which steps of a sending reached anybody."""
    found = await rows(
        on, "SELECT DISTINCT step FROM delivery WHERE sending_id = ? AND status = 1 ORDER BY step", sending_id
    )
    return [each["step"] for each in found]
