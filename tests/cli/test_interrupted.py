"""Ctrl-C at whatever moment a command begins, loads, works and ends: no traceback, and the exit code says so."""

import asyncio
import re
import signal
import sys

from tests.cli.conftest import API_HASH, Shell

BEGUN = re.compile(rb" (importlib\.metadata\.\w+|userbot\.cli)\n")
"""The first thing that our own words load; what Python does before them is Python's."""

LATER = (0, 100, 300, 450, 520, 10_000)
"""After so many more modules the signal comes."""


async def interrupted(shell: Shell, command: str, later: int) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-X", "importtime", "-m", "userbot", command),
        cwd=shell.folder, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    said, loaded, begun = b"", 0, False
    async for line in process.stderr:
        begun = begun or bool(BEGUN.search(line))
        if begun and loaded == later:
            process.send_signal(signal.SIGINT)
        loaded += begun
        said += b"" if line.startswith(b"import time:") else line
    return await process.wait(), said.decode()


async def test_whenever_it_comes_there_is_no_traceback(shell: Shell) -> None:
    shell.configure(API_ID=1, API_HASH=API_HASH)
    seen = [await interrupted(shell, "status", later) for later in LATER]
    usual, said_usually = seen[-1]  # there it never came
    for code, said in seen:
        assert code in {-signal.SIGINT, 130, usual}
        assert said in {"", said_usually} or said.startswith("Interrupted. Nothing is lost")
    assert seen[0] == (-signal.SIGINT, "")
