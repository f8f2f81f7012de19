"""How Telegram's data centres are reached: directly or through a proxy, by IPv4 or IPv6."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

from telethon.client.telegrambaseclient import DEFAULT_IPV4_IP, DEFAULT_IPV6_IP, DEFAULT_PORT
from telethon.network import ConnectionTcpFull, ConnectionTcpMTProxyRandomizedIntermediate
from telethon.sessions import Session

from userbot.config import Settings
from userbot.core.proxy import Kind, Proxy

DC = 2
"""The data centre a server other than Telegram's stands for."""


def aim(session: Session, settings: Settings) -> None:
    """Have the session begin at a server other than Telegram's, where there is one.

    Its other data centres are at the same address. A session that was sent to one of them goes back there: its key
    is good nowhere else.
    """
    if settings.telegram_server is None:
        return
    host, port = settings.telegram_server
    if session.dc_id in {0, DC} or session.server_address != host:
        session.set_dc(DC, host, port)


def way(session: Session, proxy: Proxy | None, failed: Callable[[BaseException], None]) -> dict[str, Any]:
    """What Telethon has to know to connect; `failed` hears why it could not, which Telethon only logs."""
    directly = {"use_ipv6": _by_ipv6(session, proxy), "connection": _noting(ConnectionTcpFull, failed)}
    if proxy is None:
        return directly
    if proxy.kind is Kind.MTPROTO:
        # Telethon cuts off "dd" wherever it finds it; the packets that it announces are taken by every proxy.
        given = (proxy.host, proxy.port, f"dd{proxy.secret.hex()}")
        return directly | {
            "connection": _noting(ConnectionTcpMTProxyRandomizedIntermediate, failed),
            "proxy": given,
        }
    names = {"username": proxy.username, "password": proxy.password}
    return directly | {"proxy": {"proxy_type": proxy.kind.value, "addr": proxy.host, "port": proxy.port} | names}


def named(proxy: Proxy | None) -> str:
    """A proxy as something to check, before what else there is; nothing secret in it."""
    return "" if proxy is None else f"PROXY, which is {proxy.host}:{proxy.port}, and "


def _noting(kind: type, failed: Callable[[BaseException], None]) -> type:
    class Noting(kind):
        async def connect(self, *given: Any, **more: Any) -> None:
            # Telethon connects again with what was left in the queues. A message sealed for the session before would
            # have Telegram tell all news in that one's name too, each of them a warning in the log for as long as the
            # connection lasts; an error left from the end of the one before would end this one.
            self._send_queue: asyncio.Queue[Any] = asyncio.Queue(1)
            self._recv_queue: asyncio.Queue[Any] = asyncio.Queue(1)
            try:
                await super().connect(*given, **more)
            except Exception as error:
                failed(error)
                raise

    return Noting


def _by_ipv6(session: Session, proxy: Proxy | None) -> bool:
    """A known data centre by its address: Telethon would drop the login otherwise. Else by what there is a way to."""
    if session.server_address:
        return ":" in session.server_address
    return proxy is None and not _routed(DEFAULT_IPV4_IP) and _routed(DEFAULT_IPV6_IP)


def _routed(address: str) -> bool:
    """Whether this machine knows a way there. Nothing is sent."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((address, DEFAULT_PORT))
        except OSError:
            return False
    return True
