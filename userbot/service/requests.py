"""A command on its way through the services: who gave it where, and what Telegram had to be asked for first."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from userbot.core import grammar
from userbot.core.forwarding import hindrance
from userbot.core.grammar import (
    AddStep,
    Bind,
    Check,
    Command,
    Correct,
    File,
    Listed,
    MarkFile,
    Place,
    Run,
    ShowTemplate,
)
from userbot.core.language import gettext
from userbot.core.model import ELSEWHERE, Incoming, Peer, Source
from userbot.core.news import Position
from userbot.core.ports import Telegram
from userbot.core.recipients import RecipientList, read_ids
from userbot.core.textfile import MAX_FILE_BYTES, Unreadable
from userbot.core.wording.checks import Figures
from userbot.errors import UserbotError
from userbot.service.customers import Customers
from userbot.store import outbox, peers, templates
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
    administrator: bool = True
    """Whether who wrote it may do everything."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What Telegram was asked for before anything is written."""

    album: tuple[Source, ...] = ()
    """The message that was replied to, with its album."""
    recipients: RecipientList | None = None
    """The ids in the attached file."""
    reading: bool = False
    """Whether the dialogs are still being read: some of those ids may be customers that nobody knows of yet."""
    sources: Mapping[int, Source | None] = field(default_factory=dict)
    """The messages of a template, None for one that is not in the group any more."""
    peer: Peer | None = None
    """The one a topic is to be bound to."""
    position: Position | None = None
    """Where that one's box stands, when it is a group that is followed from now on."""
    figures: Figures | None = None
    """What a check, or a run that wants a second word, comes to."""
    named: Mapping[str, int] = field(default_factory=dict)
    """Whose usernames the command names."""


async def look(telegram: Telegram, customers: Customers, on: Connection, request: Request) -> Seen:
    """Ask Telegram for whatever the command needs. Raises Declined and TelegramError."""
    incoming = request.incoming
    match request.command.run if isinstance(request.command, Check) else request.command:
        case Run(template=template, target=target) as run:
            album = await _replied_to(telegram, on, incoming, "") if template is None else ()
            recipients = await _attached(telegram, incoming) if isinstance(target, File) else None
            named = await _named(customers, on, target.ids) if isinstance(target, Listed) else {}
            sources = await _sources(telegram, on, *run.templates)
            return Seen(album, recipients, sources=sources, named=named)
        case MarkFile():
            recipients = await _attached(telegram, incoming)
            await customers.look_for(recipients.ids)
            return Seen(recipients=recipients, reading=not customers.known.is_set())
        case Correct():
            return Seen(await _replied_to(telegram, on, incoming, ""))
        case AddStep(name):
            return Seen(await _replied_to(telegram, on, incoming, name))
        case ShowTemplate(name):
            return Seen(sources=await _sources(telegram, on, name))
        case Bind(peer):
            named = await _named(customers, on, [peer])
            return Seen(peer=await _known(customers, on, named[peer] if isinstance(peer, str) else peer))
    return Seen()


async def _replied_to(telegram: Telegram, on: Connection, incoming: Incoming, name: str) -> tuple[Source, ...]:
    """The message that is to be sent, or added to a template of this name."""
    if incoming.reply_to is None:
        raise Declined(gettext("Reply to the message that is to be sent."))
    if incoming.reply_to == ELSEWHERE:
        raise Declined(gettext("The message you replied to stands in another chat. Post it here, and reply to that."))
    album = await telegram.album(incoming.reply_to)
    if not album:
        raise Declined(gettext("The message you replied to is gone, or cannot be sent on."))
    for each in album:
        if await outbox.is_own(on, each.message_id, each.text):
            raise Declined(_no_message_but_a_notice(name))
        if grammar.is_command(each.text):
            raise Declined(gettext("You replied to a command. Reply to the message that is to be sent."))
        if (why := hindrance(each.kind)) is not None:
            raise Declined(why)
    return tuple(album)


def _no_message_but_a_notice(name: str) -> str:
    """Why a notice is not sent; whoever tried to steer a sending with another word is told the right one."""
    meant = grammar.slip_of(name)
    if meant in {"pause", "resume", "stop", "del"}:
        what = gettext("{word} is not understood: is “{keyword}” meant?", word=grammar.quote(name), keyword=meant)
        return f"{what}\n/send {meant}"
    return gettext("You replied to a notice of userbot itself. Reply to the message that is to be sent.")


async def _named(customers: Customers, on: Connection, ids: Sequence[int | str]) -> Mapping[str, int]:
    """Whom the usernames among these belong to; the dialogs are looked at for whoever is not known yet."""
    numbers, usernames = (
        [each for each in ids if isinstance(each, int)],
        [each for each in ids if isinstance(each, str)],
    )
    await customers.look_for(numbers, usernames)
    found = await peers.named(on, usernames)
    for each in usernames:
        if each not in found:
            unknown = gettext("The account has no dialog with @{username}.", username=each)
            raise _stranger(customers, f"@{each}", unknown)
    return found


async def _attached(telegram: Telegram, incoming: Incoming) -> RecipientList:
    """The ids in the file that carries the command."""
    if incoming.attachment is None:
        raise Declined(gettext("Attach a text or CSV file with user ids, and write the command as its caption."))
    if incoming.attachment.size > MAX_FILE_BYTES:
        raise Declined(gettext("The file is larger than {size} MB. Send it in parts.", size=MAX_FILE_BYTES // 1024**2))
    # There is nothing to download of an empty file, and Telethon stumbles over that.
    chunks = [chunk async for chunk in telegram.download(incoming.message_id)] if incoming.attachment.size else []
    found = await asyncio.to_thread(read_ids, chunks)
    if isinstance(found, Unreadable):
        raise Declined(found.reason)
    if not found.ids:
        shown = ", ".join(found.examples)
        raise Declined(gettext("There is no user id in the file; it begins with: {shown}", shown=shown))
    return found


async def _sources(telegram: Telegram, on: Connection, *names: str) -> Mapping[int, Source | None]:
    """The messages of templates as they stand in the group now."""
    found = [template for name in names if (template := await templates.find(on, name)) is not None]
    ids = [each for template in found for step in template.steps for each in step.message_ids]
    return dict(zip(ids, await telegram.sources(ids), strict=True)) if ids else {}


async def _known(customers: Customers, on: Connection, peer_id: int) -> Peer:
    found = await peers.find(on, peer_id)
    if found is None:
        unknown = gettext("The account has no dialog with {id}, so the topic cannot be bound to it.", id=peer_id)
        raise _stranger(customers, str(peer_id), unknown)
    return found


def _stranger(customers: Customers, who: str, unknown: str) -> Declined:
    """Somebody is `unknown`; while the dialogs are still being read they may be a customer all the same."""
    if customers.known.is_set():
        return Declined(unknown)
    return Declined(
        gettext("The dialogs are still being read, and {who} was not among them yet. Try again later.", who=who)
    )
