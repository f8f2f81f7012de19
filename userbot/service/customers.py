"""The customers as the account knows them: everybody with a dialog, and whoever writes.

The dialogs are read page by page, newest first. Telegram asks for a pause about every twenty pages, so a reading keeps
its place, also across restarts, and after a flood wait takes as long for a page as Telegram has shown it wants.
"""

import asyncio
import logging
import math
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import Any

from userbot.core.dialogs import ARCHIVE, DialogPage, DialogPlace
from userbot.core.model import Peer, Written
from userbot.errors import FloodWaitError, StoreError, TelegramError, UserbotError
from userbot.service.context import Context
from userbot.store import facts, peers
from userbot.store.database import Connection

log = logging.getLogger(__name__)

_LEARNT = "dialogs learnt until"
"""The moment of the newest message that a whole reading has seen."""

READING = "dialogs being read"
"""Where a reading is that is not at its end: `since`, `newest`, `place`, `known` and `total`."""

MARGIN = 10.0
"""Seconds before the newest message of the last reading at which the next one stops."""

RETRY_SECONDS = 30.0

TRIES = 5
"""How often a page is asked for that tells too little of somebody."""

GATHER_SECONDS = 3.0
"""How long whoever writes without a name in the update is gathered, to be looked up together."""

BREATH = 0.2
"""Real seconds in which everybody else who writes is gathered, to be written down together."""

PATIENCE = 5.0
"""Seconds for which whoever needs to know all of them waits for a reading, before something is said of that."""

LONGEST_GAP = 5.0
"""Seconds between two pages at most, however early a flood wait came."""


class Customers:
    """Keeps the store's picture of the account's dialogs."""

    def __init__(self, context: Context) -> None:
        self.known = asyncio.Event()
        """Set once all dialogs were read."""
        self._database = context.database
        self._telegram = context.telegram
        self._clock = context.clock
        self._met: dict[int, tuple[Peer | None, Written]] = {}
        self._somebody = asyncio.Event()
        self._reading = asyncio.Lock()
        self._gap = 0.0
        """Seconds between two pages, as the last flood wait has taught."""
        self._pages = 0
        """Read since the last flood wait."""
        self._free_at = 0.0
        """When the next page may be asked for, by the monotonic clock."""

    def met(self, user_id: int, peer: Peer | None, written: Written) -> None:
        """Somebody wrote to the account; written down in turn. None when the update does not say who they are."""
        before, last = self._met.get(user_id, (None, written))
        self._met[user_id] = peer or before, max(last, written)
        self._somebody.set()

    async def take_down(self) -> None:
        """Write down who writes, until cancelled."""
        while True:
            await self._somebody.wait()
            self._somebody.clear()
            await asyncio.sleep(BREATH)
            try:
                if await self._nameless(self._met):
                    await self._clock.wait(asyncio.Event(), GATHER_SECONDS)
                await self._write_down()
            except (StoreError, TelegramError) as error:
                log.warning("customers who wrote cannot be written down now: %s", error)
                await self._clock.wait(asyncio.Event(), RETRY_SECONDS)

    async def _write_down(self) -> None:
        """Write down everybody who wrote so far. Raises StoreError and TelegramError, with nobody forgotten."""
        people, self._met = self._met, {}
        try:
            if await self._nameless(people):
                await self.read_news()
            async with self._database.transaction() as on:
                await peers.learn(on, [peer for peer, _ in people.values() if peer is not None])
                await peers.wrote(on, {who: written for who, (_, written) in people.items()})
        except BaseException:
            self._met = people | self._met
            self._somebody.set()
            raise

    async def _nameless(self, people: Mapping[int, tuple[Peer | None, Written]]) -> bool:
        """Whether somebody is among them who is no customer yet, and of whom nobody has told who they are."""
        ids = [who for who, (peer, _) in people.items() if peer is None]
        return bool(ids) and not await peers.are_known(self._database.reader, ids)

    async def look_for(self, ids: Collection[int], usernames: Collection[str] = ()) -> None:
        """When some of these have no dialog yet, look at the newest ones: a chat may have been joined just now.

        An operator waits for it: what Telegram wants a longer rest for is left, and a reading is waited for a moment.
        """
        try:
            for start in (DialogPlace(), ARCHIVE):
                if await self._have_dialogs(ids, usernames):
                    return
                page = await self._whole_page(start, PATIENCE)
                async with self._database.transaction() as on:
                    await peers.learn(on, page.peers)
        except FloodWaitError as error:
            log.info("the newest dialogs are not looked at: %s", error)
        if not await self._have_dialogs(ids, usernames):
            await self.all_known()

    async def _have_dialogs(self, ids: Collection[int], usernames: Collection[str]) -> bool:
        reader = self._database.reader
        return await peers.are_known(reader, ids) and len(await peers.named(reader, usernames)) == len(set(usernames))

    async def all_known(self) -> bool:
        """Whether all dialogs are read; what takes only a moment more is waited for."""
        await self._clock.wait(self.known, PATIENCE)
        return self.known.is_set()

    async def read_dialogs(self) -> None:
        """Read them all, or what is new since the last time, until they are known."""
        while not self.known.is_set():
            try:
                resumed = await facts.recall(self._database.reader, READING) is not None
                await self.read_news()
                if not resumed:
                    self.known.set()
            except UserbotError as error:
                log.warning("the dialogs cannot be read now: %s", error)
                await self._clock.wait(asyncio.Event(), RETRY_SECONDS)

    async def complete(self) -> None:
        """Return once everybody with a dialog is known, up to this moment."""
        await self.known.wait()
        while True:
            try:
                await self._write_down()
                return await self.read_news()
            except TelegramError as error:
                log.warning("the newest dialogs cannot be read now: %s", error)
                await self._clock.wait(asyncio.Event(), RETRY_SECONDS)

    async def progress(self) -> tuple[int, int, float]:
        """How many dialogs the first reading knows, of how many, and in how many seconds the rest may be read."""
        reading = await facts.recall(self._database.reader, READING) or {"known": 0, "total": 0}
        return reading["known"], reading["total"], expected_seconds(reading["total"] - reading["known"], self._gap)

    async def read_news(self) -> None:
        """Read what changed since the last reading, or go on with one that was not finished. Raises TelegramError."""
        async with self._reading:
            reading = await facts.recall(self._database.reader, READING)
            if reading is None:
                since = await facts.recall(self._database.reader, _LEARNT) or 0
                reading = {"since": since, "newest": since, "place": asdict(DialogPlace()), "known": 0, "total": 0}
            while reading is not None:
                page = await self._whole_page(DialogPlace(**reading["place"]))
                async with self._database.transaction() as on:
                    await peers.learn(on, page.peers)
                    await peers.in_contact(on, page.contact)
                    gone = {each.id for each in page.peers if each.gone is not None}
                    await peers.wrote(on, {who: written for who, written in page.wrote.items() if who not in gone})
                    reading = await _note(on, reading, page)

    async def _whole_page(self, place: DialogPlace, patience: float = math.inf) -> DialogPage:
        """A page; asked for again, a few times, while it tells too little of somebody who is not known yet."""
        whole: dict[int, Peer] = {}
        for _ in range(TRIES):
            # It may be longer or shorter each time: the last answer says where the next page begins.
            page = await self._page(place, patience)
            whole |= {each.id: each for each in page.peers}
            missing = await peers.without_address(self._database.reader, page.half_known) - whole.keys()
            if not missing:
                break
        else:
            log.warning("%s people with a dialog cannot be addressed yet", len(missing))
        return replace(page, peers=list(whole.values()))

    async def _page(self, place: DialogPlace, patience: float) -> DialogPage:
        """One page, however long Telegram asks to wait for it, and not sooner after the last one than it likes.

        Raises FloodWaitError when that takes longer than the patience.
        """
        while True:
            rest = self._free_at - self._clock.monotonic()
            if rest > patience:
                raise FloodWaitError(f"Telegram wants a rest of {rest:.0f} s.", math.ceil(rest))
            if rest > 0:
                await self._clock.wait(asyncio.Event(), rest)
            try:
                page = await self._telegram.dialogs(place)
            except FloodWaitError as error:
                log.info("reading the dialogs: a flood wait of %s s after %s pages", error.seconds, self._pages)
                self._gap = min(LONGEST_GAP, error.seconds / max(1, self._pages))
                self._pages = 0
                self._free_at = self._clock.monotonic() + error.seconds + 1
            else:
                self._pages += 1
                self._free_at = self._clock.monotonic() + self._gap
                return page


def expected_seconds(dialogs: int, gap: float) -> float:
    """How long reading so many dialogs may take, with `gap` seconds between pages of a hundred."""
    return max(0, dialogs) / 100 * max(gap, 0.5)


async def _note(on: Connection, reading: dict[str, Any], page: DialogPage) -> dict[str, Any] | None:
    """Keep the place of a reading; returns it, None at its end."""
    place = DialogPlace(**reading["place"])
    following = page.next if page.oldest >= reading["since"] - MARGIN else None
    if following is None and place.folder != ARCHIVE.folder:
        following = ARCHIVE
    newest = max(reading["newest"], page.newest)
    if following is None:
        await facts.remember(on, _LEARNT, newest)
        await facts.forget(on, READING)
        return None
    total = page.total if place.folder != ARCHIVE.folder else reading["total"]
    known = reading["known"] + len(page.peers)
    changed = reading | {"newest": newest, "place": asdict(following), "known": known, "total": max(total, known)}
    await facts.remember(on, READING, changed)
    return changed
