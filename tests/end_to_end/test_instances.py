"""Two accounts with a program each in one group: a command with an instance is for that one alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.office import HandClock, Office, office, until


@asynccontextmanager
async def two(folder: Path, keys: Path, clock: HandClock | None = None) -> AsyncIterator[tuple[Office, Office]]:
    """Both running; each with two customers of its own, the second one named 777."""
    async with office(folder, keys, clock) as first:
        second = first.branch()
        second.options = first.options | {"instance_id": 777}
        await second.log_in()
        for each in (first, second):
            each.customers(2)
            await each.open()
        try:
            yield first, second
        finally:
            await second.close()


@pytest.fixture
async def pair(tmp_path: Path, keys: Path) -> AsyncIterator[tuple[Office, Office]]:
    async with two(tmp_path, keys) as both:
        yield both


def answered(team: Office, message: int) -> bool:
    return any(each.reply_to == message and each.sender == team.owner for each in team.telegram.messages(team.group))


async def test_a_named_one_acts_alone(pair: tuple[Office, Office]) -> None:
    first, second = pair
    message = first.say("An offer")
    for named, other, instance in ((second, first, "777"), (second, first, "i777"), (first, second, first.owner)):
        command = first.say(f"/send all {instance}", reply_to=message)
        assert "to all customers" in await named.answer(command)
        await other.ask("/send templates")
        assert not answered(other, command)
    await until(lambda: len(second.sent()) >= 4)
    await until(lambda: len(first.sent()) >= 2)


async def test_without_an_instance_each_does_it_on_its_own(pair: tuple[Office, Office]) -> None:
    first, second = pair
    command = first.say("/send all", reply_to=first.say("An offer"))
    for each in pair:
        assert "sid1: “An offer” to all customers" in await each.answer(command)
        await each.notice("Finished. 2 sent.")
    assert {line.peer for line in first.sent()}.isdisjoint(line.peer for line in second.sent())
    shown = first.say("/send sendings 777")
    assert "sid1" in await second.answer(shown)
    await first.ask("/send templates")
    assert not answered(first, shown)


async def test_an_unknown_instance_meets_silence(pair: tuple[Office, Office]) -> None:
    first, second = pair
    command = first.say("/send all 4711", reply_to=first.say("An offer"))
    for each in pair:
        await each.ask("/send templates")
        assert not answered(each, command)
        assert not each.sent()
    assert second.owner != first.owner


async def test_a_connection_that_answers_keeps_the_other_one_silent(tmp_path: Path, keys: Path) -> None:
    clock = HandClock()
    async with two(tmp_path, keys, clock) as (first, second):
        shown, nobodys = first.say("/send sendings 777"), first.say("/send sendings 4711")
        assert "No sendings yet" in await second.answer(shown)
        await first.ask("/send templates")
        clock.advance(10)
        assert "No connection here is called 4711" in await first.answer(nobodys)
        assert not answered(first, shown)


async def test_a_list_with_an_instance(pair: tuple[Office, Office]) -> None:
    first, second = pair
    first.telegram.write(known := first.telegram.add_person("Kim"), second.owner, "Hello!")
    await until(lambda: second.knows(known))
    command = first.say(f"/send list 777 {known}", reply_to=first.say("An offer"))
    assert "sid1: “An offer” to the listed ids" in await second.answer(command)
    await until(lambda: second.arrived(known))
    await first.ask("/send templates")
    assert not answered(first, command)
