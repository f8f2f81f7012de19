"""What is refused as a step, and what is said of what arrives instead."""

import pytest

from userbot.core.forwarding import hindrance, remarks

REFUSED = [
    "dice", "game", "unanswered quiz", "paid media", "invoice", "giveaway", "expiring media", "protected message",
    "rich text", "video stream", "unsupported",
]  # fmt: skip
REMARKED = ["poll", "quiz", "live location", "story", "checklist"]
PLAIN = [
    "text",
    "photo",
    "sticker",
    "voice",
    "video",
    "video note",
    "file",
    "location",
    "venue",
    "contact",
    "album of 3",
]


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_arrive_as_it_looks_is_refused_in_a_sentence(kind: str) -> None:
    why = hindrance(kind)
    assert why is not None
    assert why[0].isupper()
    assert why.endswith(".")


@pytest.mark.parametrize("kind", REMARKED + PLAIN)
def test_everything_else_may_go(kind: str) -> None:
    assert hindrance(kind) is None
    assert bool(remarks([kind])) is (kind in REMARKED)


def test_what_holds_for_several_is_said_once() -> None:
    assert len(remarks(["poll", "text", "quiz", "poll"])) == 1
    assert len(remarks(["live location", "poll"])) == 2
