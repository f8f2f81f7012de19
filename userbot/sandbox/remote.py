"""A sandbox in a process of its own, which can be killed and started again."""

import asyncio
import sys
from pathlib import Path
from typing import Any, Self

from userbot.sandbox import control


class RemoteSandbox:
    """`python -m userbot.sandbox --control` and its calls; the folder outlives the process."""

    def __init__(self, folder: Path, *, port: int = 0, module: str = "userbot.sandbox") -> None:
        """`module` is what is run; one that is a sandbox, and perhaps more."""
        self.folder = folder
        self._module = module
        self.address = ("127.0.0.1", port)
        self.public_key = Path()
        self._process: asyncio.subprocess.Process | None = None
        self._calls = 0
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start it; again on the same port and folder after `kill`."""
        host, port = self.address
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", self._module, "--control",
            "--host", host, "--port", str(port), "--folder", str(self.folder),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**30,
        )  # fmt: skip
        _ready, address, key = (await self._line()).split(maxsplit=2)
        self.address = (host, int(address.rpartition(":")[2]))
        self.public_key = Path(key.strip())

    async def call(self, name: str, /, **arguments: Any) -> Any:
        """A call of `Sandbox`; dataclasses come back as dicts. RuntimeError when it is refused."""
        async with self._turn:
            self._calls += 1
            line = control.encode({"id": self._calls, "call": name, "args": arguments})
            process = self._running()
            assert process.stdin
            process.stdin.write(line.encode() + b"\n")
            await process.stdin.drain()
            answer = control.decode(await self._line())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._running().pid

    async def kill(self) -> None:
        """SIGKILL: no goodbye, nothing flushed."""
        process = self._running()
        process.kill()
        await process.wait()
        self._process = None

    async def restart(self, after: float) -> None:
        """SIGKILL, and a start so many seconds later; calls wait meanwhile."""
        async with self._turn:
            await self.kill()
            await asyncio.sleep(after)
            await self.start()

    async def stop(self) -> None:
        """End it properly."""
        if self._process:
            process, self._process = self._process, None
            assert process.stdin
            process.stdin.close()
            await process.wait()

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise RuntimeError("the sandbox is not running")
        return self._process

    async def _line(self) -> str:
        process = self._running()
        assert process.stdout
        line = await process.stdout.readline()
        if not line:
            raise RuntimeError("the sandbox has ended")
        return line.decode()
