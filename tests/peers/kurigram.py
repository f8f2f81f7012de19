"""An unmodified Kurigram on the embedded Telegram: runs in an environment of its own, is told what to do by lines.

`python kurigram.py HOST PORT KEY PHONE GROUP CUSTOMER` asks for the login code with a line `code?`, and says what it
saw as one JSON line at the end.
"""

import asyncio
import json
import struct
import sys
from base64 import b64decode
from hashlib import sha1
from pathlib import Path
from typing import Any

from pyrogram import Client
from pyrogram.connection import Connection
from pyrogram.connection.transport.tcp.tcp_full import TCPFull
from pyrogram.crypto import rsa


def trust(path: str) -> None:
    """Add the server's key to those the client knows: PKCS#1, read by hand for want of a parser here."""
    der = b64decode("".join(line for line in Path(path).read_text().splitlines() if "-----" not in line))
    modulus, rest = integer(der[4:])
    exponent, _ = integer(rest)
    fields = b"".join(
        tl_bytes(number.to_bytes((number.bit_length() + 7) // 8, "big")) for number in (modulus, exponent)
    )
    fingerprint = struct.unpack("<q", sha1(fields).digest()[-8:])[0]
    rsa.server_public_keys[fingerprint] = rsa.PublicKey(modulus, exponent)


def integer(der: bytes) -> tuple[int, bytes]:
    """The first INTEGER and what follows it."""
    length, at = der[1], 2
    if length & 0x80:
        at += length & 0x7F
        length = int.from_bytes(der[2:at], "big")
    return int.from_bytes(der[at : at + length], "big"), der[at + length :]


def tl_bytes(data: bytes) -> bytes:
    """A TL string."""
    head = bytes([len(data)]) if len(data) < 254 else b"\xfe" + len(data).to_bytes(3, "little")
    return head + data + bytes(-(len(head) + len(data)) % 4)


def connecting_to(host: str, port: int) -> type[Any]:
    """The client's own connection, whatever address it believes Telegram has."""

    class Here(Connection):
        def __init__(self, **given: Any) -> None:
            super().__init__(**given | {"server_address": host, "port": port})

    return Here


async def main(host: str, port: str, key: str, phone: str, group: str, customer: str) -> None:
    trust(key)
    client = Client(
        "peer",
        api_id=1,
        api_hash="0123456789abcdef0123456789abcdef",
        in_memory=True,
        connection_factory=connecting_to(host, int(port)),
        protocol_factory=TCPFull,
    )
    await client.connect()
    sent = await client.send_code(phone)
    print("code?", flush=True)
    code = (await asyncio.to_thread(sys.stdin.readline)).strip()
    me = await client.sign_in(phone, sent.phone_code_hash, code)
    dialogs = [each.chat.id async for each in client.get_dialogs()]
    posted = await client.send_message(int(group), "Hello, all of you")
    private = await client.send_message(int(customer), "Hello, **you**")
    forwarded = await client.forward_messages(int(customer), int(group), posted.id)
    history = [each.text async for each in client.get_chat_history(int(customer))]
    await client.disconnect()
    seen = {
        "me": me.id,
        "dialogs": dialogs,
        "posted": posted.text,
        "entities": len(private.entities or []),
        "forwarded": forwarded.text,
        "history": history,
    }
    print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
