"""One timer for all calls."""

import asyncio

from userbot.telegram.deadlines import Deadlines


async def test_a_call_that_waits_too_long_is_cancelled_and_one_that_came_back_is_not() -> None:
    deadlines = Deadlines(0.05)
    loop = asyncio.get_running_loop()
    answered, lost, late = (loop.create_future() for _ in range(3))
    deadlines.begin(answered)
    deadlines.begin(lost)
    answered.set_result(1)
    deadlines.end(answered)
    await asyncio.wait({lost})
    deadlines.begin(late)
    assert (answered.result(), lost.cancelled(), late.done()) == (1, True, False)
    await asyncio.wait({late})
    assert late.cancelled()


async def test_no_call_waits_less_than_it_may() -> None:
    deadlines = Deadlines(0.05)
    loop = asyncio.get_running_loop()
    ends = {}
    for _ in range(3):
        call = loop.create_future()
        deadlines.begin(call)
        ends[call] = loop.time() + 0.05
        await asyncio.sleep(0.02)
    for call, end in ends.items():
        await asyncio.wait({call})
        assert loop.time() >= end - 1e-3
