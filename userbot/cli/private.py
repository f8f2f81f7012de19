"""What is its owner's alone: the session, the database, the log, the settings.

Whatever the program makes is private from the first byte. What came from elsewhere (a clone's folders, a copied file)
is made so when somebody logs in and when the program runs.
"""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from userbot.config import Settings

FILE = 0o600
FOLDER = 0o700

log = logging.getLogger(__name__)


def tighten(settings: Settings, env: Path) -> None:
    """Take from others what they have no business with, as far as this user may."""
    for path, mode, wanted in too_open(settings, env):
        try:
            path.chmod(mode & wanted)
        except OSError as error:
            log.warning("%s keeps the rights %o: %s", path, mode, error.strerror)


def too_open(settings: Settings, env: Path) -> Iterator[tuple[Path, int, int]]:
    """What others may read: the path, its rights, and the rights it should have."""
    for path, wanted in _belongings(settings, env):
        found = path.stat()
        if found.st_mode & 0o777 & ~wanted and not _shared(found):
            yield path, found.st_mode & 0o777, wanted


def _belongings(settings: Settings, env: Path) -> Iterator[tuple[Path, int]]:
    for each in (env, *settings.sessions_dir.glob("account.session*"), *settings.data_dir.glob("userbot.*")):
        if each.is_file():
            yield each, FILE
    for folder in (settings.sessions_dir, settings.data_dir):
        if folder.is_dir():
            yield folder, FOLDER


def _shared(found: os.stat_result) -> bool:
    """Whether it is a folder for everybody, as /tmp: others need it."""
    return stat.S_ISDIR(found.st_mode) and bool(found.st_mode & stat.S_ISVTX)
