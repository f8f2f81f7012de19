"""From a dialog into its topic: messages, the news of their edits, and that they are gone."""

import logging
from itertools import takewhile

from userbot.core.delivery import NOT_THERE, Meaning, Outcome, Refused, Sent
from userbot.core.desk import TOPIC_CLOSED, TOPIC_GONE, Fate, Item, Side, What, random_ids, wait_for_group
from userbot.core.model import Notice, Peer
from userbot.core.wording import desk as wording
from userbot.service.desk.lane import POLL_SECONDS, Lane, Tries
from userbot.store import desk, mailed, topics

log = logging.getLogger(__name__)

ANSWER_SECONDS = 7 * 86_400.0
"""For how long after a mailing what somebody writes counts as an answer to it."""

SETTLE_SECONDS = 60.0
"""How long a message of the account's own waits for a mailing to say whether it delivered it."""


class Inward(Lane):
    """The lanes into the topics."""

    async def do(self, items: list[Item]) -> None:
        """Let what happened in a dialog appear."""
        first = items[0]
        match first.what:
            case What.MESSAGE:
                await self._show(await self._together(items))
            case What.EDIT:
                await self._show_edit(first)
            case What.DELETION:
                await self._tell_deleted(list(takewhile(lambda each: each.what is What.DELETION, items)))

    async def _show(self, items: list[Item]) -> None:
        first = items[0]
        on = self._database.reader
        if first.out and (await self._is_ours(first) or not await topics.has_topic(on, first.peer_id)):
            return await self._settle(items, Fate.DROPPED)
        peer = await self._peer(first.peer_id)
        outcome = await self._shown(items, peer)
        if isinstance(outcome, Sent):
            answer = None if first.out else await self._answers(first, outcome.message_id)
            return await self._settle(items, Fate.DONE, outcome, answer)
        if outcome.code in NOT_THERE:
            if len(items) == 1:
                return await self._settle(items, Fate.DROPPED)
            for each in items:  # some of the album are gone
                await self._show([each])
            return None
        log.warning("a message cannot appear in its topic: %s", outcome.reason)
        notice = await self._notice(first, wording.cannot_appear(outcome.reason), None)
        return await self._settle(items, Fate.FAILED, notice=notice)

    async def _shown(self, items: list[Item], peer: Peer) -> Outcome:
        """Forward until it stands there, or never will."""
        tries = Tries()
        ids = random_ids(self._desktop.seed, items)
        while True:
            topic = await self._topics.of(peer)
            await self._desktop.shows.opened()
            outcome = await self._telegram.show(
                peer, [each.source_id for each in items], topic, ids, reply_to=await self._reply(items[0])
            )
            if isinstance(outcome, Sent):
                return outcome
            if outcome.meaning is Meaning.UNKNOWN_PEER:
                peer = await self._look_up(peer)
            wait = await self._wait(outcome, topic, tries)
            if wait is None:
                return Sent(None) if outcome.meaning is Meaning.CONFIRMED else outcome
            await self._sleep(wait)

    async def _wait(self, refused: Refused, topic: int, tries: Tries) -> float | None:
        """Seconds until another try; None when there is none."""
        if refused.code in TOPIC_GONE:
            await self._topics.gone(topic)
            return 0.0
        if refused.code in TOPIC_CLOSED:
            await self._topics.closed(topic)
            return 0.0
        if refused.meaning is Meaning.ACCOUNT_LATER:
            self._desktop.shows.close(refused.seconds + 1.0)
            return 0.0
        group = wait_for_group(refused)
        return tries.wait(refused) if group is None else group

    async def _reply(self, item: Item) -> int | None:
        """The message of the topic that this one answers."""
        if item.reply_to is None:
            return None
        return await desk.in_topic(self._database.reader, item.peer_id, item.reply_to)

    async def _is_ours(self, item: Item) -> bool:
        """Whether what the account wrote is a copy of the desk's or a mailing's delivery, and not the owner's own.

        What is on its way comes back first. Where an answer was lost, only Telegram can tell, and mostly does.
        """
        on = self._database.reader
        while await desk.pending_before(on, item.peer_id, Side.TOPIC, item.id):
            await self._sleep(POLL_SECONDS)
        if await desk.is_copy(on, Side.DIALOG, item.peer_id, item.source_id):
            return True
        began = self._desktop.began if item.date <= self._desktop.began else 0.0
        until = self._clock.monotonic() + SETTLE_SECONDS
        while True:
            sends = self._desktop.mailings.sends_to(item.peer_id)
            if await mailed.delivered(on, [item]):
                return True
            status = await mailed.may_be_delivered(on, item.peer_id, began)
            if not sends and (status is None or item.elsewhere):
                return False
            if not sends and (status == "paused" or self._clock.monotonic() > until):
                # A mailing must never show; what the owner wrote meanwhile stands in the dialog all the same.
                return True
            await self._sleep(POLL_SECONDS)

    async def _answers(self, item: Item, message_id: int | None) -> Notice | None:
        """The line under somebody's first message after a mailing."""
        if item.peer_id < 0:
            return None
        while self._desktop.mailings.sends_to(item.peer_id):
            await self._sleep(POLL_SECONDS)
        mailing = await mailed.answered(self._database.reader, item, ANSWER_SECONDS)
        return None if mailing is None else await self._notice(item, wording.answers(mailing), message_id)

    async def _show_edit(self, item: Item) -> None:
        """Reply in the topic with what a message says now."""
        on = self._database.reader
        shown_as = await desk.in_topic(on, item.peer_id, item.source_id)
        if shown_as is None or not await desk.appears(on, item):
            return await self._settle([item], Fate.DROPPED)
        peer, tries = await self._peer(item.peer_id), Tries()
        [random_id] = random_ids(self._desktop.seed, [item])
        while True:
            topic = await self._topics.of(peer)
            await self._desktop.changes.opened()
            shown = await desk.shown(on, item.peer_id, item.source_id)
            outcome = await self._telegram.show_edit(
                peer, item.source_id, topic, shown_as, random_id, shown=shown, mark=wording.EDITED
            )
            if isinstance(outcome, Sent):
                return await self._settle([item], Fate.DONE, outcome)
            wait = None if outcome.code in NOT_THERE else await self._wait(outcome, topic, tries)
            if wait is None:
                log.info("an edit is not shown in its topic: %s", outcome.reason)
                return await self._settle([item], Fate.DROPPED)
            await self._sleep(wait)

    async def _tell_deleted(self, items: list[Item]) -> None:
        """Say which messages are gone from the dialog, unless they were taken back from here."""
        on = self._database.reader
        gone = [
            shown_as
            for each in items
            if not await desk.taken_back(on, each)
            and (shown_as := await desk.in_topic(on, each.peer_id, each.source_id)) is not None
        ]
        notice = None
        if gone:
            notice = await self._notice(items[0], wording.deleted(len(gone)), gone[0] if len(gone) == 1 else None)
        await self._settle(items, Fate.DONE, notice=notice)
