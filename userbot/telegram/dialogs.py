"""The account's dialogs, page by page."""

from collections.abc import AsyncIterator
from typing import Any

from telethon import functions, types, utils

from userbot.core.model import Peer
from userbot.telegram import translate
from userbot.telegram.calls import PAGE, Calls


class Dialogs(Calls):
    """The part of the gateway that reads whom the account has a dialog with."""

    async def dialogs(self, since: float) -> AsyncIterator[tuple[list[Peer], float]]:
        """Whom the account has a dialog with, in the main list and the archive, newest first, page by page."""
        for folder in (0, 1):
            offset: dict[str, Any] = {"offset_date": None, "offset_id": 0, "offset_peer": types.InputPeerEmpty()}
            pinned = False
            while True:
                page = await self._ask(
                    functions.messages.GetDialogsRequest(
                        **offset, limit=PAGE, hash=0, folder_id=folder, exclude_pinned=pinned
                    )
                )
                dates = [each.date.timestamp() for each in page.messages if hasattr(each, "date")]
                yield self._peers(page), max(dates, default=0.0)
                last = _last_dialog(page)
                if last is None or len(page.dialogs) < PAGE or last["offset_date"].timestamp() < since:
                    break
                offset, pinned = last, True

    def _peers(self, page: Any) -> list[Peer]:
        """The peers of a page of dialogs, the backend group aside."""
        users = {each.id: each for each in page.users}
        chats = {utils.get_peer_id(each): each for each in page.chats}
        peers = []
        for dialog in page.dialogs:
            peer_id = utils.get_peer_id(dialog.peer)
            peer = translate.user(users.get(peer_id), has_dialog=True) if peer_id > 0 else None
            peer = peer or (translate.chat(chats.get(peer_id)) if peer_id != self.group_id else None)
            if peer is not None and peer.has_dialog:
                peers.append(peer)
        return peers


def _last_dialog(page: Any) -> dict[str, Any] | None:
    """Where the next page begins: behind the last dialog of this one that has a message."""
    dates = {(utils.get_peer_id(each.peer_id), each.id): each.date for each in page.messages if hasattr(each, "date")}
    addresses = {utils.get_peer_id(each): utils.get_input_peer(each) for each in (*page.users, *page.chats)}
    for dialog in reversed(page.dialogs):
        peer_id = utils.get_peer_id(dialog.peer)
        date = dates.get((peer_id, dialog.top_message))
        if date is not None and peer_id in addresses:
            return {"offset_date": date, "offset_id": dialog.top_message, "offset_peer": addresses[peer_id]}
    return None
