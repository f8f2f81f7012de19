"""Asking for what is new in a box: updates.getDifference, getChannelDifference (core.telegram.org/api/updates).

Updates as they come in are late, doubled, half known or lost. Asked from a position of our own everything comes once
and in order, so the updates themselves are good for little but knowing when to ask: see `pushed`.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from telethon import functions, types, utils

from userbot.core.dialogs import DialogPlace
from userbot.core.language import gettext
from userbot.core.model import GENERAL
from userbot.core.news import ACCOUNT, Arrived, Deleted, Edited, Event, News, Position, Read, Said, TopicTurned
from userbot.telegram import translate
from userbot.telegram.calls import PAGE
from userbot.telegram.dialogs import Dialogs, page_at, place_after

LOOKS = 3
"""How often a page of dialogs is asked for while it shows somebody only by half (core.telegram.org/api/min)."""

_EDITS = types.UpdateEditMessage | types.UpdateEditChannelMessage


class Reading(Dialogs):
    """The part of the gateway that asks for news. Raises TelegramError, and FloodWaitError when a pause is wanted."""

    async def position(self, box: int, access_hash: int = 0) -> Position:
        """Where a box stands now."""
        if box == ACCOUNT:
            state = await self._ask(functions.updates.GetStateRequest())
            newest = await self._ask(page_at(DialogPlace()))
            top = max((each.id for each in newest.messages if _private(each)), default=0)
            return Position(state.pts, int(state.date.timestamp()), top)
        full = await self._ask(functions.channels.GetFullChannelRequest(self._channel(box, access_hash)))
        async with self._asking():
            last = await self._client.get_messages(self._box(box, access_hash), limit=1)
        return Position(full.full_chat.pts, int(time.time()), last[0].id if last else 0)

    async def news(self, box: int, since: Position, access_hash: int = 0) -> News:
        """What happened in a box since then, as much of it as Telegram tells at once."""
        if box == ACCOUNT:
            return await self._private_news(since)
        return await self._group_news(box, since, access_hash)

    def pushed(self, since: Position) -> News | None:
        """The same of the account's own box, as far as updates have told of it in full; None when they have not.

        Who wrote is told by their ids alone.
        """
        pts, steps = self._pushed.take(since.pts)
        if not steps:
            return None
        self._own.skipped(pts)
        messages = [each for each in steps if isinstance(each, types.Message)]
        updates = [each for each in steps if not isinstance(each, types.Message)]
        newest = max([since.newest, *(each.id for each in messages)])
        return self._news(messages, updates, Position(pts, since.date, newest), more=self._pushed.incomplete)

    async def _private_news(self, since: Position) -> News:
        self._pushed.incomplete = False
        since = replace(since, pts=self._own.skipped(since.pts))
        date = datetime.fromtimestamp(since.date, UTC)
        found = await self._ask(functions.updates.GetDifferenceRequest(since.pts, date, qts=0))
        if isinstance(found, types.updates.DifferenceEmpty):
            return News((), since, more=False)
        if isinstance(found, types.updates.DifferenceTooLong):
            return await self._since_long(Position(found.pts, int(time.time()), since.newest))
        more = isinstance(found, types.updates.DifferenceSlice)
        state = found.intermediate_state if more else found.state
        return self._told(found, since, Position(state.pts, int(state.date.timestamp()), 0), more=more)

    async def _group_news(self, box: int, since: Position, access_hash: int) -> News:
        channel = self._channel(box, access_hash)
        found = await self._ask(
            functions.updates.GetChannelDifferenceRequest(
                channel, types.ChannelMessagesFilterEmpty(), since.pts, PAGE, force=True
            )
        )
        if isinstance(found, types.updates.ChannelDifferenceEmpty):
            return News((), since, more=False)
        if isinstance(found, types.updates.ChannelDifferenceTooLong):
            new = await self._history(self._box(box, access_hash), since.newest)
            position = Position(found.dialog.pts, since.date, max([since.newest, *(each.id for each in new)]))
            return self._news(new, [], position, more=False)
        return self._told(found, since, Position(found.pts, since.date, 0), more=not found.final)

    def _told(self, found: Any, since: Position, position: Position, *, more: bool) -> News:
        newest = max([since.newest, *(each.id for each in found.new_messages)])
        reached = Position(position.pts, position.date, newest)
        news = self._news(found.new_messages, found.other_updates, reached, more=more, users=found.users)
        arrived = _arrived(found.new_messages, found.other_updates)
        ours = {each.message_id for each in arrived}
        told = [
            replace(each, elsewhere=each.out and each.message_id not in ours) if isinstance(each, Said) else each
            for each in news.events
        ]
        return replace(news, events=(*told, *arrived))

    def _news(
        self,
        messages: Sequence[Any],
        updates: Sequence[Any],
        position: Position,
        *,
        more: bool,
        users: Iterable[Any] = (),
    ) -> News:
        """New messages show what they say now, so what changed comes after them."""
        events: list[Event] = []
        for each in sorted(messages, key=lambda message: message.id):
            new = _turned(each) if isinstance(each, types.MessageService) else self._said(each)
            events += [] if new is None else [new]
        for update in sorted(updates, key=lambda each: getattr(each, "pts", 0)):
            changed = self._changed(update)
            events += [] if changed is None else [changed]
        whole = [translate.user(each) for each in users]
        stale = {utils.get_peer_id(types.PeerChannel(each.channel_id)) for each in updates
                 if isinstance(each, types.UpdateChannelTooLong)}  # fmt: skip
        return News(
            tuple(events),
            position,
            more,
            people=tuple(each for each in whole if each is not None and each.id != self.me.id),
            nobody=frozenset(map(_id, filter(translate.is_nobody, users))) | {self.me.id},
            stale=frozenset(stale),
        )

    def _said(self, message: Any) -> Said | None:
        if not isinstance(message, types.Message):
            return None
        header = message.reply_to if isinstance(message.reply_to, types.MessageReplyHeader) else None
        if header is not None and header.reply_to_peer_id is not None:
            header = None  # it answers something in another chat
        topic, reply_to = translate.place(header)
        chat = utils.get_peer_id(message.peer_id)
        sender = message.from_id or (None if message.out else message.peer_id)
        return Said(
            chat=chat,
            message_id=message.id,
            sender=self.me.id if message.out else getattr(sender, "user_id", None),
            out=bool(message.out),
            date=message.date.timestamp(),
            text=message.message or "",
            kind=translate.kind(message),
            content=digest(message),
            topic=topic if chat < 0 else GENERAL,
            reply_to=reply_to,
            grouped_id=message.grouped_id,
        )

    def _changed(self, update: Any) -> Event | None:
        if isinstance(update, types.UpdateDeleteMessages):
            return Deleted(None, tuple(update.messages))
        if isinstance(update, types.UpdateReadHistoryOutbox):
            return Read(update.peer.user_id, update.max_id) if isinstance(update.peer, types.PeerUser) else None
        if isinstance(update, types.UpdateDeleteChannelMessages):
            return Deleted(utils.get_peer_id(types.PeerChannel(update.channel_id)), tuple(update.messages))
        if isinstance(update, _EDITS) and isinstance(update.message, types.Message) and not update.message.edit_hide:
            said = self._said(update.message)
            edited = update.message.edit_date
            return None if said is None or edited is None else Edited(said, edited.timestamp())
        return None

    async def _since_long(self, since: Position) -> News:
        """Too much happened to be told one by one: what is new stands at the end of the newest dialogs."""
        place: DialogPlace | None = DialogPlace()
        messages: list[Any] = []
        users: dict[int, Any] = {}
        while place is not None:
            for _ in range(LOOKS):
                page = await self._ask(page_at(place))
                users |= {each.id: each for each in page.users if translate.address(each) or each.id not in users}
                news = {
                    utils.get_peer_id(each.peer_id)
                    for each in page.messages
                    if _private(each) and each.id > since.newest
                }
                addresses = {chat: translate.address(users[chat]) for chat in news & users.keys()}
                if all(addresses.values()):
                    break
            for address in filter(None, addresses.values()):
                messages += await self._history(address, since.newest)
            place = place_after(page, place) if news else None
        newest = max([since.newest, *(each.id for each in messages)])
        return self._news(messages, [], Position(since.pts, since.date, newest), more=False, users=users.values())

    async def _history(self, chat: Any, after: int) -> list[Any]:
        found = self._client.iter_messages(chat, min_id=after, reverse=True)
        return [each async for each in self._each(found, gettext("A dialog cannot be read"))]

    def _box(self, box: int, access_hash: int) -> Any:
        return self._group if box == self.group_id else translate.input_peer(box, access_hash)

    def _channel(self, box: int, access_hash: int) -> Any:
        return utils.get_input_channel(self._box(box, access_hash))


def _arrived(messages: Sequence[Any], updates: Sequence[Any]) -> list[Arrived]:
    """Which of these messages this very session sent, and with which random ids: told to no other session. TDLib
    (UpdatesManager::process_get_difference_updates, and the same for channels) and tdesktop
    (Api::Updates::feedMessageIds) look for it there too.
    """
    ids = {each.id: each.random_id for each in updates if isinstance(each, types.UpdateMessageID)}
    return [
        Arrived(utils.get_peer_id(each.peer_id), ids[each.id], each.id, each.date.timestamp())
        for each in messages
        if each.id in ids
    ]


def _private(message: Any) -> bool:
    return isinstance(getattr(message, "peer_id", None), types.PeerUser | types.PeerChat)


def _id(user: Any) -> int:
    return int(user.id)


def _turned(message: Any) -> TopicTurned | None:
    action = message.action
    if not isinstance(action, types.MessageActionTopicEdit) or action.closed is None:
        return None
    topic, _ = translate.place(message.reply_to)
    return TopicTurned(topic, bool(action.closed))


def digest(message: Any) -> bytes:
    """What people see of a message, in 8 bytes: its text, its formatting, and which media it shows."""
    shown = getattr(message.media, "photo", None) or getattr(message.media, "document", None)
    parts = [(message.message or "").encode(), *(bytes(each) for each in message.entities or ())]
    parts.append(str(getattr(shown, "id", "")).encode())
    return blake2b(b"\0".join(parts), digest_size=8).digest()
