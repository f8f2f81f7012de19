"""How long an operator waits for an answer while a mailing runs at full speed.

`python -m tests.benchmarks.pickup [commands]`: an operator with a client of their own writes in General; measured is
the time from there to the update with the answer. The same before the mailing, in the same run, for comparison.
"""

import asyncio
import sys
import time
from statistics import quantiles
from typing import Any

import uvloop
from telethon import TelegramClient, events
from telethon.sessions import MemorySession

from tests.benchmarks.process import Program
from tests.benchmarks.rig import Rig, rig

PHONE = "+4915100000001"
CUSTOMERS = 60_000
COMMANDS = ("/send templates", "/send sendings", "/send")


class Operator:
    """Writes commands, and notes when each is answered."""

    def __init__(self, client: TelegramClient, group: Any) -> None:
        self._client = client
        self._group = group
        self._answers: dict[int, asyncio.Future[float]] = {}
        client.add_event_handler(self._heard, events.NewMessage(chats=group))

    async def _heard(self, event: Any) -> None:
        if event.reply_to is not None:
            self._answered(event.reply_to.reply_to_msg_id).set_result(time.perf_counter())

    def _answered(self, message_id: int) -> "asyncio.Future[float]":
        return self._answers.setdefault(message_id, asyncio.get_running_loop().create_future())

    async def ask(self, text: str) -> float:
        """Seconds from writing to the answer."""
        began = time.perf_counter()
        said = await self._client.send_message(self._group, text)
        async with asyncio.timeout(30):
            return await self._answered(said.id) - began


async def measure(commands: int) -> None:
    """Quiet first, then beside the mailing."""
    async with rig(CUSTOMERS) as bench:
        operator = await _operator(bench)
        program = Program(bench.settings(), EXTENSIONS_ALLOWED=".")
        await program.start(patience=600)
        quiet = [await operator.ask(COMMANDS[turn % 3]) for turn in range(commands)]
        await bench.say("/send all", reply_to=bench.message)
        await bench.when("SELECT sent > 3000 FROM sending")
        busy = []
        for turn in range(commands):
            busy.append(await operator.ask(COMMANDS[turn % 3]))
            await asyncio.sleep(0.02)
        await program.stop()
        for name, times in (("quiet", quiet), ("beside a mailing", busy)):
            steps = quantiles(times, n=100)
            print(f"{name:18} median {steps[49] * 1000:6.0f} ms   99th percentile {steps[98] * 1000:6.0f} ms")


async def _operator(bench: Rig) -> Operator:
    session = MemorySession()
    session.set_dc(2, *bench.telegram.address)
    client = TelegramClient(session, 1, "0" * 32)
    await client.connect()
    user = await bench.telegram.call("add_person", first_name="Olga", phone=PHONE)
    await bench.telegram.call("join", group=bench.group, user=user)
    sent = await client.send_code_request(PHONE)
    code = await bench.telegram.call("login_code", phone=PHONE)
    await client.sign_in(PHONE, code, phone_code_hash=sent.phone_code_hash)
    dialogs = await client.get_dialogs()
    return Operator(client, next(each.input_entity for each in dialogs if each.id == bench.group))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
