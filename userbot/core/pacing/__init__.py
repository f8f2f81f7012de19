"""The pace: how fast the account sends, learnt from Telegram's flood waits alone.

What limits an account is unknown. Two limits are assumed, and both hold at once:

- a **bucket** of seconds (`bucket`): a few messages at once, then a steady rate; overstepped, it costs seconds.
- a **window** of hours (`window`): some thousands of messages, then a wait of 5 minutes and more.

The pace (`pace`) is the lower of the two. A flood wait tells something about the one that it belongs to, and only a
sender that uses its whole pace makes it rise, so an idle one learns nothing.

Time is an argument: seconds of a monotonic clock. One that runs backwards or jumps makes the pace wait, never rush.
"""

from userbot.core.pacing.pace import (
    BURST,
    Learnt,
    Pace,
    Send,
    Wait,
    decide,
    expected_rate,
    expected_seconds,
    flooded,
    fresh,
    held_up,
    kept,
    learnt,
    recalled,
    sent,
    succeeded,
)
from userbot.core.pacing.window import LONG

__all__ = [
    "BURST",
    "LONG",
    "Learnt",
    "Pace",
    "Send",
    "Wait",
    "decide",
    "expected_rate",
    "expected_seconds",
    "flooded",
    "fresh",
    "held_up",
    "kept",
    "learnt",
    "recalled",
    "sent",
    "succeeded",
]
