"""The command line: what a person can ask for, and the exit codes.

0 done, 1 it failed, 2 wrong usage or settings, 3 not logged in. Whatever a command needs is imported when it runs,
so that help and mistakes are answered at once.
"""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from userbot import __version__
from userbot.cli import frame

ENV = Path(".env")

app = typer.Typer(
    help="Mailings from your own Telegram account to your customers, run from a group your team works in.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # A terminal without our signs shall show question marks.
    sys.exit(frame.guarded(lambda: app(prog_name="userbot")))


def _flag(name: str, meaning: str, **more: Any) -> Any:
    """An option that is there or not; its type is nobody's business."""
    return typer.Option(name, help=meaning, metavar="", **more)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  typer calls it so
    if wanted:
        typer.echo(f"userbot {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    *,
    version: Annotated[bool, _flag("--version", "Show the version.", callback=_show_version, is_eager=True)] = False,  # noqa: ARG001
) -> None:
    """`userbot` alone."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def login(
    *,
    phone: Annotated[str | None, typer.Option(metavar="P", help="The phone number, with the country code.")] = None,
    qr: Annotated[bool, _flag("--qr", "Log in by scanning a QR code with your phone.")] = False,
) -> None:
    """Log in to your Telegram account.

    Asks for the phone number, the code that Telegram sends, and the
    two-step password if there is one. Where there is no terminal, it reads
    them from standard input, a line each.
    """
    from userbot.cli import joining

    if phone is not None and qr:
        raise typer.BadParameter("--phone and --qr are two ways to log in: choose one.")
    frame.complete(joining.login(frame.settings(), phone=phone, qr=qr))


@app.command()
def link(
    *,
    create: Annotated[str | None, typer.Option(metavar="TITLE", help="Make a new group with this title.")] = None,
) -> None:
    """Choose the group your team works in.

    Lists the account's groups that have topics, asks for a number, and
    writes the group into .env.
    """
    from userbot.cli import joining

    frame.complete(joining.link(frame.settings(), ENV, title=create))
    if os.environ.get("BACKEND_GROUP"):
        typer.echo("BACKEND_GROUP is set in the environment too, and that one counts: take it out there.", err=True)


@app.command()
def run() -> None:
    """Listen to the group and send, until Ctrl-C.

    Prints one line with the word ready in it when it listens.
    """
    from userbot.cli import running

    frame.complete(running.run(frame.settings()))


@app.command()
def status(*, as_json: Annotated[bool, _flag("--json", "Print it as JSON, for programs.")] = False) -> None:
    """Show the account, this month's messages, open sendings."""
    from userbot.cli import looking

    frame.complete(looking.status(frame.settings(), as_json=as_json))


@app.command()
def sendings() -> None:
    """Show the latest sendings."""
    from userbot.cli import looking

    frame.complete(looking.sendings(frame.settings()))


@app.command()
def report(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="The sending's number: 5 for sid5.")],
) -> None:
    """Print a sending's report as CSV: who got what, and when."""
    from userbot.cli import looking

    frame.complete(looking.report(frame.settings(), number))


@app.command()
def templates() -> None:
    """Show the templates."""
    from userbot.cli import looking

    frame.complete(looking.templates(frame.settings()))


@app.command()
def mark(
    user_id: Annotated[int, typer.Argument(metavar="USER_ID", min=1, help="The customer's Telegram user id.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="A letter, then letters, digits, - and _.")],
) -> None:
    """Label a customer, for /send mark NAME."""
    from userbot.cli import looking

    frame.complete(looking.mark(frame.settings(), user_id, name))


@app.command()
def doctor() -> None:
    """Check everything userbot needs, and say what to do.

    Looks at the settings, the session, the disk, the database, the clock,
    the group and the account's rights in it, and asks @SpamBot.
    """
    from userbot.cli import looking

    if not frame.complete(looking.doctor()):
        raise typer.Exit(1)


@app.command()
def logout() -> None:
    """End the session on Telegram's side and remove its file."""
    from userbot.cli import joining

    frame.complete(joining.logout(frame.settings()))


@app.command()
def demo(*, stay: Annotated[bool, _flag("--stay", "Stay afterwards, and be an operator yourself.")] = False) -> None:
    """Show a mailing to 200 customers, without account and network.

    Runs an embedded Telegram on this machine, userbot beside it, and a team
    that uses it. Nothing is left of it afterwards.
    """
    from userbot.cli.demo import show

    frame.complete(show(stay=stay))
