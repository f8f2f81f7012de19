"""The sandbox as a process, told what to do by lines of JSON."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sandbox.clients import PHONE
from userbot.sandbox import control
from userbot.sandbox.people import Sandbox
from userbot.sandbox.remote import RemoteSandbox


async def test_calls_from_outside(tmp_path: Path) -> None:
    async with RemoteSandbox(tmp_path) as remote:
        me = await remote.call("add_person", first_name="Shop", phone=PHONE)
        group = await remote.call("add_group", title="Backend", creator=me)
        post = await remote.call("post_file", group=group, by=me, name="a.bin", data=b"\0\xff")
        assert await remote.call("download", box=group, message=post) == b"\0\xff"
        with pytest.raises(RuntimeError, match="there is no call"):
            await remote.call("_send")
        with pytest.raises(RuntimeError, match="MESSAGE_ID_INVALID"):
            await remote.call("edit", by=me, peer=group, message=99, text="x")
        with pytest.raises(RuntimeError, match="no code was sent"):
            await remote.call("login_code", phone=PHONE)
        await remote.call("flood_limit", rate=1, burst=1, wait=1)
        assert await remote.call("counters") == {}


async def test_only_plain_calls_are_offered(sandbox: Sandbox) -> None:
    lines = [control.encode({"id": n, "call": name}).encode() for n, name in enumerate(("ask", "__aexit__", "nothing"))]
    said: list[str] = []

    async def each() -> AsyncIterator[bytes]:
        for line in lines:
            yield line

    await control.serve(sandbox, each(), said.append)
    assert ["error" in control.decode(line) for line in said] == [True] * 3


def test_bytes_survive_json() -> None:
    assert control.decode(control.encode({"data": b"\0\xff"})) == {"data": b"\0\xff"}
    assert base64.b64encode(b"\0\xff").decode() in control.encode(b"\0\xff")
