"""What a delivery needs of Telegram: one call, of the kind that its sending asks for."""

import logging
from collections.abc import Awaitable, Sequence
from typing import NamedTuple

from userbot.core.acts import Act
from userbot.core.delivery import Outcome, random_ids
from userbot.core.model import Delivery, Peer
from userbot.core.placeholders import Person
from userbot.core.ports import Wanted
from userbot.errors import StoreError, TelegramError
from userbot.service.context import Context
from userbot.service.lanes import Lane
from userbot.store import peers

log = logging.getLogger(__name__)


class Call(NamedTuple):
    """What is under way."""

    lane: Lane
    along: Sequence[Delivery]
    """What it takes care of."""
    halts: int
    """How often everything had been halted when it began …"""
    openings: int
    """… how often its lane had been opened …"""
    began: float
    """… and at which second of the monotonic clock that was."""
    looked_up: bool = False
    """Whether Telegram did not know the recipient's address, and was asked for it."""


class Courier:
    """Makes the calls. One goes out at once where it can, and what it brings is promised."""

    def __init__(self, context: Context) -> None:
        self._database = context.database
        self._telegram = context.telegram

    def deliver(self, lane: Lane, along: Sequence[Delivery], wanted: Wanted) -> Awaitable[Outcome]:
        """Deliver in one call all that goes `along`, if it is still `wanted` when the call can begin."""
        delivery = along[0]
        if lane.sending.act is Act.RECALL:
            delivered = [number for each in along for number in each.delivered]
            return self._telegram.take_back(_address(delivery), delivered, wanted)
        if lane.sending.act is Act.CORRECT:
            return self._correct(lane, delivery, wanted)
        step, peer_id, access_hash = lane.step(delivery), delivery.peer_id, delivery.access_hash
        ids = random_ids(lane.sending.seed, peer_id, delivery.step, step.message_ids)
        if step.personal:
            person = Person(peer_id, *delivery.names)
            return self._telegram.send_personal(step.message_ids, person, access_hash, ids, wanted)
        return self._telegram.forward(step.message_ids, peer_id, access_hash, ids, wanted)

    async def _correct(self, lane: Lane, delivery: Delivery, wanted: Wanted) -> Outcome:
        person, (source, *_) = Person(delivery.peer_id, *delivery.names), lane.step(delivery).message_ids
        place, occasion = delivery.delivered[0], lane.sending.id
        return await self._telegram.correct(person, delivery.access_hash, place, source, occasion, wanted)

    async def look_up(self, delivery: Delivery, outcome: Outcome) -> Outcome:
        """Telegram does not know the address: ask for the current one. Returns what the call brought."""
        try:
            found = await self._telegram.resolve(_address(delivery))
            if found is not None:
                async with self._database.transaction() as on:
                    await peers.learn(on, [found])
        except (TelegramError, StoreError) as error:
            log.info("a recipient could not be looked up: %s", error)
        return outcome


def _address(delivery: Delivery) -> Peer:
    return Peer(delivery.peer_id, delivery.access_hash, "")
