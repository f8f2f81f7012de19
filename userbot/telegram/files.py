"""Files on their way to Telegram and from there, part by part. A flood wait holds a part up and loses none before it.

FLOOD_PREMIUM_WAIT concerns nothing else (core.telegram.org/api/files).
"""

import asyncio
import math
import secrets
from collections.abc import AsyncIterator, Iterator
from hashlib import md5
from pathlib import Path
from typing import Any

from telethon import functions, types

from userbot.core.delivery import Meaning
from userbot.core.language import gettext
from userbot.errors import FloodWaitError, TelegramError
from userbot.telegram.calls import CALL_FAILED, Calls

PART = 512 * 1024
"""Bytes: the largest part that Telegram takes."""

BIG = 10 * 1024 * 1024
"""Bytes from which on a file is announced as a big one, without a checksum."""

PART_SECONDS = 60.0
"""How long one part may take. A file of another data centre needs a connection, a key and a login there first."""


class Files(Calls):
    """The part of the gateway that moves bytes."""

    async def _upload(self, path: Path, name: str) -> Any:
        """A CSV file as what a message can show. Raises what a call may raise."""
        size = await asyncio.to_thread(lambda: path.stat().st_size)
        number, checksum = secrets.randbits(62), md5(usedforsecurity=False)
        count = math.ceil(size / PART)
        for position, part in enumerate(_parts(path)):
            checksum.update(part)
            if size > BIG:
                await self._give(functions.upload.SaveBigFilePartRequest(number, position, count, part))
            else:
                await self._give(functions.upload.SaveFilePartRequest(number, position, part))
        small = types.InputFile(number, count, name, checksum.hexdigest())
        return types.InputMediaUploadedDocument(
            file=types.InputFileBig(number, count, name) if size > BIG else small,
            mime_type="text/csv",
            attributes=[types.DocumentAttributeFilename(name)],
            force_file=True,
        )

    async def _give(self, part: Any) -> None:
        """Hand over a part, after as many flood waits as it takes."""
        while True:
            try:
                async with asyncio.timeout(PART_SECONDS):
                    await self._client(part)
            except CALL_FAILED as error:
                refused = self._heed(error)
                if refused.meaning is not Meaning.ACCOUNT_LATER:
                    raise
                self._forget_flood_waits()
                await asyncio.sleep(max(1, refused.seconds))
            else:
                return

    async def download(self, message_id: int) -> AsyncIterator[bytes]:
        """The bytes of a message's file."""
        answer = await self._ask(functions.channels.GetMessagesRequest(self._group, [types.InputMessageID(message_id)]))
        document = getattr(answer.messages[0], "document", None) if answer.messages else None
        if document is None:
            raise TelegramError(gettext("The file is gone."))
        place = 0
        while place < document.size:
            rest = self._client.iter_download(document, offset=place, request_size=PART)
            try:
                async for part in self._each(rest, gettext("The file cannot be read"), PART_SECONDS):
                    place += len(part)
                    yield bytes(part)
            except FloodWaitError as error:
                await asyncio.sleep(error.seconds)
            else:
                return


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(PART):
            yield part
