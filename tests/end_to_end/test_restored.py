"""A copy in the place of the database: nobody gets anything twice, nothing is ordered again, General is answered."""

import shutil
from collections import Counter
from pathlib import Path

from tests.office import HandClock, office, until
from userbot.store import backup
from userbot.store.place import DATABASE


async def test_an_older_copy_takes_over(tmp_path: Path, keys: Path) -> None:
    clock = HandClock()
    async with office(tmp_path, keys, clock) as team:
        people = team.customers(20)
        await team.open()
        steps = await team.template("welcome", "now", "2h")
        await team.ask("/send all welcome")
        await team.written_down(1, sent=len(people))
        data = team.settings().data_dir
        backup.make(data / DATABASE, tmp_path / "copy.db")
        later = team.say("Later")
        await team.ask("/send all", reply_to=later)
        await team.notice("✔ sid2")
        clock.advance(7200)
        await team.notice("✔ sid1")
        await team.close()

        for name in ("userbot.db-wal", "userbot.db-shm"):
            (data / name).unlink(missing_ok=True)
        shutil.copy(tmp_path / "copy.db", data / DATABASE)
        said = len(team.said())
        await team.open()
        assert "sid1" in await team.ask("/send sid1")
        await until(lambda: any("✔ sid1" in each for each in team.said()[said:]))
        assert "sid2" not in "".join(team.said()[said:])
        assert Counter((each.source, each.peer) for each in team.sent()) == Counter(
            (message, person) for message in (*steps, later) for person in people
        )
