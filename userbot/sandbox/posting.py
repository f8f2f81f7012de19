"""What people write, read, change and take back, as plain calls. Everything goes the way a client's request goes."""

import hashlib
import secrets
from typing import Any

from telethon.tl import functions, types

from userbot.sandbox import media, samples
from userbot.sandbox.methods import Caller, handle
from userbot.sandbox.peers import bare, input_peer
from userbot.sandbox.render import GENERAL
from userbot.sandbox.seen import Entity, Seen, formatting, look
from userbot.sandbox.world import World

_PART = 512 * 1024


class Posting:
    """The part of a Sandbox that speaks. Ids of groups are marked (-100...); `by` is a user id.

    `media` is one of `samples.KINDS`, or of `samples.ODD_KINDS`. Telegram's refusals come as RpcError.
    """

    world: World

    def ask(self, user: int, request: Any) -> Any:
        """Make a request as this user, without a connection."""
        return handle(self.world, Caller(0, 0, user), request)

    def peer(self, viewer: int, marked: int) -> Any:
        """A user or group as `viewer` addresses it."""
        return input_peer(self.world, viewer, marked)

    def post(
        self,
        group: int,
        by: int,
        text: str = "",
        *,
        topic: int = GENERAL,
        reply_to: int | None = None,
        reply_in: int | None = None,
        media: str | None = None,
        entities: list[Entity] | None = None,
        anonymous: bool = False,
    ) -> int:
        """Write into a group; `anonymous` in the group's own name. Returns the message id.

        `reply_in` is the chat in which the replied-to message stands, if it is another one.
        """
        extra = {"send_as": self.peer(by, group)} if anonymous else {}
        reply = _reply(topic, reply_to)
        if reply_in is not None:
            reply.reply_to_peer_id = self.peer(by, reply_in)
        return self._send(by, group, text, media, entities, reply_to=reply, **extra)

    def vote(self, group: int, by: int, message: int, option: int = 0) -> None:
        """Choose in a poll that stands in a group, or (a positive id) in a private dialog."""
        media = self.world.content(self._content(group if group < 0 else by, message)).media
        chosen = media.poll.answers[option].option
        self.ask(by, functions.messages.SendVoteRequest(self.peer(by, group), message, [chosen]))

    def write(
        self,
        sender: int,
        recipient: int,
        text: str = "",
        *,
        media: str | None = None,
        entities: list[Entity] | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Write to a user; returns the message id in the sender's box (the recipient's is another)."""
        return self._send(sender, recipient, text, media, entities, reply_to=_reply(GENERAL, reply_to))

    def _send(
        self, by: int, to: int, text: str, kind: str | None, entities: list[Entity] | None, /, **extra: Any
    ) -> int:
        options = {
            "peer": self.peer(by, to), "message": text, "entities": formatting(entities or []),
            "random_id": secrets.randbits(62), **extra,
        }  # fmt: skip
        if kind is None:
            return _sent(self.ask(by, functions.messages.SendMessageRequest(**options)))[0]
        given = samples.specimen(kind, self._uploader(by))
        return _sent(self.ask(by, functions.messages.SendMediaRequest(media=given, **options)))[0]

    def post_file(
        self,
        group: int,
        by: int,
        name: str,
        data: bytes,
        *,
        mime: str = "text/plain",
        caption: str = "",
        reply_to: int | None = None,
        topic: int = GENERAL,
    ) -> int:
        """Post a file into a group, or (a positive id) send it to a user; returns the message id."""
        given = samples.document(self._uploader(by), name, data, mime)
        request = functions.messages.SendMediaRequest(
            self.peer(by, group), given, caption, reply_to=_reply(topic, reply_to),
            random_id=secrets.randbits(62),
        )  # fmt: skip
        return _sent(self.ask(by, request))[0]

    def post_album(
        self,
        group: int,
        by: int,
        kinds: list[str],
        caption: str = "",
        *,
        topic: int = GENERAL,
        reply_to: int | None = None,
    ) -> list[int]:
        """Post an album, the caption at its first message; returns the message ids."""
        singles = []
        for number, kind in enumerate(kinds):
            given = samples.specimen(kind, self._uploader(by))
            text = caption if number == 0 else ""
            singles.append(types.InputSingleMedia(given, text, random_id=secrets.randbits(62)))
        request = functions.messages.SendMultiMediaRequest(
            self.peer(by, group), singles, reply_to=_reply(topic, reply_to)
        )
        return _sent(self.ask(by, request))

    def _uploader(self, by: int) -> samples.Upload:
        def upload(name: str, data: bytes) -> Any:
            number = secrets.randbits(62)
            parts = [data[start : start + _PART] for start in range(0, len(data), _PART)] or [b""]
            for part, piece in enumerate(parts):
                self.ask(by, functions.upload.SaveFilePartRequest(number, part, piece))
            digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
            return types.InputFile(number, len(parts), name, digest)

        return upload

    def edit(self, by: int, peer: int, message: int, text: str) -> None:
        """Change the text of one's own message in a group or private dialog."""
        self.ask(by, functions.messages.EditMessageRequest(self.peer(by, peer), message, message=text))

    def delete(self, group: int, messages: list[int]) -> None:
        """Delete messages from a group, as its creator."""
        creator = self.world.value("SELECT creator FROM channels WHERE id = ?", group)
        channel = types.InputChannel(bare(group), self.world.access_hash(creator, group))
        self.ask(creator, functions.channels.DeleteMessagesRequest(channel, messages))

    def take_back(self, by: int, messages: list[int]) -> None:
        """Delete private messages (ids in this user's box), for the other side too."""
        self.ask(by, functions.messages.DeleteMessagesRequest(messages, revoke=True))

    def read(self, reader: int, peer: int) -> None:
        """Read all there is in a dialog, or in a group."""
        given = self.peer(reader, peer)
        if peer > 0:
            self.ask(reader, functions.messages.ReadHistoryRequest(given, 0))
        else:
            channel = types.InputChannel(given.channel_id, given.access_hash)
            self.ask(reader, functions.channels.ReadHistoryRequest(channel, 0))

    def react(self, people: list[int], to: int, text: str) -> None:
        """All of these read their dialog with somebody, and answer."""
        with self.world.batch():
            for person in people:
                self.read(person, to)
                self.write(person, to, text)

    def messages(self, group: int, topic: int | None = None) -> list[Seen]:
        """What stands in a group, or in one of its topics, oldest first."""
        if topic is None:
            return look(self.world, "box = ?", group)
        return look(self.world, "box = ? AND thread = ?", group, topic)

    def dialog(self, owner: int, peer: int) -> list[Seen]:
        """What stands in a private dialog as its owner has it, oldest first."""
        return look(self.world, "box = ? AND thread = ?", owner, peer)

    def download(self, box: int, message: int) -> bytes:
        """The file of a message in a group, or in a user's box."""
        shown = self.world.content(self._content(box, message)).media
        stored = shown.photo if isinstance(shown, types.MessageMediaPhoto) else shown.document
        location = types.InputDocumentFileLocation(stored.id, stored.access_hash, stored.file_reference, "")
        return media.read(self.world, location, 0, 2**31 - 1)

    def expire_files(self) -> None:
        """The references that clients have to files are no good any more; messages show new ones."""
        media.expire(self.world)

    def _content(self, box: int, message: int) -> int:
        return int(self.world.value("SELECT content FROM messages WHERE box = ? AND id = ?", box, message))


def _reply(topic: int, message: int | None) -> Any:
    """What a client says to write into a topic, or to answer a message in it."""
    if message is not None:
        top = topic if topic != GENERAL else None
        return types.InputReplyToMessage(message, top_msg_id=top)
    return types.InputReplyToMessage(topic) if topic != GENERAL else None


def _sent(updates: Any) -> list[int]:
    return [update.id for update in updates.updates if isinstance(update, types.UpdateMessageID)]
