"""What is said in the group: short, in UTC, and never too long for Telegram."""

import re
from dataclasses import replace

import pytest

from userbot.core import wording
from userbot.core.figures import Counts
from userbot.core.model import GENERAL, Audience, Sending, SendingStatus, Step, Template
from userbot.core.prospect import Prospect
from userbot.core.timing import At, Delay, Now

NOW = 1_795_000_000.0  # 2026-11-18 11:06:40 UTC
TELEGRAM_TAKES = 4096

RUNNING = Sending(
    id=5,
    audience=Audience.ALL,
    what="template welcome",
    status=SendingStatus.RUNNING,
    topic=GENERAL,
    ordered_by=1,
    ordered_at=NOW,
    start_at=NOW,
    seed=b"",
    counts=Counts(12_000, sent=1_500, failed=20, skipped=480),
    recipients=6_000,
    started_at=NOW,
    orderer="Boss",
)
AWAITING = replace(RUNNING, status=SendingStatus.AWAITS, started_at=None, start_at=NOW + 3600, counts=Counts())
CANCELLED = replace(AWAITING, status=SendingStatus.CANCELLED, ended_at=NOW)
HELD = replace(RUNNING, status=SendingStatus.PAUSED, hold="@SpamBot does not answer.", resume_at=NOW + 86_400)
FINISHED = replace(RUNNING, status=SendingStatus.FINISHED, counts=Counts(12_000, 11_500, 20, 480), ended_at=NOW + 690)
STOPPED = replace(FINISHED, status=SendingStatus.STOPPED)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (0, "1970-01-01 00:00 UTC"),
        (NOW, "2026-11-18 11:06:40 UTC"),
        (NOW + 20, "2026-11-18 11:07 UTC"),
        (NOW + 20.9, "2026-11-18 11:07 UTC"),
    ],
)
def test_a_moment_says_that_it_is_utc(at: float, words: str) -> None:
    assert wording.moment(at) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "0 s"),
        (0.4, "0 s"),
        (59.6, "1 min"),
        (61, "1 min 1 s"),
        (3600, "1 h"),
        (3661, "1 h 1 min"),
        (86_400 * 3 + 3600 * 4 + 59, "3 d 4 h"),
        (86_400 + 1, "1 d 1 s"),
    ],
)
def test_a_duration_has_its_two_largest_units(seconds: float, words: str) -> None:
    assert wording.duration(seconds) == words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 steps"), (1, "1 step"), (2, "2 steps"), (1_234_567, "1,234,567 steps")]
)
def test_numbers_are_grouped_and_things_are_counted(count: int, words: str) -> None:
    assert wording.of(count, "step") == words
    assert wording.of(2, "reply", "replies") == "2 replies"


@pytest.mark.parametrize(
    ("audience", "mark", "words"),
    [
        (Audience.ALL, None, "sid5: template welcome to all customers"),
        (Audience.MARK, "VIP", "sid5: template welcome to everyone with the mark VIP"),
        (Audience.LIST, None, "sid5: template welcome to the listed ids"),
        (Audience.FILE, None, "sid5: template welcome to the file's ids"),
        (Audience.TEST, None, "sid5: test of template welcome"),
    ],
)
def test_a_title_says_what_goes_to_whom(audience: Audience, mark: str | None, words: str) -> None:
    assert wording.title(replace(RUNNING, audience=audience, mark=mark)) == words


def test_a_topic_is_this_topic_only_there() -> None:
    sending = replace(RUNNING, audience=Audience.TOPIC, topic=7)
    assert wording.title(sending, 7).endswith("to this topic")
    assert not wording.title(sending).endswith("to this topic")


def test_the_start_says_to_how_many_and_who_is_left_out() -> None:
    text = wording.started(RUNNING, {"no dialog": 1_200, "blocked the account": 3}, ["Dice are not the same."])
    assert text.splitlines() == [
        "▶ sid5: template welcome to all customers",
        "Ordered by Boss, 2026-11-18 11:06:40 UTC.",
        "Started. It goes to 4,797 recipients.",
        "Left out 1,203: blocked the account 3, no dialog 1,200.",
        "Dice are not the same.",
    ]
    assert "Left out" not in wording.started(RUNNING, {})


def test_the_end_says_counts_duration_and_rate() -> None:
    assert wording.ended(FINISHED).splitlines() == [
        "✔ sid5: template welcome to all customers",
        "Finished. 11,500 sent, 20 failed, 480 skipped.",
        "Took 11 min 30 s, 1,000 a minute.",
    ]
    assert "Stopped. 11,500 sent" in wording.ended(STOPPED)


def test_the_end_of_one_that_never_started_or_took_no_time_divides_nothing() -> None:
    never = replace(STOPPED, started_at=None, counts=Counts())
    assert "nothing to send" in wording.ended(never)
    at_once = replace(FINISHED, ended_at=NOW)
    assert "a minute" not in wording.ended(at_once)


def test_a_word_to_one_person_ends_in_one_line() -> None:
    one = replace(FINISHED, audience=Audience.TOPIC, topic=7, counts=Counts(1, sent=1))
    assert wording.ended_small(one, None) == "✔ sid5: template welcome to this topic: sent."
    failed = replace(one, counts=Counts(1, failed=1))
    assert wording.ended_small(failed, "blocked the account").endswith("1 failed. Reason: blocked the account.")


def test_a_pause_says_why_until_when_and_the_ways_on() -> None:
    text = wording.held(HELD)
    for words in (
        "Paused: @SpamBot does not answer.",
        "2026-11-19 11:06:40 UTC",
        "/send sid5 resume",
        "/send sid5 stop",
    ):
        assert words in text
    assert "by itself" not in wording.held(replace(HELD, resume_at=None))


def test_an_order_says_when_it_starts_and_how_it_is_cancelled() -> None:
    text = wording.ordered(AWAITING, NOW, ["2 lines of the file are no ids."])
    for words in ("2026-11-18 12:06:40 UTC, in 1 h.", "/send sid5 del", "2 lines of the file are no ids."):
        assert words in text
    assert "Cancel" not in wording.ordered(replace(AWAITING, start_at=NOW), NOW)


def test_a_status_says_counts_pace_and_end() -> None:
    text = wording.status(RUNNING, NOW + 60, Prospect(50, 200))
    for words in (
        "Running since 2026-11-18 11:06:40 UTC.",
        "Ordered by Boss, 2026-11-18 11:06:40 UTC.",
        "Recipients: 6,000",
        "1,500 sent, 20 failed, 480 skipped, 10,000 pending",
        "Pace: up to 3,000 a minute",
        "Expected end: about 2026-11-18 11:11 UTC",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("sending", "has", "has_not"),
    [
        (AWAITING, "Awaits its start 2026-11-18 12:06:40 UTC", "Recipients"),
        (HELD, "Paused: @SpamBot does not answer.", "Expected end"),
        (FINISHED, "It finished 2026-11-18 11:18:10 UTC, after 11 min 30 s.", "Expected end"),
        (replace(STOPPED, started_at=None), "It was stopped 2026-11-18 11:18:10 UTC, before it started.", "Recipients"),
        (
            replace(AWAITING, status=SendingStatus.CANCELLED, ended_at=NOW),
            "It was cancelled 2026-11-18 11:06:40 UTC.",
            "Cancel:",
        ),
    ],
)
def test_a_status_says_only_what_there_is(sending: Sending, has: str, has_not: str) -> None:
    text = wording.status(sending, NOW + 60, Prospect(50, 200))
    assert has in text
    assert has_not not in text


def test_a_template_shows_when_each_step_goes_and_where_its_message_stands() -> None:
    steps = [
        Step((10,), Now(), "text"),
        Step((11, 12), Delay(5400), "album of 2"),
        Step((13,), Now(), "sticker"),
        Step((14,), At(int(NOW)), "photo"),
    ]
    assert wording.template(Template(1, "welcome", tuple(steps)), frozenset({12}), -1001234567890).splitlines() == [
        "Template welcome · 4 messages",
        "1. text · at the start · id 10",
        "   https://t.me/c/1234567890/10",
        "2. album of 2 · 1h 30m after the previous · id 11",
        "   ⚠ deleted in the group: it cannot be sent",
        "3. sticker · right after · id 13",
        "   https://t.me/c/1234567890/13",
        "4. photo · 2026-11-18 11:06:40 UTC · id 14",
        "   https://t.me/c/1234567890/14",
    ]
    assert wording.after_previous(Delay(60), 1) == "1m after the start"
    assert "/send empty" in wording.template(Template(1, "empty", ()), frozenset(), -1001234567890)


def test_lists_that_are_empty_say_how_to_begin() -> None:
    assert "/send test" in wording.overview([], 0)[0]
    assert "/send NAME" in wording.templates([])[0]


def test_lists_show_one_thing_after_the_other() -> None:
    assert wording.templates([("Alpha", 1), ("beta", 1200)]) == ("Alpha · 1 message\nbeta · 1,200 messages", True)
    text, whole = wording.overview([RUNNING, AWAITING], 2)
    assert text.splitlines() == [
        "sid5: template welcome to all customers",
        "   running · 2026-11-18 11:06:40 UTC · Boss · 1,500 sent, 20 failed, 480 skipped, 10,000 pending",
        "sid5: template welcome to all customers",
        "   awaits · 2026-11-18 12:06:40 UTC · Boss",
    ]
    assert whole


def test_no_list_is_too_long_for_a_message_and_what_is_missing_is_counted() -> None:
    name = "N" * 64
    many = [replace(RUNNING, what=f"template {name}", audience=Audience.MARK, mark=name)] * 200
    for text, whole in (
        wording.overview(many, 1_000),
        wording.overview([RUNNING], 1_000),
        wording.templates([(name, 1_000)] * 1_000),
    ):
        assert len(text) <= TELEGRAM_TAKES
        assert not whole
        shown = len(re.findall(r"(?m)^(?:sid|N)", text))
        assert text.splitlines()[-1] == f"… and {1_000 - shown} more: all are in the file."


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("text", "An offer", "“An offer”"),
        (
            "text",
            "Liebe Kunden!\n\nWir haben seit heute neue Öffnungszeiten",
            "“Liebe Kunden! Wir haben seit heute neue …”",
        ),
        ("text", "A" * 60, "“" + "A" * 40 + " …”"),
        ("text", "hid\u200bden", "“hidden”"),
        ("text", "", "text"),
        ("photo", "Look", "photo “Look”"),
        ("sticker", "", "sticker"),
    ],
)
def test_a_message_is_called_by_how_it_begins(kind: str, text: str, shown: str) -> None:
    assert wording.content(kind, text) == shown


def test_a_long_template_is_several_messages() -> None:
    steps = [Step((number,), Delay(60), "video note") for number in range(100, 200)]
    text = wording.template(Template(1, "N" * 64, tuple(steps)), frozenset(), -1001234567890)
    found = wording.pages(text)
    assert len(found) > 1
    assert all(len(page) <= TELEGRAM_TAKES for page in found)
    assert "\n".join(found) == text


def test_everything_said_fits_a_phone() -> None:
    for text in (
        wording.started(RUNNING, {"no dialog": 1_200})
        + wording.live(RUNNING, NOW, 10, Prospect(10, 1_000, 3600), NOW + 9),
        wording.ended(FINISHED),
        wording.held(HELD),
        wording.status(RUNNING, NOW, Prospect(10, 1_000)),
        wording.overview([RUNNING, HELD, FINISHED, AWAITING], 4)[0],
    ):
        assert max(len(line) for line in text.splitlines()) <= 100
        assert len(text.splitlines()) <= 12
        assert not set(text) & set("*_`<>")
