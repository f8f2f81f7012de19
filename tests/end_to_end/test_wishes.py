"""What is asked for where the program runs is done once, whenever it is read, and never long after it was asked for."""

from tests.office import HandClock, Office, until
from userbot.store import wishes
from userbot.store.place import opened


async def wish(team: Office, command: str, ago: float = 0.0) -> None:
    """As another process writes it."""
    async with opened(team.settings()) as database, database.transaction() as on:
        await wishes.make(on, command, team.clock.now() - ago)


async def done(team: Office) -> bool:
    async with opened(team.settings()) as database:
        return not await wishes.waiting(database.reader)


def asked(team: Office) -> list[str]:
    return [each.splitlines()[0] for each in team.said() if "Asked for where userbot runs" in each]


async def test_it_is_done_once_after_a_restart(slow: Office, clock: HandClock) -> None:
    slow.customers(3)
    await slow.open()
    await slow.ask("/send all 1d", reply_to=slow.say("An offer"))
    await slow.close()
    for command in ("/send sid1 del", "/send sid1 del", "/send sid1 stop", "/send sid9 stop", "/send all", "rubbish"):
        await wish(slow, command)
    await slow.open()
    await until(lambda: asked(slow))
    assert asked(slow) == ["sid1: “An offer” to all customers. Cancelled."]
    while not await done(slow):
        clock.advance(1)
    await slow.close()
    await slow.open()
    assert asked(slow) == ["sid1: “An offer” to all customers. Cancelled."]


async def test_what_was_asked_for_long_ago_is_not_done(slow: Office) -> None:
    slow.customers(3)
    await slow.open()
    await slow.ask("/send all 1d", reply_to=slow.say("An offer"))
    await slow.close()
    await wish(slow, "/send sid1 del", ago=7200)
    await slow.open()
    while not await done(slow):
        pass
    assert asked(slow) == []
    assert "Awaits" in await slow.ask("/send sid1")
