"""Another client library on the embedded Telegram: `python -m tests.peers PYTHON`, where that Python has Kurigram.

The sandbox is written with Telethon's objects. A library that shares nothing with it, unmodified, logs in, looks at its
dialogs, writes and forwards; what it believes to have done is compared with the ledger.
"""

import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from userbot.sandbox.people import Sandbox
from userbot.sandbox.world import SERVICE

PEER = Path(__file__).with_name("kurigram.py")
PHONE = "+4915112345678"
PATIENCE = 120.0


async def main(python: str) -> None:
    with TemporaryDirectory() as folder:
        async with Sandbox(Path(folder)) as telegram:
            owner = telegram.add_person("Olga", phone=PHONE)
            group = telegram.add_group("Team", owner)
            customer = telegram.populate(owner, 1, name="Customer", text="Hi")
            host, port = telegram.address()
            process = await asyncio.create_subprocess_exec(
                python, str(PEER), host, str(port), telegram.public_key(), PHONE, str(group), str(customer),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            async with asyncio.timeout(PATIENCE):
                assert (await process.stdout.readline()).strip() == b"code?"
                process.stdin.write(telegram.login_code(PHONE).encode() + b"\n")
                seen = json.loads(await process.stdout.readline() or "{}")
                await process.wait()
            print(json.dumps(seen, indent=2))
            _compare(telegram, seen, owner=owner, group=group, customer=customer)
    print("an unmodified Kurigram agrees with the ledger")


def _compare(telegram: Sandbox, seen: dict[str, Any], *, owner: int, group: int, customer: int) -> None:
    assert seen["me"] == owner
    assert sorted(seen["dialogs"]) == sorted([SERVICE, customer, group])
    assert seen["posted"] == seen["forwarded"] == "Hello, all of you"
    assert seen["entities"] == 1
    assert seen["history"] == ["Hello, all of you", "Hello, you", "Hi"]
    assert [line.text for line in telegram.ledger()] == ["Hello, all of you", "Hello, you", "Hello, all of you"]


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
