"""Updates become plain values, and go to whoever listens. Nothing is decided here."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from telethon import TelegramClient, events, types, utils

from userbot.core.model import Incoming, Peer, Written
from userbot.core.news import ACCOUNT
from userbot.telegram import translate

KINDS = [
    types.UpdateNewChannelMessage,
    types.UpdateEditChannelMessage,
    types.UpdateNewMessage,
    types.UpdateShortMessage,
]


def listen(
    client: TelegramClient,
    group_id: int,
    *,
    on_group: Callable[[Incoming], None],
    on_private: Callable[[int, Peer | None, Written], None],
) -> None:
    """Call `on_group` for every new message in the backend group, `on_private` for everyone who writes privately.

    The latter gets their id, who they are if the update says so in full, and which message it was.
    A message that was edited comes once more, with the moment of the edit. Both are called inside Telethon's update
    loop, so they only take note.
    """

    async def heard(update: Any) -> None:
        if isinstance(update, types.UpdateShortMessage):
            # Plain private text comes so, with nobody's name in it.
            if not update.out:
                on_private(update.user_id, None, Written(update.id, update.date.timestamp()))
        elif isinstance(update, types.UpdateNewChannelMessage | types.UpdateEditChannelMessage):
            found = _in_group(update, group_id)
            if found is not None:
                on_group(found)
        elif isinstance(update.message.peer_id, types.PeerUser):
            message = update.message
            person = getattr(update, "_entities", {}).get(message.peer_id.user_id)
            peer = translate.user(person, has_dialog=True)
            nobody = translate.address(person) is not None if peer is None else not peer.has_dialog
            if not (message.out or nobody):  # a bot, Telegram's own, the account itself
                on_private(message.peer_id.user_id, peer, Written(message.id, message.date.timestamp()))

    client.add_event_handler(heard, events.Raw(KINDS))


def _in_group(update: Any, group_id: int) -> Incoming | None:
    """What was written or edited in the group; None for another chat, and for what is no message."""
    message = update.message
    if message.peer_id is None or utils.get_peer_id(message.peer_id) != group_id:  # without a peer: a MessageEmpty
        return None
    found = translate.incoming(message, getattr(update, "_entities", {}))
    if isinstance(update, types.UpdateEditChannelMessage):
        return found if found is not None and found.edited_at is not None else None
    return found and replace(found, edited_at=None)


_NEWS = [
    types.UpdateNewMessage,
    types.UpdateEditMessage,
    types.UpdateDeleteMessages,
    types.UpdateShortMessage,
    types.UpdateShortChatMessage,
    types.UpdateNewChannelMessage,
    types.UpdateEditChannelMessage,
    types.UpdateDeleteChannelMessages,
]


def listen_for_news(client: TelegramClient, on_news: Callable[[int], None]) -> None:
    """Call `on_news` with the id of the supergroup in which something has changed, 0 for all other chats."""

    async def stirred(update: Any) -> None:
        channel = getattr(update, "channel_id", None)
        if channel is None:
            channel = getattr(getattr(getattr(update, "message", None), "peer_id", None), "channel_id", None)
        on_news(ACCOUNT if channel is None else utils.get_peer_id(types.PeerChannel(channel)))

    client.add_event_handler(stirred, events.Raw(_NEWS))
