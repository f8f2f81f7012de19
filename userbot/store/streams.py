"""How far the updates of each box were taken down."""

from dataclasses import asdict

from userbot.core.news import Position
from userbot.store import facts
from userbot.store.database import Connection


async def positions(on: Connection) -> dict[int, Position]:
    """How far each box was taken down."""
    found = await facts.recall(on, facts.STREAMS) or {}
    return {int(box): Position(**position) for box, position in found.items()}


async def reached(on: Connection, box: int, position: Position) -> None:
    """A box was taken down so far."""
    found = await facts.recall(on, facts.STREAMS) or {}
    await facts.remember(on, facts.STREAMS, found | {str(box): asdict(position)})
