"""Runs an embedded Telegram alone: `python -m userbot.sandbox --port P [--folder DIR] [--contrary] [--control]`."""

import argparse
import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from userbot.sandbox import control
from userbot.sandbox.people import Sandbox


def main() -> None:
    """Serve until SIGINT or SIGTERM, or with --control until standard input ends."""
    parser = argparse.ArgumentParser(prog="python -m userbot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 lets the system choose")
    parser.add_argument("--folder", type=Path, help="keeps everything here; without it, in memory only")
    parser.add_argument("--contrary", action="store_true", help="surprises clients as the real Telegram does")
    parser.add_argument("--control", action="store_true", help="takes calls as JSON lines on standard input")
    asyncio.run(_run(parser.parse_args()))


async def _run(options: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with Sandbox(options.folder, host=options.host, port=options.port) as sandbox:
        sandbox.contrary(on=options.contrary)
        host, port = sandbox.address()
        _say(f"ready {host}:{port} {sandbox.public_key()}")
        if not options.control:
            await stopped.wait()
            return
        serving = asyncio.ensure_future(control.serve(sandbox, _lines(), _say))
        stopping = asyncio.ensure_future(stopped.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        serving.cancel()


async def _lines() -> AsyncIterator[bytes]:
    reader = asyncio.StreamReader(limit=2**30)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
