"""An unmodified Telethon client while the sandbox is away, or killed."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

from telethon import events, functions, types

from tests.sandbox.clients import PATIENCE, PHONE, client_of, log_in, until
from userbot.sandbox.people import Sandbox
from userbot.sandbox.remote import RemoteSandbox


async def test_an_outage(sandbox: Sandbox, me: int, client: Any) -> None:
    await sandbox.go_away()
    asked = asyncio.create_task(client.get_me())
    await asyncio.sleep(0.05)
    await sandbox.come_back()
    assert (await asyncio.wait_for(asked, PATIENCE)).id == me


async def test_what_happened_while_the_client_was_away(sandbox: Sandbox, me: int, tmp_path: Path) -> None:
    customer = sandbox.add_person("Carl")
    group = sandbox.add_group("Backend", me, [customer])
    where = (sandbox.address(), sandbox.public_key(), tmp_path / "me")
    async with client_of(*where) as client:
        await log_in(client, sandbox)
        await client.get_dialogs()
    sandbox.write(customer, me, "private")
    sandbox.post(group, customer, "in the group")
    sandbox.edit(customer, group, sandbox.post(group, customer, "helo"), "hello")
    heard: list[str] = []

    async def hear(update: Any) -> None:
        heard.append(f"{type(update).__name__} {update.message.message}")

    async with client_of(*where, catch_up=True) as client:
        # Of the edit's own update Telethon believes that it had it: it brings a pts that the difference has raised.
        client.add_event_handler(hear, events.Raw([types.UpdateNewMessage, types.UpdateNewChannelMessage]))
        await until(lambda: len(heard) >= 3)
    assert sorted(heard) == [
        "UpdateNewChannelMessage hello",
        "UpdateNewChannelMessage in the group",
        "UpdateNewMessage private",
    ]


async def test_killed_and_started_again(tmp_path: Path) -> None:
    async with RemoteSandbox(tmp_path / "telegram") as remote:
        me = await remote.call("add_person", first_name="Shop", phone=PHONE)
        first = await remote.call("populate", account=me, count=20)
        group = await remote.call("add_group", title="Backend", creator=me)
        post = await remote.call("post", group=group, by=me, text="offer")
        async with client_of(remote.address, remote.public_key, tmp_path / "me") as client:
            await client.send_code_request(PHONE)
            await client.sign_in(PHONE, await remote.call("login_code", phone=PHONE))
            await client.get_dialogs()

            async def deliver(number: int) -> None:
                # Telethon gives up when a reconnection fails; whoever means it asks again.
                request = functions.messages.ForwardMessagesRequest(
                    group, [post], first + number, drop_author=True, random_id=[100 + number]
                )
                while True:
                    with suppress(ConnectionError):
                        await client(request)
                        return
                    await asyncio.sleep(0.05)

            sending = [asyncio.create_task(deliver(number)) for number in range(20)]
            await sending[3]
            await remote.kill()
            await remote.start()
            await asyncio.wait_for(asyncio.gather(*sending), PATIENCE)
        ledger = await remote.call("ledger", account=me)
        assert sorted(line["random_id"] for line in ledger) == list(range(100, 120))
        seen = await remote.call("dialog", owner=first, peer=me)
        assert [each["text"] for each in seen] == ["Hello!", "offer"]
