"""Server salts over time."""

import pytest
from telethon.extensions import BinaryReader

from userbot.sandbox import salts

KEY = bytes(range(256))
NOW = 1_800_000_000


@pytest.mark.parametrize(("later", "taken"), [(0, True), (salts.PERIOD, True), (2 * salts.PERIOD, False)])
def test_a_salt_is_accepted_for_an_hour(later: int, taken: bool) -> None:
    assert salts.accepted(KEY, salts.current(KEY, NOW), NOW + later) is taken


def test_a_salt_is_not_accepted_before_its_time() -> None:
    assert not salts.accepted(KEY, salts.current(KEY, NOW + salts.PERIOD), NOW)


def test_a_salt_belongs_to_one_key() -> None:
    assert not salts.accepted(KEY, salts.current(KEY[::-1], NOW), NOW)


def test_future_salts_are_the_ones_to_come() -> None:
    told = BinaryReader(bytes(salts.future(KEY, 5, 3, NOW))).tgread_object()
    assert (told.req_msg_id, told.now, len(told.salts)) == (5, NOW, 3)
    for salt in told.salts:
        since, until = salt.valid_since.timestamp(), salt.valid_until.timestamp()
        assert salts.current(KEY, since) == salt.salt
        assert salts.accepted(KEY, salt.salt, until - 1)
        assert not salts.accepted(KEY, salt.salt, until)


@pytest.mark.parametrize(("asked", "given"), [(-1, 1), (1, 1), (1000, 64)])
def test_the_number_of_future_salts_is_bounded(asked: int, given: int) -> None:
    assert len(salts.future(KEY, 5, asked, NOW).salts) == given
