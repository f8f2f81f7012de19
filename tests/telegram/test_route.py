"""The ways to Telegram: proxies of each kind that really forward, and IPv6."""

import logging
from collections import defaultdict
from pathlib import Path

import pytest

from tests.proxies import Relay
from userbot.config import Settings
from userbot.core import proxy
from userbot.errors import TelegramError
from userbot.sandbox.people import Sandbox
from userbot.telegram import account, route
from userbot.telegram.account import clock_skew, reached
from userbot.telegram.client import Session

SECRET = bytes.fromhex("ddeedd33445566778899aabbccddeeff")


@pytest.fixture(autouse=True)
def everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


async def connects(settings: Settings, text: str) -> None:
    given = settings.model_copy(update={"proxy": proxy.read(text)})
    async with reached(given, logged_in=False) as client:
        assert abs(await clock_skew(client)) < 5


async def fails(settings: Settings, text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(account, "CONNECT_SECONDS", 0.5)
    with pytest.raises(TelegramError) as caught:
        await connects(settings, text)
    return str(caught.value)


@pytest.mark.parametrize("kind", ["socks5", "http"])
async def test_through_a_proxy(
    sandbox: Sandbox, settings: Settings, kind: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = Relay()
    async with relay.serving(getattr(relay, kind)):
        await connects(settings, f"{kind}://127.0.0.1:{relay.port}")
        assert set(relay.served) == {sandbox.address()}
        relay.names = ("anna", "p@ss word")
        await connects(settings, f"{kind}://anna:p%40ss%20word@127.0.0.1:{relay.port}")
        said = await fails(settings, f"{kind}://anna:hush@127.0.0.1:{relay.port}", monkeypatch)
    assert "Check PROXY" in said
    for secret in ("p@ss", "p%40ss", "hush"):
        assert secret not in caplog.text + said


async def test_a_proxy_that_is_reached_by_ipv6(sandbox: Sandbox, settings: Settings) -> None:
    relay = Relay()
    async with relay.serving(relay.socks5, host="::1"):
        await connects(settings, f"socks5://[::1]:{relay.port}")
    assert set(relay.served) == {sandbox.address()}


@pytest.mark.parametrize("begin", ["", "dd"])
async def test_through_a_telegram_proxy(sandbox: Sandbox, settings: Settings, begin: str) -> None:
    relay = Relay()
    async with relay.serving(relay.mtproto(SECRET, sandbox.world.addresses)):
        link = f"https://t.me/proxy?server=127.0.0.1&port={relay.port}&secret={begin}{SECRET.hex()}"
        await connects(settings, link)
    assert set(relay.served) == {sandbox.address()}


async def test_a_proxy_that_is_not_there(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    said = await fails(settings, "socks5://anna:hush@127.0.0.1:9", monkeypatch)
    assert "127.0.0.1:9" in said
    assert "Check PROXY" in said
    assert "hush" not in said


async def test_a_telegram_proxy_with_another_secret(
    sandbox: Sandbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = Relay()
    async with relay.serving(relay.mtproto(SECRET, sandbox.world.addresses)):
        link = f"tg://proxy?server=127.0.0.1&port={relay.port}&secret={'00' * 16}"
        said = await fails(settings, link, monkeypatch)
    assert relay.served == []
    assert "Check PROXY" in said


async def test_a_server_with_an_ipv6_address(tmp_path: Path, settings: Settings, keys: Path) -> None:
    async with Sandbox(tmp_path / "v6", keys=keys, host="::1") as sandbox:
        given = settings.model_copy(update={"telegram_server": sandbox.address()})
        for _ in range(2):
            async with reached(given, logged_in=False) as client:
                assert abs(await clock_skew(client)) < 5
                assert client.session.server_address == "::1"


@pytest.mark.parametrize(("roads", "by_ipv6"), [("46", False), ("4", False), ("6", True), ("", False)])
def test_a_machine_with_ipv6_alone(monkeypatch: pytest.MonkeyPatch, roads: str, *, by_ipv6: bool) -> None:
    monkeypatch.setattr(route, "_routed", lambda address: ("6" if ":" in address else "4") in roads)
    session = Session()
    assert route.way(session, None, print)["use_ipv6"] is by_ipv6
    assert route.way(session, proxy.read("http://a:1"), print)["use_ipv6"] is False
    session.set_dc(4, "149.154.167.91", 443)
    assert route.way(session, None, print)["use_ipv6"] is False


async def test_nothing_of_a_connection_that_broke_goes_out_over_the_next(sandbox: Sandbox) -> None:
    """It would be of a session that is over, and Telegram would tell all news in that one's name as well."""
    kind = route.way(Session(), None, lambda _: None)["connection"]
    connection = kind(*sandbox.address(), route.DC, loggers=defaultdict(logging.getLogger))
    connection._send_queue.put_nowait(b"sealed for the session before")
    connection._recv_queue.put_nowait((None, ConnectionError("of the connection before")))
    await connection.connect(timeout=60)
    assert connection._send_queue.empty()
    assert connection._recv_queue.empty()
    await connection.disconnect()
