"""A line that is dead is noticed, also when nothing says so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.office import office
from userbot.telegram import line
from userbot.telegram.client import connected
from userbot.telegram.line import Line


class Relay:
    """Carries bytes to and fro as long as it is `open`, and takes everything silently then: a pulled cable."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()

    @asynccontextmanager
    async def to(self, host: str, port: int) -> AsyncIterator[int]:
        """The port of its own."""

        async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while data := await reader.read(65536):
                await self.open.wait()
                writer.write(data)
            writer.close()

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            far = await asyncio.open_connection(host, port)
            await asyncio.gather(carry(reader, far[1]), carry(far[0], writer), return_exceptions=True)

        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()


async def test_a_silent_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "SILENT_SECONDS", 1)
    monkeypatch.setattr(line, "ASK_SECONDS", 0.05)
    said: asyncio.Queue[bool] = asyncio.Queue()
    relay = Relay()
    async with (
        asyncio.timeout(60),
        office(tmp_path, tmp_path / "keys") as team,
        relay.to(*team.telegram.address()) as port,
        connected(team.settings(telegram_server=f"127.0.0.1:{port}")) as client,
    ):
        watching = asyncio.create_task(Line(said.put_nowait).watch(client))
        relay.open.clear()
        assert await said.get() is False
        relay.open.set()
        assert await said.get() is True
        watching.cancel()


async def test_what_fails_is_no_answer() -> None:
    said: list[bool] = []
    with pytest.raises(OSError, match="no"), Line(said.append).expecting():
        raise OSError("no")
    assert said == []
