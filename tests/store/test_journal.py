"""The journal: who gets which step when, and that the counts are what the rows say."""

from tests.store.making import (
    NOW,
    THREE_STEPS,
    TWO_STEPS,
    all_due,
    customer,
    freeze,
    known,
    ordered,
    outcome,
    record,
    report,
    running,
)
from userbot.core.delivery import LOST, Outcome, Refused, Sent
from userbot.core.figures import Counts
from userbot.core.model import Audience, Delivery, DeliveryStatus, Peer, Sending, Written
from userbot.core.report import ReportRow
from userbot.core.settling import left_out
from userbot.store import clearing, journal, peers
from userbot.store.database import Database, rows


async def statuses(database: Database, sending: Sending) -> dict[tuple[int, int], tuple[int, str | None]]:
    found = await rows(database.reader, "SELECT * FROM delivery WHERE sending_id = ?", sending.id)
    return {(each["peer_id"], each["step"]): (each["status"], each["reason"]) for each in found}


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
        await peers.learn(on, [customer(each) for each in (1, 2, 3)])
        sending = await ordered(on, Audience.ALL, TWO_STEPS)
        await freeze(on, sending)
        await clearing.due_anew_page(on, sending.id, NOW + 7, clearing.START, 100)
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
        (2, 2): (DeliveryStatus.PENDING, None),
        (2, 3): (DeliveryStatus.PENDING, None),
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
        await peers.wrote(on, {1: Written(5, 5.0)})
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


async def test_the_reason_of_a_sending_to_one_is_its_first(database: Database) -> None:
    sending = await running(database, [1], TWO_STEPS)
    assert await journal.first_reason(database.reader, sending.id) is None
    (delivery,) = await all_due(database, sending)
    await record(database, outcome(delivery, Refused("USER_IS_BOT"), TWO_STEPS))
    assert await journal.first_reason(database.reader, sending.id) == "is a bot (USER_IS_BOT)"
