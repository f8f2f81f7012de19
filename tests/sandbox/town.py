"""A small world without a server: an account that is logged in, customers, a forum, and what was pushed to whom."""

from typing import Any

import pytest
from telethon.tl import functions, types

from userbot.sandbox.errors import RpcError
from userbot.sandbox.methods import Caller, handle
from userbot.sandbox.peers import bare
from userbot.sandbox.posting import Posting
from userbot.sandbox.world import World

messages = functions.messages
KEY, SESSION = 11, 7


class Clock:
    """Time that a test moves."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class Town(Posting):
    """Everybody is named by an attribute: `me` is the account, `ann` and `bob` are customers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pushed: list[tuple[int, Any]] = []
        world.publish = lambda user, updates, _leave_out: self.pushed.append((user, updates))
        self.me = world.new_user("Me", phone="491")
        self.ann = world.new_user("Ann", username="ann")
        self.bob = world.new_user("Bob")
        self.group = self.new_group(self.me, forum=True)
        self.log_in(self.me, KEY)
        self.caller = Caller(KEY, SESSION, self.me)

    def new_group(self, creator: int, *, forum: bool) -> int:
        made = self.ask(creator, functions.channels.CreateChannelRequest("Group", "", megagroup=True, forum=forum))
        return bare(made.chats[0].id)

    def log_in(self, user: int, key: int) -> None:
        self.world.save_auth_key(key, bytes(256))
        with self.world.transaction():
            self.world.log_in(key, user)

    def bob_in(self) -> int:
        """Bob, who has become a member of the group."""
        self.call(functions.channels.InviteToChannelRequest(self.channel(self.group), [self.user(self.bob)]))
        return self.bob

    def call(self, request: Any, user: int | None = None) -> Any:
        """As the account over its connection, or as somebody else."""
        answer = self.ask(user, request) if user else handle(self.world, self.caller, request)
        if not isinstance(answer, bool | list):
            bytes(answer)  # whatever is answered can be said in TL
        return answer

    def refused(self, request: Any, user: int | None = None) -> str:
        """The error with which the request is refused."""
        with pytest.raises(RpcError) as caught:
            self.call(request, user)
        return caught.value.message

    def at(self, marked: int, viewer: int | None = None) -> Any:
        """The input peer as the account addresses it."""
        return self.peer(viewer or self.me, marked)

    def channel(self, marked: int, viewer: int | None = None) -> Any:
        """The input channel as the account addresses it."""
        return types.InputChannel(bare(marked), self.world.access_hash(viewer or self.me, marked))

    def user(self, number: int, viewer: int | None = None) -> Any:
        """The input user as the account addresses it."""
        return types.InputUser(number, self.world.access_hash(viewer or self.me, number))

    def text(self, to: int, text: str, random_id: int = 1, **extra: Any) -> Any:
        """The account's request to send a text."""
        return messages.SendMessageRequest(self.at(to), text, random_id=random_id, **extra)

    def forward(self, ids: list[int], to: int, random_ids: list[int], **extra: Any) -> Any:
        """The account's request to forward messages of the group without their author."""
        options = {"drop_author": True, "random_id": random_ids, **extra}
        return messages.ForwardMessagesRequest(self.at(self.group), ids, self.at(to), **options)

    def told(self, user: int, kind: type) -> list[Any]:
        """The updates of a kind that were pushed to a user."""
        return [each for to, updates in self.pushed if to == user for each in updates.updates if isinstance(each, kind)]


def new_messages(updates: Any) -> list[Any]:
    """The messages that updates bring."""
    kinds = (types.UpdateNewMessage, types.UpdateNewChannelMessage)
    return [update.message for update in updates.updates if isinstance(update, kinds)]
