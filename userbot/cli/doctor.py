"""Looks at everything the program needs, one thing after the other, and says what to do about each finding.

What a running `userbot run` holds is left to it.
"""

import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from userbot.app import not_for
from userbot.cli import frame, private, views
from userbot.cli.finding import Finding
from userbot.cli.snapshot import NOT_RUNNING, ailing, existing, take
from userbot.config import ENV, Settings
from userbot.core import wording
from userbot.core.model import SendingStatus
from userbot.errors import AlreadyRunningError, SettingsError, StoreError, UserbotError
from userbot.locks import held
from userbot.service.guard import Guard
from userbot.service.metrics import unheard
from userbot.store.database import row
from userbot.store.place import DATA_LOCK
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
    misspelt = list(_misspelt(home / ENV))
    for finding in misspelt or [Finding(good=True, what="The settings are valid.")]:
        yield finding
    looked_at = (
        _session(settings),
        *_rights(settings, home / ENV),
        *_folders(settings),
        _disk(settings.data_dir),
        await _database(settings),
        *await _program(settings),
        *_metrics(settings),
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


def _misspelt(env: Path) -> Iterator[Finding]:
    """Names in the settings' file that are none, and nearly are one: they would be passed over in silence."""
    known = [name.upper() for name in Settings.model_fields]
    for name in dotenv_values(env, interpolate=False):
        meant = get_close_matches(name.upper(), known, 1, 0.8)
        if meant and name.upper() not in known:
            yield Finding(
                good=False, what=f"{env} sets {name}, which is no setting.", advice=f"Is {meant[0]} meant? Rename it."
            )


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


def _folders(settings: Settings) -> Iterator[Finding]:
    """Whether this user can write where session, database and log are, or shall be."""
    for folder in dict.fromkeys((settings.sessions_dir, settings.data_dir)):
        there = _nearest(folder)
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            yield Finding(
                good=False,
                what=f"{folder} cannot be written: {there} is not this user's, or no folder.",
                advice=f"Run userbot as the user to whom it belongs, or give {there} to this one (chown).",
            )


def _nearest(folder: Path) -> Path:
    """The folder, or what there is on the way to it."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(_nearest(folder)).free
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
    verdict = "" if found is None else " ".join(found[0].split())
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
        stuck = await ailing(settings)
        advice = "End it and start it again; data/userbot.log says what it did last."
        findings.append(Finding(good=stuck is None, what=stuck or "userbot run is running.", advice=advice))
    elif waiting:
        names = ", ".join(f"sid{sending.id}" for sending in waiting)
        findings.append(Finding(good=False, what=f"{NOT_RUNNING} {names} waits for it.", advice="Run: userbot run"))
    if found.flood_until is not None:
        until = wording.moment(found.flood_until)
        findings.append(Finding(good=None, what=f"Telegram asks for a pause until {until}: sending waits for it."))
    if 0 < found.monthly_limit <= found.used:
        used = f"This month's {wording.number(found.monthly_limit)} messages are used up (MONTHLY_LIMIT)"
        findings.append(Finding(good=None, what=f"{used}: mailings wait for the next month, or for more."))
    return findings


def _metrics(settings: Settings) -> Iterator[Finding]:
    """Whether the figures can be served; while the program runs it is it that has the address."""
    if settings.metrics is None or held(settings.data_dir, DATA_LOCK):
        return
    try:
        with socket.create_server(settings.metrics):
            yield Finding(good=True, what="METRICS: the figures can be served there.")
    except OSError as error:
        advice = "Name another port, or end the program that has it."
        yield Finding(good=False, what=unheard(settings.metrics, error), advice=advice)


async def _online(settings: Settings, client: account.Client) -> AsyncIterator[Finding]:
    yield Finding(good=True, what="Telegram can be reached, and the account is logged in.")
    yield _clock(await account.clock_skew(client))
    if settings.backend_group is None:
        yield Finding(good=False, what="BACKEND_GROUP is not set.", advice="Run: userbot link")
        return
    gateway = await Gateway.enter(client, settings.backend_group)
    for finding in await _owner(settings, gateway):
        yield finding
    for finding in _group(await account.group(client, gateway.group_id), desk=settings.desk):
        yield finding
    verdict = await Guard(gateway).ask()
    yield Finding(
        good=verdict.free,
        what="@SpamBot says the account is free." if verdict.free else verdict.why,
        advice="Talk to @SpamBot from the account. Until it says free, no mailing starts.",
    )


async def _owner(settings: Settings, gateway: Gateway) -> list[Finding]:
    """Whether the database is this account's and this group's."""
    try:
        async with existing(settings) as database:
            why = database and await not_for(database, gateway.me.id, gateway.group_id, settings.data_dir)
    except StoreError:
        return []  # said already
    return [Finding(good=False, what=why)] if why else []


def _clock(skew: float) -> Finding:
    size = wording.duration(abs(skew))
    return Finding(
        good=abs(skew) <= CLOCK_SECONDS,
        what="The clock is right."
        if abs(skew) <= CLOCK_SECONDS
        else f"The clock is {size} {'ahead' if skew > 0 else 'behind'}.",
        advice="Let this machine set its clock by the network (NTP).",
    )


def _group(found: account.Group, *, desk: bool) -> Iterator[Finding]:
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
    if found.slow:
        yield Finding(
            good=False,
            what=f"{name} is in slow mode: answers to commands wait for one another.",
            advice="Make the account an administrator of the group, or turn off slow mode in its settings.",
        )
    if desk and found.forum and not found.opens_topics:
        yield Finding(
            good=False,
            what=f"{name} does not let the account open topics, so no customer gets one (DESK).",
            advice="Make the account an administrator that may manage topics, or let members create them.",
        )
