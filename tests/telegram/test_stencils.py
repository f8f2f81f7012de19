"""What a stencil makes is what Telethon writes."""

from hypothesis import given, strategies as st
from telethon.tl import functions, types

from userbot.telegram.stencils import MARK, stencil

NUMBERS = st.integers(-(2**63), 2**63 - 1)


def forward(random_ids: list[int], user_id: int, access_hash: int) -> functions.messages.ForwardMessagesRequest:
    return functions.messages.ForwardMessagesRequest(
        from_peer=types.InputPeerChannel(1, 2),
        id=list(range(3, 3 + len(random_ids))),
        to_peer=types.InputPeerUser(user_id, access_hash),
        random_id=random_ids,
        drop_author=True,
    )


@given(st.lists(NUMBERS, min_size=1, max_size=10), NUMBERS, NUMBERS)
def test_the_bytes_are_telethons(random_ids: list[int], user_id: int, access_hash: int) -> None:
    filled = stencil(forward([MARK] * len(random_ids), MARK, MARK))
    for _ in range(2):
        assert filled(*random_ids, user_id, access_hash) == bytes(forward(random_ids, user_id, access_hash))
