"""A command on its way through the services: who gave it where, and what Telegram had to be asked for first."""

import asyncio
from dataclasses import dataclass

from userbot.core.forwarding import hindrance
from userbot.core.grammar import AddStep, Bind, Command, File, Listed, Place, Run, ShowTemplate
from userbot.core.language import gettext
from userbot.core.model import ELSEWHERE, Incoming, Peer, Source
from userbot.core.ports import Telegram
from userbot.core.recipients import MAX_FILE_BYTES, RecipientList, Unreadable, read_ids
from userbot.errors import UserbotError
from userbot.service.customers import Customers
from userbot.store import peers, templates
from userbot.store.database import Connection


class Declined(UserbotError):
    """The command is understood and cannot be done; says why, and what would be right."""


@dataclass(frozen=True, slots=True)
class Request:
    """A command, by whom, and where."""

    incoming: Incoming
    sender: Peer
    command: Command
    place: Place


@dataclass(frozen=True, slots=True)
class Seen:
    """What Telegram was asked for before anything is written."""

    album: tuple[Source, ...] = ()
    """The message that was replied to, with its album."""
    recipients: RecipientList | None = None
    """The ids in the attached file."""
    gone: frozenset[int] = frozenset()
    """Referenced messages that are not in the group any more."""
    peer: Peer | None = None
    """The one a topic is to be bound to."""


async def look(telegram: Telegram, customers: Customers, on: Connection, request: Request) -> Seen:
    """Ask Telegram for whatever the command needs. Raises Declined and TelegramError."""
    incoming = request.incoming
    match request.command:
        case Run(template=template, target=target):
            album = await _replied_to(telegram, incoming) if template is None else ()
            recipients = await _attached(telegram, incoming) if isinstance(target, File) else None
            if isinstance(target, Listed):
                await customers.look_for(target.ids)
            return Seen(album, recipients)
        case AddStep():
            return Seen(await _replied_to(telegram, incoming))
        case ShowTemplate(name):
            return Seen(gone=await _gone(telegram, on, name))
        case Bind(peer_id):
            await customers.look_for([peer_id])
            return Seen(peer=await _known(on, peer_id))
    return Seen()


async def _replied_to(telegram: Telegram, incoming: Incoming) -> tuple[Source, ...]:
    if incoming.reply_to is None:
        raise Declined("Reply to the message that is to be sent.")
    if incoming.reply_to == ELSEWHERE:
        raise Declined(gettext("The message you replied to stands in another chat. Post it here, and reply to that."))
    album = await telegram.album(incoming.reply_to)
    if not album:
        raise Declined("The message you replied to is gone, or cannot be sent on.")
    for each in album:
        if (why := hindrance(each.kind)) is not None:
            raise Declined(why)
    return tuple(album)


async def _attached(telegram: Telegram, incoming: Incoming) -> RecipientList:
    """The ids in the file that carries the command."""
    if incoming.attachment is None:
        raise Declined("Attach a text or CSV file with user ids, and write the command as its caption.")
    if incoming.attachment.size > MAX_FILE_BYTES:
        raise Declined(f"The file is larger than {MAX_FILE_BYTES // 1024**2} MB. Send it in parts.")
    # There is nothing to download of an empty file, and Telethon stumbles over that.
    chunks = [chunk async for chunk in telegram.download(incoming.message_id)] if incoming.attachment.size else []
    found = await asyncio.to_thread(read_ids, chunks)
    if isinstance(found, Unreadable):
        raise Declined(found.reason)
    if not found.ids:
        shown = ", ".join(found.examples)
        raise Declined(f"There is no user id in the file; it begins with: {shown}")
    return found


async def _gone(telegram: Telegram, on: Connection, name: str) -> frozenset[int]:
    """Which messages of a template are not there any more."""
    template = await templates.find(on, name)
    ids: list[int] = [each for step in template.steps for each in step.message_ids] if template else []
    return frozenset(each for each, source in zip(ids, await telegram.sources(ids), strict=True) if source is None)


async def _known(on: Connection, peer_id: int) -> Peer:
    found = await peers.find(on, peer_id)
    if found is None:
        raise Declined(f"The account has no dialog with {peer_id}, so the topic cannot be bound to it.")
    return found
