"""What is never sent goes page by page: no transaction touches more deliveries than it was told to."""

from collections.abc import Awaitable, Callable

from tests.store.making import NOW, ONE_STEP, THREE_STEPS, all_due, freeze, known, ordered, outcome, record, running
from userbot.core.delivery import Refused, Sent
from userbot.core.figures import Counts
from userbot.core.model import DeliveryStatus, Sending
from userbot.service.pages import Pages
from userbot.store import clearing, facts, journal
from userbot.store.clearing import Key
from userbot.store.database import Connection, Database, rows

REASON = "the sending was stopped"


async def statuses(database: Database, sending: Sending) -> list[tuple[int, int, int]]:
    found = await rows(database.reader, "SELECT peer_id, step, status FROM delivery WHERE sending_id = ?", sending.id)
    return [tuple(each) for each in found]


async def changed_in_each(database: Database, work: Callable[[Connection, Key], Awaitable[Key | None]]) -> list[int]:
    """How many rows each page changed, until there was no more."""
    changes: list[int] = []
    behind: Key | None = clearing.START
    while behind is not None:
        async with database.transaction() as on:
            before = on.total_changes
            behind = await work(on, behind)
            changes.append(on.total_changes - before)
    return changes


async def test_the_rest_of_a_stopped_sending_is_skipped_page_by_page(database: Database) -> None:
    sending, other = await running(database, range(1, 12), THREE_STEPS), await running(database, range(1, 12))
    first, second, *_ = await all_due(database, sending)
    await record(database, outcome(first, Sent(1), THREE_STEPS), outcome(second, Refused("USER_IS_BOT"), THREE_STEPS))

    async def page(on: Connection, behind: Key) -> Key | None:
        return await clearing.skip_page(on, sending.id, REASON, behind, 10)

    # Of the first ten one was sent, one failed and its other two were skipped; each page counts in the sending's row.
    assert await changed_in_each(database, page) == [6 + 1, 10 + 1, 10 + 1, 3 + 1]
    after = await known(database.reader, sending.id)
    assert after.counts == Counts(33, sent=1, failed=1, skipped=31)
    assert {status for *_, status in (await statuses(database, sending))[6:]} == {DeliveryStatus.SKIPPED}
    assert await journal.first_reason(database.reader, sending.id) is not None
    assert {status for *_, status in await statuses(database, other)} == {DeliveryStatus.PENDING}


async def test_skipping_that_was_killed_goes_on_from_the_beginning_and_counts_nothing_twice(database: Database) -> None:
    sending = await running(database, range(1, 36))

    async def page(on: Connection, behind: Key) -> Key | None:
        return await clearing.skip_page(on, sending.id, REASON, behind, 10)

    async with database.transaction() as on:
        assert await page(on, clearing.START) == (10, 1)
    assert (await known(database.reader, sending.id)).counts.skipped == 10
    assert await changed_in_each(database, page) == [0 + 1, 10 + 1, 10 + 1, 5 + 1]
    assert (await known(database.reader, sending.id)).counts == Counts(35, skipped=35)


async def test_what_was_prepared_goes_page_by_page(database: Database) -> None:
    sending, other = await running(database, range(1, 26)), await running(database, range(1, 26))
    left = []
    more = True
    while more:
        async with database.transaction() as on:
            more = await clearing.drop_page(on, sending.id, 10)
        left.append(len(await statuses(database, sending)))
    assert left == [15, 5, 0]
    assert len(await statuses(database, other)) == 25


async def test_a_start_that_was_put_off_is_due_anew_page_by_page(database: Database) -> None:
    sending = await running(database, range(1, 26), THREE_STEPS)

    async def page(on: Connection, behind: Key) -> Key | None:
        return await clearing.due_anew_page(on, sending.id, NOW + 7, behind, 30)

    assert await changed_in_each(database, page) == [10, 10, 5]
    assert {each.due_at for each in await all_due(database, sending, NOW + 7)} == {NOW + 7}
    assert not await all_due(database, sending, NOW + 6)


async def test_pages_go_through_all_and_no_further(database: Database) -> None:
    async with database.transaction() as on:
        empty = await ordered(on)
        await freeze(on, empty)
    sending = await running(database, range(1, 8), ONE_STEP)
    seen: list[Key] = []

    async def two(on: Connection, behind: Key, size: int) -> Key | None:
        assert size >= 1
        seen.append(behind)
        return await clearing.skip_page(on, sending.id, REASON, behind, 2)

    await Pages(database).through(two)
    assert seen == [clearing.START, (2, 1), (4, 1), (6, 1)]
    async with database.transaction() as on:
        assert await clearing.skip_page(on, empty.id, REASON, clearing.START, 2) is None


async def test_what_is_owed_is_done_once(database: Database) -> None:
    async with database.transaction() as on:
        await clearing.owe(on, facts.PREPARED, 3)
        await clearing.owe(on, facts.PREPARED, 4)
        await clearing.done(on, facts.PREPARED, 3)
    assert await clearing.owed(database.reader, facts.PREPARED) == [4]
    assert await clearing.owed(database.reader, facts.UNTOLD) == []
