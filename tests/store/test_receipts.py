"""Read marks and answers find their deliveries, are counted once for each person, and only while they matter."""

from tests.store.making import NOW, TWO_STEPS, all_due, known, outcome, record, report, running
from userbot.core.delivery import Sent
from userbot.core.figures import Receipts
from userbot.core.lifecycle import Event
from userbot.core.model import Sending, Written
from userbot.store import leaving, receipts, sendings
from userbot.store.database import Database

DAY = 86400.0


async def delivered(database: Database, people: range, first_id: int = 100) -> Sending:
    """A sending of two steps whose first one everybody got, as messages 100, 101, …"""
    sending = await running(database, people, TWO_STEPS)
    due = await all_due(database, sending)
    await record(database, *(outcome(each, Sent(first_id + at), TWO_STEPS) for at, each in enumerate(due)))
    return sending


async def figures(database: Database, sending: Sending) -> Receipts:
    return (await known(database.reader, sending.id)).receipts


async def test_a_read_mark_reaches_what_stands_above_it(database: Database) -> None:
    sending = await delivered(database, range(1, 4))
    async with database.transaction() as on:
        await receipts.read(on, {1: 100, 2: 100, 9: 500}, NOW + 5)  # 2 has read only what was before
        await receipts.read(on, {1: 100}, NOW + 9)
    assert await figures(database, sending) == Receipts(reached=3, read=1)
    assert [row.read_at for row in await report(database, sending) if row.step == 1] == [NOW + 5, None, None]


async def test_an_answer_comes_after_what_it_answers(database: Database) -> None:
    sending = await delivered(database, range(1, 4))
    async with database.transaction() as on:
        await receipts.answered(on, {1: Written(200, NOW + 60), 2: Written(99, NOW + 60)}, NOW + 61)
        await receipts.answered(on, {1: Written(201, NOW + 70)}, NOW + 71)
        await receipts.answered(on, {3: Written(300, NOW + 8 * DAY)}, NOW + 8 * DAY)
    assert await figures(database, sending) == Receipts(reached=3, answered=1)
    assert [row.answered_at for row in await report(database, sending) if row.step == 1] == [NOW + 61, None, None]


async def test_a_person_counts_once_for_a_chain(database: Database) -> None:
    sending = await delivered(database, range(1, 2))
    async with database.transaction() as on:
        await receipts.answered(on, {1: Written(150, NOW + 10)}, NOW + 10)
        await receipts.read(on, {1: 150}, NOW + 10)
    [second] = await all_due(database, sending, NOW + 100)
    await record(database, outcome(second, Sent(160), TWO_STEPS, NOW + 100))
    async with database.transaction() as on:
        await receipts.answered(on, {1: Written(170, NOW + 110)}, NOW + 110)
        await receipts.read(on, {1: 170}, NOW + 110)
    assert await figures(database, sending) == Receipts(reached=1, read=1, answered=1)
    assert all(row.read_at and row.answered_at for row in await report(database, sending))


async def test_a_week_after_its_end_the_figures_stay(database: Database) -> None:
    sending = await delivered(database, range(1, 3))
    async with database.transaction() as on:
        await sendings.transit(on, sending.id, Event.STOP, NOW + DAY)
        await receipts.read(on, {1: 500}, NOW + 8 * DAY - 1)
        await receipts.read(on, {2: 500}, NOW + 8 * DAY + 1)
    assert await figures(database, sending) == Receipts(reached=2, read=1)


async def test_an_answer_of_that_week_is_one_whenever_it_is_heard_of(database: Database) -> None:
    sending = await delivered(database, range(1, 3))
    async with database.transaction() as on:
        await sendings.transit(on, sending.id, Event.STOP, NOW)
        told = {1: Written(200, NOW + 6 * DAY), 2: Written(201, NOW + 8 * DAY)}
        await receipts.answered(on, told, NOW + 30 * DAY)
    assert await figures(database, sending) == Receipts(reached=2, answered=1)


async def test_the_last_mailing_that_reached_them_counts_who_leaves(database: Database) -> None:
    first, second = await delivered(database, range(1, 3)), await delivered(database, range(2, 4))
    async with database.transaction() as on:
        assert [await leaving.leave(on, who, NOW + 60, NOW - 1) for who in (1, 2, 2, 7)] == [True, True, False, True]
    assert (await figures(database, first)).opted_out == 1
    assert (await figures(database, second)).opted_out == 1
    due = await all_due(database, second, NOW + 60)
    assert [(each.peer_id, each.opted_out) for each in due if each.opted_out] == [(2, True)]
    async with database.transaction() as on:
        assert [await leaving.come_back(on, who) for who in (1, 1, 3)] == [True, False, False]


async def test_what_is_learnt_costs_the_same_however_many_were_written_to(database: Database) -> None:
    sending = await delivered(database, range(1, 5001))
    turns: list[int] = []
    await database._writer.set_progress_handler(lambda: turns.append(1), 1000)  # instructions of SQLite's
    async with database.transaction() as on:
        await receipts.read(on, dict.fromkeys(range(1, 101), 9999), NOW)
        await receipts.answered(on, {each: Written(9999, NOW) for each in range(1, 101)}, NOW)
    assert len(turns) < 100
    assert await figures(database, sending) == Receipts(5000, 100, 100)
