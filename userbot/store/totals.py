"""Figures over all sendings there ever were."""

from userbot.store.database import Connection, row


async def deliveries(on: Connection) -> dict[str, int]:
    """Over all sendings there ever were: deliveries by status, and how many sendings run and are paused."""
    found = await row(
        on,
        "SELECT total(sent * (act = 'send')) AS sent, total(failed) AS failed, total(skipped) AS skipped,"
        " total((total - sent - failed - skipped) * (status IN ('running', 'paused'))) AS pending,"
        " total(status = 'running') AS running, total(status = 'paused') AS paused FROM sending",
    )
    assert found is not None
    return {name: int(found[name]) for name in found.keys()}  # noqa: SIM118  a Row is iterated by its values


async def mailed(on: Connection) -> int:
    """How many messages of mailings are written down as sent, in all."""
    found = await row(
        on, "SELECT coalesce(sum(sent), 0) FROM sending WHERE audience NOT IN ('test', 'topic') AND act = 'send'"
    )
    assert found is not None
    return int(found[0])
