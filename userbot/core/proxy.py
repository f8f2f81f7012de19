"""Proxies as people write them: `socks5://user:password@host:port`, `http://…`, or a link as Telegram shares them.

Links are `https://t.me/proxy?server=…&port=…&secret=…` for Telegram's own kind and `…/socks?…` for SOCKS5
(core.telegram.org/api/links), also as `tg://proxy?…`.
"""

import base64
import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit


class Kind(StrEnum):
    """What a proxy speaks."""

    SOCKS5 = "socks5"
    HTTP = "http"
    MTPROTO = "mtproto"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A way around. What is secret in it shows in no representation."""

    kind: Kind
    host: str
    port: int
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    secret: bytes = field(default=b"", repr=False)
    """The 16 bytes that a Telegram proxy wants to know, without what stands before or behind them."""


_LINK_HOSTS = {"t.me", "telegram.me", "telegram.dog"}
_FAKE_TLS, _PADDED = 0xEE, 0xDD


def read(text: str) -> Proxy:
    """Raises ValueError that says what is wrong, without any of the text: it may hold a password."""
    text = text.strip()
    if text.casefold().startswith(tuple(f"{host}/" for host in _LINK_HOSTS)):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ValueError("it is no address") from None
    link = _link(parts)
    if link is not None:
        return _shared(link, parse_qs(parts.query))
    if parts.scheme not in {Kind.SOCKS5, Kind.HTTP}:
        raise ValueError("it is neither socks5://…, http://… nor a link to a proxy")
    host, port = _host(parts.hostname), _port(_named_port(parts))
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError("something follows its port")
    return Proxy(
        kind=Kind(parts.scheme),
        host=host,
        port=port,
        username=None if parts.username is None else unquote(parts.username),
        password=None if parts.password is None else unquote(parts.password),
    )


def _link(parts: SplitResult) -> str | None:
    """`proxy` or `socks` when it is a link to one."""
    if parts.scheme == "tg":
        name = parts.netloc
    elif parts.scheme in {"http", "https"} and parts.netloc.casefold() in _LINK_HOSTS:
        name = parts.path.strip("/")
    else:
        return None
    if name not in {"proxy", "socks"}:
        raise ValueError("it is a link to something else than a proxy")
    return name


def _shared(link: str, fields: dict[str, list[str]]) -> Proxy:
    given = {name: values[0] for name, values in fields.items()}
    host, port = _host(given.get("server")), _port(given.get("port"))
    if link == "socks":
        return Proxy(Kind.SOCKS5, host, port, given.get("user"), given.get("pass"))
    return Proxy(Kind.MTPROTO, host, port, secret=_secret(given.get("secret", "")))


def _host(host: str | None) -> str:
    if not host:
        raise ValueError("it names no host")
    return host


def _named_port(parts: SplitResult) -> str | None:
    try:
        return None if parts.port is None else str(parts.port)
    except ValueError:
        raise ValueError("its port is no number from 1 to 65535") from None


def _port(port: str | None) -> int:
    if not port:
        raise ValueError("it names no port")
    if not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise ValueError("its port is no number from 1 to 65535")
    return int(port)


def _secret(text: str) -> bytes:
    """The 16 bytes of a secret in hexadecimal or base64: alone, or behind 0xDD for packets of varied length.

    What begins with 0xEE looks like TLS on its way, with a domain behind the secret.
    """
    try:
        secret = bytes.fromhex(text) if re.fullmatch(r"[0-9A-Fa-f]{32,}", text) else _base64(text)
    except ValueError:
        secret = b""
    if len(secret) > 16 and secret[0] == _FAKE_TLS:
        raise ValueError("its secret begins with ee: it disguises itself as TLS, which userbot cannot")
    if len(secret) == 17 and secret[0] == _PADDED:
        secret = secret[1:]
    if len(secret) != 16:
        raise ValueError("its secret is not 16 bytes long")
    return secret


def _base64(text: str) -> bytes:
    # In either alphabet; a plus sign in a link was read as a space.
    plain = text.translate(str.maketrans(" -_", "++/"))
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
