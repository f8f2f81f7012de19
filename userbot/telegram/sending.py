"""What goes out: forwards to customers, and what is said in the backend group."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from telethon import functions, types

from userbot.core.delivery import Outcome, Refused
from userbot.core.model import GENERAL, Notice
from userbot.core.ports import Wanted
from userbot.telegram import translate
from userbot.telegram.answers import ForwardMessages, Ready
from userbot.telegram.calls import CALL_FAILED, always
from userbot.telegram.files import Files
from userbot.telegram.stencils import MARK, stencil

KEPT = 200
"""Of how many steps the bytes are kept: more than ever go out at a time."""


class Sending(Files):
    """The part of the gateway that sends. Whatever goes wrong is an Outcome."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._stencil = lru_cache(KEPT)(self._to_anybody)

    def forward(
        self,
        message_ids: Sequence[int],
        peer_id: int,
        access_hash: int,
        random_ids: Sequence[int],
        wanted: Wanted = always,
    ) -> Awaitable[Outcome]:
        """Forward messages of the group without their author; whatever goes wrong is an Outcome."""
        if peer_id > 0 and peer_id != self.me.id:
            numbers = (*random_ids, peer_id, access_hash)
            request: Any = Ready(self._own, self._stencil(tuple(message_ids))(*numbers))
        else:
            request = self._forward(message_ids, self._to(peer_id, access_hash), random_ids)
        return self._send(request, random_ids, wanted, to_person=peer_id > 0)

    def _to_anybody(self, message_ids: tuple[int, ...]) -> Callable[..., bytes]:
        """What makes the bytes of a forward of these, given the random ids, a person's id and their access hash."""
        person = types.InputPeerUser(MARK, MARK)
        return stencil(self._forward(message_ids, person, [MARK] * len(message_ids)))

    def _forward(self, message_ids: Sequence[int], to: Any, random_ids: Sequence[int]) -> Any:
        return ForwardMessages(
            self._own,
            from_peer=self._group,
            id=list(message_ids),
            to_peer=to,
            random_id=list(random_ids),
            drop_author=True,
        )

    async def write(self, peer_id: int, access_hash: int, text: str, random_id: int) -> Outcome:
        """Write plain text to a customer."""
        peer = translate.input_peer(peer_id, access_hash)
        request = functions.messages.SendMessageRequest(peer, message=text, random_id=random_id, no_webpage=True)
        return await self._send(request, [random_id])

    async def post(self, notice: Notice, random_id: int, report: Path | None = None) -> Outcome:
        """Say something in the group, with a report as a file when there is one."""
        try:
            media = None if report is None else await self._upload(report, notice.file_name or report.name)
        except CALL_FAILED as error:
            return self._heed(error)
        outcome = await self._send(self._post_request(notice, random_id, media), [random_id])
        if notice.reply_to is None or not isinstance(outcome, Refused) or outcome.code not in NOTHING_TO_REPLY_TO:
            return outcome
        plain = replace(notice, reply_to=None)
        return await self._send(self._post_request(plain, random_id, media), [random_id])

    async def edit(self, message_id: int, text: str) -> Outcome:
        """Let a message of ours in the group say something else. One that says it already is as good as edited."""
        request = functions.messages.EditMessageRequest(self._group, message_id, message=text, no_webpage=True)
        return await self._edit(request)

    def _post_request(self, notice: Notice, random_id: int, media: Any) -> Any:
        place = {"peer": self._group, "random_id": random_id, "reply_to": _reply_header(notice)}
        if media is None:
            return functions.messages.SendMessageRequest(message=notice.text, no_webpage=True, **place)
        return functions.messages.SendMediaRequest(media=media, message=notice.text, **place)


NOTHING_TO_REPLY_TO = {"REPLY_MESSAGE_ID_INVALID", "REPLY_TO_INVALID", "MESSAGE_ID_INVALID", "MSG_ID_INVALID"}
"""The message that is answered is gone. TDLib reports the first of them (FedericoBruzzone/tdlib-rs issue 31); the
others stand in Telegram's lists for messages.sendMessage, and nobody says when they come."""


def _reply_header(notice: Notice) -> Any:
    """Where a post goes. In General there is no top message; a plain post in a topic replies to the topic's root."""
    if notice.topic == GENERAL:
        return None if notice.reply_to is None else types.InputReplyToMessage(notice.reply_to)
    if notice.reply_to is None:
        return types.InputReplyToMessage(notice.topic)
    return types.InputReplyToMessage(notice.reply_to, top_msg_id=notice.topic)
