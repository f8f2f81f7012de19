"""The server: listens, can be away for a while, and does later what was ordered to be late."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from userbot.sandbox.connection import ServerConnection
from userbot.sandbox.hub import Hub
from userbot.sandbox.keys import server_key
from userbot.sandbox.world import World


class Server:
    """An embedded Telegram for the clients of one world.

    `folder` keeps the RSA key; `port` 0 lets the system choose one, which `address` tells after `start`.
    """

    def __init__(self, world: World, folder: Path, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.world = world
        key = server_key(folder)
        self.public_key = key.public_path
        self.hub = Hub(world, key)
        self.address = (host, port)
        self._timers: set[asyncio.TimerHandle] = set()
        self._listener: asyncio.Server | None = None
        world.later = self.later

    async def start(self) -> None:
        """Listens; from now on `address` is where."""
        host, port = self.address
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(lambda: ServerConnection(self.hub), host, port)
        self.address = self.world.address = (host, self._listener.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Closes everything at once; a request that was ordered to be late has no effect any more."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        await self.go_away()

    async def go_away(self) -> None:
        """Cannot be reached any more, as in an outage: all connections end, new ones are refused."""
        if self._listener is None:
            return
        self._listener.close()
        for connection in list(self.hub.connections):
            connection.abort()
        await self._listener.wait_closed()
        self._listener = None

    async def come_back(self) -> None:
        """Can be reached again, at the same address."""
        await self.start()

    def later(self, seconds: float, effect: Callable[[], None]) -> None:
        """Calls `effect` after a while, unless the server is stopped before."""

        def run() -> None:
            self._timers.discard(timer)
            effect()

        timer = asyncio.get_running_loop().call_later(seconds, run)
        self._timers.add(timer)
