"""Afterwards the person at the keyboard is an operator: what they type stands in the group, answers are shown."""

import asyncio
import re

from rich.console import Console

from userbot.cli.demo.chat import POLL_SECONDS, Chat
from userbot.cli.demo.stage import Stage
from userbot.cli.terminal import Lines
from userbot.cli.views import plain
from userbot.core.model import GENERAL
from userbot.sandbox.errors import RpcError

HELP = """\
You are Nora, an administrator. Whatever you type is a message in General.
  /send ...       a command; /send alone shows what there is
  > 5 /send all   a reply to message 5: the number stands before every message
  @ TEXT          a message in the topic of one customer; @ /send welcome works there
  ?               this help
  q               the end"""


LAST_SECONDS = 1.0
"""How long the last answers may take; whoever pipes lines in wants to see them too."""


class Staying:
    """Reads lines until `q` or the end of standard input."""

    def __init__(self, stage: Stage, chat: Chat, console: Console) -> None:
        self._stage = stage
        self._chat = chat
        self._console = console
        self._lines = Lines()
        self._topic = GENERAL

    async def stay(self) -> None:
        """Let the person be an operator."""
        stage = self._stage
        self._topic = stage.sandbox.add_topic(stage.group, stage.administrator, "Customer 1")
        self._post(f"/bind {stage.customers[0]}", topic=self._topic)
        self._console.print(HELP, style="bold", markup=False)
        watching = asyncio.ensure_future(self._watch())
        try:
            while (line := await self._lines.next()) is not None and line.strip() != "q":
                self._take(line.strip())
            await asyncio.sleep(LAST_SECONDS)
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self) -> None:
        """Show what happens, and count what reaches customers."""
        while True:
            self._chat.catch_up()
            delivered = self._chat.deliveries()
            if delivered:
                self._console.print(f"      → {delivered} delivered to customers", style="dim")
            await asyncio.sleep(POLL_SECONDS)

    def _take(self, line: str) -> None:
        """Do what a line says."""
        reply = re.fullmatch(r">\s*(\d+)\s+(.+)", line)
        if line == "?":
            self._console.print(HELP, style="bold", markup=False)
        elif reply:
            self._post(reply[2], reply_to=int(reply[1]))
        elif line.startswith("@ "):
            self._post(line[2:].strip(), topic=self._topic)
        elif line:
            self._post(line)

    def _post(self, text: str, *, topic: int = GENERAL, reply_to: int | None = None) -> None:
        stage = self._stage
        try:
            stage.sandbox.post(stage.group, stage.administrator, text, topic=topic, reply_to=reply_to)
        except RpcError as error:
            gone = error.message == "REPLY_MESSAGE_ID_INVALID"
            why = f"There is no message {reply_to} to reply to." if gone else f"Telegram refused it: {error.message}"
            self._console.print(plain(f"      {why}"), style="red")
