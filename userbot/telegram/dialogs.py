"""The account's dialogs, page by page.

What an answer holds may be half known or of a kind that is no dialog: only `types.Dialog` has a peer and a message of
its own, `DialogFolder` stands for the archive. A short page is not the last one; an empty one is, and a whole list.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from telethon import TelegramClient, functions, types, utils

from userbot.core.dialogs import ARCHIVE, DialogPage, DialogPlace
from userbot.core.model import Peer, Written
from userbot.telegram import translate
from userbot.telegram.calls import PAGE, Calls
from userbot.telegram.patience import patiently


class Dialogs(Calls):
    """The part of the gateway that reads whom the account has a dialog with."""

    async def dialogs(self, place: DialogPlace) -> DialogPage:
        """A page of the main list or of the archive."""
        page = await self._ask(page_at(place))
        following = place_after(page, place)
        return DialogPage(
            peers=self._peers(page),
            half_known=_half_known(page),
            wrote={who: Written(top, date) for (who, top), date in _dates(page, incoming=True).items() if who > 0},
            contact={who: float(date) for (who, _), date in _dates(page).items()},
            newest=max(_dates(page).values(), default=0),
            oldest=following.date if following is not None and following.date is not None else 0.0,
            total=getattr(page, "count", len(page.dialogs)),
            next=following,
        )

    def _peers(self, page: Any) -> list[Peer]:
        """The peers of a page, the backend group aside."""
        known = translate.entities((*page.users, *page.chats))
        peers = []
        for dialog in _real(page):
            peer_id = utils.get_peer_id(dialog.peer)
            peer = translate.user(known.get(peer_id), has_dialog=True) if peer_id > 0 else None
            peer = peer or (translate.chat(known.get(peer_id)) if peer_id != self.group_id else None)
            if peer is not None and peer.has_dialog:
                peers.append(peer)
        return peers


async def chats(client: TelegramClient) -> AsyncIterator[Any]:
    """All groups and channels in the account's lists, as Telegram shows them; flood waits are slept through."""
    for start in (DialogPlace(), ARCHIVE):
        place: DialogPlace | None = start
        while place is not None:
            page = await patiently(partial(client, page_at(place)))
            for chat in translate.entities(page.chats).values():
                yield chat
            place = place_after(page, place)


def page_at(place: DialogPlace) -> Any:
    """The request for the page that begins there."""
    return functions.messages.GetDialogsRequest(
        offset_date=None if place.date is None else datetime.fromtimestamp(place.date, UTC),
        offset_id=place.message_id,
        offset_peer=types.InputPeerEmpty()
        if place.peer_id is None
        else translate.input_peer(place.peer_id, place.access_hash),
        limit=PAGE,
        hash=0,
        folder_id=place.folder,
        exclude_pinned=place.date is not None,
    )


def _dates(page: Any, *, incoming: bool = False) -> dict[tuple[int, int], int]:
    """When each message of a page was written, by (peer id, message id). What is gone (MessageEmpty) has no date."""
    dated = [each for each in page.messages if each.date is not None and not (incoming and each.out)]
    return {(utils.get_peer_id(each.peer_id), each.id): int(each.date.timestamp()) for each in dated}


def _half_known(page: Any) -> list[int]:
    """Who has a dialog here and no address."""
    whole = {each.id for each in page.users if translate.address(each) is not None}
    return [each.peer.user_id for each in _real(page) if getattr(each.peer, "user_id", None) not in {None, *whole}]


def _real(page: Any) -> list[Any]:
    return [each for each in page.dialogs if isinstance(each, types.Dialog)]


def place_after(page: Any, place: DialogPlace) -> DialogPlace | None:
    """Behind the last dialog that has a message, if possible one whose peer can be addressed."""
    if not isinstance(page, types.messages.DialogsSlice):
        return None
    dates = _dates(page)
    known = translate.entities(each for each in (*page.users, *page.chats) if translate.address(each))
    dated = [
        (peer_id, dialog.top_message, date)
        for dialog in reversed(_real(page))
        if (date := dates.get((peer_id := utils.get_peer_id(dialog.peer), dialog.top_message))) is not None
    ]
    for peer_id, message_id, date in dated:
        if peer_id in known:
            found = DialogPlace(place.folder, date, message_id, peer_id, getattr(known[peer_id], "access_hash", 0))
            return None if found == place else found
    for _, message_id, date in dated:
        return DialogPlace(place.folder, date, message_id)
    return None
