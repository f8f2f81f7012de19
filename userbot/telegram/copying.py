"""Personal messages: copies of messages of the backend group, in which placeholders are the recipient's names.

What a copy is made of is read once for many: the texts, their formatting, and references to the media, which expire
(core.telegram.org/api/file_reference) and are then read again.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from userbot.core.delivery import Outcome, Refused
from userbot.core.placeholders import Person, rendered
from userbot.core.ports import Wanted
from userbot.telegram.rewriting import Originals, Rewriting, formatted

KEPT = 200
"""How many steps are kept: more than ever go out at a time."""

FRESH_SECONDS = 60.0
"""After how long a message is read again, for somebody may have edited it."""


class Copying(Rewriting):
    """The part of the gateway that sends everybody their own."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._steps: OrderedDict[tuple[int, ...], tuple[Originals, float]] = OrderedDict()
        self._reading = asyncio.Lock()

    async def send_personal(
        self, message_ids: Sequence[int], person: Person, access_hash: int, random_ids: Sequence[int], wanted: Wanted
    ) -> Outcome:
        """Send a person their own copies; whatever goes wrong is an Outcome."""
        outcome = await self._copy(tuple(message_ids), person, access_hash, random_ids, wanted)
        return replace(outcome, to_person=person.id > 0) if isinstance(outcome, Refused) else outcome

    async def _copy(
        self, message_ids: tuple[int, ...], person: Person, access_hash: int, random_ids: Sequence[int], wanted: Wanted
    ) -> Outcome:
        original = await self._step(message_ids)
        if isinstance(original, Refused):
            return original
        peer = self._to(person.id, access_hash)
        outcome = await self._send(self._personal(original, person, peer, random_ids), random_ids, wanted)
        if not isinstance(outcome, Refused) or not outcome.code.startswith("FILE_REFERENCE_"):
            return outcome
        renewed = await self._step(message_ids, instead_of=original)
        if isinstance(renewed, Refused):
            return renewed
        return await self._send(self._personal(renewed, person, peer, random_ids), random_ids, wanted)

    async def _step(self, message_ids: tuple[int, ...], instead_of: Originals | None = None) -> Originals | Refused:
        """The messages of a step, read at most a minute ago, and not the ones that are no good any more."""
        async with self._reading:
            now = asyncio.get_running_loop().time()
            known, read_at = self._steps.get(message_ids, (None, now))
            if known is not None and known is not instead_of and now - read_at < FRESH_SECONDS:
                return known
            found = await self._originals(message_ids)
            if isinstance(found, Refused):
                return found
            self._steps[message_ids] = found, now
            self._steps.move_to_end(message_ids)
            if len(self._steps) > KEPT:
                self._steps.popitem(last=False)
            return found

    def _personal(self, originals: Originals, person: Person, peer: Any, random_ids: Sequence[int]) -> Any:
        texts = [rendered(formatted(each), person) for each in originals.messages]
        return self._anew(originals, texts, peer, random_ids)
