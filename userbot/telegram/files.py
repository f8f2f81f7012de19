"""Files on their way to Telegram and from there."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from telethon import functions, types

from userbot.errors import TelegramError
from userbot.telegram.calls import Calls

UPLOAD_SECONDS = 600.0


class Files(Calls):
    """The part of the gateway that moves bytes."""

    async def _upload(self, path: Path, name: str) -> Any:
        async with asyncio.timeout(UPLOAD_SECONDS):
            uploaded = await self._client.upload_file(path, file_name=name)
        return types.InputMediaUploadedDocument(
            file=uploaded,
            mime_type="text/csv",
            attributes=[types.DocumentAttributeFilename(name)],
            force_file=True,
        )

    async def download(self, message_id: int) -> AsyncIterator[bytes]:
        """The bytes of a message's file."""
        answer = await self._ask(functions.channels.GetMessagesRequest(self._group, [types.InputMessageID(message_id)]))
        document = getattr(answer.messages[0], "document", None) if answer.messages else None
        if document is None:
            raise TelegramError("The file is gone.")
        async for chunk in self._each(self._client.iter_download(document), "The file cannot be read"):
            yield bytes(chunk)
