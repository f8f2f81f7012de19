"""The command line: what a person can ask for, and the exit codes.

0 done, 1 it failed, 2 wrong usage or settings, 3 not logged in. Whatever a command needs is imported when it runs,
so that help and mistakes are answered at once.
"""

import os
import re
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from userbot import __version__
from userbot.cli import frame, private, signs
from userbot.config import ENV

app = typer.Typer(
    help="Mailings from your own Telegram account to your customers, run from a group your team works in.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The console script."""
    os.umask(0o077)  # Whatever is made is for its owner alone.
    signs.settle()
    sys.exit(frame.guarded(lambda: app(prog_name="userbot")))


def _flag(name: str, meaning: str, **more: Any) -> Any:
    """An option that is there or not; its type is nobody's business."""
    return typer.Option(name, help=meaning, metavar="", **more)


AsJson = Annotated[bool, _flag("--json", "Print it as JSON, for programs.")]


def _sending(written: str) -> int:
    """A sending's number, as 5 or as sid5."""
    number = re.fullmatch(r"(?:sid)?([1-9][0-9]{0,17})", written.strip(), re.ASCII | re.IGNORECASE)
    if number is None:
        raise typer.BadParameter(f"{written!r} is no sending: write 5, or sid5.")
    return int(number[1])


def _show_version(wanted: bool) -> None:  # noqa: FBT001  typer calls it so
    if wanted:
        typer.echo(f"userbot {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    *,
    home: Annotated[
        Path, typer.Option(envvar="USERBOT_HOME", metavar="FOLDER", help="Where .env, sessions and data are.")
    ] = Path(),
    version: Annotated[bool, _flag("--version", "Show the version.", callback=_show_version, is_eager=True)] = False,  # noqa: ARG001  its callback acts on it
) -> None:
    """`userbot` alone."""
    context.obj = home
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("help")
def show_help(
    context: typer.Context,
    command: Annotated[str | None, typer.Argument(metavar="COMMAND", help="The command to explain.")] = None,
) -> None:
    """Say what there is, or what one command does."""
    above = context.parent
    assert above is not None
    assert isinstance(above.command, TyperGroup)
    if command is None:
        typer.echo(above.get_help())
        return
    found = above.command.get_command(above, command)
    if found is None:
        raise typer.BadParameter(f"There is no command {command}. userbot help shows them all.")
    typer.echo(found.get_help(type(context)(found, info_name=command, parent=above)))


@app.command()
def init(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="Default: the one you are in.")] = None,
) -> None:
    """Make a folder for userbot: settings, session, data.

    What is there already stays as it is.
    """
    from userbot.cli import configuration, views

    home = folder or context.obj
    for line in views.made(home, configuration.make(home)):
        typer.echo(line)


@app.command()
def config(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Explain this one.")] = None,
) -> None:
    """Show every setting, its value, and where it comes from.

    Secrets are hidden. With a setting's name: what it is.
    """
    from userbot.cli import configuration, views

    if name is not None:
        typer.echo(configuration.explained(name))
        return
    views.console().print(views.settings(configuration.found(context.obj)))
    frame.settings(context.obj)  # names what is wrong


@app.command()
def login(
    context: typer.Context,
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
    settings = frame.settings(context.obj)
    private.tighten(settings, context.obj / ENV)
    frame.complete(joining.login(settings, phone=phone, qr=qr))


@app.command()
def link(
    context: typer.Context,
    *,
    create: Annotated[str | None, typer.Option(metavar="TITLE", help="Make a new group with this title.")] = None,
) -> None:
    """Choose the group your team works in.

    Lists the account's groups, those with topics first, asks for a number,
    and writes the group into .env.
    """
    from userbot.cli import joining

    frame.complete(joining.link(frame.settings(context.obj), context.obj / ENV, title=create))
    if os.environ.get("BACKEND_GROUP"):
        typer.echo("BACKEND_GROUP is set in the environment too, and that one counts: take it out there.", err=True)


@app.command()
def run(context: typer.Context) -> None:
    """Listen to the group and send, until Ctrl-C.

    Prints one line with the word ready in it when it listens.
    """
    from userbot.cli import running

    settings = frame.settings(context.obj)
    private.tighten(settings, context.obj / ENV)
    frame.complete(running.run(settings))


@app.command()
def status(
    context: typer.Context,
    *,
    as_json: AsJson = False,
    check: Annotated[bool, _flag("--check", "Only say whether userbot run is at work: exit code 0, else 1.")] = False,
    watch: Annotated[bool, _flag("--watch", "Show it live, with keys to pause and stop.")] = False,
) -> None:
    """Show the account, this month's messages, open sendings."""
    from userbot.cli import looking, views

    if as_json + check + watch > 1:
        raise typer.BadParameter("--json, --check and --watch are three ways to look: choose one.")
    if watch:
        if not views.console().is_terminal or views.console().is_dumb_terminal:
            raise typer.BadParameter("--watch needs a terminal that can redraw. Without it you see the state once.")
        from userbot.cli import watching

        frame.complete(watching.watch(frame.settings(context.obj)))
        return
    if check:
        frame.complete(looking.check(frame.settings(context.obj)))
        return
    frame.complete(looking.status(frame.settings(context.obj), as_json=as_json))


@app.command()
def sendings(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Show the latest sendings."""
    from userbot.cli import looking

    frame.complete(looking.sendings(frame.settings(context.obj), as_json=as_json))


@app.command()
def report(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", parser=_sending, help="The sending: 5, or sid5.")],
) -> None:
    """Print a sending's report as CSV: who got what, and when."""
    from userbot.cli import looking

    frame.complete(looking.report(frame.settings(context.obj), number))


@app.command()
def templates(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Show the templates."""
    from userbot.cli import looking

    frame.complete(looking.templates(frame.settings(context.obj), as_json=as_json))


@app.command()
def export(
    context: typer.Context,
    mark: Annotated[str | None, typer.Argument(metavar="[MARK]", help="Only those with this label.")] = None,
) -> None:
    """Print the customers as CSV, or those with a label."""
    from userbot.cli import customers

    frame.complete(customers.export(frame.settings(context.obj), mark))


@app.command("import")
def import_labels(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with the columns user_id and mark.")],
) -> None:
    """Set customers' labels as another system has them; nothing is sent for it.

    What is unknown is listed. /mark new NAME in the group makes labels.
    """
    from userbot.cli import customers

    frame.complete(customers.import_labels(frame.settings(context.obj), file))


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new file; one that exists stays as it is.")],
) -> None:
    """Copy the database, also while userbot runs, and check the copy.

    To restore: stop userbot, take data/userbot.db and its -wal and -shm
    away, put the copy in its place as data/userbot.db, and start userbot.
    """
    from userbot.cli import looking

    looking.backup(frame.settings(context.obj), file)


@app.command()
def doctor(context: typer.Context) -> None:
    """Check everything userbot needs, and say what to do.

    Looks at the settings, the session, the disk, the database, the clock,
    the group and the account's rights in it, and asks @SpamBot.
    """
    from userbot.cli import doctor as examination

    if not frame.complete(examination.show(context.obj)):
        raise typer.Exit(1)


@app.command()
def logout(context: typer.Context) -> None:
    """End the session on Telegram's side and remove its file."""
    from userbot.cli import joining

    frame.complete(joining.logout(frame.settings(context.obj)))


@app.command()
def demo(*, stay: Annotated[bool, _flag("--stay", "Stay afterwards, and be an operator yourself.")] = False) -> None:
    """Show a mailing to 200 customers, without account and network.

    Runs an embedded Telegram on this machine, userbot beside it, and a team
    that uses it. Nothing is left of it afterwards.
    """
    from userbot.cli.demo import show

    frame.complete(show(stay=stay))
