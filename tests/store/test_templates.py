"""Templates: names without case, steps in order."""

import pytest
from hypothesis import given, strategies as st

from tests.store.making import ONE_STEP, TWO_STEPS
from userbot.core.model import Step, Template
from userbot.core.timing import MAX_DELAY, At, Delay, Now
from userbot.errors import StoreError
from userbot.store import templates
from userbot.store.database import Database, rows

TIMES = st.one_of(st.just(Now()), st.integers(0, MAX_DELAY).map(Delay), st.integers(0, 2**32).map(At))


async def test_a_name_is_compared_without_case_and_shown_as_it_was_written(database: Database) -> None:
    async with database.transaction() as on:
        created = await templates.create(on, "Welcome-1")
    assert created == Template(1, "Welcome-1", ())
    assert await templates.find(database.reader, "wELCOME-1") == created
    assert await templates.find(database.reader, "Welcome") is None
    with pytest.raises(StoreError, match="UNIQUE"):
        async with database.transaction() as on:
            await templates.create(on, "WELCOME-1")


async def test_steps_are_put_in_place_of_those_before(database: Database) -> None:
    async with database.transaction() as on:
        template = await templates.create(on, "welcome")
        other = await templates.create(on, "other")
        await templates.replace_steps(on, other.id, ONE_STEP)
        for steps in (TWO_STEPS, TWO_STEPS[::-1], ONE_STEP, ()):
            await templates.replace_steps(on, template.id, steps)
            assert await templates.find(on, "welcome") == Template(template.id, "welcome", tuple(steps))
        assert await templates.steps_of(on, other.id) == ONE_STEP


async def test_a_long_chain_keeps_its_order(database: Database) -> None:
    steps = tuple(Step((number,), Delay(number), "text") for number in range(100, 0, -1))
    async with database.transaction() as on:
        template = await templates.create(on, "long")
        await templates.replace_steps(on, template.id, steps)
    assert await templates.steps_of(database.reader, template.id) == steps


@given(ids=st.lists(st.integers(1, 2**31), min_size=1, max_size=10), time=TIMES, kind=st.text(max_size=20))
def test_a_step_is_read_as_it_was_written(ids: list[int], time: Now | Delay | At, kind: str) -> None:
    step = Step(tuple(ids), time, kind, ("{first_name|you there}", "{id}"))
    columns = dict(zip(("message_ids", "time", "kind", "placeholders"), templates.step_values(step), strict=True))
    assert templates.steps_from([columns]) == (step,)  # type: ignore[list-item]  # a row is read by its names only


async def test_a_template_is_renamed_also_to_its_own_name_in_other_letters(database: Database) -> None:
    async with database.transaction() as on:
        template, _ = await templates.create(on, "welcome"), await templates.create(on, "other")
        await templates.rename(on, template.id, "WELCOME")
        assert await templates.find(on, "welcome") == Template(template.id, "WELCOME", ())
        await templates.rename(on, template.id, "hello")
        assert await templates.find(on, "welcome") is None
    with pytest.raises(StoreError, match="UNIQUE"):
        async with database.transaction() as on:
            await templates.rename(on, template.id, "Other")


async def test_a_deleted_template_takes_its_steps_along(database: Database) -> None:
    async with database.transaction() as on:
        template = await templates.create(on, "welcome")
        await templates.replace_steps(on, template.id, TWO_STEPS)
        await templates.delete(on, template.id)
    assert await templates.find(database.reader, "welcome") is None
    assert not await rows(database.reader, "SELECT * FROM template_step")


async def test_all_templates_by_name_with_their_number_of_steps(database: Database) -> None:
    assert await templates.overview(database.reader) == []
    async with database.transaction() as on:
        for name, steps in (("beta", TWO_STEPS), ("Alpha", ()), ("gamma", ONE_STEP)):
            template = await templates.create(on, name)
            await templates.replace_steps(on, template.id, steps)
    assert await templates.overview(database.reader) == [("Alpha", 0), ("beta", 2), ("gamma", 1)]
