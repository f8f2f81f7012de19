"""Messages as nobody would write them: commands, mutated, with impossible headers, senders and files."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from telethon.tl import types

OWNER, BOSS, OPERATOR, STRANGER, BOT = 11, 12, 13, 14, 15
CUSTOMERS = range(101, 106)
MESSAGES = range(1, 40)
"""What a reply may point at."""

COMMANDS = (
    "/send", "/send test", "/send all", "/send all 5m", "/send list 101,102", "/send list 777 101", "/send file",
    "/send mark VIP", "/send mark VIP template hello", "/send hello", "/send hello 5m", "/send all hello",
    "/send test hello now", "/send list hello 101 , 102", "/send templates", "/send sendings", "/send sendings 11",
    "/send sid1", "/send sid2 del", "/send sid3 pause", "/send sid3 resume", "/send sid1 stop",
    "/send hello name other",
    "/send hello for 5 2h", "/send hello del 5", "/send other del", "/send all 2027-01-15 09:00", "/send@the_shop all",
    "/send file hello 1d 2h 3m 4s", "/bind 101", "/mark", "/mark new VIP", "/mark VIP", "/mark del VIP", "/export",
    "/ a comment", "Good morning",
)  # fmt: skip

ODD = (
    "\x00", "\n", "\t", "\u200b", "\u202e", "\ufeff", "İ", "ß", "𝟙", "٣", "①", "é", "e\u0301", "😀", "'", '"', ";",
    "--",
    "%s", "{}", "\\", "/", "@", ",", ".", "-", "0", "-1", "9" * 20, "-100", "sid", "sid0", "now", "1d1d", "99999999d",
    "2027-02-30 25:61", "9999-12-31 23:59:59", "0001-01-01 00:00", "None", "nan", "1e9", " " * 50, "all " * 20,
    "x" * 5000,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noise:
    """An update: a message, and the people it came with."""

    message: Any
    entities: dict[int, Any]
    file: bytes = b""


class Source:
    """An endless supply, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._last = max(MESSAGES)

    def next(self, now: float) -> Noise:
        """One more. Ids grow, as they do; the dates are around `now`."""
        chance = self._chance
        self._last += 1
        date = datetime.fromtimestamp(now, UTC) - timedelta(seconds=chance.choice((0, 0, 0, 0, 1, 3000, 5000, 10**6)))
        if chance.random() < 0.02:
            return Noise(self._oddity(date), {})
        sender = chance.choice((OWNER, BOSS, BOSS, BOSS, OPERATOR, STRANGER, BOT, 404))
        message = types.Message(
            id=self._last,
            peer_id=types.PeerChannel(1),
            date=date,
            message=self._text(),
            from_id=chance.choice((types.PeerUser(sender),) * 12 + (None, types.PeerChannel(9), types.PeerChat(9))),
            reply_to=self._header(),
            media=self._media(),
            out=chance.random() < 0.1,
        )
        return Noise(message, self._people(sender), self._file())

    def _oddity(self, date: datetime) -> Any:
        if self._chance.random() < 0.5:
            return types.MessageEmpty(self._last, None)
        return types.MessageService(self._last, types.PeerChannel(1), date, action=types.MessageActionEmpty())

    def _text(self) -> str:
        chance = self._chance
        text = chance.choice(COMMANDS)
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3, 8))):
            text = chance.choice((self._inserted, self._cut, self._doubled, self._swapped, self._in_case))(text)
        return text

    def _inserted(self, text: str) -> str:
        at = self._chance.randint(0, len(text))
        odd = self._chance.choice(ODD) if self._chance.random() < 0.8 else chr(self._chance.randrange(1, 0xD7FF))
        return text[:at] + odd + text[at:]

    def _cut(self, text: str) -> str:
        at = self._chance.randint(0, len(text))
        return text[:at] + text[at + self._chance.randint(1, 5) :]

    def _doubled(self, text: str) -> str:
        words = text.split(" ")
        word = self._chance.choice(words)
        return f"{text} {word}"

    def _swapped(self, text: str) -> str:
        words = text.split(" ")
        self._chance.shuffle(words)
        return " ".join(words)

    def _in_case(self, text: str) -> str:
        return self._chance.choice((text.upper(), text.title(), text.swapcase()))

    def _header(self) -> Any:
        chance = self._chance
        kind = chance.random()
        if kind < 0.35:
            return None
        if kind < 0.37:
            return types.MessageReplyStoryHeader(types.PeerUser(BOSS), 1)
        if kind < 0.7:
            return types.MessageReplyHeader(reply_to_msg_id=chance.choice(MESSAGES))
        return types.MessageReplyHeader(
            reply_to_msg_id=chance.choice((None, 0, 1, 2, 30, 2**31 - 1, *MESSAGES)),
            reply_to_top_id=chance.choice((None, None, 1, 2, 30, 0)),
            forum_topic=chance.choice((True, True, None)),
            reply_to_scheduled=chance.choice((None, True)),
        )

    def _media(self) -> Any:
        chance = self._chance
        if chance.random() < 0.6:
            return None
        names = chance.choice(([], ["ids.csv"], ["a" * 300], ["../../etc/passwd"], ["\x00"], ["a", "b"]))
        document = types.Document(
            id=1, access_hash=2, file_reference=b"", date=None, mime_type=chance.choice(("text/csv", "", "x" * 99)),
            size=chance.choice((0, 10, 2**40, -1)), dc_id=2,
            attributes=[types.DocumentAttributeFilename(name) for name in names],
        )  # fmt: skip
        return chance.choice((
            types.MessageMediaDocument(document=document),
            types.MessageMediaDocument(document=document),
            types.MessageMediaDocument(document=types.DocumentEmpty(1)),
            types.MessageMediaDocument(document=None),
            types.MessageMediaPhoto(photo=None),
            types.MessageMediaUnsupported(),
            types.MessageMediaEmpty(),
            types.MessageMediaWebPage(types.WebPageEmpty(1)),
        ))  # fmt: skip

    def _people(self, sender: int) -> dict[int, Any]:
        chance = self._chance
        if chance.random() < 0.2:
            return {}
        name = chance.choice(("Boss", "", None, "\u202egnp.exe", "=1+1", "x" * 500))
        return {
            sender: types.User(
                id=sender, access_hash=chance.choice((1, 1, 1, None)), first_name=name, bot=sender == BOT,
                min=chance.random() < 0.1, deleted=chance.random() < 0.05,
            )
        }  # fmt: skip

    def _file(self) -> bytes:
        chance = self._chance
        lines = (
            b"101",
            b"102,103",
            b"user_id",
            b"\xff\xfe",
            b"\x00",
            b"-5",
            b"9" * 30,
            b'"',
            b"101;101",
            b"x,y\n1,2",
            b"",
        )
        data = chance.choice((b"\n", b",", b"\r\n", b" ")).join(chance.choices(lines, k=chance.randint(0, 8)))
        return data if chance.random() < 0.9 else chance.randbytes(200)
