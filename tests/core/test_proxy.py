"""Proxies as people write them."""

import base64

import pytest

from userbot.core.proxy import Kind, Proxy, read

SECRET = "00112233445566778899aabbccddeeff"
BYTES = bytes.fromhex(SECRET)
TLS = "ee" + SECRET + b"example.com".hex()


def link(secret: str) -> str:
    return f"https://t.me/proxy?server=proxy.example&port=443&secret={secret}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("socks5://proxy.example:1080", Proxy(Kind.SOCKS5, "proxy.example", 1080)),
        (" socks5://anna:p%40ss%3A@10.0.0.1:1080/ ", Proxy(Kind.SOCKS5, "10.0.0.1", 1080, "anna", "p@ss:")),
        ("http://anna:secret@[2001:db8::1]:3128", Proxy(Kind.HTTP, "2001:db8::1", 3128, "anna", "secret")),
        ("https://t.me/socks?server=a.example&port=1080", Proxy(Kind.SOCKS5, "a.example", 1080)),
        ("tg://socks?server=::1&port=9&user=u&pass=p", Proxy(Kind.SOCKS5, "::1", 9, "u", "p")),
        (link(SECRET), Proxy(Kind.MTPROTO, "proxy.example", 443, secret=BYTES)),
        (link("dd" + SECRET.upper()), Proxy(Kind.MTPROTO, "proxy.example", 443, secret=BYTES)),
        ("t.me/proxy?server=::1&port=443&secret=dd" + SECRET, Proxy(Kind.MTPROTO, "::1", 443, secret=BYTES)),
        (
            f"tg://proxy?server=p.example&port=443&secret={SECRET}",
            Proxy(Kind.MTPROTO, "p.example", 443, secret=BYTES),
        ),
    ],
)
def test_what_is_understood(text: str, found: Proxy) -> None:
    assert read(text) == found


@pytest.mark.parametrize("begin", [b"", b"\xdd"])
@pytest.mark.parametrize("secret", [BYTES, b"\xdd\xee" * 8, b"\xee" + bytes(15), b"\xfb\xef\xbe" * 5 + b"\xff"])
@pytest.mark.parametrize(
    "written",
    [
        bytes.hex,
        lambda secret: base64.b64encode(secret).decode(),
        lambda secret: base64.urlsafe_b64encode(secret).decode().rstrip("="),
    ],
)
def test_secrets_however_they_are_written(begin: bytes, secret: bytes, written: object) -> None:
    assert callable(written)
    assert read(link(written(begin + secret))).secret == secret


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("proxy.example:1080", "neither"),
        ("https://proxy.example:1080", "neither"),
        ("https://t.me/durov", "something else"),
        ("tg://resolve?domain=durov", "something else"),
        ("socks5://proxy.example", "no port"),
        ("socks5://:1080", "no host"),
        ("socks5://anna:secret/1@proxy.example:1080", "port"),
        ("socks5://proxy.example:70000", "65535"),
        ("socks5://proxy.example:0", "65535"),
        ("socks5://proxy.example:1080/way", "follows"),
        ("socks5://[::1:1080", "no address"),
        ("https://t.me/proxy?port=443&secret=" + SECRET, "no host"),
        ("https://t.me/proxy?server=a&secret=" + SECRET, "no port"),
        ("https://t.me/proxy?server=a&port=x&secret=" + SECRET, "65535"),
        (link(""), "16 bytes"),
        (link("secret!"), "16 bytes"),
        (link(SECRET[2:]), "16 bytes"),
        (link("cc" + SECRET), "16 bytes"),
        (link(TLS), "TLS, which userbot cannot"),
        (link(base64.urlsafe_b64encode(bytes.fromhex(TLS)).decode().rstrip("=")), "TLS, which userbot cannot"),
    ],
)
def test_what_is_not(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        read(text)
    assert "secret/1" not in str(caught.value)


def test_nothing_shows_what_is_secret() -> None:
    for text in ("http://anna:hush@proxy.example:1", link(SECRET)):
        assert "hush" not in repr(read(text))
        assert str(BYTES) not in repr(read(text))
