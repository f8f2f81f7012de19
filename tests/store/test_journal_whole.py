"""The journal over a whole sending: its counts, its report, and how SQLite finds its rows."""

import asyncio
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from tests.store.making import (
    NOW,
    THREE_STEPS,
    all_due,
    customer,
    freeze,
    known,
    opened,
    ordered,
    outcome,
    record,
    report,
    running,
)
from userbot.core.delivery import LOST, Outcome, Refused, Sent
from userbot.core.figures import Counts
from userbot.core.model import Audience, Delivery, DeliveryStatus, Sending
from userbot.core.report import ReportRow
from userbot.core.settling import left_out, settle
from userbot.store import clearing, journal, peers
from userbot.store.database import Database, rows

OUTCOMES = st.sampled_from(
    [
        Sent(5),
        Sent(None),
        LOST,
        Refused("SLOWMODE_WAIT", 20),
        Refused("PEER_ID_INVALID"),
        Refused("USER_IS_BLOCKED"),
        Refused("CHAT_WRITE_FORBIDDEN"),
        Refused("RANDOM_ID_DUPLICATE"),
        Refused("NEVER_HEARD_OF"),
        Refused("FLOOD_WAIT", 3),
        Refused("PEER_FLOOD"),
        None,
    ]
)
GROUPS = st.lists(st.lists(st.tuples(st.integers(0, 9), OUTCOMES), max_size=5), max_size=12)


@settings(max_examples=40)
@given(people=st.integers(1, 5), groups=GROUPS, stopped=st.booleans())
def test_whatever_comes_back_the_counts_are_what_the_rows_say(
    people: int, groups: list[list[tuple[int, Outcome | None]]], *, stopped: bool
) -> None:
    async def live() -> None:
        with TemporaryDirectory() as folder:
            async with opened(Path(folder) / "userbot.db") as database:
                sending = await running(database, range(1, people + 1), THREE_STEPS)
                now = NOW
                for group in groups:
                    due = await all_due(database, sending, now)
                    await _come_back(database, sending, due, group, now)
                    now += 30
                if stopped:
                    async with database.transaction() as on:
                        await clearing.skip_page(on, sending.id, "the sending was stopped", clearing.START, 100)
                else:
                    await _send_the_rest(database, sending, now)
                await _consistent(database, sending)
                assert (await known(database.reader, sending.id)).counts.pending == 0

    asyncio.run(live())


async def _come_back(
    database: Database,
    sending: Sending,
    due: list[Delivery],
    group: list[tuple[int, Outcome | None]],
    now: float,
) -> None:
    """Outcomes of some of what is due, each delivery once: None for one that was left out."""
    chosen = {due[place % len(due)]: what for place, what in group if due}
    times = [step.time for step in THREE_STEPS]
    await record(
        database,
        *(
            left_out(delivery, "gone", now) if what is None else settle(delivery, what, now=now, times=times)
            for delivery, what in chosen.items()
        ),
    )
    await _consistent(database, sending)


async def _send_the_rest(database: Database, sending: Sending, now: float) -> None:
    while (moment := await journal.next_due(database.reader, sending.id, 0)) is not None:
        now = max(now, moment)
        due = await all_due(database, sending, now)
        await record(database, *(outcome(each, Sent(1), THREE_STEPS, now) for each in due))


async def _consistent(database: Database, sending: Sending) -> None:
    """The counts are what the rows say, and in every chain what is sent comes first and what is over last."""
    found = await rows(database.reader, "SELECT * FROM delivery ORDER BY peer_id, step")
    actual = Counter(each["status"] for each in found)
    assert (await known(database.reader, sending.id)).counts == Counts(len(found), actual[1], actual[2], actual[3])
    for number in range(0, len(found), len(THREE_STEPS)):
        chain = found[number : number + len(THREE_STEPS)]
        states = [each["status"] for each in chain]
        sent = [1] * states.count(1)
        rest = states[len(sent) :]
        assert states[: len(sent)] == sent
        assert rest in ([0] * len(rest), [2, 3, 3][: len(rest)], [3] * len(rest))
        waiting = [each["due_at"] is not None for each in chain if each["status"] == DeliveryStatus.PENDING]
        assert waiting == [True, *[False] * (len(waiting) - 1)][: len(waiting)]


# The report.


@pytest.mark.parametrize("page", [1, 7, 11, 12, 33, 1000])
async def test_the_report_is_complete_whatever_the_pages(
    database: Database, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(journal, "REPORT_PAGE", page)
    ids = [-(10**12), -5, *range(1, 10)]
    sending = await running(database, ids, THREE_STEPS)
    await running(database, ids)
    assert [(each.user_id, each.step) for each in await report(database, sending)] == [
        (peer, step) for peer in ids for step in (1, 2, 3)
    ]


async def test_the_report_names_recipients_as_they_are_known_now(database: Database) -> None:
    name = "Łódź \"x\" 'y', 你好 🙂\n-"
    async with database.transaction() as on:
        sending = await ordered(on, Audience.LIST, to=[1, 2])
        await freeze(on, sending)
        await peers.learn(on, [customer(1, name=name, username="someone")])
    assert await report(database, sending) == [
        ReportRow(1, "someone", name, 1, 3, "no dialog", None, None, None),
        ReportRow(2, None, None, 1, 3, "no dialog", None, None, None),
    ]


async def test_a_report_without_deliveries_is_empty(database: Database) -> None:
    async with database.transaction() as on:
        sending = await ordered(on)
    assert await report(database, sending) == []


# How SQLite gets there.


async def test_no_question_about_deliveries_reads_more_than_it_must(database: Database) -> None:
    """Every statement finds its deliveries by the primary key or by the index of what is due."""
    sending = await running(database, range(1, 40), THREE_STEPS)
    asked: list[str] = []
    for connection in (database._writer, database.reader):
        await connection.set_trace_callback(asked.append)
    outcomes: list[Outcome] = [Sent(1), LOST, Refused("USER_IS_BOT")]
    for delivery, what in zip(await all_due(database, sending), outcomes, strict=False):
        await record(database, outcome(delivery, what, THREE_STEPS))
    await journal.next_due(database.reader, sending.id, NOW)
    await journal.first_reason(database.reader, sending.id)
    await report(database, sending)
    async with database.transaction() as on:
        await clearing.skip_page(on, sending.id, "stopped", clearing.START, 100)
        await freeze(on, other := await ordered(on))
        await clearing.due_anew_page(on, other.id, NOW, clearing.START, 100)
        await clearing.drop_page(on, other.id, 100)
    for connection in (database._writer, database.reader):
        await connection.set_trace_callback(None)  # type: ignore[arg-type]  # None is how it is taken away
    plans = {sql: await rows(database.reader, f"EXPLAIN QUERY PLAN {sql}") for sql in set(asked) if "delivery" in sql}
    assert len(plans) > 10
    for sql, plan in plans.items():
        steps = [each["detail"] for each in plan]
        assert not [each for each in steps if each.startswith("SCAN delivery")], sql
        if "json_array(peer_id, step" in sql or "min(due_at)" in sql:
            assert any("delivery_due" in each for each in steps), sql
            assert not any("TEMP B-TREE FOR ORDER BY" in each for each in steps), sql
        if "json_each" in sql:
            assert any(
                each.startswith("SEARCH delivery USING PRIMARY KEY (sending_id=? AND peer_id=? AND step=?)")
                for each in steps
            ), sql
