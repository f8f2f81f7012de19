"""A template whose name has become a word of the command gets another one, and General is to be told."""

from pathlib import Path

import pytest

from tests.store.making import opened
from userbot.core.grammar import RESERVED
from userbot.store import database as module, facts, templates
from userbot.store.database import migrations, run

BEFORE = {"test", "all", "file", "list", "mark", "template", "templates", "sendings", "name", "for", "del", "now"}
"""Words that no template was ever called by."""


async def test_every_reserved_word_was_taken_from_the_templates_that_had_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "userbot.db"
    monkeypatch.setattr(module, "migrations", lambda: [each for each in migrations() if each[0] < 6])
    taken = sorted(RESERVED - BEFORE)
    async with opened(path) as database, database.transaction() as on:
        for name in [*taken, "offer", "GO-1", "go-3"]:
            await run(on, "INSERT INTO template (name) VALUES (?)", name if name != "pause" else "Pause")
    monkeypatch.undo()
    async with opened(path) as database:
        names = await templates.names(database.reader)
        assert RESERVED.isdisjoint({name.lower() for name in names})
        assert {"go-2", "GO-1", "go-3", "offer", "Pause-1", "stop-1"} <= set(names)
        assert len(names) == len(taken) + 3
        renamed = dict(await facts.recall(database.reader, facts.RENAMED))
        assert (renamed["go"], renamed["Pause"], len(renamed)) == ("go-2", "Pause-1", len(taken))


async def test_nobody_is_told_when_nothing_was_renamed(tmp_path: Path) -> None:
    async with opened(tmp_path / "userbot.db") as database:
        assert await facts.recall(database.reader, facts.RENAMED) is None
