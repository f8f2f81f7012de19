"""`userbot status --watch` during two mailings: the program's own screen, with fixed figures."""

from collections import deque
from dataclasses import replace
from pathlib import Path

from tests.pictures import screen
from tests.pictures.general import GONE, WRITTEN, sending
from userbot.cli import watching
from userbot.cli.keys import Keys
from userbot.cli.snapshot import Snapshot
from userbot.core.figures import Counts
from userbot.core.model import Audience, Peer, SendingStatus

NOW = WRITTEN + 152.0
LINES = 17

_TEMPO = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 32, 58, 76, 78, 78, 41, 79, 78, 77, 78, 79, 78, 78, 78, 78, 39)


def picture() -> str:
    """The picture, as SVG."""
    one = replace(sending(), counts=GONE)
    two = replace(
        one, id=13, what="template welcome", audience=Audience.MARK, mark="vip", counts=Counts(total=240, sent=84)
    )
    later = replace(
        one,
        id=14,
        what="“We are closed tomorrow”",
        status=SendingStatus.AWAITS,
        started_at=None,
        counts=Counts(),
        start_at=WRITTEN + 8 * 3600,
    )
    found = Snapshot(
        database=Path("data/userbot.db"),
        month="2026-10",
        monthly_limit=20_000,
        now=NOW,
        running=True,
        account=Peer(1, 0, "Lena Vogt"),
        customers=1_902,
        used=7_415,
        open=(one, two, later),
    )
    pulse = watching.Tempo(deque(_TEMPO, watching.BARS), since=NOW - 5, now=NOW)
    console = screen.console(LINES)
    console.print(watching.screen(found, pulse, console, Keys().line(found)))
    return screen.svg(console, "userbot status --watch", "watch")
