"""Sendings: what was ordered, and every change of status as the schema keeps it."""

import itertools

import pytest

from tests.store.making import NOW, SEED, TWO_STEPS, known, ordered
from userbot.core.lifecycle import Event
from userbot.core.model import Audience, Sending, SendingStatus as S
from userbot.errors import IllegalTransitionError, StoreError
from userbot.store import sendings, templates
from userbot.store.database import Connection, Database, row, rows, run

TO: dict[S, list[Event]] = {
    S.AWAITS: [],
    S.RUNNING: [Event.START],
    S.PAUSED: [Event.START, Event.PAUSE],
    S.FINISHED: [Event.START, Event.FINISH],
    S.CANCELLED: [Event.CANCEL],
    S.STOPPED: [Event.START, Event.STOP],
}


async def in_status(on: Connection, status: S) -> Sending:
    """A sending that came there by itself."""
    sending = await ordered(on)
    for event in TO[status]:
        sending = await sendings.transit(on, sending.id, event, NOW)
    return sending


async def test_what_is_ordered_is_found_as_it_was_ordered(database: Database) -> None:
    async with database.transaction() as on:
        number = await sendings.order(
            on,
            audience=Audience.MARK,
            what="template welcome",
            topic=7,
            ordered_by=42,
            orderer="Olga",
            now=NOW,
            start_at=NOW + 0.25,
            seed=SEED,
            mark="VIP",
            template_id=3,
        )
    assert await known(database.reader, number) == Sending(
        id=number,
        audience=Audience.MARK,
        what="template welcome",
        status=S.AWAITS,
        topic=7,
        ordered_by=42,
        orderer="Olga",
        ordered_at=NOW,
        start_at=NOW + 0.25,
        seed=SEED,
        mark="VIP",
    )
    assert await sendings.template_of(database.reader, number) == 3
    assert await sendings.template_of(database.reader, 99) is None
    assert await sendings.find(database.reader, 99) is None


async def test_numbers_are_never_used_again(database: Database) -> None:
    async with database.transaction() as on:
        first = await ordered(on)
        await run(on, "DELETE FROM sending")
        assert (await ordered(on)).id == first.id + 1


async def test_a_mark_belongs_to_a_sending_to_a_mark_alone(database: Database) -> None:
    for audience, mark in ((Audience.MARK, None), (Audience.ALL, "VIP")):
        with pytest.raises(StoreError, match="CHECK"):
            async with database.transaction() as on:
                await ordered(on, audience, mark=mark)


async def test_ids_are_kept_once_each_until_the_start(database: Database) -> None:
    async with database.transaction() as on:
        sending = await ordered(on, Audience.LIST, to=[5, -(10**12), 5, 1])
        await sendings.address(on, sending.id, [1, 6])
    found = await rows(database.reader, "SELECT peer_id FROM addressed")
    assert [each["peer_id"] for each in found] == [-(10**12), 1, 5, 6]


async def test_steps_are_copied(database: Database) -> None:
    async with database.transaction() as on:
        template = await templates.create(on, "welcome")
        await templates.replace_steps(on, template.id, TWO_STEPS)
        sending = await ordered(on, steps=await templates.steps_of(on, template.id))
        await templates.delete(on, template.id)
    assert await sendings.steps_of(database.reader, sending.id) == TWO_STEPS
    assert await sendings.steps_of(database.reader, 99) == ()


@pytest.mark.parametrize(("status", "event"), list(itertools.product(S, Event)))
async def test_the_schema_takes_every_change_the_table_allows(database: Database, status: S, event: Event) -> None:
    async with database.transaction() as on:
        before = await in_status(on, status)
        try:
            after = await sendings.transit(on, before.id, event, NOW + 5, hold=None)
        except IllegalTransitionError:
            assert await known(on, before.id) == before
            return
    assert after == await known(database.reader, before.id)
    assert (after.ended_at == NOW + 5) is after.status.ended
    assert after.hold is None
    if after.status is S.RUNNING:
        assert after.started_at == (NOW + 5 if status is S.AWAITS else NOW)
    if event is Event.REQUEUE:
        assert after.start_at == NOW + 5


async def test_a_pause_keeps_its_reason_until_it_ends(database: Database) -> None:
    async with database.transaction() as on:
        running = await in_status(on, S.RUNNING)
        held = await sendings.transit(on, running.id, Event.HOLD, NOW, hold="a limit.", resume_at=NOW + 60)
        assert (held.hold, held.resume_at) == ("a limit.", NOW + 60)
        longer = await sendings.hold_longer(on, running.id, "another.", None)
        assert (longer.status, longer.hold, longer.resume_at) == (S.PAUSED, "another.", None)
        resumed = await sendings.transit(on, running.id, Event.RESUME, NOW)
        assert (resumed.status, resumed.hold, resumed.resume_at) == (S.RUNNING, None, None)


async def test_one_that_runs_has_no_reason_to_be_held(database: Database) -> None:
    async with database.transaction() as on:
        running = await in_status(on, S.RUNNING)
    with pytest.raises(StoreError, match="CHECK"):
        async with database.transaction() as on:
            await sendings.hold_longer(on, running.id, "a limit.", None)


async def test_one_held_before_its_start_can_be_stopped(database: Database) -> None:
    async with database.transaction() as on:
        sending = await ordered(on)
        await sendings.transit(on, sending.id, Event.HOLD, NOW, hold="too late.")
        stopped = await sendings.transit(on, sending.id, Event.STOP, NOW + 1)
    assert (stopped.status, stopped.started_at, stopped.ended_at) == (S.STOPPED, None, NOW + 1)


async def test_what_does_not_exist_cannot_change(database: Database) -> None:
    async with database.transaction() as on:
        with pytest.raises(IllegalTransitionError, match="There is no sid9"):
            await sendings.transit(on, 9, Event.PAUSE, NOW)


async def test_sendings_are_found_by_status_and_by_topic(database: Database) -> None:
    async with database.transaction() as on:
        made = [await in_status(on, status) for status in S]
        there = [await ordered(on, Audience.TOPIC, topic=5) for _ in range(3)]
    on = database.reader
    for status, sending in zip(S, made, strict=True):
        if not status.ended and status is not S.AWAITS:
            assert await sendings.having(on, status) == [sending]
    assert await sendings.having(on, S.AWAITS) == [made[0], *there]
    assert await sendings.listed(on, 10, topic=5) == there[::-1]
    assert await sendings.count(on, topic=5) == 3


async def test_open_ones_come_first_and_tests_never(database: Database) -> None:
    async with database.transaction() as on:
        made = [await in_status(on, status) for status in S]
        await ordered(on, Audience.TEST, to=[1])
    on = database.reader
    is_open = [each for each in made if not each.status.ended][::-1]
    ended = [each for each in made if each.status.ended][::-1]
    assert await sendings.listed(on, 2) == [*is_open, *ended[:2]]
    assert await sendings.listed(on, 100) == [*is_open, *ended]
    assert await sendings.count(on) == len(made)
    first = await sendings.page(on, None, 4)
    assert first + await sendings.page(on, first[-1].id, 4) == made[::-1]


async def test_the_open_ones_are_found_without_reading_those_that_ended(database: Database) -> None:
    asked: list[str] = []
    await database.reader.set_trace_callback(asked.append)
    await sendings.having(database.reader, S.RUNNING)
    await database.reader.set_trace_callback(None)  # type: ignore[arg-type]  # None is how it is taken away
    plan = await row(database.reader, f"EXPLAIN QUERY PLAN {asked[0]}")
    assert plan is not None
    assert "USING INDEX sending_open" in plan["detail"]


async def test_a_stopped_one_is_remembered_until_everything_of_it_is_settled(database: Database) -> None:
    async with database.transaction() as on:
        stopped, done = await in_status(on, S.STOPPED), await in_status(on, S.STOPPED)
        await run(on, "UPDATE sending SET total = 3, sent = 1 WHERE id = ?", stopped.id)
        await run(on, "UPDATE sending SET total = 3, sent = 1, skipped = 2 WHERE id = ?", done.id)
        found = await sendings.stopping(on)
    assert [each.id for each in found] == [stopped.id]
