"""Announcements: one for each sending, edited until it shows what it should, also across a crash."""

from tests.store.making import NOW, ordered
from userbot.core.model import Notice
from userbot.store import announcements, outbox
from userbot.store.announcements import Announcement
from userbot.store.database import Database


async def announced(database: Database) -> tuple[int, Notice]:
    """A sending whose announcement waits in the outbox."""
    async with database.transaction() as on:
        sending = await ordered(on)
        await outbox.say(on, Notice("ordered", sending_id=sending.id, live=True))
    [notice] = await outbox.unsaid(database.reader)
    return sending.id, notice


async def test_what_changes_before_it_is_posted_is_edited_afterwards(database: Database) -> None:
    number, notice = await announced(database)
    async with database.transaction() as on:
        assert await announcements.change(on, number, "started")
    assert await announcements.stale(database.reader) == []  # there is nothing to edit yet
    async with database.transaction() as on:
        await outbox.said(on, notice, 100)
    assert await announcements.stale(database.reader) == [Announcement(number, 100, "started", 1)]
    async with database.transaction() as on:
        await announcements.change(on, number, "going on")
        await announcements.stands(on, number, 100, "started")
    assert await announcements.stale(database.reader) == [Announcement(number, 100, "going on", 1)]
    async with database.transaction() as on:
        await announcements.stands(on, number, 100, "going on")
    assert await announcements.stale(database.reader) == []


async def test_one_that_could_not_be_posted_or_is_lost_is_none(database: Database) -> None:
    number, notice = await announced(database)
    async with database.transaction() as on:
        await outbox.said(on, notice, None)
        assert not await announcements.change(on, number, "started")
        await outbox.say(on, Notice("started", sending_id=number, live=True))
    [notice] = await outbox.unsaid(database.reader)
    async with database.transaction() as on:
        await outbox.said(on, notice, 101)
        await announcements.lost(on, number)
        assert not await announcements.change(on, number, "ended")
    assert await outbox.about(database.reader, 101) == number


async def test_own_messages_are_known_also_while_they_are_being_posted(database: Database) -> None:
    number, notice = await announced(database)
    on = database.reader
    assert await outbox.is_own(on, 100, "ordered")
    assert not await outbox.is_own(on, 100, "An offer")
    async with database.transaction() as writer:
        await outbox.said(writer, notice, 100)
    assert await outbox.is_own(on, 100, "edited meanwhile")
    assert not await outbox.is_own(on, 99, "ordered")
    assert (await outbox.about(on, 100), await outbox.about(on, 99)) == (number, None)


async def test_a_mistake_may_be_claimed_once_more_with_another_text(database: Database) -> None:
    async with database.transaction() as on:
        assert await outbox.claim(on, 7, NOW, "/send al")
        assert not await outbox.claim(on, 7, NOW, "/send al")
        assert await outbox.was_mistaken(on, 7, "/send all")
        assert not await outbox.was_mistaken(on, 7, "/send al")
        assert await outbox.claim(on, 7, NOW, "/send alll")
        assert await outbox.claim(on, 7, NOW)
        assert not await outbox.claim(on, 7, NOW)
        assert not await outbox.claim(on, 7, NOW, "/send test")
        assert not await outbox.was_mistaken(on, 7, "/send test")
