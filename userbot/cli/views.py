"""The program's values as things to look at."""

import json
import sys
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode
from rich import box
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from userbot.cli.configuration import DEFAULT, Setting
from userbot.cli.finding import Finding
from userbot.cli.foreign import shown, shown_lines
from userbot.cli.snapshot import Snapshot
from userbot.config import ENV
from userbot.core import wording
from userbot.core.model import Peer, Sending, SendingStatus

PIPED_COLUMNS = 160
"""How wide a table may be where there is no screen to fit."""


def console() -> Console:
    """Standard output, with colours and boxes where there is a screen."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_COLUMNS)


def plain(text: str, style: str = "") -> Text:
    """Text as rich shows it: no markup in it means anything, and each of its lines is harmless."""
    return Text(shown_lines(text), style)


def listing(*columns: str) -> Table:
    """A table that shows everything however narrow it is."""
    return Table(*(Column(each, overflow="fold") for each in columns), box=box.SIMPLE_HEAD, pad_edge=False)


def person(peer: Peer) -> str:
    """Somebody by name and id."""
    username = f"@{peer.username}, " if peer.username else ""
    return f"{peer.name} ({username}id {peer.id})"


def qr(link: str) -> str:
    """A QR code of half blocks, for dark and light terminals alike."""
    code = QRCode(border=2, error_correction=ERROR_CORRECT_L)
    code.add_data(link)
    out = StringIO()
    code.print_ascii(out, invert=True)
    return out.getvalue()


def status(found: Snapshot) -> Table:
    """The program's state at a glance."""
    table = Table.grid(padding=(0, 2))
    account = "nobody is logged in: userbot login" if found.account is None else person(found.account)
    table.add_row("Account", plain(account))
    if found.logged_out is not None:
        table.add_row("Session", plain(found.logged_out, "bold red"))
    table.add_row("Database", plain(f"{found.database} · {wording.of(found.customers, 'customer')}"))
    limit = f" of {wording.number(found.monthly_limit)}" if found.monthly_limit else ", no limit"
    table.add_row("This month", plain(f"{wording.number(found.used)}{limit} (UTC, {found.month})"))
    table.add_row("Program", plain("userbot run is running" if found.running else "userbot run is not running"))
    if found.reading is not None:
        known, total = map(wording.number, found.reading)
        table.add_row("Dialogs", plain(f"being read, {known} of about {total} so far; mailings wait for them"))
    if found.flood_until is not None:
        table.add_row("Telegram", plain(f"asks for a pause until {wording.moment(found.flood_until)}"))
    if found.learnt_rate is not None:
        table.add_row("Learnt pace", plain(f"up to {wording.number(found.learnt_rate * 60)} a minute"))
    for sending in found.open or [None]:
        table.add_row("Open", plain("nothing" if sending is None else line(sending, found)))
    return table


def line(sending: Sending, found: Snapshot) -> str:
    """An open sending in one line, and what it waits for."""
    parts = [wording.title(sending)]
    match sending.status:
        case SendingStatus.AWAITS if sending.unconfirmed:
            parts.append(f"waits for /send sid{sending.id} go")
        case SendingStatus.AWAITS if sending.start_at > found.now or found.running:
            parts.append(f"starts {wording.moment(sending.start_at)}")
        case SendingStatus.AWAITS:
            parts.append("starts when userbot run is running")
        case SendingStatus.RUNNING if not found.running:
            parts.append("goes on when userbot run is running")
        case SendingStatus.RUNNING if found.flood_until is not None:
            parts.append(f"waits for Telegram until {wording.moment(found.flood_until)}")
        case _:
            parts.append(sending.status.value)
    if sending.status is SendingStatus.PAUSED:
        parts.append(sending.hold or "an operator paused it.")
    if sending.resume_at is not None:
        parts.append(f"goes on by itself after {wording.moment(sending.resume_at)}")
    if sending.started_at is not None:
        parts.append(wording.counts(sending))
    return " · ".join(parts)


def print_json(value: object) -> None:
    """For programs, on standard output. Times are seconds since 1970."""
    sys.stdout.write(json.dumps(value) + "\n")


def status_fields(found: Snapshot) -> dict[str, Any]:
    """The state for programs; the learnt pace is as the sender keeps it."""
    return {
        "account": found.account and {"id": found.account.id, "name": found.account.name},
        "logged_out": found.logged_out,
        "database": str(found.database),
        "customers": found.customers,
        "month": {"month": found.month, "used": found.used, "limit": found.monthly_limit or None},
        "running": found.running,
        "reading": found.reading and dict(zip(("known", "total"), found.reading, strict=True)),
        "pace": found.pace,
        "flood_until": found.flood_until,
        "open": [sending_fields(each) for each in found.open],
        "latest": [sending_fields(each) for each in found.latest],
    }


def sending_fields(sending: Sending) -> dict[str, Any]:
    """A sending for programs."""
    counts = sending.counts
    return {
        "id": sending.id,
        "what": sending.what,
        "audience": sending.audience,
        "mark": sending.mark,
        "status": sending.status,
        "hold": sending.hold,
        "start_at": sending.start_at,
        "started_at": sending.started_at,
        "ended_at": sending.ended_at,
        "recipients": sending.recipients,
        "sent": counts.sent,
        "failed": counts.failed,
        "skipped": counts.skipped,
        "pending": counts.pending,
    }


def sendings(found: Sequence[Sending]) -> Table:
    """The latest sendings; on a narrow screen the words wrap, and nothing is cut."""
    rows = listing("Sending", "Status", "Start (UTC)", "Messages")
    for sending in found:
        when = wording.moment(sending.started_at or sending.start_at).removesuffix(" UTC")
        whose = plain(wording.title(sending))
        rows.add_row(whose, sending.status.value, when, wording.counts(sending))
    return rows


def templates(found: Sequence[tuple[str, int]]) -> Table:
    """All templates."""
    rows = listing("Template", "Messages")
    for name, steps in found:
        rows.add_row(plain(name), wording.number(steps))
    return rows


def settings(found: Sequence[Setting]) -> Table:
    """Every setting, what it is set to, and where."""
    rows = listing("Setting", "Value", "From")
    for each in found:
        value = plain("not set", "dim") if each.value is None else plain(each.value)
        rows.add_row(each.name, value, plain(each.source, "dim" if each.source == DEFAULT else ""))
    return rows


def made(home: Path, new: Sequence[Path]) -> Iterator[str]:
    """What a new folder holds, and what comes next."""
    where = home.absolute()
    names = ", ".join(each.name for each in new)
    yield shown(f"{where} has {names} now." if new else f"{where} is a folder of userbot already; nothing was changed.")
    yield shown(f"Next: get API_ID and API_HASH at https://my.telegram.org and write them into {where / ENV}.")
    there = "" if where == Path.cwd() else f" --home {home}"
    yield shown(f"Then: userbot{there} login")


def finding(found: Finding) -> Text:
    """One thing that was checked, and what to do about it."""
    sign, style = {True: ("✓", "green"), False: ("✗", "bold red"), None: ("·", "dim")}[found.good]
    line = Text.assemble((sign, style), " ", plain(found.what))
    return line if found.good or not found.advice else line.append_text(plain(f"\n  {found.advice}"))
