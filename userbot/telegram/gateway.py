"""`core.ports.Telegram` over one Telethon client.

Every call has a time limit, since an answer can be lost while the connection stays. A call that ran out of time may
have had its effect; whoever repeats it uses the same random id.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any

from telethon import TelegramClient, errors, functions, types, utils

from userbot.core.delivery import LOST, Meaning, Outcome, Sent
from userbot.core.model import GENERAL, Incoming, Notice, Peer, Role, Source
from userbot.errors import TelegramError
from userbot.telegram import translate

ANSWER_SECONDS = 30.0
"""How long an answer may take."""

ALBUM_REACH = 9
"""An album has at most ten messages, with ids in a row but for what others wrote at that very moment."""

SPAMBOT = "SpamBot"
SPAMBOT_POLLS = (0.3, 0.7, 1, 2, 3, 5, 8, 10)
"""Seconds between looks for @SpamBot's answer; half a minute in all."""

PAGE = 100


class Gateway:
    """The account and its backend group. Make it with `enter`."""

    def __init__(self, client: TelegramClient, me: Any, group: Any) -> None:
        self.me = Peer(me.id, me.access_hash or 0, utils.get_display_name(me), me.username)
        self.group_id: int = utils.get_peer_id(group)
        self.group_title: str = group.title
        self._client = client
        self._group = utils.get_input_peer(group)
        self._asking = asyncio.Lock()

    @classmethod
    async def enter(cls, client: TelegramClient, group: int | str) -> "Gateway":
        """Find the backend group. Raises TelegramError when the account does not see it."""
        me = await client.get_me()
        return cls(client, me, await _find_group(client, group))

    async def forward(
        self, message_ids: Sequence[int], peer_id: int, access_hash: int, random_ids: Sequence[int]
    ) -> Outcome:
        """Forward messages of the group without their author; whatever goes wrong is an Outcome."""
        request = functions.messages.ForwardMessagesRequest(
            from_peer=self._group,
            id=list(message_ids),
            to_peer=types.InputPeerSelf() if peer_id == self.me.id else translate.input_peer(peer_id, access_hash),
            random_id=list(random_ids),
            drop_author=True,
        )
        return await self._send(request, random_ids[0])

    async def post(self, notice: Notice, random_id: int, report: Path | None = None) -> Outcome:
        """Say something in the group, with a report as a file when there is one."""
        try:
            media = None if report is None else await self._upload(report, f"sid{notice.report_of}.csv")
        except (errors.RPCError, OSError, ValueError) as error:
            return translate.refused(error)
        return await self._send(self._post_request(notice, random_id, media), random_id)

    def _post_request(self, notice: Notice, random_id: int, media: Any) -> Any:
        place = {"peer": self._group, "random_id": random_id, "reply_to": _reply_header(notice)}
        if media is None:
            return functions.messages.SendMessageRequest(message=notice.text, no_webpage=True, **place)
        return functions.messages.SendMediaRequest(media=media, message=notice.text, **place)

    async def _upload(self, path: Path, name: str) -> Any:
        return types.InputMediaUploadedDocument(
            file=await self._client.upload_file(path, file_name=name),
            mime_type="text/csv",
            attributes=[types.DocumentAttributeFilename(name)],
            force_file=True,
        )

    async def _send(self, request: Any, random_id: int) -> Outcome:
        """Make a call that sends something.

        The request goes straight to Telethon's sender: the client around it would only store the recipient's entity
        again, which costs a fifth of all the work of a mailing, and refuse calls from its own memory of flood waits.
        """
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await self._client._sender.send(request)  # noqa: SLF001
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            return LOST  # Telethon cancels what is pending when its connection ends.
        except Exception as error:  # noqa: BLE001  whatever a call brings is an outcome
            return translate.refused(error)
        return Sent(translate.first_message_id(answer, random_id))

    async def _ask(self, request: Any) -> Any:
        """Make a call that only looks. Raises TelegramError."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._client(request)
        except TimeoutError as error:
            raise TelegramError("Telegram did not answer in time.") from error
        except (errors.RPCError, OSError, ValueError) as error:
            raise TelegramError(f"Telegram refused: {translate.refused(error).reason}.") from error

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

    async def download(self, message_id: int) -> AsyncIterator[bytes]:
        """The bytes of a message's file."""
        answer = await self._ask(functions.channels.GetMessagesRequest(self._group, [types.InputMessageID(message_id)]))
        document = getattr(answer.messages[0], "document", None) if answer.messages else None
        if document is None:
            raise TelegramError("The file is gone.")
        try:
            async with aclosing(self._client.iter_download(document).__aiter__()) as chunks:
                async for chunk in chunks:
                    yield bytes(chunk)
        except (errors.RPCError, OSError, ValueError) as error:
            raise TelegramError(f"The file cannot be read: {translate.refused(error).reason}.") from error

    async def role(self, person: Peer) -> Role:
        """What somebody is in the group."""
        request = functions.channels.GetParticipantRequest(
            self._group, translate.input_peer(person.id, person.access_hash)
        )
        try:
            found = (await self._client(request)).participant
        except (errors.UserNotParticipantError, errors.UserIdInvalidError, errors.PeerIdInvalidError):
            return Role.STRANGER
        except (errors.RPCError, OSError, ValueError) as error:
            raise TelegramError(f"Telegram refused: {translate.refused(error).reason}.") from error
        if isinstance(found, types.ChannelParticipantCreator):
            return Role.CREATOR
        gone = isinstance(found, types.ChannelParticipantLeft | types.ChannelParticipantBanned)
        return Role.STRANGER if gone else Role.MEMBER

    async def ask_spambot(self) -> str | None:
        """Ask @SpamBot about the account; only what it says after our question is its answer."""
        async with self._asking:
            try:
                bot = await self._client.get_input_entity(SPAMBOT)
                asked = await self._client.send_message(bot, "/start")
                for pause in SPAMBOT_POLLS:
                    await asyncio.sleep(pause)
                    news = await self._client.get_messages(bot, limit=5, min_id=asked.id)
                    answers = [each.message for each in news if not each.out and each.message]
                    if answers:
                        return str(answers[-1])
            except errors.YouBlockedUserError:
                raise TelegramError("The account has blocked @SpamBot: unblock it.") from None
            except (errors.RPCError, OSError, ValueError) as error:
                raise TelegramError(f"@SpamBot cannot be asked: {translate.refused(error).reason}.") from error
        return None

    async def resolve(self, peer: Peer) -> Peer | None:
        """Look a peer up anew."""
        address = translate.input_peer(peer.id, peer.access_hash)
        if peer.id > 0:
            found = await self._ask(functions.users.GetUsersRequest([address]))
            return translate.user(found[0]) if found else None
        if isinstance(address, types.InputPeerChannel):
            return translate.chat((await self._ask(functions.channels.GetChannelsRequest([address]))).chats[0])
        return translate.chat((await self._ask(functions.messages.GetChatsRequest([address.chat_id]))).chats[0])

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

    async def history(self, after: int) -> AsyncIterator[Incoming]:
        """The group's messages with ids above `after`, oldest first."""
        try:
            async for message in self._client.iter_messages(self._group, min_id=after, reverse=True):
                entities = {} if message.sender is None else {message.sender_id: message.sender}
                found = translate.incoming(message, entities)
                if found is not None:
                    yield found
        except (errors.RPCError, OSError, ValueError) as error:
            raise TelegramError(f"The group cannot be read: {translate.refused(error).reason}.") from error

    async def newest(self) -> int:
        """The id of the group's newest message."""
        newest = await self._client.get_messages(self._group, limit=1)
        return int(newest[0].id) if newest else 0


def is_lasting(outcome: Outcome) -> bool:
    """Whether repeating a post is pointless."""
    return not isinstance(outcome, Sent) and outcome.meaning in {Meaning.TEMPLATE, Meaning.RECIPIENT}


async def _find_group(client: TelegramClient, group: int | str) -> Any:
    """The backend group's entity; looks through the dialogs for an id that the session has not met yet."""
    try:
        try:
            found = await client.get_entity(group)
        except ValueError:
            found = None
            async for dialog in client.iter_dialogs():
                if dialog.id == group:
                    found = dialog.entity
    except (errors.RPCError, OSError, ValueError) as error:
        raise TelegramError(f"BACKEND_GROUP {group} cannot be opened: {translate.refused(error).reason}.") from error
    if not isinstance(found, types.Channel) or not found.megagroup or found.left:
        raise TelegramError(f"BACKEND_GROUP {group} is no supergroup that this account belongs to. Run: userbot link")
    return found


def _reply_header(notice: Notice) -> Any:
    """Where a post goes. In General there is no top message; a plain post in a topic replies to the topic's root."""
    if notice.topic == GENERAL:
        return None if notice.reply_to is None else types.InputReplyToMessage(notice.reply_to)
    if notice.reply_to is None:
        return types.InputReplyToMessage(notice.topic)
    return types.InputReplyToMessage(notice.reply_to, top_msg_id=notice.topic)


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
