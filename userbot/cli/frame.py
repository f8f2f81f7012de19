"""What surrounds every command: settings, the log, the event loop, and errors that end as one sentence."""

import asyncio
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from userbot.cli.foreign import shown_lines
from userbot.config import Settings, load
from userbot.errors import LeftError, TelegramError, UserbotError

T = TypeVar("T")

LOG = "userbot.log"
LOG_BYTES = 5_000_000
OLD_LOGS = 3

log = logging.getLogger(__name__)


def settings(home: Path = Path()) -> Settings:
    """The settings of a folder, with the log going where they say. Raises SettingsError."""
    loaded = load(home)
    _log_to(loaded.data_dir / LOG, loaded.log_level, as_json=loaded.log_json)
    return loaded


def complete(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end; Ctrl-C cancels it. Raises TelegramError when the connection breaks under it.

    Raises LeftError when it was cancelled, by whatever signal.
    """
    try:
        with interruptible(), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(work)
    except EOFError as error:  # asyncio's IncompleteReadError, which Telethon lets through in the key exchange
        raise TelegramError("The connection to Telegram was lost. Check the network and try again.") from error


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C ends the process as it stands, but what is done inside is cleared up. Raises LeftError then."""
    ends_all = signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    try:
        if ends_all:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
    except (asyncio.CancelledError, KeyboardInterrupt):
        if sys.stderr.isatty():
            print(file=sys.stderr)  # behind the question, and the ^C
        raise LeftError("Interrupted. Nothing is lost: give the command again when you like.") from None
    finally:
        if ends_all:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


def guarded(command: Callable[[], object]) -> int:
    """Run a command and return its exit code; whatever goes wrong becomes one sentence for a person."""
    try:
        command()
    except Exception as error:  # noqa: BLE001  this is where every error ends
        sentence, code = _verdict(error)
        print(shown_lines(sentence), file=sys.stderr)
        return code
    return 0


def _verdict(error: Exception) -> tuple[str, int]:
    if isinstance(error, UserbotError):
        return str(error), error.exit_code
    if isinstance(error, OSError) and error.filename is not None and error.strerror is not None:
        return f"{error.filename}: {error.strerror}.", 1
    log.critical("something went wrong inside", exc_info=error)
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return f"Something went wrong inside: {type(error).__name__}.{_where()}", 1


def _where() -> str:
    """Where the details are, when there is a log."""
    files = [each for each in logging.getLogger().handlers if isinstance(each, _PrivateLog)]
    return f" Details are in {files[0].shown}." if files else ""


def _log_to(path: Path, level: str, *, as_json: bool) -> None:
    handler = _PrivateLog(path)
    form = logging.Formatter("%(asctime)s UTC %(levelname)s %(name)s: %(message)s", datefmt="%Y-%m-%d %H:%M:%S")
    form.converter = time.gmtime
    handler.setFormatter(_Json() if as_json else form)
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("userbot").setLevel(level)
    # A log that cannot be written, on a full disk, is no reason to show tracebacks to people.
    logging.raiseExceptions = False


class _Json(logging.Formatter):
    """A line of JSON; `time` is in seconds since 1970."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"time": record.created, "level": record.levelname, "name": record.name, "message": record.getMessage()}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line)


class _PrivateLog(RotatingFileHandler):
    """A rotating log that only its owner may read, begun with the first line that is worth it."""

    def __init__(self, path: Path) -> None:
        self.shown = path
        super().__init__(path, maxBytes=LOG_BYTES, backupCount=OLD_LOGS, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        self.shown.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return open(descriptor, "a", encoding=self.encoding)  # noqa: PTH123  the handler closes it
