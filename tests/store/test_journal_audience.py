"""Who gets it: a sending is frozen once, page by page, and nobody comes in or goes missing after that."""

from collections import Counter
from pathlib import Path

import pytest

from tests.store.making import (
    NOW,
    THREE_STEPS,
    TWO_STEPS,
    all_due,
    customer,
    freeze,
    known,
    labelled,
    opened,
    ordered,
    running,
)
from userbot.core.figures import Counts
from userbot.core.model import Audience, Sending
from userbot.store import audiences, clearing, frozen, journal, peers
from userbot.store.audiences import Limit, Question
from userbot.store.database import Connection, Database, rows

GROUP = -1001234567890


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
    await labelled(on, "VIP", 1, 4, 5, GROUP, 99)
    await labelled(on, "other", 2)


async def statuses(database: Database, sending: Sending) -> dict[tuple[int, int], tuple[int, str | None]]:
    found = await rows(database.reader, "SELECT * FROM delivery WHERE sending_id = ?", sending.id)
    return {(each["peer_id"], each["step"]): (each["status"], each["reason"]) for each in found}


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
        expected = await audiences.expected(on, Question(whom, mark, tuple(ids)), Limit(None, NOW))
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
    path = tmp_path / "userbot.db"
    ids = [GROUP, -5, *range(1, 9)]
    async with opened(path) as database:
        async with database.transaction() as on:
            await peers.learn(on, [customer(each) for each in ids])
            sending = await ordered(on, Audience.LIST, TWO_STEPS, to=ids)
        for _ in range(killed_after):
            async with database.transaction() as on:
                await journal.freeze_page(on, sending, NOW, size=3)
    async with opened(path) as database:
        async with database.transaction() as on:
            await freeze(on, sending)
            sending = await known(on, sending.id)
        assert set(await statuses(database, sending)) == {(peer, step) for peer in ids for step in (1, 2)}
        assert sending.counts == Counts(20)


async def test_who_comes_during_a_freeze_does_not_disturb_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(each) for each in (10, 20, 30)])
        sending = await ordered(on)
        assert await journal.freeze_page(on, sending, NOW, size=2)
        await peers.learn(on, [customer(5), customer(40)])
        await freeze(on, sending)
    assert {peer for peer, _ in await statuses(database, sending)} == {10, 20, 30, 40}


async def test_a_sending_that_never_starts_leaves_nothing(database: Database) -> None:
    async with database.transaction() as on:
        await peers.learn(on, [customer(1)])
        other = await ordered(on, Audience.LIST, to=[1])
        sending = await ordered(on, Audience.LIST, to=[1])
        await journal.freeze_page(on, sending, NOW)
        await clearing.drop_page(on, sending.id, 100)
        await frozen.forget_addressed(on, sending.id, 100)
    assert not await rows(database.reader, "SELECT * FROM delivery")
    assert [each["sending_id"] for each in await rows(database.reader, "SELECT * FROM addressed")] == [other.id]
