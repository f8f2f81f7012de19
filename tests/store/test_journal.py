"""The journal: who gets which step when, and that the counts are what the rows say."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from tests.store.making import NOW, ONE_STEP, TWO_STEPS, all_due, customer, freeze, known, opened, ordered, running
from userbot.core.delivery import LOST, Outcome, Refused, Sent
from userbot.core.model import Audience, Counts, Delivery, DeliveryStatus, Peer, Sending, Step
from userbot.core.report import ReportRow
from userbot.core.settling import Settled, left_out, settle
from userbot.core.timing import At
from userbot.store import journal, marks, peers
from userbot.store.database import Connection, Database, rows

GROUP = -1001234567890
THREE_STEPS = (*TWO_STEPS, Step((13,), At(int(NOW) + 500), "text"))


async def audience(on: Connection) -> None:
    """Everybody there is: customers, one who blocked the account, one without a dialog, a chat."""
    await peers.learn(on, [customer(each) for each in (3, 1, 2)])
    await peers.learn(
        on,
        [
            customer(4, gone="blocked the account (USER_IS_BLOCKED)"),
            customer(5, has_dialog=False),
            customer(GROUP, name="A chat"),
        ],
    )
    for peer_id in (1, 4, 5, GROUP, 99):
        await marks.put(on, "VIP", peer_id)
    await marks.put(on, "other", 2)


async def statuses(database: Database, sending: Sending) -> dict[tuple[int, int], tuple[int, str | None]]:
    found = await rows(database.reader, "SELECT * FROM delivery WHERE sending_id = ?", sending.id)
    return {(each["peer_id"], each["step"]): (each["status"], each["reason"]) for each in found}


async def record(database: Database, *settled: Settled | None) -> None:
    async with database.transaction() as on:
        await journal.record(on, [each for each in settled if each is not None])


def outcome(delivery: Delivery, what: Outcome, steps: Sequence[Step] = ONE_STEP, now: float = NOW) -> Settled:
    settled = settle(delivery, what, now=now, times=[step.time for step in steps])
    assert settled is not None
    return settled


async def report(database: Database, sending: Sending) -> list[ReportRow]:
    return [each async for page in journal.report(database.reader, sending.id) for each in page]


# Who gets it.

PENDING = (0, None)
NO_DIALOG = (3, "no dialog")
BLOCKED = (3, "blocked the account (USER_IS_BLOCKED)")


@pytest.mark.parametrize(
    ("whom", "ids", "meant"),
    [
        (Audience.ALL, [], {1: PENDING, 2: PENDING, 3: PENDING, 4: BLOCKED}),
        (Audience.MARK, [], {1: PENDING, 4: BLOCKED, 5: NO_DIALOG}),
        (
            Audience.LIST,
            [5, 99, 1, GROUP, 4, 1],
            {1: PENDING, 4: BLOCKED, 5: NO_DIALOG, 99: NO_DIALOG, GROUP: PENDING},
        ),
        (Audience.FILE, [2, 2, -100777], {2: PENDING, -100777: NO_DIALOG}),
        (Audience.TEST, [5], {5: PENDING}),
        (Audience.TOPIC, [GROUP], {GROUP: PENDING}),
        (Audience.LIST, [], {}),
    ],
)
async def test_everybody_who_is_meant_is_frozen_once(
    database: Database, whom: Audience, ids: list[int], meant: dict[int, tuple[int, str | None]]
) -> None:
    mark = "vip" if whom is Audience.MARK else None
    async with database.transaction() as on:
        await audience(on)
        sending = await ordered(on, whom, TWO_STEPS, to=ids, mark=mark)
        expected = await journal.expected(on, whom, mark, sorted(set(ids)))
        left = await freeze(on, sending)
        sending = await known(on, sending.id)
    assert await statuses(database, sending) == {(peer, step): meant[peer] for peer in meant for step in (1, 2)}
    reasons = Counter(reason for _, reason in meant.values() if reason is not None)
    assert left == dict(reasons)
    assert expected == len(meant) - reasons.total()
    assert sending.recipients == len(meant)
    assert sending.counts == Counts(2 * len(meant), skipped=2 * reasons.total())
    assert [each.peer_id for each in await all_due(database, sending)] == sorted(
        peer for peer in meant if meant[peer] == PENDING
    )


async def test_the_ids_of_a_list_are_dropped_once_they_are_resolved(database: Database) -> None:
    await running(database, [1, 2])
    assert not await rows(database.reader, "SELECT * FROM addressed")


async def test_only_the_first_step_has_a_time_at_the_start(database: Database) -> None:
    sending = await running(database, [1], THREE_STEPS)
    found = await rows(database.reader, "SELECT step, due_at FROM delivery WHERE sending_id = ?", sending.id)
    assert [tuple(each) for each in found] == [(1, NOW), (2, None), (3, None)]


@pytest.mark.parametrize("killed_after", range(5))
async def test_a_freeze_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed_after: int
) -> None:
    monkeypatch.setattr(journal, "FREEZE_PAGE", 3)
    path = tmp_path / "userbot.db"
    ids = [GROUP, -5, *range(1, 9)]
    async with opened(path) as database:
        async with database.transaction() as on:
            await peers.learn(on, [customer(each) for each in ids])
            sending = await ordered(on, Audience.LIST, TWO_STEPS, to=ids)
        for _ in range(killed_after):
            async with database.transaction() as on:
                await journal.freeze_page(on, sending, NOW)
    async with opened(path) as database:
        async with database.transaction() as on:
            await freeze(on, sending)
            sending = await known(on, sending.id)
        assert set(await statuses(database, sending)) == {(peer, step) for peer in ids for step in (1, 2)}
        assert sending.counts == Counts(20)


async def test_who_comes_during_a_freeze_does_not_disturb_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "FREEZE_PAGE", 2)
    async with database.transaction() as on:
        await peers.learn(on, [customer(each) for each in (10, 20, 30)])
        sending = await ordered(on)
        assert await journal.freeze_page(on, sending, NOW)
        await peers.learn(on, [customer(5), customer(40)])
        await freeze(on, sending)
    assert {peer for peer, _ in await statuses(database, sending)} == {10, 20, 30, 40}


async def test_a_sending_that_never_starts_leaves_nothing(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(1)])
        other = await ordered(on, Audience.LIST, to=[1])
        sending = await ordered(on, Audience.LIST, to=[1])
        await journal.freeze_page(on, sending, NOW)
        await journal.forget(on, sending.id)
    assert not await rows(database.reader, "SELECT * FROM delivery")
    assert [each["sending_id"] for each in await rows(database.reader, "SELECT * FROM addressed")] == [other.id]


# What is due.


async def test_the_longest_due_come_first_and_the_future_not_at_all(database: Database) -> None:
    sending = await running(database, range(1, 6))
    delays = {1: 30, 2: 10, 3: 20, 4: 99}
    due = await all_due(database, sending)
    await record(database, *(outcome(each, Refused("SLOWMODE_WAIT", delays[each.peer_id])) for each in due[:4]))
    assert [each.peer_id for each in await all_due(database, sending, NOW + 30)] == [5, 2, 3, 1]
    assert [each.peer_id for each in await journal.due(database.reader, sending.id, NOW + 30, 2)] == [5, 2]
    moments = [NOW]
    while (following := await journal.next_due(database.reader, sending.id, moments[-1])) is not None:
        moments.append(following)
    assert moments == [NOW, NOW + 10, NOW + 20, NOW + 30, NOW + 99]
    assert await journal.next_due(database.reader, sending.id, 0) == NOW


async def test_what_is_due_carries_what_a_call_needs(database: Database) -> None:
    biggest = 2**63 - 1
    async with database.transaction() as on:
        await peers.learn(on, [Peer(1, -(2**63), "", has_dialog=True), Peer(2, biggest, "", gone="deleted")])
        sending = await ordered(on, Audience.TEST, to=[1, 2, 3])
        await freeze(on, sending)
    assert await all_due(database, sending) == [
        Delivery(sending.id, 1, 1, NOW, 0, -(2**63)),
        Delivery(sending.id, 2, 1, NOW, 0, biggest, "deleted"),
        Delivery(sending.id, 3, 1, NOW, 0, 0),
    ]


async def test_the_first_step_of_one_that_was_held_gets_another_time(database: Database) -> None:
    async with database.transaction() as on:
        await audience(on)
        sending = await ordered(on, Audience.ALL, TWO_STEPS)
        await freeze(on, sending)
        await journal.due_anew(on, sending.id, NOW + 7)
    assert not await all_due(database, sending, NOW + 6.9)
    assert [(each.peer_id, each.due_at) for each in await all_due(database, sending, NOW + 7)] == [
        (peer, NOW + 7) for peer in (1, 2, 3)
    ]


# Outcomes.


async def test_the_next_step_counts_from_the_moment_the_one_before_was_sent_to_that_recipient(
    database: Database,
) -> None:
    sending = await running(database, [1, 2], TWO_STEPS)
    first, second = await all_due(database, sending)
    await record(
        database, outcome(first, Sent(501), TWO_STEPS, NOW + 1), outcome(second, Sent(502), TWO_STEPS, NOW + 4)
    )
    assert [(each.peer_id, each.step, each.due_at) for each in await all_due(database, sending, NOW + 100)] == [
        (1, 2, NOW + 61),
        (2, 2, NOW + 64),
    ]
    assert (await known(database.reader, sending.id)).counts == Counts(4, sent=2)
    assert [(each.sent_at, each.message_id) for each in (await report(database, sending))[::2]] == [
        (NOW + 1, 501),
        (NOW + 4, 502),
    ]


async def test_a_failure_ends_the_chain_of_that_recipient_alone(database: Database) -> None:
    sending = await running(database, [1, 2], THREE_STEPS)
    first, second = await all_due(database, sending)
    refused = Refused("CHAT_WRITE_FORBIDDEN")
    await record(database, outcome(first, refused, THREE_STEPS), outcome(second, Sent(None), THREE_STEPS))
    assert await statuses(database, sending) == {
        (1, 1): (DeliveryStatus.FAILED, refused.reason),
        (1, 2): (DeliveryStatus.SKIPPED, "an earlier step failed"),
        (1, 3): (DeliveryStatus.SKIPPED, "an earlier step failed"),
        (2, 1): (DeliveryStatus.SENT, None),
        (2, 2): PENDING,
        (2, 3): PENDING,
    }
    assert (await known(database.reader, sending.id)).counts == Counts(6, sent=1, failed=1, skipped=2)


async def test_who_is_left_out_is_left_out_of_the_rest_for_the_same_reason(database: Database) -> None:
    sending = await running(database, [1], THREE_STEPS)
    (delivery,) = await all_due(database, sending)
    await record(database, left_out(delivery, "blocked the account", NOW))
    assert await statuses(database, sending) == {(1, step): (3, "blocked the account") for step in (1, 2, 3)}
    assert (await known(database.reader, sending.id)).counts == Counts(3, skipped=3)


async def test_who_is_gone_is_remembered_until_they_write(database: Database) -> None:
    sending = await running(database, [1, 2])
    first, second = await all_due(database, sending)
    await record(database, outcome(first, Refused("USER_IS_BLOCKED")), outcome(second, Refused("USER_IS_BOT")))
    async with database.transaction() as on:
        again = await ordered(on)
        assert await freeze(on, again) == {Refused("USER_IS_BLOCKED").reason: 1}
        await peers.returned(on, 1)
        third = await ordered(on)
        assert await freeze(on, third) == {}


async def test_tries_are_counted_and_the_time_is_moved(database: Database) -> None:
    sending = await running(database, [1])
    for tries in range(4):
        (delivery,) = await all_due(database, sending, NOW + 10_000)
        assert delivery.tries == tries
        await record(database, outcome(delivery, LOST, now=NOW + 100 * tries))
    (delivery,) = await all_due(database, sending, NOW + 10_000)
    assert delivery.due_at == NOW + 300 + 16
    assert (await known(database.reader, sending.id)).counts == Counts(1)


async def test_an_outcome_keeps_the_time_it_was_due(database: Database) -> None:
    sending = await running(database, [1])
    (delivery,) = await all_due(database, sending)
    await record(database, outcome(delivery, Sent(7), now=NOW + 5))
    (only,) = await report(database, sending)
    assert only == ReportRow(1, None, "Name 1", 1, DeliveryStatus.SENT, None, NOW, NOW + 5, 7)


async def test_one_group_may_hold_outcomes_of_several_sendings(database: Database) -> None:
    first, second = await running(database, [1, 2]), await running(database, [1, 2])
    due = [*await all_due(database, first), *await all_due(database, second)]
    outcomes: list[Outcome] = [Sent(1), Refused("USER_IS_BOT"), Sent(2), Sent(3)]
    await record(database, *(outcome(each, what) for each, what in zip(due, outcomes, strict=True)))
    assert (await known(database.reader, first.id)).counts == Counts(2, sent=1, failed=1)
    assert (await known(database.reader, second.id)).counts == Counts(2, sent=2)


async def test_nothing_recorded_is_no_error(database: Database) -> None:
    await record(database)


async def test_the_rest_of_a_stopped_sending_is_skipped(database: Database) -> None:
    sending = await running(database, [1, 2, 3], TWO_STEPS)
    first, second, _ = await all_due(database, sending)
    await record(database, outcome(first, Sent(1), TWO_STEPS), outcome(second, Refused("USER_IS_BOT"), TWO_STEPS))
    async with database.transaction() as on:
        after = await journal.skip_rest(on, await known(on, sending.id), "the sending was stopped")
    assert after == await known(database.reader, sending.id)
    assert after.counts == Counts(6, sent=1, failed=1, skipped=4)
    assert after.counts.pending == 0
    assert (await statuses(database, sending))[3, 1] == (DeliveryStatus.SKIPPED, "the sending was stopped")
    assert await journal.first_reason(database.reader, sending.id) is not None


async def test_the_reason_of_a_sending_to_one_is_its_first(database: Database) -> None:
    sending = await running(database, [1], TWO_STEPS)
    assert await journal.first_reason(database.reader, sending.id) is None
    (delivery,) = await all_due(database, sending)
    await record(database, outcome(delivery, Refused("USER_IS_BOT"), TWO_STEPS))
    assert await journal.first_reason(database.reader, sending.id) == "is a bot (USER_IS_BOT)"


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


@settings(max_examples=40, deadline=None)
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
                        await journal.skip_rest(on, await known(on, sending.id), "the sending was stopped")
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
        await journal.skip_rest(on, sending, "stopped")
        await freeze(on, other := await ordered(on))
        await journal.due_anew(on, other.id, NOW)
        await journal.forget(on, other.id)
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
