"""The whole error tree.

Every message is one sentence for a person: what was wrong, and what would be right.
"""

import os
import re

_NUMBER = re.compile(r"\[Errno -?\d+\] ?")


def in_words(error: BaseException) -> str:
    """What an error of the machine or the network says to a person: without its number, and without a full stop."""
    if isinstance(error, OSError) and error.errno is not None and error.errno > 0:
        return os.strerror(error.errno)
    return _NUMBER.sub("", str(error)).rstrip(".")


class UserbotError(Exception):
    """Base of everything the program itself raises; `exit_code` is what the command line ends with."""

    exit_code = 1


class SettingsError(UserbotError):
    """The settings do not make sense; names every mistake at once."""

    exit_code = 2


class NotLoggedInError(UserbotError):
    """There is no session, or Telegram ended it."""

    exit_code = 3


class LeftError(UserbotError):
    """A command was ended by Ctrl-C, or another signal."""

    exit_code = 130


class AlreadyRunningError(UserbotError):
    """Another process holds this session or this database."""


class StoreError(UserbotError):
    """The database cannot be read or written now: a full disk, a lock, a damaged file."""


class TelegramError(UserbotError):
    """Telegram cannot be reached, or refused something the program cannot do without."""


class FloodWaitError(TelegramError):
    """Telegram asks for a pause before it is asked anything like this again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class UnjudgedError(TelegramError):
    """Nobody could tell who gave a command, for a reason that passes: they are looked up again."""


class IllegalTransitionError(UserbotError):
    """An event that a sending's status does not allow; nothing was changed."""
