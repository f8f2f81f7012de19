"""`core.ports.Telegram` over one Telethon client.

Every call has a time limit, since an answer can be lost while the connection stays. A call that ran out of time may
have had its effect; whoever repeats it uses the same random id.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from telethon import TelegramClient, errors, functions, types, utils

from userbot.core.delivery import LOST, Outcome, Refused, Sent
from userbot.core.model import GENERAL, Incoming, Notice, Peer, Role, Source
from userbot.errors import TelegramError
from userbot.telegram import translate

T = TypeVar("T")

ANSWER_SECONDS = 10.0
"""How long an answer to one call may take. Not longer: a call that is repeated sends nothing twice."""

UPLOAD_SECONDS = 600.0

RECONNECT_POLL = 0.1
"""Seconds between looks whether the connection is back."""

ALBUM_REACH = 9
"""An album has at most ten messages, with ids in a row but for what others wrote at that very moment."""

SPAMBOT = "SpamBot"
SPAMBOT_POLLS = (0.1, 0.4, 0.5, 1, 2, 3, 5, 8, 10)
"""Seconds between looks for @SpamBot's answer; half a minute in all."""
SPAMBOT_SECONDS = 60.0

PAGE = 100

_CALL_FAILED = (errors.RPCError, errors.AuthKeyNotFound, OSError, EOFError, ValueError, sqlite3.Error)
"""What a call may raise. SQLite's errors come from the session file, which Telethon writes to on the way."""


class Gateway:
    """The account and its backend group. Make it with `enter`."""

    def __init__(self, client: TelegramClient, me: Any, group: Any) -> None:
        self.me = Peer(me.id, me.access_hash or 0, utils.get_display_name(me), me.username)
        self.group_id: int = utils.get_peer_id(group)
        self.group_title: str = group.title
        self._client = client
        self._group = utils.get_input_peer(group)
        self._asking_spambot = asyncio.Lock()
        self._end: asyncio.Future[Refused] = asyncio.get_running_loop().create_future()

    @classmethod
    async def enter(cls, client: TelegramClient, group: int | str) -> "Gateway":
        """Find the backend group. Raises TelegramError when the account does not see it."""
        try:
            return cls(client, await client.get_me(), await _find_group(client, group))
        except _CALL_FAILED as error:
            why = translate.refused(error).reason
            raise TelegramError(f"BACKEND_GROUP {group} cannot be opened: {why}.") from error

    async def ended(self) -> Refused:
        """Return when the connection is of no more use, with what ended it. See `Refused.ends_session`."""
        disconnected = asyncio.ensure_future(self._client.disconnected)
        await asyncio.wait({disconnected, self._end}, return_when=asyncio.FIRST_COMPLETED)
        if self._end.done():
            return self._end.result()
        # Telethon's own reading of updates may have met the reason, and keeps it to itself.
        error = disconnected.exception() or self._client._updates_error  # noqa: SLF001
        return translate.refused(error or ConnectionError())

    def _heed(self, error: BaseException) -> Refused:
        """What an error says; if it says that the session is over, `ended` returns."""
        refused = translate.refused(error)
        if refused.ends_session and not self._end.done():
            self._end.set_result(refused)
        return refused

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
        except _CALL_FAILED as error:
            return self._heed(error)
        return await self._send(self._post_request(notice, random_id, media), random_id)

    def _post_request(self, notice: Notice, random_id: int, media: Any) -> Any:
        place = {"peer": self._group, "random_id": random_id, "reply_to": _reply_header(notice)}
        if media is None:
            return functions.messages.SendMessageRequest(message=notice.text, no_webpage=True, **place)
        return functions.messages.SendMediaRequest(media=media, message=notice.text, **place)

    async def _upload(self, path: Path, name: str) -> Any:
        async with asyncio.timeout(UPLOAD_SECONDS):
            uploaded = await self._client.upload_file(path, file_name=name)
        return types.InputMediaUploadedDocument(
            file=uploaded,
            mime_type="text/csv",
            attributes=[types.DocumentAttributeFilename(name)],
            force_file=True,
        )

    async def _send(self, request: Any, random_id: int) -> Outcome:
        """Make a call that sends something.

        The request goes straight to Telethon's sender: the client around it would only store the recipient's entity
        again, which costs a fifth of all the work of a mailing, and refuse calls from its own memory of flood waits.
        """
        sender = self._client._sender  # noqa: SLF001
        loop = asyncio.get_running_loop()
        deadline = loop.time() + ANSWER_SECONDS
        try:
            # What Telethon is given while there is no connection would all go out at once when it is back.
            while not sender._transport_connected():  # noqa: SLF001  Telethon has no event for it
                if loop.time() >= deadline:
                    return LOST
                await asyncio.sleep(RECONNECT_POLL)
            call = sender.send(request)
            # One timer for each message: asyncio.timeout would cost as much as all of our own work on it.
            timer = loop.call_at(deadline, call.cancel)
            try:
                answer = await call
            finally:
                timer.cancel()
        except asyncio.CancelledError as error:
            if _is_cancelled():
                raise
            # The time is over, or Telethon has cancelled what was pending when its connection ended.
            _abandon(sender)
            return self._heed(error)
        except Exception as error:  # noqa: BLE001  whatever a call brings is an outcome
            return self._heed(error)
        return Sent(translate.first_message_id(answer, random_id))

    @asynccontextmanager
    async def _asking(self, what: str = "Telegram refused", seconds: float = ANSWER_SECONDS) -> AsyncIterator[None]:
        """Make a call that only looks. Raises TelegramError that begins with `what`."""
        try:
            async with asyncio.timeout(seconds):
                yield
        except asyncio.CancelledError as error:
            if _is_cancelled():
                raise
            raise TelegramError(f"{what}: the connection has ended.") from error
        except TimeoutError as error:
            raise TelegramError(f"{what}: Telegram does not answer.") from error
        except _CALL_FAILED as error:
            raise TelegramError(f"{what}: {self._heed(error).reason}.") from error

    async def _ask(self, request: Any) -> Any:
        async with self._asking():
            return await self._client(request)

    async def _each(self, items: AsyncIterator[T], what: str) -> AsyncIterator[T]:
        """What Telethon iterates over, with a time limit for every item."""
        while True:
            async with self._asking(what):
                item = await anext(items, None)
            if item is None:
                return
            yield item

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
        async for chunk in self._each(self._client.iter_download(document), "The file cannot be read"):
            yield bytes(chunk)

    async def role(self, person: Peer) -> Role:
        """What somebody is in the group."""
        request = functions.channels.GetParticipantRequest(
            self._group, translate.input_peer(person.id, person.access_hash)
        )
        async with self._asking():
            try:
                found = (await self._client(request)).participant
            except (errors.UserNotParticipantError, errors.UserIdInvalidError, errors.PeerIdInvalidError):
                return Role.STRANGER
        if isinstance(found, types.ChannelParticipantCreator):
            return Role.CREATOR
        gone = isinstance(found, types.ChannelParticipantLeft | types.ChannelParticipantBanned)
        return Role.STRANGER if gone else Role.MEMBER

    async def ask_spambot(self) -> str | None:
        """Ask @SpamBot about the account; only what it says after our question is its answer.

        Raises TelegramError when it cannot be asked, and when Telegram itself says that the account is frozen.
        """
        async with self._asking_spambot, self._asking("@SpamBot cannot be asked", SPAMBOT_SECONDS):
            frozen = translate.frozen(await self._client(functions.help.GetAppConfigRequest(hash=0)))
            if frozen is not None:
                raise TelegramError(frozen)
            try:
                return await self._spambots_words()
            except errors.YouBlockedUserError:
                raise TelegramError("The account has blocked @SpamBot: unblock it.") from None

    async def _spambots_words(self) -> str | None:
        bot = await self._client.get_input_entity(SPAMBOT)
        asked = await self._client.send_message(bot, "/start")
        for pause in SPAMBOT_POLLS:
            await asyncio.sleep(pause)
            news = await self._client.get_messages(bot, limit=5, min_id=asked.id)
            answers = [each.message for each in news if not each.out and each.message]
            if answers:
                return str(answers[-1])
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
        """The group's messages with ids above `after`, oldest first, but those that were changed since.

        A command counts as it was first written, and what that was the history does not tell.
        """
        messages = self._client.iter_messages(self._group, min_id=after, reverse=True)
        async for message in self._each(messages, "The group cannot be read"):
            if message.edit_date is not None and not message.edit_hide:
                continue
            entities = {} if message.sender is None else {message.sender_id: message.sender}
            found = translate.incoming(message, entities)
            if found is not None:
                yield found

    async def newest(self) -> int:
        """The id of the group's newest message."""
        async with self._asking("The group cannot be read"):
            newest = await self._client.get_messages(self._group, limit=1)
        return int(newest[0].id) if newest else 0


async def _find_group(client: TelegramClient, group: int | str) -> Any:
    """The backend group's entity; looks through the dialogs for an id that the session has not met yet."""
    try:
        found = await client.get_entity(group)
    except ValueError:
        found = None
        async for dialog in client.iter_dialogs():
            if dialog.id == group:
                found = dialog.entity
                break
    if not isinstance(found, types.Channel) or not found.megagroup or found.left:
        raise TelegramError(f"BACKEND_GROUP {group} is no supergroup that this account belongs to. Run: userbot link")
    return found


def _is_cancelled() -> bool:
    """Whether a CancelledError is meant for this task, and not for a call whose connection ended."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _abandon(sender: Any) -> None:
    """Keep Telethon from sending again, when it reconnects, what nobody waits for any more."""
    waiting = {number: state for number, state in sender._pending_state.items() if not state.future.cancelled()}  # noqa: SLF001
    sender._pending_state = waiting  # noqa: SLF001
    queue = sender._send_queue  # noqa: SLF001
    queue._deque = deque(state for state in queue._deque if not state.future.cancelled())  # noqa: SLF001


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
