"""What a topic is called, what stays in it, and that the same thing always has the same random id."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from userbot.core.delivery import Refused
from userbot.core.desk import GROUP_SECONDS, LONGEST_TITLE, Item, Side, What, random_ids, stays, title, wait_for_group
from userbot.core.model import Peer

SEED = bytes(16)
ITEM = Item(
    id=1, peer_id=7, side=Side.DIALOG, what=What.MESSAGE, dialog_id=40, topic_id=None, reply_to=None, grouped_id=None,
    batch=None, out=False, sender=7, date=1000.0, content=None, elsewhere=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "username", "called"),
    [
        ("Ada", None, "Ada"),
        ("Ada  \n Lovelace", "ada", "Ada Lovelace @ada"),
        ("", "ada", "7 @ada"),
        (" \t ", None, "7"),
        ("A" * 200, "ada", "A" * (LONGEST_TITLE - 5) + " @ada"),
    ],
)
def test_what_a_topic_is_called(name: str, username: str | None, called: str) -> None:
    assert title(Peer(7, 1, name, username)) == called


@given(st.text(), st.none() | st.text("abcdefgh_0123456789", min_size=5, max_size=32))
def test_a_title_fits_and_is_never_empty(name: str, username: str | None) -> None:
    assert 0 < len(title(Peer(7, 1, name, username)).strip()) <= LONGEST_TITLE


@pytest.mark.parametrize(("text", "is_for_us"), [("/ ask Ben", True), ("/send x", True), ("Yes", False), ("", False)])
def test_what_stays(text: str, is_for_us: bool) -> None:
    assert stays(text) is is_for_us


def test_the_same_thing_has_the_same_random_id_in_whatever_row_it_stands() -> None:
    again = replace(ITEM, id=99, batch=3, date=2000.0, content=b"12345678")
    assert random_ids(SEED, [ITEM]) == random_ids(SEED, [again])


@pytest.mark.parametrize(
    "other",
    [
        replace(ITEM, dialog_id=41),
        replace(ITEM, peer_id=8),
        replace(ITEM, side=Side.TOPIC, topic_id=40),
        replace(ITEM, what=What.EDIT),
        replace(ITEM, what=What.EDIT, date=1001.0),
    ],
)
def test_another_thing_has_another(other: Item) -> None:
    edit = replace(ITEM, what=What.EDIT, date=1002.0)
    found = random_ids(SEED, [ITEM, edit, other])
    assert len(set(found)) == 3
    assert random_ids(bytes(15) + b"1", [ITEM]) != found[:1]


@pytest.mark.parametrize(
    ("refused", "seconds"),
    [
        (Refused("CHAT_WRITE_FORBIDDEN"), GROUP_SECONDS),
        (Refused("AUTH_KEY_UNREGISTERED"), GROUP_SECONDS),
        (Refused("FLOOD_WAIT", 9), 10),
        (Refused("MESSAGE_ID_INVALID"), None),
    ],
)
def test_what_the_group_may_let_appear_later(refused: Refused, seconds: float | None) -> None:
    assert wait_for_group(refused) == seconds
