"""Updates become plain values, and go to whoever listens. Nothing is decided here."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from telethon import TelegramClient, events, types, utils

from userbot.core.model import Incoming, Peer, Written
from userbot.telegram import translate


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
            return
        message = update.message
        entities = getattr(update, "_entities", {})
        if message.peer_id is None:  # a MessageEmpty
            return
        if isinstance(update, types.UpdateNewChannelMessage | types.UpdateEditChannelMessage):
            if utils.get_peer_id(message.peer_id) == group_id:
                found = translate.incoming(message, entities)
                new = isinstance(update, types.UpdateNewChannelMessage)
                if found is not None and (new or found.edited_at is not None):
                    on_group(replace(found, edited_at=None) if new else found)
            return
        if isinstance(message.peer_id, types.PeerUser):
            found = entities.get(message.peer_id.user_id)
            peer = translate.user(found, has_dialog=True)
            nobody = translate.address(found) is not None if peer is None else not peer.has_dialog
            if not (message.out or nobody):  # a bot, Telegram's own, the account itself
                on_private(message.peer_id.user_id, peer, Written(message.id, message.date.timestamp()))

    kinds = [
        types.UpdateNewChannelMessage,
        types.UpdateEditChannelMessage,
        types.UpdateNewMessage,
        types.UpdateShortMessage,
    ]
    client.add_event_handler(heard, events.Raw(kinds))
