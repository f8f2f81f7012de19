"""What the account can see: messages of the backend group, and who somebody is."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from telethon import errors, functions, types

from userbot.core.language import gettext
from userbot.core.model import Incoming, Participant, Peer, Role, Source
from userbot.telegram import translate
from userbot.telegram.calls import PAGE, Calls

ALBUM_REACH = 9
"""An album has at most ten messages, with ids in a row but for what others wrote at that very moment."""


class Looking(Calls):
    """The part of the gateway that looks. Raises TelegramError with a sentence when Telegram does not show it."""

    async def sources(self, message_ids: Sequence[int]) -> list[Source | None]:
        """Messages of the group by id, None for one that is gone."""
        found: dict[int, Source] = {}
        for start in range(0, len(message_ids), PAGE):
            ids = [types.InputMessageID(each) for each in message_ids[start : start + PAGE]]
            answer = await self._ask(functions.channels.GetMessagesRequest(self._group, ids))
            sources = map(translate.source, answer.messages)
            found |= {each.message_id: each for each in sources if each is not None}
        return [found.get(each) for each in message_ids]

    async def album(self, message_id: int) -> list[Source]:
        """The message and, when it belongs to one, its whole album."""
        nearby = range(max(1, message_id - ALBUM_REACH), message_id + ALBUM_REACH + 1)
        found = {each.message_id: each for each in await self.sources(list(nearby)) if each is not None}
        meant = found.get(message_id)
        if meant is None or meant.grouped_id is None:
            return [] if meant is None else [meant]
        return [each for each in found.values() if each.grouped_id == meant.grouped_id]

    async def participant(self, person: Peer, message_id: int) -> Participant:
        """What somebody is in the group who wrote this message there; the answer has them in full."""
        # Without a full access hash they are addressed by their message (core.telegram.org/api/min).
        addresses = [types.InputPeerUserFromMessage(self._group, message_id, person.id)]
        if person.access_hash:
            addresses.insert(0, translate.input_peer(person.id, person.access_hash))
        for address in addresses:
            async with self._asking():
                try:
                    found = await self._client(functions.channels.GetParticipantRequest(self._group, address))
                except errors.UserNotParticipantError:
                    return Participant(Role.STRANGER, person)
                except (errors.BadRequestError, errors.ForbiddenError):
                    # A stale address, a message that is gone, hidden members: nothing about whether somebody is one.
                    continue
            full = next((each for each in found.users if each.id == person.id), None)
            return Participant(_role(found.participant), translate.user(full) or person)
        return Participant(Role.HIDDEN, person)

    async def resolve(self, peer: Peer) -> Peer | None:
        """Look a peer up anew."""
        address = translate.input_peer(peer.id, peer.access_hash)
        if peer.id > 0:
            found = await self._ask(functions.users.GetUsersRequest([address]))
            return translate.user(found[0]) if found else None
        if isinstance(address, types.InputPeerChannel):
            return translate.chat((await self._ask(functions.channels.GetChannelsRequest([address]))).chats[0])
        return translate.chat((await self._ask(functions.messages.GetChatsRequest([address.chat_id]))).chats[0])

    async def history(self, after: int) -> AsyncIterator[Incoming]:
        """The group's messages with ids above `after`, oldest first, as they are now."""
        messages = self._client.iter_messages(self._group, min_id=after, reverse=True)
        async for message in self._each(messages, gettext("The group cannot be read")):
            entities = {} if message.sender is None else {message.sender_id: message.sender}
            found = translate.incoming(message, entities)
            if found is not None:
                yield found

    async def newest(self) -> int:
        """The id of the group's newest message."""
        async with self._asking(gettext("The group cannot be read")):
            newest = await self._client.get_messages(self._group, limit=1)
        return int(newest[0].id) if newest else 0


def _role(found: Any) -> Role:
    if isinstance(found, types.ChannelParticipantCreator):
        return Role.CREATOR
    gone = isinstance(found, types.ChannelParticipantLeft | types.ChannelParticipantBanned)
    return Role.STRANGER if gone else Role.MEMBER
