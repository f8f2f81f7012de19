"""Commands given beside the group, where the program runs: another process writes them down, the program acts.

Its effect and its removal are one transaction, so each is carried out once; what is not there any more is done with.
"""

from dataclasses import dataclass

from userbot.store.database import Connection, row, rows, run


@dataclass(frozen=True, slots=True)
class Wish:
    """A command as it is written in the group, and when it was given."""

    id: int
    command: str
    asked_at: float


async def make(on: Connection, command: str, now: float) -> int:
    """Write one down; returns its number."""
    made = await row(on, "INSERT INTO wish (command, asked_at) VALUES (?, ?) RETURNING id", command, now)
    assert made is not None
    return int(made["id"])


async def waiting(on: Connection) -> list[Wish]:
    """What is to be carried out, in order."""
    return [Wish(**dict(each)) for each in await rows(on, "SELECT * FROM wish ORDER BY id")]


async def waits(on: Connection, wish: int) -> bool:
    """Whether one is still to be carried out."""
    return await row(on, "SELECT 1 FROM wish WHERE id = ?", wish) is not None


async def take(on: Connection, wish: int) -> bool:
    """Strike one off; False when somebody else did."""
    return await run(on, "DELETE FROM wish WHERE id = ?", wish) == 1
