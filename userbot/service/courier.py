"""What a delivery needs of Telegram: one call, of the kind that its sending asks for."""

import logging
from collections.abc import Sequence

from userbot.core.acts import Act
from userbot.core.congestion import CongestionWindow
from userbot.core.delivery import Outcome, Sent, random_ids
from userbot.core.model import Delivery, Peer
from userbot.core.placeholders import Person
from userbot.core.ports import Wanted
from userbot.core.settling import wants_new_address
from userbot.errors import StoreError, TelegramError
from userbot.service.context import Context
from userbot.service.lanes import Lane
from userbot.store import peers

log = logging.getLogger(__name__)


class Courier:
    """Makes the calls, and learns from how long they take how many may be under way."""

    def __init__(self, context: Context) -> None:
        self.window = CongestionWindow()
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock

    async def deliver(self, lane: Lane, along: Sequence[Delivery], wanted: Wanted) -> Outcome:
        """Deliver in one call all that goes `along`, if it is still `wanted` when the call can begin."""
        delivery = along[0]
        if lane.sending.act is Act.RECALL:
            delivered = [number for each in along for number in each.delivered]
            outcome = await self._telegram.take_back(_address(delivery), delivered, wanted)
        elif lane.sending.act is Act.CORRECT:
            outcome = await self._correct(lane, delivery, wanted)
        else:
            outcome = await self._send(lane, delivery, wanted)
        if wants_new_address(delivery, outcome):
            await self._look_up(delivery)
        return outcome

    async def _send(self, lane: Lane, delivery: Delivery, wanted: Wanted) -> Outcome:
        step, began = lane.step(delivery), self._clock.monotonic()
        peer_id, access_hash = delivery.peer_id, delivery.access_hash
        ids = random_ids(lane.sending.seed, peer_id, delivery.step, step.message_ids)
        if step.personal:
            person = Person(peer_id, *delivery.names)
            outcome = await self._telegram.send_personal(step.message_ids, person, access_hash, ids, wanted)
        else:
            outcome = await self._telegram.forward(step.message_ids, peer_id, access_hash, ids, wanted)
        if isinstance(outcome, Sent):
            now = self._clock.monotonic()
            self.window = self.window.after(now - began, now)
        return outcome

    async def _correct(self, lane: Lane, delivery: Delivery, wanted: Wanted) -> Outcome:
        person, (source, *_) = Person(delivery.peer_id, *delivery.names), lane.step(delivery).message_ids
        place, occasion = delivery.delivered[0], lane.sending.id
        return await self._telegram.correct(person, delivery.access_hash, place, source, occasion, wanted)

    async def _look_up(self, delivery: Delivery) -> None:
        """Telegram does not know the address: ask for the current one."""
        try:
            found = await self._telegram.resolve(_address(delivery))
            if found is not None:
                async with self._database.transaction() as on:
                    await peers.learn(on, [found])
        except (TelegramError, StoreError) as error:
            log.info("a recipient could not be looked up: %s", error)


def _address(delivery: Delivery) -> Peer:
    return Peer(delivery.peer_id, delivery.access_hash, "")
