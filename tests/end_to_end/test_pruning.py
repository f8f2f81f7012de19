"""What became of an old mailing is told by its figures; its deliveries are gone."""

from tests.office import HandClock, Office, until
from tests.ticking import ticking


async def test_after_keep_days(slow: Office, clock: HandClock) -> None:
    slow.options["keep_days"] = 2  # but read and answered are live for a week
    slow.customers(3)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("News"))
    async with ticking(clock):
        await slow.notice("Finished.")
    await slow.close()
    clock.advance(6 * 86400)
    await slow.open()
    assert "3 sent" in await slow.ask("/send sid1")
    await slow.close()
    assert len(slow.journal(1)) == 3
    clock.advance(2 * 86400)
    await slow.open()
    await until(lambda: not slow.journal(1))
    answer = await slow.ask("/send sid1 report")
    assert "3 sent" in answer
    assert "not kept any longer" in answer
