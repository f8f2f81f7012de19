"""What went out lately, by stretches of time."""

import json
from pathlib import Path

from tests.store.making import opened, ordered
from userbot.store import tempo
from userbot.store.database import run


async def test_each_message_counts_in_its_stretch(tmp_path: Path) -> None:
    async with opened(tmp_path / "userbot.db") as database:
        async with database.transaction() as on:
            first, second = [(await ordered(on)).id for _ in range(2)]
            for number, moments in {first: [69.0, 70.0, 71.0, 95.0, 100.0, 101.0], second: [99.0]}.items():
                await run(
                    on,
                    "INSERT INTO delivery (sending_id, peer_id, step, status, sent_at) SELECT ?, key, 1, 1, value"
                    " FROM json_each(?)",
                    number,
                    json.dumps(moments),
                )
        assert await tempo.lately(database.reader, [first], 100.0, 10.0, 3) == [1, 0, 2]
        assert await tempo.lately(database.reader, [first, second], 100.0, 10.0, 3) == [1, 0, 3]
        assert await tempo.lately(database.reader, [], 100.0, 10.0, 3) == [0, 0, 0]
