"""Marks: a label is one label however it is spelt."""

from userbot.store import marks
from userbot.store.database import Database, rows


async def test_a_label_keeps_its_first_spelling(database: Database) -> None:
    async with database.transaction() as on:
        await marks.put(on, "VIP", 1)
        await marks.put(on, "vip", 2)
        await marks.put(on, "Vip", 1)
    assert await marks.spelling(database.reader, "viP") == "VIP"
    assert await marks.spelling(database.reader, "other") is None
    found = await rows(database.reader, "SELECT name, peer_id FROM mark JOIN marked ON mark_id = id ORDER BY peer_id")
    assert [tuple(each) for each in found] == [("VIP", 1), ("VIP", 2)]
