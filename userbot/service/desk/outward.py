"""From a topic to its dialog: what operators write, and how they edit and delete it. It never waits for a mailing."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import takewhile

from userbot.core.delivery import NOT_THERE, Meaning, Outcome, Refused, Sent
from userbot.core.desk import Fate, Item, Side, What, random_ids
from userbot.core.model import Notice, Peer, Role
from userbot.core.wording import desk as wording
from userbot.errors import TelegramError
from userbot.service.desk.lane import POLL_SECONDS, Desktop, Lane, Tries
from userbot.store import desk, topics

KNOWN_SECONDS = 300.0
"""For how long a member of the group is taken for one without being asked about."""

REPLY_SECONDS = 10.0
"""How long an answer waits for the message that it replies to, if that is on its way into the topic."""


class Outward(Lane):
    """The lanes out of the topics."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop)
        self._limiter = desktop.context.limits.limiter
        self._members: dict[int, float] = {}
        self._asking = asyncio.Lock()
        self._answering = 0

    async def do(self, items: list[Item]) -> None:
        """Let the customer have what happened in the topic."""
        first = items[0]
        match first.what:
            case What.MESSAGE:
                await self._answer(await self._together(items))
            case What.EDIT:
                await self._edit(first)
            case What.DELETION:
                await self._take_back(list(takewhile(lambda each: each.what is What.DELETION, items)))

    async def _answer(self, items: list[Item]) -> None:
        first = items[0]
        if not await self._may_answer(first):
            return await self._settle(items, Fate.DROPPED)
        self._answering += 1
        self._desktop.mailings.give_way()
        try:
            outcome = await self._answered(items, await self._peer(first.peer_id))
        finally:
            self._answering -= 1
            if not self._answering:
                self._desktop.mailings.go_on()
        if isinstance(outcome, Sent):
            return await self._settle(items, Fate.DONE, outcome)
        if outcome.code in NOT_THERE:  # deleted before it went out
            if len(items) == 1:
                return await self._settle(items, Fate.DROPPED)
            for each in items:
                await self._answer([each])
            return None
        notice = await self._notice(first, wording.not_delivered(outcome.reason), first.topic_id)
        return await self._settle(items, Fate.FAILED, notice=notice)

    async def _may_answer(self, item: Item) -> bool:
        """Whether it is for the customer: not if the program itself wrote it, nor somebody from outside the group."""
        if item.out:
            on = self._database.reader
            while await desk.pending_before(on, item.peer_id, Side.DIALOG, item.id):
                await self._sleep(POLL_SECONDS)
            return not await desk.is_copy(on, Side.TOPIC, item.peer_id, item.source_id)
        return item.sender is None or await self._is_member(item.sender, item.source_id)

    async def _is_member(self, sender: int, message_id: int) -> bool:
        """Whether somebody belongs to the group; where Telegram hides its members, whoever writes there does."""
        tries = 0
        while self._members.get(sender, 0.0) < self._clock.monotonic():
            try:
                async with self._asking:  # many answers of one operator ask once
                    if self._members.get(sender, 0.0) >= self._clock.monotonic():
                        break
                    found = await self._telegram.participant(Peer(sender, 0, str(sender)), message_id)
            except TelegramError:
                tries += 1
                await self._sleep(min(2.0**tries, 60.0))
                continue
            if found.role is Role.STRANGER:
                return False
            self._members[sender] = self._clock.monotonic() + KNOWN_SECONDS
        return True

    async def _answered(self, items: list[Item], peer: Peer) -> Outcome:
        """Send until the customer has it, or never will. A flood wait is the account's own, and holds mailings too."""
        tries = Tries()
        ids = random_ids(self._desktop.seed, items)
        reply_to = await self._reply(items[0])
        while True:
            while (rest := self._limiter.wait(urgent=True)) is not None:
                await self._sleep(rest)
            self._limiter.sent()
            outcome = await self._telegram.answer(peer, [each.source_id for each in items], ids, reply_to=reply_to)
            self._limiter.learn(outcome)
            if isinstance(outcome, Sent):
                return outcome
            if outcome.meaning is Meaning.UNKNOWN_PEER:
                peer = await self._look_up(peer)
            wait = tries.wait(outcome)
            if wait is None:
                return Sent(None) if outcome.meaning is Meaning.CONFIRMED else outcome
            await self._sleep(wait)

    async def _reply(self, item: Item) -> int | None:
        """The message of the dialog that this one answers."""
        if item.reply_to is None:
            return None
        on = self._database.reader
        until = self._clock.monotonic() + REPLY_SECONDS
        while True:
            pending = await desk.pending_before(on, item.peer_id, Side.DIALOG, item.id)
            found = await desk.in_dialog(on, item.peer_id, item.reply_to)
            if found is not None or not pending or self._clock.monotonic() > until:
                return found
            await self._sleep(POLL_SECONDS)

    async def _edit(self, item: Item) -> None:
        """Let the customer's copy say what the message in the topic says now."""
        copy = await desk.in_dialog(self._database.reader, item.peer_id, item.source_id)
        if copy is None:
            return await self._settle([item], Fate.DROPPED)
        peer = await self._peer(item.peer_id)
        outcome = await self._changed(lambda: self._telegram.edit_copy(peer, copy, item.source_id))
        if isinstance(outcome, Sent) or outcome.code in NOT_THERE:
            return await self._settle([item], Fate.DONE)
        notice = await self._notice(item, wording.not_edited(outcome.reason), item.topic_id)
        return await self._settle([item], Fate.FAILED, notice=notice)

    async def _take_back(self, items: list[Item]) -> None:
        """Delete the customer's copies, unless the whole topic went: what was said stays said then."""
        on = self._database.reader
        copies = [
            copy for each in items if (copy := await desk.in_dialog(on, each.peer_id, each.source_id)) is not None
        ]
        topic = await topics.topic_of(on, items[0].peer_id)
        if not copies or topic is None or not await self._stands(topic[0]):
            return await self._settle(items, Fate.DROPPED)
        peer = await self._peer(items[0].peer_id)
        outcome = await self._changed(lambda: self._telegram.take_back(peer, copies))
        notice: Notice | None = None
        if isinstance(outcome, Refused) and outcome.code not in NOT_THERE:
            notice = await self._notice(items[0], wording.not_deleted(outcome.reason), None)
        return await self._settle(items, Fate.DONE, notice=notice)

    async def _stands(self, topic: int) -> bool:
        """Whether there is still such a topic."""
        tries = Tries()
        while True:
            found = await self._telegram.topic_stands(topic)
            if not isinstance(found, Refused):
                return found
            wait = tries.wait(found)
            if wait is None:
                return False
            await self._sleep(wait)

    async def _changed(self, call: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """Edit or delete until it is done, or cannot be."""
        tries = Tries()
        while True:
            await self._desktop.changes.opened()
            outcome = await call()
            if isinstance(outcome, Sent):
                return outcome
            wait = tries.wait(outcome)
            if wait is None:
                return Sent(None) if outcome.meaning is Meaning.CONFIRMED else outcome
            if outcome.meaning is Meaning.ACCOUNT_LATER:
                self._desktop.changes.close(wait)
            else:
                await self._sleep(wait)
