"""Takes out of mailings whoever says so, and tells them and the team; and takes them in again."""

from collections.abc import Callable
from typing import Protocol

from userbot.core import opting_out
from userbot.core.model import GENERAL, Notice, Peer
from userbot.core.wording import leaving as words
from userbot.service.context import Context
from userbot.service.letters import Letters
from userbot.store import leaving, peers
from userbot.store.database import Connection
from userbot.store.receipts import WATCHED_SECONDS


class Changed(Protocol):
    """Who wants to know at once."""

    def __call__(self, peer_id: int, *, left: bool) -> None:
        """Somebody left, or came back."""


class OptingOut:
    """Who wants no more mailings. What is written down here holds from the next delivery on."""

    def __init__(self, context: Context, letters: Letters, words_given: str, changed: Changed) -> None:
        """`words_given` are OPT_OUT_WORDS; `changed` is told of whoever left or came back, once it is written down."""
        self._database = context.database
        self._clock = context.clock
        self._voice = context.voice
        self._letters = letters
        self._words = frozenset(filter(None, map(opting_out.folded, words_given.split(","))))
        self._changed = changed

    async def heard(self, on: Connection, peer_id: int, text: str) -> None:
        """A customer wrote this to the account."""
        if opting_out.leaves(text, self._words):
            if await self.leave(on, peer_id):
                await self._letters.write(on, peer_id, words.farewell())
                await self._tell(on, peer_id, words.left)
        elif opting_out.comes_back(text) and await self.come_back(on, peer_id):
            await self._letters.write(on, peer_id, words.welcome_back())
            await self._tell(on, peer_id, words.returned)

    async def leave(self, on: Connection, peer_id: int) -> bool:
        """Take somebody out; False when they are out already."""
        now = self._clock.now()
        if not await leaving.leave(on, peer_id, now, now - WATCHED_SECONDS):
            return False
        self._database.afterwards(lambda: self._changed(peer_id, left=True))
        return True

    async def come_back(self, on: Connection, peer_id: int) -> bool:
        """Take somebody in again; False when they are in."""
        if not await leaving.come_back(on, peer_id):
            return False
        self._database.afterwards(lambda: self._changed(peer_id, left=False))
        return True

    async def _tell(self, on: Connection, peer_id: int, say: Callable[[Peer], str]) -> None:
        """Tell the team in the customer's topic, in General when there is none."""
        peer = await peers.find(on, peer_id)
        assert peer is not None
        await self._voice.say(on, Notice(say(peer), await peers.topic_of(on, peer_id) or GENERAL))
