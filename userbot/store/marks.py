"""Labels on customers."""

from userbot.store.database import Connection, row, run


async def put(on: Connection, name: str, peer_id: int) -> None:
    """Label a peer; a new label keeps the spelling it was first written in."""
    await run(on, "INSERT INTO mark (name) VALUES (?) ON CONFLICT (name) DO NOTHING", name)
    await run(
        on,
        "INSERT INTO marked (mark_id, peer_id) SELECT id, ? FROM mark WHERE name = ? ON CONFLICT DO NOTHING",
        peer_id,
        name,
    )


async def spelling(on: Connection, name: str) -> str | None:
    """The label as it was first written; None when there is none of that name."""
    found = await row(on, "SELECT name FROM mark WHERE name = ?", name)
    return None if found is None else str(found[0])
