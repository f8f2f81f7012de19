"""What the real Telegram does on any ordinary day and a kind one would not. Everything here is a matter of chance.

- People are half known: `min`, with an access hash that is good for nothing but profile photos, or without one
  (core.telegram.org/api/min). Whoever answers a request about a person tells of them in full.
- Updates come late, twice, in another order, without the people they mention, or not at all; instead of them comes
  the word that there are some (`updatesTooLong`, `updateChannelTooLong`: core.telegram.org/api/updates).
- Plain private text comes as `updateShortMessage`, with nobody in it (core.telegram.org/api/updates).
- Pages of dialogs are shorter than asked for, hold the archive as a folder, chats that one was thrown out of, and
  messages that are gone.
- Looking around meets flood waits.
- People, and with them their files, live in another data centre (core.telegram.org/api/datacenter).
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from telethon.tl import functions, types

from userbot.sandbox.errors import RpcError

LOOKS = (
    functions.messages.GetDialogsRequest,
    functions.messages.GetHistoryRequest,
    functions.channels.GetMessagesRequest,
    functions.channels.GetParticipantRequest,
    functions.users.GetUsersRequest,
    functions.contacts.ResolveUsernameRequest,
)

RARELY = 0.1
"""Of the chance: how often somebody is half known in a page of the very dialogs that one has with them."""

LATE_SECONDS = (0.01, 0.3)


@dataclass(frozen=True, slots=True)
class Chances:
    """How probable each surprise is, from 0 to 1."""

    half_known: float = 0.0
    unnamed: float = 0.0
    short: float = 0.0
    late: float = 0.0
    twice: float = 0.0
    too_long: float = 0.0
    lost: float = 0.0
    """Nobody hears of it until something else shows the gap; in no mode, as that may never come."""
    odd_dialogs: float = 0.0
    flood: float = 0.0
    """Of a look around; the wait is a second."""
    abroad: float = 0.0


KIND = Chances()
CONTRARY = Chances(
    half_known=0.3, unnamed=0.3, short=0.8, late=0.1, twice=0.1, too_long=0.1, odd_dialogs=0.3, flood=0.03, abroad=0.8
)


class World(Protocol):
    """What the surprises need of the world they happen in."""

    later: Callable[[float, Callable[[], None]], object]

    def access_hash(self, viewer: int, target: int) -> int:
        """The hash with which `viewer` may address `target`."""


class Contrary:
    """The surprises of one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.chances = KIND
        self.random = random.Random(0)

    def _by(self, chance: float) -> bool:
        return chance > 0 and self.random.random() < chance

    def half(self, viewer: int, person: Any, *, rarely: bool = False) -> Any:
        """Somebody as a client may get to see them beside a message; themselves, and who is gone, they see whole."""
        if person.id == viewer or person.deleted or not self._by(self.chances.half_known * (RARELY if rarely else 1)):
            return person
        bot = {"bot": person.bot, "bot_info_version": person.bot_info_version}
        if self.random.random() < 0.5:
            return types.User(person.id, first_name=person.first_name, **bot)
        useless = self._world.access_hash(-viewer, person.id)
        return types.User(person.id, min=True, access_hash=useless, first_name=person.first_name, **bot)

    def told(self, viewer: int, updates: Any) -> Any:
        """Updates that nobody asked for, as they reach a client."""
        if self._by(self.chances.too_long):
            return _too_long(updates)
        if self._by(self.chances.unnamed):
            updates.users = [each for each in updates.users if each.id == viewer]
        if self._by(self.chances.odd_dialogs):
            updates.chats += _odd_chats()
            updates.users.append(types.UserEmpty(79))
        return self._shortened(updates) if self._by(self.chances.short) else updates

    def _shortened(self, updates: Any) -> Any:
        first = updates.updates[0]
        message: Any = getattr(first, "message", None)
        plain = isinstance(first, types.UpdateNewMessage) and isinstance(message, types.Message)
        if not plain or len(updates.updates) > 1 or message.media or message.fwd_from or message.grouped_id:
            return updates
        return types.UpdateShortMessage(
            message.id, message.peer_id.user_id, message.message, first.pts, first.pts_count, message.date,
            out=message.out, reply_to=message.reply_to, entities=message.entities,
        )  # fmt: skip

    def lives_abroad(self) -> bool:
        """Whether somebody new has their account in the other data centre."""
        return self._by(self.chances.abroad)

    def publish(self, say: Callable[[], None]) -> None:
        """Say it now, or a moment later when other things have been said, perhaps twice, perhaps never."""
        if self._by(self.chances.lost):
            return
        if self._by(self.chances.twice):
            self._world.later(self.random.uniform(*LATE_SECONDS), say)
        if self._by(self.chances.late):
            self._world.later(self.random.uniform(*LATE_SECONDS), say)
        else:
            say()

    def page_length(self, limit: int) -> int:
        """How many dialogs a page holds of which so many were asked for."""
        return self.random.randint(max(1, limit // 2), limit) if self._by(self.chances.odd_dialogs) else limit

    def odd_dialogs(self, answer: dict[str, Any], *, archive: bool) -> None:
        """Put into a page what is no dialog with anybody."""
        if archive and self.chances.odd_dialogs:
            folder = types.Folder(1, "Archived chats")
            answer["dialogs"].insert(0, types.DialogFolder(folder, types.PeerUser(777000), 1, 0, 0, 0, 0, pinned=True))
        if self._by(self.chances.odd_dialogs):
            settings = types.PeerNotifySettings()
            for forbidden in (types.ChannelForbidden(77, 5, "Thrown out"), types.ChatForbidden(78, "Left")):
                channel = isinstance(forbidden, types.ChannelForbidden)
                peer = types.PeerChannel(77) if channel else types.PeerChat(78)
                dialog = types.Dialog(peer, 1, 0, 0, 0, 0, 0, 0, settings, pts=1 if channel else None)
                answer["dialogs"].append(dialog)
                answer["chats"].append(forbidden)
                answer["messages"].append(types.MessageEmpty(1, peer))
            answer["dialogs"].append(types.DialogCommunity(81, settings))
            answer["users"].append(types.UserEmpty(79))
            answer["chats"] += _odd_chats()

    def judge(self, request: Any) -> RpcError | None:
        """A flood wait for somebody who looks around."""
        if isinstance(request, LOOKS) and self._by(self.chances.flood):
            return RpcError(420, "FLOOD_WAIT_1")
        return None


def _odd_chats() -> list[Any]:
    """What the layer calls a chat, and few programs have met."""
    community = types.Community(81, "Village", types.ChatPhotoEmpty(), None, access_hash=5)
    return [types.ChatEmpty(80), community, types.CommunityForbidden(82, "Town", 5)]


def _too_long(updates: Any) -> Any:
    """The word that there is news, and no more: where, if it is a channel's."""
    first = updates.updates[0]
    if not isinstance(first, types.UpdateNewChannelMessage | types.UpdateNewMessage):
        return updates
    if isinstance(first, types.UpdateNewMessage):
        return types.UpdatesTooLong()
    updates.updates = [types.UpdateChannelTooLong(first.message.peer_id.channel_id)]
    return updates
