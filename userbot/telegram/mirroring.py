"""What the desk does at Telegram: topics, and messages carried from a dialog into its topic and the other way.

A message is forwarded, which keeps every kind, all formatting and albums. `reply_to` of messages.forwardMessages is for
the topics of channels' direct messages alone (core.telegram.org/method/messages.forwardMessages), so what is a reply is
written anew with the same media by reference; what cannot be (a poll, a dice) is forwarded without being one.
"""

from collections.abc import Sequence
from typing import Any

from telethon import functions, types, utils

from userbot.core.delivery import NOT_THERE, Outcome, Refused, Sent, Shown
from userbot.core.model import Peer
from userbot.core.placeholders import after, utf16
from userbot.core.ports import Wanted
from userbot.telegram import translate
from userbot.telegram.calls import always, sent
from userbot.telegram.news import Reading, digest
from userbot.telegram.rewriting import GONE, Originals, Rewriting, formatted, media
from userbot.telegram.sending import NOTHING_TO_REPLY_TO, Sending

_CAPTIONED = {"photo", "video", "file", "voice", "audio", "animation"}
_WRITABLE = {"text", "sticker", "video note", "contact", "location", "venue"} | _CAPTIONED
"""Kinds that can be written anew as they are."""

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""UTF-16 units; accounts with Premium may write more, and then nothing is put before it."""


class Mirroring(Reading, Sending, Rewriting):
    """The part of the gateway that works the desk. Whatever goes wrong is an Outcome."""

    async def show(
        self,
        peer: Peer,
        message_ids: Sequence[int],
        topic: int,
        random_ids: Sequence[int],
        *,
        reply_to: int | None = None,
    ) -> Outcome:
        """Let messages of a dialog appear in a topic, as a reply to `reply_to` there if that is given.

        A reply names who wrote it before its text, as a forward does by itself.
        """
        if reply_to is not None:
            header = types.InputReplyToMessage(reply_to, top_msg_id=topic)
            sources = await self._originals(message_ids, peer)
            written = await self._write(sources, self._group, random_ids, header, lambda each: self._name(each, peer))
            if written is not None:
                return written
        forward = functions.messages.ForwardMessagesRequest(
            self._address(peer), list(message_ids), self._group, random_id=list(random_ids), top_msg_id=topic
        )
        answer = await self._call(forward)
        return answer if isinstance(answer, Refused) else _shown(answer, random_ids)

    async def show_edit(
        self, peer: Peer, message_id: int, topic: int, reply_to: int, random_id: int, *, shown: bytes | None, mark: str
    ) -> Outcome:
        """Reply in a topic with what a message of the dialog says now, after `mark`; nothing when `shown` is that."""
        found = await self._originals([message_id], peer)
        if isinstance(found, Refused):
            return found
        content = digest(found.messages[0])
        if content == shown:
            return Shown(None, contents=(content,))
        text = after(mark, formatted(found.messages[0]))
        header = types.InputReplyToMessage(reply_to, top_msg_id=topic)
        outcome = await self._send(
            functions.messages.SendMessageRequest(
                self._group,
                text.text,
                no_webpage=True,
                reply_to=header,
                random_id=random_id,
                entities=found.entities(text),
            ),
            [random_id],
        )
        return outcome if isinstance(outcome, Refused) else Shown(outcome.message_id, contents=(content,))

    async def answer(
        self, peer: Peer, message_ids: Sequence[int], random_ids: Sequence[int], *, reply_to: int | None = None
    ) -> Outcome:
        """Send messages of the group to a customer or a chat in the account's name, perhaps as a reply."""
        if reply_to is not None:
            sources = await self._originals(message_ids)
            header = types.InputReplyToMessage(reply_to)
            written = await self._write(sources, self._address(peer), random_ids, header)
            if written is not None:
                return written
        return await self.forward(message_ids, peer.id, peer.access_hash, random_ids)

    async def edit_copy(self, peer: Peer, message_id: int, source_id: int) -> Outcome:
        """Let a message of ours in a dialog say and show what a message of the group does."""
        sources = await self._originals([source_id])
        copies = await self._originals([message_id], peer)
        if isinstance(sources, Refused) or isinstance(copies, Refused):
            return sources if isinstance(sources, Refused) else GONE
        [source], [copy] = sources.messages, copies.messages
        changed = _file(source) != _file(copy) and translate.kind(source) in _CAPTIONED
        request = functions.messages.EditMessageRequest(
            self._address(peer),
            message_id,
            no_webpage=not isinstance(source.media, types.MessageMediaWebPage),
            message=source.message,
            entities=sources.entities(formatted(source)),
            media=media(source) if changed else None,
        )
        return await self._edit(request)

    async def take_back(self, peer: Peer, message_ids: Sequence[int], wanted: Wanted = always) -> Outcome:
        """Delete messages of ours in a dialog, on both sides; one that is gone is as good as deleted.

        Outside of supergroups ids alone say which (core.telegram.org/method/messages.deleteMessages).
        """
        address = self._address(peer)
        if isinstance(address, types.InputPeerChannel):
            channel = utils.get_input_channel(address)
            request = functions.channels.DeleteMessagesRequest(channel, list(message_ids))
        else:
            request = functions.messages.DeleteMessagesRequest(list(message_ids), revoke=True)
        answer = await self._call(request, wanted)
        return answer if isinstance(answer, Refused) and answer.code not in NOT_THERE else Sent(None)

    async def open_topic(self, title: str, random_id: int) -> Outcome:
        """A new topic; `Sent.message_id` is its id.

        The random id "prevents duplicate sending" here too (core.telegram.org/method/messages.createForumTopic).
        """
        request = functions.messages.CreateForumTopicRequest(self._group, title, random_id=random_id)
        return await self._send(request, [random_id])

    async def reopen_topic(self, topic: int) -> Outcome:
        """Open a closed topic again."""
        return await self._send(functions.messages.EditForumTopicRequest(self._group, topic, closed=False), [0])

    async def topic_stands(self, topic: int) -> bool | Refused:
        """Whether there is such a topic."""
        title = await self.topic_title(topic)
        return title if isinstance(title, Refused) else title is not None

    async def topic_title(self, topic: int) -> str | Refused | None:
        """What a topic is called; None when there is no such topic."""
        found = await self._call(functions.messages.GetForumTopicsByIDRequest(self._group, [topic]))
        if isinstance(found, Refused):
            return found
        titles = [each.title for each in found.topics if isinstance(each, types.ForumTopic) and each.id == topic]
        return titles[0] if titles else None

    async def rename_topic(self, topic: int, title: str) -> Outcome:
        """Call a topic something else."""
        return await self._send(functions.messages.EditForumTopicRequest(self._group, topic, title=title), [0])

    async def _write(
        self, sources: Originals | Refused, to: Any, random_ids: Sequence[int], header: Any, name: Any = lambda _: ""
    ) -> Outcome | None:
        """Write messages anew as a reply; None when they cannot be, or there is nothing to reply to any more."""
        if isinstance(sources, Refused):
            return sources
        if not all(translate.kind(each) in _WRITABLE for each in sources.messages):
            return None
        texts = [after(name(each), formatted(each)) for each in sources.messages]
        answer = await self._call(self._anew(sources, texts, to, random_ids, header))
        if isinstance(answer, Refused):
            return None if answer.code in NOTHING_TO_REPLY_TO else answer
        outcome = sent(answer, random_ids)
        return Shown(outcome.message_id, outcome.others, tuple(map(digest, sources.messages)))

    def _name(self, message: Any, peer: Peer) -> str:
        """Who wrote a message, as it stands before its text; empty where there is no room for it."""
        kind = translate.kind(message)
        name = f"{self.me.name if message.out else peer.name or peer.id}:\n"
        longest = LONGEST_TEXT if kind == "text" else LONGEST_CAPTION if kind in _CAPTIONED else 0
        length = utf16(name + (message.message or ""))
        return name if length <= longest and not message.grouped_id else ""

    def _address(self, peer: Peer) -> Any:
        return translate.input_peer(peer.id, peer.access_hash)


def _file(message: Any) -> int | None:
    shown = getattr(message.media, "photo", None) or getattr(message.media, "document", None)
    return getattr(shown, "id", None)


def _shown(answer: Any, random_ids: Sequence[int]) -> Outcome:
    """What a forward into the group made, with what each message shows."""
    outcome = sent(answer, random_ids)
    new = {
        each.message.id: digest(each.message)
        for each in getattr(answer, "updates", ())
        if isinstance(each, types.UpdateNewChannelMessage) and isinstance(each.message, types.Message)
    }
    return Shown(outcome.message_id, outcome.others, tuple(new.get(each or 0) for each in outcome.message_ids))
