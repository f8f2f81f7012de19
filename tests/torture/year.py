"""A year of a shop in some minutes: `python -m tests.torture.year [--days N] [--people N]`.

Four mailings a day, customers who read, answer and write, operators who answer and set labels; a flood wait and a cut
of the network every day, a restart every week, and the odd nights of two time zones, in a time that is moved by hand.
The program itself runs in this process, over an embedded Telegram in another one; at the end of every week it is
measured, and what it delivered is held against the ledger. Exits 1 if anything is wrong.
"""

import argparse
import random
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from tests.torture.rushing import RushingClock
from tests.torture.scene import scene
from tests.torture.shop import IDLE, SPEED, Plan, Shop
from tests.torture.weekly import Books, Week, growing, table
from userbot.cli import frame
from userbot.store.place import DATABASE

BEGIN = date(2027, 3, 13)
"""A Saturday. The odd nights come on the second and the 16th day, and in the 34th and the 35th week."""

ZONES = ((date(2027, 3, 22), "America/New_York"), (date(2027, 11, 1), "Europe/Berlin"))
"""Until when it is the clock of which city; afterwards the first one's again."""


@asynccontextmanager
async def _begun(plan: Plan, folder: Path) -> AsyncIterator[Shop]:
    async with scene(folder, plan.people, contrary=False) as at:
        clock = RushingClock(datetime(*BEGIN.timetuple()[:3], tzinfo=ZoneInfo(ZONES[0][1])).timestamp(), SPEED)
        await at.telegram.call("at", **clock.settings())
        books = Books(at.folder / "data" / DATABASE, at.telegram.folder, at.account, plan.people)
        shop = Shop(at, plan, clock, random.Random(plan.seed), books)
        shop.operator = await at.telegram.call("add_person", first_name="Olga")
        await at.telegram.call("join", group=at.group, user=shop.operator)
        try:
            yield shop
        finally:
            await shop.stop()
            books.close()


async def run(plan: Plan, folder: Path, told: Callable[[Week], None]) -> list[Week]:
    """Let the year pass; each week is `told`."""
    weeks: list[Week] = []
    async with _begun(plan, folder) as shop:
        await shop.start(ZONES[0][1])
        shop.books.open_database()
        welcome = await shop.say("Welcome, regular!")
        await shop.say("/send welcome", reply_to=welcome)
        await shop.say("/mark new vip")
        await shop.say("/mark vip sends welcome")
        for number in range(plan.days):
            day = BEGIN + timedelta(days=number)
            await _day(shop, day)
            if number % 7 == 6 or number == plan.days - 1:
                weeks.append(await _week(shop, day))
                told(weeks[-1])
        await shop.done()
        weeks[-1].wrong += shop.books.verdict()
    return weeks


async def _day(shop: Shop, day: date) -> None:
    """One day. The first mailing waits for the end of quiet hours, the last one is caught by them."""
    await shop.pass_until("01:50", day)
    await shop.mail("Good morning")
    await shop.pass_until("09:00", day)
    await shop.done()
    await shop.trouble()
    await shop.mail("Dear {first_name}, good news")
    await shop.pass_until("10:00", day)
    await shop.readers()
    await shop.desk(day)
    await shop.pass_until("12:00", day)
    await (shop.chain() if day.weekday() == 0 else shop.mail("At noon"))
    await shop.pass_until("15:00", day)
    await shop.say("/send sendings")
    await shop.say("/send al")
    if day.weekday() == 0:
        await shop.done()
        await shop.say("/send course del")
    await shop.pass_until("21:30", day)
    await shop.good_night(day)
    await shop.pass_until("23:59", day)


async def _week(shop: Shop, day: date) -> Week:
    """The end of a week, in quiet hours: checked, then the program ends, begins again and is measured."""
    tomorrow = day + timedelta(days=1)
    await shop.pass_until("01:30", tomorrow)
    delivered, wrong = shop.books.check(shop.zone)
    await shop.stop()
    await shop.start(next((name for until, name in ZONES if tomorrow < until), ZONES[0][1]))
    await shop.leap(IDLE)
    return shop.books.measure(tomorrow, delivered, wrong)


def main() -> int:
    """Run it, and print a line for every week."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture.year", description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--keep-days", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    plan = Plan(**vars(parser.parse_args()))
    began = time.monotonic()
    print(plan, flush=True)
    with TemporaryDirectory(prefix="year-") as folder:
        weeks = frame.complete(run(plan, Path(folder), lambda week: print(week.line(), flush=True)))
    wrong = [f"week {number}: {each}" for number, week in enumerate(weeks, 1) for each in week.wrong]
    wrong += growing(weeks, plan.keep_days)
    print(table(weeks), *wrong, f"{time.monotonic() - began:.0f} s, {len(wrong)} things are wrong", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
