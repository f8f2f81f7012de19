"""Pages of a transaction: as large as a fiftieth of a second allows."""

from hypothesis import given, strategies as st

from userbot.core.paging import FEWEST, MOST, SECONDS, PageSize


@given(st.floats(min_value=1e-6, max_value=1e-3))
def test_pages_come_to_take_what_they_may(each: float) -> None:
    size = PageSize()
    for _ in range(20):
        size = size.after(size.rows * each)
    assert size.rows in {FEWEST, MOST} or abs(size.rows * each - SECONDS) < SECONDS / 10


def test_one_slow_page_does_not_make_them_tiny_and_a_fast_one_not_huge() -> None:
    assert PageSize(MOST).after(60).rows == FEWEST
    assert PageSize(FEWEST).after(0).rows == 2 * FEWEST
