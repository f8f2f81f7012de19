"""One connection as the account, and how it ends."""

import asyncio
from pathlib import Path

from tests.office import PATIENCE, office
from userbot.telegram.client import connected


async def test_a_client_ends_in_the_middle_of_reconnecting(tmp_path: Path) -> None:
    """At whatever moment: Telethon forgets that it was asked to when a try to connect fails just then."""
    async with office(tmp_path, tmp_path) as team:
        for wait in range(40):
            async with asyncio.timeout(PATIENCE), connected(team.settings()) as client:
                client._sender._delay = 0.0001  # it tries all the time, so that the wrong moment comes soon
                await team.telegram.go_away()
                await asyncio.sleep(0.01 + wait / 5000)
            await team.telegram.come_back()
