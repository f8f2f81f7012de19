"""What it costs a mailing that people read and answer meanwhile.

`python -m tests.benchmarks.receipts [customers] [rounds]`: the same mailing again and again, by turns while those whom
it has reached read and answer it, 500 things a second, and while as many others read and answer something of another
account's, at the same rate in the same embedded Telegram. So both bear what the people and the embedded Telegram cost
on this machine, and what differs is what is told to the program, and what that makes of it.

It fails unless every single thing was counted, and when Telegram asked to wait for an edit of the announcement: a group
takes no more here than it does of bots.
"""

import asyncio
import sqlite3
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import uvloop

from tests.benchmarks.process import Program, cpu_of
from tests.benchmarks.rig import Rig, rig

EACH_SECOND = 500
"""Reads and answers, as many of the ones as of the others …"""

AT_ONCE = 0.1
"""… and how many seconds of them come together."""

A_MINUTE, WAIT = 20, 222
"""Messages and edits that the group takes (github.com/tdlib/td/issues/2592), and the seconds after more of them, as
somebody met them (github.com/scmanjarrez/EdgeGPT-Telegram-Bot/issues/83)."""

WEEK = 8 * 86400
"""Between two mailings: what people read counts for a week."""


@dataclass(frozen=True)
class Run:
    """A mailing: how long it took, seconds of CPU, and how many things people did meanwhile."""

    seconds: float
    program: float
    telegram: float
    things: int


@dataclass(frozen=True)
class Traffic:
    """Who reads and answers, and whom."""

    account: int
    people: range


class Bench:
    """One program, and its mailings."""

    def __init__(self, bench: Rig, program: Program, customers: int) -> None:
        self._bench = bench
        self._program = program
        self._customers = customers
        self._number = 0

    async def mail(self, traffic: Traffic) -> Run:
        """A mailing to all, beside traffic; what the program is told of is counted to the last thing."""
        self._number += 1
        message = await self._bench.say(f"News, {self._number}")
        before = self._program.cpu(), cpu_of(self._bench.telegram.pid)
        reacting = asyncio.create_task(self._react(traffic))
        await self._bench.say("/send all", reply_to=message)
        seconds = await self._bench.ended(self._number)
        things = 2 * await reacting
        if traffic.account == self._bench.account:
            await self._bench.when(f"SELECT was_read + answered >= {things} FROM sending WHERE id = {self._number}")
        after = self._program.cpu(), cpu_of(self._bench.telegram.pid)
        learnt = self._bench.look(f"SELECT was_read + answered FROM sending WHERE id = {self._number}")
        assert learnt == (things if traffic.account == self._bench.account else 0)
        self._let_a_week_pass()
        return Run(seconds, after[0] - before[0], after[1] - before[1], things)

    async def _react(self, traffic: Traffic) -> int:
        """While the mailing runs, at the rate, those whom it has reached by then; returns how many people."""
        number, some = self._number, int(EACH_SECOND * AT_ONCE / 2)
        await self._bench.when(f"SELECT sent > {10 * some} FROM sending WHERE id = {number}")
        began, done = time.perf_counter(), 0
        while not self._bench.look(f"SELECT ended_at FROM sending WHERE id = {number}"):
            people = traffic.people[done : done + some]
            await self._bench.telegram.call("react", people=list(people), to=traffic.account, text="Thanks!")
            done += len(people)
            await asyncio.sleep(max(0.0, began + done / some * AT_ONCE - time.perf_counter()))
        return done

    def _let_a_week_pass(self) -> None:
        with closing(sqlite3.connect(self._bench.database, timeout=60)) as database, database:
            database.execute("UPDATE sending SET ended_at = ended_at - ?, ordered_at = ordered_at - ?", (WEEK, WEEK))


async def measure(customers: int, rounds: int) -> None:
    """By turns: beside others, beside their own."""
    async with rig(customers) as rigged:
        await rigged.telegram.call("group_limit", each_minute=A_MINUTE, wait=WAIT)
        other = await rigged.telegram.call("add_person", first_name="Another shop")
        first = await rigged.telegram.call("populate", account=other, count=customers)
        program = Program(rigged.settings(), DESK="off")
        await program.start(patience=600)
        bench = Bench(rigged, program, customers)
        apart, beside = [], []
        elsewhere = Traffic(other, range(first, first + customers))
        own = Traffic(rigged.account, rigged.people)
        try:
            for _ in range(rounds):
                apart.append(await bench.mail(elsewhere))
                beside.append(await bench.mail(own))
        finally:
            await program.stop()
        calls, troubles = await rigged.telegram.call("calls"), await rigged.telegram.call("counters")
    _show(customers, apart, beside)
    edits, asked = (calls.get(each, 0) for each in ("messages.editMessage", "updates.getDifference"))
    print(
        f"{edits} edits of the announcements, {troubles.get('group_wait', 0)} flood waits; {asked} times asked for news"
    )
    assert "group_wait" not in troubles


def _show(customers: int, apart: Sequence[Run], beside: Sequence[Run]) -> None:
    for name, runs in (("elsewhere", apart), ("to this account", beside)):
        for run in runs:
            print(
                f"{name:16}{customers / run.seconds:8,.0f} a second{run.program / customers * 1e6:6.0f} us of CPU each"
                f" (Telegram {run.telegram / customers * 1e6:.0f}), {run.things / run.seconds:.0f} things a second"
            )
    things = sum(run.things for run in beside)
    thing = (sum(run.program for run in beside) - sum(run.program for run in apart)) / things
    speed = sum(run.seconds for run in apart) / sum(run.seconds for run in beside)
    share = thing * EACH_SECOND
    print(f"a read or an answer: {thing * 1e6:.0f} us of CPU, {share:.1%} of a core at {EACH_SECOND} a second")
    print(f"{speed:.2f} of the speed; all {things:,} reads and answers counted")


if __name__ == "__main__":
    given = [*map(int, sys.argv[1:]), *(100_000, 2)[len(sys.argv) - 1 :]]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(measure(given[0], given[1]))
