"""Who holds a folder: one process at a time works with a session, and one with a database."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from userbot.errors import AlreadyRunningError


@contextmanager
def alone(folder: Path, what: str, lock: str = ".lock") -> Iterator[None]:
    """Hold a folder for this process. Raises AlreadyRunningError when another one has it.

    Two processes on one session would make Telegram end it (AUTH_KEY_DUPLICATED). The lock goes with the process,
    however it ends.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / lock).open("w") as file:
        if not _locked(file):
            raise AlreadyRunningError(f"Another userbot is running on {what} {folder}. Stop it first.")
        yield


def _locked(file: IO[str]) -> bool:
    """Take the lock. Tried three times, for somebody who only looks (see `held`) has it for an instant."""
    for _ in range(3):
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(0.02)
    return False


def held(folder: Path, lock: str = ".lock") -> bool:
    """Whether a process holds a folder now."""
    try:
        with (folder / lock).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
