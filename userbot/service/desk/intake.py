"""What of the news concerns the desk is written into its journal, in the transaction in which it is taken down."""

from collections.abc import Callable

from userbot.core.desk import Side, stays
from userbot.core.model import GENERAL
from userbot.core.news import Deleted, Edited, News, Said, TopicTurned
from userbot.core.ports import Telegram
from userbot.store import desk, mailed, outbox, topics
from userbot.store.database import Connection


class Intake:
    """Decides which message is for the other side. What cannot be decided yet is written down too."""

    def __init__(self, telegram: Telegram, now: Callable[[], float], noted: Callable[[], object]) -> None:
        """`noted` is called for everything that is written down; inside the transaction."""
        self._telegram = telegram
        self._now = now
        self._noted = noted

    async def note(self, on: Connection, box: int, news: News) -> None:
        """Write the news of a box down."""
        if box == self._telegram.group_id:
            await self._group(on, news)
        else:
            await self._dialogs(on, news)
        if news.events:
            self._noted()

    async def _dialogs(self, on: Connection, news: News) -> None:
        """Dialogs with people, and the groups that have a topic."""
        said = [each for each in news.events if isinstance(each, Said)]
        delivered = await mailed.delivered(on, [each for each in said if each.out])
        for event in news.events:
            match event:
                case Said(chat=chat, message_id=number):
                    known = chat > 0 or await topics.has_topic(on, chat)
                    if known and chat not in news.nobody and not (event.out and number in delivered):
                        await self._note(on, chat, Side.DIALOG, event)
                case Edited():
                    await desk.note_edit(on, Side.DIALOG, event)
                case Deleted(chat, ids):
                    await desk.note_deletions(on, Side.DIALOG, chat, ids, self._now())
                case TopicTurned():
                    pass

    async def _group(self, on: Connection, news: News) -> None:
        """The backend group: what stands in a dialog's topic is for the dialog."""
        said = [each for each in news.events if isinstance(each, Said)]
        owners = await topics.owners(on, {each.topic for each in said})
        # A comment or a command may have an album with it.
        kept = {each.grouped_id for each in said if each.grouped_id is not None and stays(each.text)}
        for event in news.events:
            match event:
                case Said(topic=topic):
                    peer_id = None if topic == GENERAL else owners.get(topic)
                    if peer_id is not None and event.grouped_id not in kept and await self._is_answer(on, event, news):
                        await self._note(on, peer_id, Side.TOPIC, event)
                case Edited(message):
                    if not stays(message.text):
                        await desk.note_edit(on, Side.TOPIC, event)
                case Deleted(_, ids):
                    await topics.turned(on, ids, "gone")
                    await desk.note_deletions(on, Side.TOPIC, None, ids, self._now())
                case TopicTurned(topic, closed):
                    await topics.turned(on, [topic], "closed" if closed else "open")

    async def _note(self, on: Connection, peer_id: int, side: Side, said: Said) -> None:
        """Write a message down, unless it is known already that the desk itself made it."""
        if not (said.out and await desk.is_copy(on, side, peer_id, said.message_id)):
            await desk.note(on, peer_id, side, said)

    async def _is_answer(self, on: Connection, said: Said, news: News) -> bool:
        """Whether somebody wrote it who may mean the customer. Of the account's own, what the program says is none."""
        if stays(said.text):
            return False
        if not said.out:
            return said.sender not in news.nobody
        return not await outbox.is_own(on, said.message_id, said.text)
