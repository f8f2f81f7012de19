"""`core.ports.Telegram` over one Telethon client: what is sent, seen, read and asked, each in a module of its own."""

from typing import Any, Self

from telethon import TelegramClient, types, utils

from userbot.errors import TelegramError
from userbot.telegram import translate
from userbot.telegram.calls import CALL_FAILED
from userbot.telegram.copying import Copying
from userbot.telegram.correcting import Correcting
from userbot.telegram.dialogs import chats
from userbot.telegram.looking import Looking
from userbot.telegram.mirroring import Mirroring
from userbot.telegram.patience import patiently
from userbot.telegram.spambot import Spambot


class Gateway(Mirroring, Correcting, Copying, Looking, Spambot):
    """The account and its backend group. Make it with `enter`."""

    @classmethod
    async def enter(cls, client: TelegramClient, group: int | str) -> Self:
        """Find the backend group. Raises TelegramError when the account does not see it."""
        try:
            me = await patiently(client.get_me)
            return cls(client, me, await _find_group(client, group))
        except CALL_FAILED as error:
            why = translate.refused(error).reason
            raise TelegramError(f"BACKEND_GROUP {group} cannot be opened: {why}.") from error


async def _find_group(client: TelegramClient, group: int | str) -> Any:
    """The backend group's entity; looks through the dialogs for an id that the session has not met yet."""
    try:
        found = await patiently(lambda: client.get_entity(group))
    except ValueError:
        found = None
        async for chat in chats(client):
            if utils.get_peer_id(chat) == group:
                found = chat
                break
    if not isinstance(found, types.Channel) or not found.megagroup or found.left:
        raise TelegramError(f"BACKEND_GROUP {group} is no supergroup that this account belongs to. Run: userbot link")
    return found
