"""What the command line asks of the account beside a running program: its groups, its rights, its end."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from telethon import TelegramClient, errors, functions, types, utils

from userbot.config import Settings
from userbot.core.model import Peer
from userbot.errors import NotLoggedInError, TelegramError
from userbot.telegram import translate
from userbot.telegram.client import SESSION, connected
from userbot.telegram.dialogs import chats
from userbot.telegram.patience import patiently

Client = TelegramClient
"""For those who only pass one on."""

CONNECT_SECONDS = 30.0
"""How long somebody at a terminal waits for a connection."""


@dataclass(frozen=True, slots=True)
class Group:
    """A supergroup as somebody sees it who wants to work there."""

    id: int
    title: str
    forum: bool
    writable: bool
    """Whether the account may post there."""
    protected: bool
    """Whether nothing can be forwarded out of it."""
    hidden: bool = False
    """Whether the account is not told who the members are, as far as it was looked at."""
    opens_topics: bool = True
    """Whether the account may open topics: an administrator with the right to manage them, or a member who may."""
    slow: bool = False
    """Whether the account has to wait between two messages."""


@asynccontextmanager
async def reached(settings: Settings, *, logged_in: bool = True, retries: int = 0) -> AsyncIterator[TelegramClient]:
    """A connected client, or a TelegramError soon: `run` waits for the network as long as it takes, a person not."""
    async with connected(settings, logged_in=logged_in, retries=retries, patience=CONNECT_SECONDS) as client:
        yield client


def myself(user: Any) -> Peer:
    """The account as a peer."""
    return Peer(user.id, user.access_hash or 0, utils.get_display_name(user), user.username)


async def groups(client: TelegramClient) -> tuple[list[Group], list[str]]:
    """The supergroups that the account belongs to, those with topics first, and the titles of its small groups.

    A small group becomes a supergroup when its topics are turned on. Raises TelegramError.
    """
    with _speaking():
        found = {(type(each), each.id): each async for each in chats(client)}.values()
    supergroups = [_group(each) for each in found if _is_supergroup(each)]
    small = [each.title for each in found if isinstance(each, types.Chat) and not (each.left or each.deactivated)]
    return sorted(supergroups, key=lambda group: not group.forum), small


def _is_supergroup(chat: Any) -> bool:
    return isinstance(chat, types.Channel) and bool(chat.megagroup) and translate.address(chat) is not None


async def create_forum(client: TelegramClient, title: str) -> Group:
    """A new supergroup with topics. Raises TelegramError."""
    with _speaking():
        made = await client(functions.channels.CreateChannelRequest(title, about="", megagroup=True, forum=True))
    return _group(made.chats[0])


async def group(client: TelegramClient, group_id: int) -> Group:
    """A group that the session has met, as it is now. Raises TelegramError."""
    with _speaking():
        found = await patiently(lambda: client.get_entity(group_id))
        full = await patiently(lambda: client(functions.channels.GetFullChannelRequest(found)))
        return _group(found, hidden=bool(full.full_chat.participants_hidden))


async def clock_skew(client: TelegramClient) -> float:
    """Seconds by which this machine's clock is ahead of Telegram's, to about one. Raises TelegramError."""
    before = time.time()
    with _speaking():
        config = await client(functions.help.GetConfigRequest())
    return float((before + time.time()) / 2 - config.date.timestamp())


async def log_out(settings: Settings) -> bool:
    """End the session on Telegram's side and remove its file; False when there was none that Telegram knew."""
    path = settings.sessions_dir / SESSION
    if not path.exists():
        return False
    try:
        async with reached(settings) as client:
            with _speaking():
                await client(functions.auth.LogOutRequest())
    except NotLoggedInError:
        path.unlink()
        return False
    path.unlink()
    return True


def _group(found: Any, *, hidden: bool = False) -> Group:
    leads = bool(found.creator or found.admin_rights)
    taken = [rights for rights in (found.banned_rights, found.default_banned_rights) if rights is not None]
    silent = any(rights.send_messages or rights.send_plain for rights in taken)
    manages = bool(found.creator or (found.admin_rights and found.admin_rights.manage_topics))
    return Group(
        id=utils.get_peer_id(found),
        title=found.title,
        forum=bool(found.forum),
        writable=leads or not silent,
        protected=bool(found.noforwards),
        hidden=hidden and not leads,
        opens_topics=manages or not any(rights.manage_topics for rights in taken),
        slow=bool(found.slowmode_enabled) and not leads,
    )


@contextmanager
def _speaking() -> Iterator[None]:
    """Turn what Telegram answers into a sentence."""
    try:
        yield
    except (errors.RPCError, OSError, ValueError) as error:
        raise TelegramError(f"Telegram refused: {translate.refused(error).reason}.") from error
