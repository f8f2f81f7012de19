"""What is said in the group is said, though Telegram refuses it for a reason that nobody knows."""

from tests.office import HandClock, Office
from tests.ticking import ticking


async def test_what_is_said_in_the_group_has_three_tries_too(slow: Office, clock: HandClock) -> None:
    await slow.open()
    slow.telegram.refuse("WHAT_IS_THIS", 400, times=2, recipient=slow.group)
    async with ticking(clock, seconds=1):
        assert "No templates yet" in await slow.ask("/send templates")


async def test_a_report_that_cannot_be_posted_is_told_of(slow: Office, clock: HandClock) -> None:
    slow.customers(1)
    await slow.open()
    slow.telegram.refuse("WHAT_IS_THIS", 400, times=None, method="messages.sendMedia")
    await slow.ask("/send all", reply_to=slow.say("News"))
    async with ticking(clock, seconds=1):
        notice = await slow.notice("Finished. 1 sent.")
    assert "sid1.csv could not be attached: WHAT_IS_THIS" in notice
    assert slow.telegram.counters()["WHAT_IS_THIS"] == 3
