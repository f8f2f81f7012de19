"""The delivery journal: who gets which step, when it is due, and what became of it.

Pages come and outcomes go as one JSON value each. Python's sqlite3 gives up the interpreter lock at every row, and
beside a busy event loop each row would then wait for its turn; one value is one turn. It also keeps SQLite's work
out of the loop's way, since the lock is free while a statement runs.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence

from userbot.core.model import Delivery, DeliveryStatus, Sending
from userbot.core.reasons import EARLIER_FAILED
from userbot.core.report import ReportRow
from userbot.core.settling import Settled
from userbot.store import audiences
from userbot.store.audiences import NO_LIMIT, Limit
from userbot.store.database import Connection, row, rows, run, value

REPORT_PAGE = 1_000

_BLOCKED = "USER_IS_BLOCKED"


async def freeze_page(
    on: Connection, sending: Sending, due_at: float, limit: Limit = NO_LIMIT, size: int = 20_000
) -> bool:
    """Write the deliveries of the next recipients, `size` of them; False when there are no more.

    The page begins behind the last recipient written, so a freeze that was killed goes on where it stopped.
    """
    found = await row(on, "SELECT max(peer_id) FROM delivery WHERE sending_id = ?", sending.id)
    last: int | None = found[0] if found else None
    if last is None:
        await audiences.work_out(on, sending)
    start = -(2**63) if last is None else last
    page = audiences.meant(sending.audience, "WHERE id > ?6 ORDER BY id LIMIT ?7")
    written = await run(
        on,
        f"""
        INSERT INTO delivery (sending_id, peer_id, step, status, reason, due_at)
        SELECT ?1, meant.id, position, iif(reason IS NULL, 0, 3), reason,
               iif(reason IS NULL AND position = 1, ?5, NULL)
        FROM ({page}) AS meant CROSS JOIN sending_step
            ON sending_id = ?1 AND (?8 = 1 OR version = chosen(?9, meant.id, ?8))
        """,  # noqa: S608  the conditions are ours
        sending.id,
        *limit.values,
        due_at,
        start,
        size,
        sending.versions,
        sending.seed,
    )
    return written > 0


Place = tuple[float, int, int]
"""Of a delivery among those of its sending: when it is due, the recipient, the step."""


async def due(
    on: Connection, sending_id: int, now: float, limit: int, *, names: bool = False, behind: Place | None = None
) -> list[Delivery]:
    """The deliveries whose time has come, the longest due first, or those `behind` a place in that order.

    With the recipients' `names` if they are needed.
    """
    (found,) = await rows(
        on,
        f"""
        SELECT json_group_array(json_array(
            peer_id, step, due_at, tries, coalesce(access_hash, 0), gone, reason,
            opted_out_at IS NOT NULL, first_id, coalesce(wrote_id, 0) {_NAMES if names else ""}))
        FROM (
            SELECT peer_id, step, due_at, tries, access_hash, gone, reason, opted_out_at, wrote_id,
                first_name, last_name, username,
                iif((SELECT until_answer FROM sending WHERE id = ?1), (
                    SELECT min(message_id) FROM delivery AS earlier WHERE earlier.sending_id IN (
                            SELECT ?1 UNION ALL SELECT origin FROM sending WHERE id = ?1)
                        AND earlier.peer_id = delivery.peer_id AND earlier.step < delivery.step), NULL) AS first_id
            FROM delivery INDEXED BY delivery_due LEFT JOIN peer ON peer.id = peer_id
            WHERE sending_id = ?1 AND status = 0 AND due_at IS NOT NULL AND due_at <= ?2
                AND (due_at, peer_id, step) > (?4, ?5, ?6)
            ORDER BY due_at, peer_id, step LIMIT ?3
        )
        """,  # noqa: S608  the columns are ours
        sending_id,
        now,
        limit,
        *(behind or (0.0, 0, 0)),
    )
    return [Delivery(sending_id, *each) for each in json.loads(found[0])]


_NAMES = ", json_array(coalesce(first_name, ''), coalesce(last_name, ''), coalesce(username, ''))"


async def next_due(on: Connection, sending_id: int, after: float) -> float | None:
    """When the next delivery after a moment is due; None when there is none."""
    (found,) = await rows(
        on,
        "SELECT min(due_at) FROM delivery INDEXED BY delivery_due"
        " WHERE sending_id = ? AND status = 0 AND due_at IS NOT NULL AND due_at > ?",
        sending_id,
        after,
    )
    due_at: float | None = found[0]
    return due_at


async def still_due(on: Connection, sending_id: int, now: float, before: float) -> None:
    """Make due what was due when the clock still showed `before`, and what was not stays where it is.

    A step whose previous one was sent after the clock was set has its time from the new clock already.
    """
    await run(
        on,
        """
        UPDATE delivery SET due_at = ?2
        WHERE sending_id = ?1 AND status = 0 AND due_at > ?2 AND due_at <= ?3 AND (step = 1 OR EXISTS (
            SELECT 1 FROM delivery AS previous WHERE previous.sending_id = ?1 AND previous.peer_id = delivery.peer_id
                AND previous.step = delivery.step - 1 AND previous.sent_at > ?2))
        """,
        sending_id,
        now,
        before,
    )


def _outcome(settled: Settled) -> tuple[object, ...]:
    """An outcome as it goes to SQLite: its delivery's key, and what `record` makes of it, to the last that is set."""
    delivery, status, at = settled.delivery, settled.status, settled.at
    sent, album = status is DeliveryStatus.SENT, settled.album
    most = delivery.sending_id, delivery.peer_id, delivery.step, status, at if sent else None, settled.message_id
    if sent and not album and settled.next_due is None:
        return most
    ids = " ".join(str(number) for number in album if number is not None) or None
    again = (settled.tries, at) if status is DeliveryStatus.PENDING else ()
    return *most, ids, settled.next_due, settled.reason, *again


_KEY = "sending_id = value ->> 0 AND peer_id = value ->> 1"


async def record(on: Connection, settled: Sequence[Settled]) -> None:
    """Write outcomes down: the deliveries, the steps that follow, the counts."""
    batch = json.dumps([_outcome(each) for each in settled])
    await run(
        on,
        f"""
        UPDATE delivery SET status = value ->> 3, sent_at = value ->> 4, message_id = value ->> 5,
            message_ids = value ->> 6, reason = value ->> 8,
            tries = coalesce(value ->> 9, tries + 1), due_at = coalesce(value ->> 10, due_at)
        FROM json_each(?) WHERE {_KEY} AND step = value ->> 2 AND delivery.status = 0
        """,  # noqa: S608  the key is ours
        batch,
    )
    if any(each.next_due is not None for each in settled):
        await run(
            on,
            f"""
            UPDATE delivery SET due_at = value ->> 7 FROM json_each(?)
            WHERE value ->> 7 IS NOT NULL AND {_KEY} AND step = (value ->> 2) + 1 AND delivery.status = 0
            """,  # noqa: S608  the key is ours
            batch,
        )
    await _count(on, settled)


async def _count(on: Connection, settled: Sequence[Settled]) -> None:
    """Keep the sending's counts, end the chains of those who will get no more, remember who is gone."""
    sent = [each.delivery for each in settled if each.status is DeliveryStatus.SENT]
    ended = [each for each in settled if each.status is DeliveryStatus.FAILED or each.status is DeliveryStatus.SKIPPED]
    counts = (
        Counter(each.sending_id for each in sent),
        Counter(each.delivery.sending_id for each in ended if each.status is DeliveryStatus.FAILED),
        Counter(each.delivery.sending_id for each in ended if each.status is DeliveryStatus.SKIPPED),
        Counter(each.sending_id for each in sent if each.step == 1),
        Counter(each.delivery.sending_id for each in ended if each.gone and _BLOCKED in (each.reason or "")),
    )
    for sending_id in set().union(*counts):
        await run(
            on,
            "UPDATE sending SET sent = sent + ?2, failed = failed + ?3, skipped = skipped + ?4,"
            " reached = reached + ?5, blocked = blocked + ?6 WHERE id = ?1",
            sending_id,
            *(count[sending_id] for count in counts),
        )
    for each in ended:
        await _end_chain(on, each)


async def _end_chain(on: Connection, settled: Settled) -> None:
    delivery = settled.delivery
    ended = await run(
        on,
        "UPDATE delivery SET status = 3, reason = ? WHERE sending_id = ? AND peer_id = ? AND step > ? AND status = 0"
        " AND (SELECT act FROM sending WHERE id = sending_id) = 'send'",
        settled.reason if settled.status is DeliveryStatus.SKIPPED else EARLIER_FAILED,
        delivery.sending_id,
        delivery.peer_id,
        delivery.step,
    )
    await run(on, "UPDATE sending SET skipped = skipped + ? WHERE id = ?", ended, delivery.sending_id)
    if settled.gone:
        await run(on, "UPDATE peer SET gone = ? WHERE id = ?", settled.reason, delivery.peer_id)


async def first_reason(on: Connection, sending_id: int) -> str | None:
    """Why something of it was not delivered; for sendings to one recipient."""
    return await value(
        on, "SELECT reason FROM delivery WHERE sending_id = ? AND reason IS NOT NULL ORDER BY step LIMIT 1", sending_id
    )


async def report(on: Connection, sending_id: int) -> AsyncIterator[list[ReportRow]]:
    """Every delivery of a sending, by recipient and step, page by page."""
    peer_id, step = -(2**63), 0
    while True:
        found = await row(
            on,
            """
            SELECT json_group_array(json_array(
                peer_id, username, name, step, status, reason, due_at, sent_at, message_id, read_at, answered_at))
            FROM (
                SELECT * FROM delivery LEFT JOIN peer ON peer.id = peer_id
                WHERE sending_id = ?1 AND (peer_id, step) > (?2, ?3) ORDER BY peer_id, step LIMIT ?4
            )
            """,
            sending_id,
            peer_id,
            step,
            REPORT_PAGE,
        )
        assert found is not None
        page = [ReportRow(*each) for each in json.loads(found[0])]
        yield page
        if len(page) < REPORT_PAGE:
            return
        peer_id, step = page[-1].user_id, page[-1].step
