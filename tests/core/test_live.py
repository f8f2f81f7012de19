"""What the announcement of a sending says beneath its first lines."""

from dataclasses import replace

from tests.core.test_wording import FINISHED, HELD, NOW, RUNNING, STOPPED
from userbot.core import wording
from userbot.core.figures import Counts
from userbot.core.prospect import Prospect


def test_the_live_message_says_how_far_it_is_how_fast_and_until_when() -> None:
    assert wording.live(RUNNING, NOW + 60, 12.5, Prospect(10, 1_000)).splitlines() == [
        "███░░░░░░░░░░░░░░░░░ 16 %",
        "1,500 sent, 20 failed, 480 skipped, 10,000 pending",
        "Pace: 750 a minute",
        "Expected end: about 2026-11-18 11:25 UTC",
    ]
    begun = replace(RUNNING, counts=Counts(12_000, skipped=480))
    assert wording.live(begun, NOW, None, Prospect(10, 1_000, 3600)).splitlines()[-1] == "Expected: about 1 h 16 min."
    flooded = wording.live(RUNNING, NOW + 60, 0.5, Prospect(), NOW + 90)
    assert "Telegram asks for a pause until 2026-11-18 11:08:10 UTC." in flooded
    held = wording.live(HELD, NOW, None, Prospect())
    assert "Paused: @SpamBot does not answer." in held
    assert "after 2026-11-19 11:06:40 UTC" in held


def test_the_live_message_ends_with_the_final_figures() -> None:
    assert wording.live(FINISHED, NOW + 700, None, Prospect()).splitlines() == [
        "████████████████████ 100 %",
        "11,500 sent, 20 failed, 480 skipped",
        "Ended 2026-11-18 11:18:10 UTC.",
        "Took 11 min 30 s, 1,000 a minute.",
    ]
    assert "Stopped 2026" in wording.live(STOPPED, NOW + 700, None, Prospect())
    nearly = replace(RUNNING, counts=Counts(10_000, sent=9_999))
    assert "░ 99 %" in wording.live(nearly, NOW, None, Prospect())
    assert wording.live(replace(FINISHED, counts=Counts()), NOW, None, Prospect()) == ""
