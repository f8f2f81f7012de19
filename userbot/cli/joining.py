"""How an account and its group come to the program, and how the account leaves it."""

import asyncio
from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import TypeVar

from userbot.cli import dotenv, snapshot, views
from userbot.cli.terminal import Conversation
from userbot.config import Settings
from userbot.core.grammar.words import number
from userbot.errors import UserbotError
from userbot.store.place import opened
from userbot.telegram import account, login as entrance
from userbot.telegram.account import Group

T = TypeVar("T")

TRIES = 3

TOPICS = "To have a topic for each customer, turn topics on in the group's settings."

QUIET_SECONDS = 5.0
"""How long nothing may be said at a terminal."""

LONG = "Reading the account's groups takes a while: Telegram asks for pauses in between."


async def login(settings: Settings, *, phone: str | None, qr: bool) -> None:
    """Log in, and say as whom."""
    talk = Conversation()
    found = await entrance.login(settings, talk, phone=phone, qr=qr)
    async with opened(settings) as database:
        await snapshot.note_account(database, found.me)
    talk.say(f"{'Already logged' if found.already else 'Logged'} in as {views.person(found.me)}.")
    if settings.backend_group is None:
        talk.say("Next: userbot link")


async def link(settings: Settings, env: Path, *, title: str | None) -> None:
    """Find or make the backend group and write it into the settings' file."""
    talk = Conversation()
    async with account.reached(settings) as client:
        if title is not None:
            group = await account.create_forum(client, title)
        else:
            group = await _choose(talk, *await _patiently(talk, account.groups(client)))
    dotenv.put(env, "BACKEND_GROUP", str(group.id))
    talk.say(f"The backend group is “{group.title}” ({group.id}), as {env} says now. Next: userbot run")
    if not group.forum:
        talk.say(f"It has no topics, so everything happens in General. {TOPICS}")


async def _patiently(talk: Conversation, work: Awaitable[T]) -> T:
    """Say why it takes long when it does."""
    alarm = asyncio.get_running_loop().call_later(QUIET_SECONDS, talk.say, LONG)
    try:
        return await work
    finally:
        alarm.cancel()


async def _choose(talk: Conversation, groups: Sequence[Group], small: Sequence[str]) -> Group:
    for title in small:
        talk.say(f"“{title}” is a small group and cannot be chosen yet. {TOPICS}")
    if not groups:
        raise UserbotError('The account is in no group that could be it. Make one: userbot link --create "Our team"')
    for position, group in enumerate(groups, 1):
        talk.say(f"{position}. {group.title} ({group.id}){'' if group.forum else ', without topics'}")
    if not all(group.forum for group in groups):
        talk.say(f"A group without topics works too, in General alone. {TOPICS}")
    for _ in range(TRIES):
        chosen = number((await talk.ask("The group's number")).strip())
        if chosen is not None and chosen <= len(groups):
            return groups[chosen - 1]
        talk.say(f"Write a number from 1 to {len(groups)}.")
    raise UserbotError("No group was chosen, and nothing was changed.")


async def logout(settings: Settings) -> None:
    """End the session, here and at Telegram's."""
    ended = await account.log_out(settings)
    async with snapshot.existing(settings) as database:
        if database is not None:
            await snapshot.note_account(database, None)
    views.console().print("Logged out." if ended else "The account was not logged in any more.")
