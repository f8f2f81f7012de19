"""Looks at everything the program needs, one thing after the other, and says what to do about each finding.

What a running `userbot run` holds is left to it.
"""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from userbot.cli import frame, private, views
from userbot.cli.finding import Finding
from userbot.cli.snapshot import NOT_RUNNING, existing, take
from userbot.config import ENV, Settings
from userbot.core import wording
from userbot.core.model import SendingStatus
from userbot.errors import AlreadyRunningError, SettingsError, StoreError, UserbotError
from userbot.service.guard import Guard
from userbot.store.database import row
from userbot.telegram import account
from userbot.telegram.client import SESSION
from userbot.telegram.gateway import Gateway

ENOUGH_DISK = 200_000_000
"""Bytes that have to be free, for the database, its copies and the reports."""

CLOCK_SECONDS = 10.0
"""By how much the clock may be off: what is to start at a moment starts by this machine's clock."""


async def show(home: Path) -> bool:
    """Show what was checked as it comes; whether nothing is wrong."""
    console = views.console()
    healthy = True
    async for finding in examine(home):
        console.print(views.finding(finding), soft_wrap=not console.is_terminal)
        healthy = healthy and finding.good is not False
    return healthy


async def examine(home: Path) -> AsyncIterator[Finding]:
    """Check everything about the program in a folder."""
    try:
        settings = frame.settings(home)
    except SettingsError as error:
        for line in str(error).splitlines():
            yield Finding(good=False, what=line)
        return
    yield Finding(good=True, what="The settings are valid.")
    looked_at = (
        _session(settings),
        *_rights(settings, home / ENV),
        _disk(settings.data_dir),
        await _database(settings),
        *await _program(settings),
    )
    for finding in looked_at:
        yield finding
    if not (settings.sessions_dir / SESSION).exists():
        return
    try:
        async with account.reached(settings) as client:
            async for finding in _online(settings, client):
                yield finding
    except AlreadyRunningError:
        yield Finding(good=None, what="userbot run is working with this session: the connection is not checked now.")
    except UserbotError as error:
        yield Finding(good=False, what=str(error))


def _session(settings: Settings) -> Finding:
    path = settings.sessions_dir / SESSION
    there = path.exists()
    return Finding(
        good=there,
        what=f"There is the session {path}." if there else f"There is no session {path}.",
        advice="Run: userbot login",
    )


def _rights(settings: Settings, env: Path) -> Iterator[Finding]:
    """Whether anybody else can read what is the owner's alone."""
    open_to_others = list(private.too_open(settings, env))
    for path, mode, wanted in open_to_others:
        yield Finding(
            good=False,
            what=f"{path} has the rights {mode:o}: others may read it.",
            advice=f"Run: chmod {wanted:o} {path}",
        )
    if not open_to_others:
        yield Finding(good=True, what="Session, database, log and settings are readable by you alone.")


def _disk(folder: Path) -> Finding:
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    free = shutil.disk_usage(there).free
    return Finding(
        good=free >= ENOUGH_DISK,
        what=f"{free / 1e9:.1f} GB of disk are free for {folder}.",
        advice="Make room: a full disk stops every sending.",
    )


async def _database(settings: Settings) -> Finding:
    try:
        async with existing(settings) as database:
            if database is None:
                return Finding(good=True, what="There is no database yet; userbot run makes it.")
            found = await row(database.reader, "PRAGMA quick_check(1)")
    except StoreError as error:
        return Finding(good=False, what=str(error))
    verdict = None if found is None else found[0]
    return Finding(
        good=verdict == "ok",
        what="The database is sound." if verdict == "ok" else f"The database is damaged: {verdict}",
        advice="Stop userbot and put a backup in its place.",
    )


async def _program(settings: Settings) -> list[Finding]:
    """Whether anything waits, and for what."""
    try:
        async with existing(settings) as database:
            found = await take(settings, database)
    except StoreError:
        return []  # said already
    waiting = [sending for sending in found.open if sending.status is not SendingStatus.PAUSED]
    findings = []
    if found.running:
        findings.append(Finding(good=True, what="userbot run is running."))
    elif waiting:
        names = ", ".join(f"sid{sending.id}" for sending in waiting)
        findings.append(Finding(good=False, what=f"{NOT_RUNNING} {names} waits for it.", advice="Run: userbot run"))
    if found.flood_until is not None:
        until = wording.moment(found.flood_until)
        findings.append(Finding(good=None, what=f"Telegram asks for a pause until {until}: sending waits for it."))
    return findings


async def _online(settings: Settings, client: account.Client) -> AsyncIterator[Finding]:
    yield Finding(good=True, what="Telegram can be reached, and the account is logged in.")
    yield _clock(await account.clock_skew(client))
    if settings.backend_group is None:
        yield Finding(good=False, what="BACKEND_GROUP is not set.", advice="Run: userbot link")
        return
    gateway = await Gateway.enter(client, settings.backend_group)
    for finding in _group(await account.group(client, gateway.group_id)):
        yield finding
    verdict = await Guard(gateway).ask()
    yield Finding(
        good=verdict.free,
        what="@SpamBot says the account is free." if verdict.free else verdict.why,
        advice="Talk to @SpamBot from the account. Until it says free, no mailing starts.",
    )


def _clock(skew: float) -> Finding:
    size = wording.duration(abs(skew))
    return Finding(
        good=abs(skew) <= CLOCK_SECONDS,
        what="The clock is right."
        if abs(skew) <= CLOCK_SECONDS
        else f"The clock is {size} {'ahead' if skew > 0 else 'behind'}.",
        advice="Let this machine set its clock by the network (NTP).",
    )


def _group(found: account.Group) -> Iterator[Finding]:
    name = f"The backend group “{found.title}”"
    yield Finding(
        good=found.writable,
        what=f"{name} lets the account write." if found.writable else f"{name} does not let the account write.",
        advice="Let the account send messages there, or make it an administrator.",
    )
    yield Finding(
        good=True if found.forum else None,
        what=f"{name} has topics." if found.forum else f"{name} has no topics: it is General alone.",
    )
    if found.hidden:
        yield Finding(
            good=False,
            what=f"{name} hides its members, so nobody can tell who gives a command.",
            advice="Make the account an administrator of the group, or turn off “Hide members” in its settings.",
        )
    if found.protected:
        yield Finding(
            good=False,
            what=f"{name} protects its content, so nothing can be sent from it.",
            advice="In the group's settings, allow saving content.",
        )
