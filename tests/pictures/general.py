"""General during a mailing, as the demo shows it. The words are the program's own, the moments are fixed."""

from dataclasses import replace
from pathlib import Path

from tests.pictures import screen
from userbot.cli.demo.chat import message
from userbot.cli.demo.stage import Stage
from userbot.core import wording
from userbot.core.figures import Counts
from userbot.core.model import GENERAL, Audience, Sending, SendingStatus
from userbot.core.prospect import Prospect
from userbot.sandbox.people import Sandbox
from userbot.sandbox.seen import Seen

ACCOUNT, ADMINISTRATOR, OPERATOR = 1, 2, 3
WRITTEN = 1_792_058_520
"""2026-10-15 10:02 UTC, in Unix seconds."""

GOING = 1_871
GONE = Counts(total=GOING, sent=1_153, failed=2)
LEFT_OUT = {"opted out": 23, "blocked the account": 8}
PER_SECOND = 7.8


def picture() -> str:
    """The picture, as SVG."""
    console = screen.console()
    stage = Stage(Sandbox(Path()), ACCOUNT, ADMINISTRATOR, OPERATOR, -1, range(0))
    for seen, edited in _messages():
        console.print(message(stage, seen, edited=edited))
    return screen.svg(console, "Lena's shop, team › General", "general")


def _messages() -> list[tuple[Seen, bool]]:
    """What is said, and whether it was edited since."""
    offered = sending()
    now = WRITTEN + 152.0
    running = replace(offered, counts=GONE, status=SendingStatus.RUNNING)
    prospect = Prospect(PER_SECOND, GONE.pending / PER_SECOND)
    announcement = "\n".join([wording.started(running, LEFT_OUT), wording.live(running, now, PER_SECOND, prospect)])
    offer = "Autumn sale: everything at 20 % off until Sunday.\nSee what is left: our shop"
    return [
        (_seen(41, ADMINISTRATOR, offer, -95, kind="photo"), False),
        (_seen(42, ADMINISTRATOR, "/send all", 0, reply_to=41), False),
        (_seen(43, ACCOUNT, announcement, 1, reply_to=42), True),
        (_seen(44, OPERATOR, "/send pause", 152), False),
        (_seen(45, ACCOUNT, wording.paused([running]), 152, reply_to=44), False),
        (_seen(46, ADMINISTRATOR, "/send resume", 171), False),
        (_seen(47, ACCOUNT, wording.resumed([running]), 171, reply_to=46), False),
    ]


def sending() -> Sending:
    return Sending(
        id=12,
        audience=Audience.ALL,
        what="photo “Autumn sale: everything at 20 % off …”",
        status=SendingStatus.RUNNING,
        topic=GENERAL,
        ordered_by=ADMINISTRATOR,
        orderer="Nora Brandt",
        ordered_at=WRITTEN,
        start_at=WRITTEN,
        started_at=WRITTEN + 1,
        seed=b"",
        recipients=GOING + sum(LEFT_OUT.values()),
    )


def _seen(number: int, sender: int, text: str, after: int, *, kind: str = "text", reply_to: int | None = None) -> Seen:
    return Seen(number, sender, text, kind, [], None, reply_to, GENERAL, None, has_author=False, date=WRITTEN + after)
