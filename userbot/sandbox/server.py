"""The server: listens, can be away for a while, and does later what was ordered to be late."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from userbot.sandbox.connection import ServerConnection
from userbot.sandbox.hub import Hub
from userbot.sandbox.keys import server_key
from userbot.sandbox.world import ABROAD, HOME, World


class Server:
    """An embedded Telegram for the clients of one world.

    `folder` keeps the RSA key; `port` 0 lets the system choose one, which `address` tells after `start`. The other
    data centre has a port of its own, which clients learn from help.getConfig.
    """

    def __init__(self, world: World, folder: Path, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self.world = world
        key = server_key(folder)
        self.public_key = key.public_path
        self.hub = Hub(world, key)
        self.address = (host, port)
        self._timers: set[asyncio.TimerHandle] = set()
        self._listeners: list[asyncio.Server] = []
        world.later = self.later

    async def start(self) -> None:
        """Listens; from now on `address` is where."""
        host, port = self.address
        self.address = await self._listen(HOME, host, port)
        # Whoever has been sent there before a restart comes back to it.
        _, port = await self._listen(ABROAD, host, self.world.setting("port_abroad", 0))
        self.world.set_setting("port_abroad", port)

    async def _listen(self, dc: int, host: str, port: int) -> tuple[str, int]:
        loop = asyncio.get_running_loop()
        listener = await loop.create_server(lambda: ServerConnection(self.hub, dc), host, port)
        self._listeners.append(listener)
        self.world.addresses[dc] = (host, listener.sockets[0].getsockname()[1])
        return self.world.addresses[dc]

    async def stop(self) -> None:
        """Closes everything at once; a request that was ordered to be late has no effect any more."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        await self.go_away()

    async def go_away(self) -> None:
        """Cannot be reached any more, as in an outage: all connections end, new ones are refused."""
        for listener in self._listeners:
            listener.close()
        for connection in list(self.hub.connections):
            connection.abort()
        for listener in self._listeners:
            await listener.wait_closed()
        self._listeners.clear()

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
