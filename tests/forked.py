"""`userbot` as a process that is forked from one where it is loaded already: loading it is most of a start.

It is a process like any other, with a folder, variables, input, output, signals and an exit code of its own. What is
about the start itself, or about Python's own variables, has to start it as a person does.
"""

import asyncio
import fcntl
import functools
import gc
import json
import os
import pkgutil
import runpy
import signal
import socket
import subprocess
import sys
import termios
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
ORDERS = 0
"""The loaded process' end of the socket: each message on it is a program to begin, with its standard files."""

ITSELF = ("PYTHON", "LC_", "LANG")
"""How the variables begin that Python looks at when it starts."""


class Forked:
    """What is needed of an `asyncio.subprocess.Process`."""

    stdin: asyncio.StreamWriter | None = None
    stdout: asyncio.StreamReader | None = None
    stderr: asyncio.StreamReader | None = None

    def __init__(self, pid: int, news: asyncio.StreamReader) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._ending = asyncio.ensure_future(self._end(news))

    async def _end(self, news: asyncio.StreamReader) -> int:
        self.returncode = int(await news.readline())
        return self.returncode

    async def wait(self) -> int:
        return await asyncio.shield(self._ending)

    async def communicate(self) -> tuple[bytes, bytes]:
        assert self.stdin
        assert self.stdout
        assert self.stderr
        self.stdin.close()
        out, err, _ = await asyncio.gather(self.stdout.read(), self.stderr.read(), self.wait())
        return out, err

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


Started = asyncio.subprocess.Process | Forked


def forkable(changed: Mapping[str, str]) -> bool:
    """Whether a process with other variables than ours may be forked."""
    return not any(name.startswith(ITSELF) for name in changed)


async def forked(*arguments: str, cwd: Path, env: Mapping[str, str]) -> Forked:
    """Run `userbot` with pipes for its input and output."""
    (stdin, writing), (reading, stdout), (complaining, stderr) = (os.pipe() for _ in range(3))
    process = await forked_with((stdin, stdout, stderr), *arguments, cwd=cwd, env=env)
    for each in (stdin, stdout, stderr):
        os.close(each)
    process.stdin = await _to(writing)
    process.stdout, process.stderr = await _from(reading), await _from(complaining)
    return process


async def forked_with(
    files: tuple[int, int, int], *arguments: str, cwd: Path, env: Mapping[str, str], module: str = "userbot"
) -> Forked:
    """Run a module with these as its standard files; a terminal becomes its own."""
    reading, telling = os.pipe()
    order = json.dumps([[module, *arguments], str(cwd), dict(env)]).encode()
    socket.send_fds(_loaded(), [order], [*files, telling])
    os.close(telling)
    news = await _from(reading)
    return Forked(int(await news.readline()), news)


@functools.cache
def _loaded() -> socket.socket:
    """The way to the loaded process of this one; it ends with us."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    subprocess.Popen([sys.executable, "-m", __name__], cwd=ROOT, stdin=theirs.fileno())
    theirs.close()
    return ours


async def _from(pipe: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(pipe, "rb", 0)
    )
    return reader


async def _to(pipe: int) -> asyncio.StreamWriter:
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.connect_write_pipe(
        lambda: asyncio.StreamReaderProtocol(asyncio.StreamReader()), os.fdopen(pipe, "wb", 0)
    )
    return asyncio.StreamWriter(transport, protocol, None, loop)


# In the loaded process


def _load() -> None:
    import userbot.cli

    for each in pkgutil.walk_packages(userbot.cli.__path__, "userbot.cli."):
        import_module(each.name)
    gc.freeze()


def _awaited() -> list[str]:
    """Returns in each new program, with its module and its arguments."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody is waited for
    with socket.socket(fileno=ORDERS) as orders:
        while True:
            order, files, *_ = socket.recv_fds(orders, 2**20, 4)
            if not order:
                sys.exit()
            if not os.fork():
                break
            for each in files:
                os.close(each)
    _accompanied(files.pop())
    arguments, cwd, env = json.loads(order)
    _become(files, cwd, env)
    return list(arguments)


def _accompanied(news: int) -> None:
    """Go on in a child, and tell its number, and how it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if not (child := os.fork()):
        return
    os.closerange(0, news)
    os.write(news, b"%d\n" % child)
    _, status = os.waitpid(child, 0)
    os.write(news, b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become(files: list[int], cwd: str, env: dict[str, str]) -> None:
    """Be as a process is that was started with these."""
    for number, each in enumerate(files):
        os.dup2(each, number)
    os.closerange(3, 256)
    if os.isatty(0):
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
    sys.stderr = os.fdopen(2, "w", 1, errors="backslashreplace")


if __name__ == "__main__":
    _load()
    module, *sys.argv[1:] = _awaited()
    runpy.run_module(module, run_name="__main__", alter_sys=True)
