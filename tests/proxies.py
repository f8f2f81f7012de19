"""Tiny proxies that really forward: SOCKS5 (RFC 1928, 1929), HTTP CONNECT, and a relay that speaks as MTProxy does."""

import asyncio
import base64
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from hashlib import sha256
from typing import Any

from telethon.crypto import AESModeCTR
from telethon.network.connection.tcpfull import FullPacketCodec

Reader = asyncio.StreamReader
Writer = asyncio.StreamWriter
Serve = Callable[[Reader, Writer], Awaitable[None]]


class Relay:
    """One that listens; `served` says where it was asked to go."""

    def __init__(self, names: tuple[str, str] | None = None) -> None:
        self.names = names
        self.served: list[tuple[str, int]] = []
        self.port = 0

    @asynccontextmanager
    async def serving(self, serve: Serve, host: str = "127.0.0.1") -> AsyncIterator["Relay"]:
        async def answer(reader: Reader, writer: Writer) -> None:
            with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
                await serve(reader, writer)
            writer.close()

        server = await asyncio.start_server(answer, host, 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()

    async def socks5(self, reader: Reader, writer: Writer) -> None:
        _, count = await reader.readexactly(2)
        offered = await reader.readexactly(count)
        wanted = 2 if self.names else 0
        writer.write(bytes([5, wanted if wanted in offered else 0xFF]))
        if wanted not in offered:
            return
        if self.names:
            await reader.readexactly(1)
            given = [await reader.readexactly((await reader.readexactly(1))[0]) for _ in self.names]
            good = [each.encode() for each in self.names] == given
            writer.write(bytes([1, not good]))
            if not good:
                return
        *_, kind = await reader.readexactly(4)
        assert kind == 1, "an IPv4 address"
        host = ".".join(map(str, await reader.readexactly(4)))
        (port,) = struct.unpack(">H", await reader.readexactly(2))
        upstream = await self._reach(host, port)
        writer.write(bytes([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
        await _pump(reader, writer, *upstream)

    async def http(self, reader: Reader, writer: Writer) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        if self.names and base64.b64encode(":".join(self.names).encode()).decode() not in head:
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            return
        host, _, port = head.split()[1].rpartition(":")
        upstream = await self._reach(host.strip("[]"), int(port))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await _pump(reader, writer, *upstream)

    async def _reach(self, host: str, port: int) -> tuple[Reader, Writer]:
        self.served.append((host, port))
        return await asyncio.open_connection(host, port)

    def mtproto(self, secret: bytes, centres: dict[int, tuple[str, int]]) -> Serve:
        """Obfuscated packets of varied length on the client's side (core.telegram.org/mtproto/mtproto-transports)."""

        async def serve(reader: Reader, writer: Writer) -> None:
            start = await reader.readexactly(64)
            back = start[55:7:-1]
            receive = AESModeCTR(sha256(start[8:40] + secret).digest(), start[40:56])
            send = AESModeCTR(sha256(back[:32] + secret).digest(), back[32:48])
            ending = receive.encrypt(start)[56:]
            if ending[:4] != b"\xdd" * 4:
                return
            upstream = await self._reach(*centres[abs(struct.unpack_from("<h", ending, 4)[0])])
            full = FullPacketCodec(None)

            async def up() -> None:
                while True:
                    (length,) = struct.unpack("<i", receive.encrypt(await reader.readexactly(4)))
                    packet = receive.encrypt(await reader.readexactly(length))
                    upstream[1].write(full.encode_packet(packet[: length - length % 4]))

            async def down() -> None:
                while True:
                    packet = await full.read_packet(upstream[0])
                    writer.write(send.encrypt(struct.pack("<i", len(packet) + 3) + packet + b"pad"))

            await _both(up(), down(), upstream[1])

        return serve


async def _pump(reader: Reader, writer: Writer, upstream: Reader, up: Writer) -> None:
    async def copy(source: Reader, target: Writer) -> None:
        while data := await source.read(65536):
            target.write(data)
            await target.drain()

    await _both(copy(reader, up), copy(upstream, writer), up)


async def _both(first: Any, second: Any, upstream: Writer) -> None:
    """Until one of the directions ends."""
    tasks = [asyncio.ensure_future(first), asyncio.ensure_future(second)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        upstream.close()
