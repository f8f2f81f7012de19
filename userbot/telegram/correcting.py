"""Another text, or caption, in place of what was delivered."""

from typing import Any

from telethon import TelegramClient, functions, types

from userbot.core.delivery import COPY_GONE, Outcome, Refused, Sent
from userbot.core.placeholders import Person, rendered
from userbot.core.ports import Wanted
from userbot.telegram.rewriting import GONE, Originals, Rewriting, formatted

KEPT = 20
"""Corrections whose new text is remembered: more than there ever are at once."""


class Correcting(Rewriting):
    """The part of the gateway that corrects."""

    def __init__(self, client: TelegramClient, me: Any, group: Any) -> None:
        super().__init__(client, me, group)
        self._sources: dict[int, Originals] = {}

    async def correct(
        self, person: Person, access_hash: int, message_id: int, source_id: int, occasion: int, wanted: Wanted
    ) -> Outcome:
        """Let a message of ours in a dialog say what a message of the group does, with this person's names.

        One that says it is as good as done.

        Our messages can be edited for 48 hours: `edit_time_limit` (core.telegram.org/constructor/config).
        """
        sources = await self._source(source_id, occasion)
        if isinstance(sources, Refused):
            return sources
        [source] = sources.messages
        text = rendered(formatted(source), person)
        request = functions.messages.EditMessageRequest(
            self._to(person.id, access_hash),
            message_id,
            no_webpage=not isinstance(source.media, types.MessageMediaWebPage),
            message=text.text,
            entities=sources.entities(text),
        )
        outcome = await self._edit(request, wanted)
        if not isinstance(outcome, Refused):
            return Sent(message_id)
        return COPY_GONE if outcome.code in {GONE.code, "MSG_ID_INVALID"} else outcome

    async def _source(self, source_id: int, occasion: int) -> Originals | Refused:
        if occasion not in self._sources:
            found = await self._originals([source_id])
            if isinstance(found, Refused):
                return found
            self._sources[occasion] = found
            if len(self._sources) > KEPT:
                del self._sources[next(iter(self._sources))]
        return self._sources[occasion]
