"""What the CPU of this process goes into, part by part: a look at the stack at every millisecond of CPU used.

Each look counts for the innermost function that a part owns, so Telethon's work done on behalf of ours is Telethon's.
SQLite works in threads of its own; their CPU is read from the system, and is the journal's.
"""

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PARTS = (
    ("telethon/crypto/", "encryption"),
    ("telethon/network/mtprotostate.py", "encryption"),
    ("telethon/tl/core/", "transport"),
    ("telethon/tl/functions/", "writing"),
    ("telethon/network/requeststate.py", "writing"),
    ("telethon/tl/", "reading"),
    ("telethon/extensions/binaryreader.py", "reading"),
    ("userbot/telegram/answers.py", "reading"),
    ("telethon/_updates/", "update state"),
    ("telethon/client/updates.py", "update state"),
    ("telethon/", "transport"),
    ("asyncio/streams.py", "transport"),
    ("aiosqlite/", "journal"),
    ("userbot/store/", "journal"),
    ("userbot/service/recorder.py", "journal"),
    ("userbot/", "ours"),
)
"""Files, the more particular before the more general."""

EVERY = 0.001
"""Seconds of CPU between looks."""


class Parts:
    """Seconds of CPU by part, filled when the `watched` block ends."""

    def __init__(self) -> None:
        self.looks: Counter[str] = Counter()
        self.seconds: dict[str, float] = {}

    def look(self, _signal: int, frame: FrameType | None) -> None:
        """Count one look at the stack."""
        while frame is not None:
            part = _part_of(frame.f_code.co_filename)
            if part:
                self.looks[part] += 1
                return
            frame = frame.f_back
        self.looks["event loop"] += 1


_KNOWN: dict[str, str | None] = {}


def _part_of(file: str) -> str | None:
    if file not in _KNOWN:
        _KNOWN[file] = next((part for place, part in PARTS if place in file), None)
    return _KNOWN[file]


@contextmanager
def watched() -> Iterator[Parts]:
    """Watch what runs in the block."""
    parts = Parts()
    before = signal.signal(signal.SIGPROF, parts.look)
    process, main = time.process_time(), time.thread_time()
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield parts
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        process, main = time.process_time() - process, time.thread_time() - main
        every = main / max(1, parts.looks.total())
        parts.seconds = {part: looks * every for part, looks in parts.looks.items()}
        parts.seconds["journal"] = parts.seconds.get("journal", 0.0) + process - main
