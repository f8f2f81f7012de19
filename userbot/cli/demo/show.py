"""From the first curtain to the last: the world is set up, the program started, everything cleared away again."""

import asyncio
import signal
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from userbot.cli import views
from userbot.cli.demo import stage
from userbot.cli.demo.chat import Chat
from userbot.cli.demo.play import Play
from userbot.cli.demo.program import Program
from userbot.cli.demo.staying import Staying
from userbot.sandbox.people import Sandbox


async def show(*, stay: bool) -> None:
    """Show the demo, and with `stay` let the person go on. Raises UserbotError when it does not go as it should."""
    console = views.console()
    # Whoever ends us, the program we started ends too. Not by way of SIGINT, which a shell's background ignores.
    me = asyncio.current_task()
    assert me is not None
    for number in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, me.cancel)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="userbot-demo-")))
        console.print(f"An embedded Telegram with {stage.CUSTOMERS} customers, and userbot as a process of its own.")
        sandbox = await stack.enter_async_context(Sandbox(folder / "telegram"))
        world = stage.set_up(sandbox)
        program = Program(folder / "userbot", world.settings())
        await program.log_in(stage.PHONE, lambda: sandbox.login_code(stage.PHONE), stage.PASSWORD)
        console.print("userbot login: done, with a phone number, a code and a two-step password.")
        running = await stack.enter_async_context(program.running())
        console.print(views.plain(f"userbot run: ready, in {program.folder}."), soft_wrap=True)
        chat = Chat(world, console)
        await running.during(_perform(world, chat, console, stay=stay))
        console.print(views.plain(f"\nIt all was in {program.folder}. Now it is gone.", "dim"), soft_wrap=True)


async def _perform(world: stage.Stage, chat: Chat, console: Console, *, stay: bool) -> None:
    await Play(world, chat, console).perform()
    console.print("\nEvery customer got it exactly once: Telegram's own ledger says so.", style="bold green")
    if stay:
        await Staying(world, chat, console).stay()
