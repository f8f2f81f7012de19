"""Asking @SpamBot about the account, as its owner would."""

import asyncio
from contextlib import suppress
from typing import Any

from telethon import errors, functions

from userbot.core import spambot
from userbot.core.language import gettext
from userbot.core.model import Peer
from userbot.errors import TelegramError
from userbot.telegram import translate
from userbot.telegram.calls import Calls
from userbot.telegram.patience import patiently

SPAMBOT_POLLS = (0.1, 0.4, 0.5, 1, 2, 3, 5, 8, 10)
"""Seconds between looks for @SpamBot's answer; half a minute in all."""
SPAMBOT_SECONDS = 60.0
LONGEST_FLOOD = 10.0
"""Seconds of a flood wait that are still waited for on the spot."""


class Spambot(Calls):
    """The part of the gateway that asks @SpamBot."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._asking_spambot = asyncio.Lock()

    async def ask_spambot(self, known: Peer | None) -> tuple[str | None, Peer]:
        """Ask @SpamBot about the account; only what it says after our question is its answer.

        Its name is looked up only when it is not `known` where the bot is, or not there any more.
        Raises TelegramError when it cannot be asked, and when Telegram itself says that the account is frozen.
        """
        async with self._asking_spambot, self._asking(gettext("@SpamBot cannot be asked"), SPAMBOT_SECONDS):
            frozen = translate.frozen(await self._client(functions.help.GetAppConfigRequest(hash=0)))
            if frozen is not None:
                raise TelegramError(frozen)
            try:
                return await self._spambots_words(known)
            except errors.YouBlockedUserError:
                raise TelegramError(gettext("The account has blocked @SpamBot: unblock it.")) from None

    async def _spambots_words(self, known: Peer | None) -> tuple[str | None, Peer]:
        if known is not None:
            with suppress(errors.PeerIdInvalidError, errors.UserIdInvalidError):
                return await self._answer_of(known), known
        lookup = functions.contacts.ResolveUsernameRequest(spambot.NAME)
        found = await patiently(lambda: self._client(lookup), LONGEST_FLOOD)
        [bot] = [Peer(each.id, each.access_hash, spambot.NAME) for each in found.users]
        return await self._answer_of(bot), bot

    async def _answer_of(self, known: Peer) -> str | None:
        bot = translate.input_peer(known.id, known.access_hash)
        asked = await self._client.send_message(bot, "/start")
        for pause in SPAMBOT_POLLS:
            await asyncio.sleep(pause)
            news = await patiently(lambda: self._client.get_messages(bot, limit=5, min_id=asked.id))
            answers = [each.message for each in news if not each.out and each.message]
            if answers:
                return str(answers[-1])
        return None
