"""The outbox: each command once, each answer until it stands in the group."""

import asyncio

import pytest

from tests.store.making import NOW, ordered
from userbot.core.model import Notice
from userbot.store import outbox
from userbot.store.database import Database, run


async def test_a_command_is_claimed_once_however_many_try(database: Database) -> None:
    async def claim() -> bool:
        async with database.transaction() as on:
            return await outbox.claim(on, 7, NOW)

    claims = await asyncio.gather(*(claim() for _ in range(20)))
    assert claims.count(True) == 1
    assert await outbox.was_handled(database.reader, 7)
    assert not await outbox.was_handled(database.reader, 8)


async def test_a_claim_is_void_when_what_follows_fails(database: Database) -> None:
    async def fail() -> None:
        async with database.transaction() as on:
            assert await outbox.claim(on, 7, NOW)
            await outbox.say(on, Notice("never"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert not await outbox.was_handled(database.reader, 7)
    assert await outbox.unsaid(database.reader) == []


async def test_notices_wait_in_order_until_they_are_said(database: Database) -> None:
    async with database.transaction() as on:
        sending = await ordered(on)
        await outbox.say(on, Notice("first\n✔ line", topic=5, reply_to=77))
        await outbox.say(on, Notice("second", report_of=sending.id))
    first, second = await outbox.unsaid(database.reader)
    assert first == Notice("first\n✔ line", 5, 77, None, id=first.id)
    assert second == Notice("second", report_of=sending.id, sending_id=sending.id, id=second.id)
    async with database.transaction() as on:
        await outbox.said(on, first, 100)
        await outbox.said(on, first, 100)
    assert await outbox.unsaid(database.reader) == [second]


async def test_a_notice_never_takes_the_number_of_another(database: Database) -> None:
    """Its random id is a function of its number: one that is used again would be swallowed by Telegram."""
    numbers = []
    for _ in range(3):
        async with database.transaction() as on:
            await outbox.say(on, Notice("again"))
            (notice,) = await outbox.unsaid(on)
            await outbox.said(on, notice, None)
        numbers.append(notice.id)
    assert len(set(numbers)) == 3


async def test_many_notices_come_in_portions(database: Database) -> None:
    async with database.transaction() as on:
        for number in range(120):
            await outbox.say(on, Notice(str(number)))
    said = []
    while notices := await outbox.unsaid(database.reader):
        async with database.transaction() as on:
            for notice in notices:
                said.append(notice.text)
                await outbox.said(on, notice, None)
    assert said == [str(number) for number in range(120)]


async def test_a_notice_goes_with_its_sending(database: Database) -> None:
    async with database.transaction() as on:
        sending = await ordered(on)
        await outbox.say(on, Notice("report", report_of=sending.id))
        await run(on, "DELETE FROM sending WHERE id = ?", sending.id)
    assert await outbox.unsaid(database.reader) == []
