"""The real program as a process, seen from outside."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from tests.processes import environment
from userbot.config import Settings


def cpu_of(pid: int) -> float:
    """Seconds of CPU that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Program:
    """`userbot run` with these settings, and more of them as environment variables."""

    def __init__(self, settings: Settings, **more: str) -> None:
        self._environment = environment(settings, **more)
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, patience: float) -> None:
        """Return when it says that it is ready."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "userbot", "run", env=self._environment, stdout=asyncio.subprocess.PIPE
        )
        assert self._process.stdout is not None
        async with asyncio.timeout(patience):
            while b"ready" not in (line := await self._process.stdout.readline()):
                if not line:
                    raise RuntimeError("the program did not start")

    def kill(self) -> None:
        """SIGKILL."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)

    async def stop(self) -> None:
        """SIGTERM, and wait."""
        assert self._process is not None
        self._process.terminate()
        await self._process.wait()

    def cpu(self) -> float:
        """Seconds of CPU used so far."""
        assert self._process is not None
        return cpu_of(self._process.pid)

    def peak_memory(self) -> int:
        """The most memory it had, in bytes."""
        return self._status("VmHWM")

    def memory(self) -> int:
        """The memory it has now, in bytes."""
        return self._status("VmRSS")

    def _status(self, name: str) -> int:
        assert self._process is not None
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))
