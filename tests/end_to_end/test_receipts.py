"""Who read and who answered a mailing: in its status, at its end, in the report; learnt also after a downtime."""

import pytest

from tests.office import HandClock, Office, until
from tests.ticking import ticking


async def status(team: Office, number: int = 1) -> str:
    return await team.ask(f"/send sid{number}")


@pytest.mark.parametrize("desk", [True, False])
async def test_reads_and_answers(slow: Office, clock: HandClock, desk: bool) -> None:
    first, second, third, _ = slow.customers(4)
    slow.options["desk"] = desk
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("News"))
    async with ticking(clock, seconds=1):
        await slow.notice("Finished. 4 sent.")
        slow.telegram.read(first, slow.owner)
        slow.telegram.read(second, slow.owner)
        slow.telegram.write(second, slow.owner, "How much is it?")
        await until(lambda: len(slow.read_and_answered(1)) == 2)
        await slow.close()
    slow.telegram.read(third, slow.owner)
    slow.telegram.write(third, slow.owner, "Me too")
    await slow.open()
    async with ticking(clock, seconds=1):
        await until(lambda: len(slow.read_and_answered(1)) == 3)
        told = await status(slow)
    assert "Reached 4: 3 read it (75 %), 2 answered (50 %)." in told
    rows = {int(row["user_id"]): row for row in slow.report_rows("Reached 4")}
    assert [bool(rows[who]["read_at_utc"]) for who in (first, second, third)] == [True, True, True]
    assert [bool(rows[who]["answered_at_utc"]) for who in (first, second, third)] == [False, True, True]
