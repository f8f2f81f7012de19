"""The group as it is shown: who said what, as it happens, and how far the deliveries are."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from rich.console import Console, Group
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from userbot.cli.demo.stage import Stage
from userbot.cli.views import plain
from userbot.core.model import GENERAL
from userbot.errors import UserbotError
from userbot.sandbox.seen import Seen

POLL_SECONDS = 0.05
PATIENCE = 60.0
"""Seconds until an answer is given up."""


_STYLES = ("bold green", "bold cyan", "bold magenta")


class Chat:
    """Watches the group from the embedded Telegram's own side."""

    def __init__(self, stage: Stage, console: Console) -> None:
        self._stage = stage
        self._console = console
        self._heard = {each.id: each for each in stage.sandbox.messages(stage.group)}
        self._counted = 0
        self._moved: Callable[[int], None] = lambda _delivered: None

    def catch_up(self) -> None:
        """Show what is new in the group, and what says something else than before."""
        for seen in self._stage.sandbox.messages(self._stage.group):
            before = self._heard.get(seen.id)
            if before is None or before.text != seen.text:
                self._heard[seen.id] = seen
                self._show(seen, edited=before is not None)

    def deliveries(self) -> int:
        """How many messages reached customers since this was asked last."""
        lines = self._stage.sandbox.ledger(self._stage.account, after=self._counted)
        self._counted = max([self._counted, *(line.seq for line in lines)])
        return sum(line.peer in self._stage.customers for line in lines)

    async def until(self, wanted: Callable[[Seen], bool]) -> Seen:
        """Show what happens until a message is there. Raises UserbotError when it does not come."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    self.catch_up()
                    self._moved(self.deliveries())
                    for seen in filter(wanted, self._heard.values()):
                        return seen
                    await asyncio.sleep(POLL_SECONDS)
        except TimeoutError:
            raise UserbotError(f"userbot did not answer within {PATIENCE:.0f} s.") from None

    @contextmanager
    def progress(self, expected: int) -> Iterator[None]:
        """Show how many messages have reached customers, while waiting inside."""
        columns = (TextColumn("    delivered"), BarColumn(), MofNCompleteColumn())
        self.deliveries()
        with Progress(*columns, console=self._console, disable=not self._console.is_terminal) as progress:
            task = progress.add_task("", total=expected)
            self._moved = lambda delivered: progress.advance(task, delivered)
            try:
                yield
            finally:
                self._moved = lambda _delivered: None

    def _show(self, seen: Seen, *, edited: bool) -> None:
        if seen.kind != "service":
            self._console.print(message(self._stage, seen, edited=edited))


def message(stage: Stage, seen: Seen, *, edited: bool = False) -> Group:
    """A message as it is shown: who wrote it, when and where, and beneath it what it says."""
    style = _STYLES[(stage.account, stage.administrator, stage.operator).index(seen.sender)]
    clock = datetime.fromtimestamp(seen.date, UTC)
    place = "" if seen.topic == GENERAL else f"  in topic {seen.topic}"
    answer = f"  ↩ {seen.reply_to}" if seen.reply_to else ""
    head = Text.assemble((f"{seen.id:>4}  ", "dim"), (stage.name(seen.sender), style))
    head.append(f"{place}{answer}  {clock:%H:%M:%S}{'  edited' if edited else ''}", "dim")
    return Group(head, Padding(plain(_content(seen)), (0, 0, 0, 6), expand=False))


def _content(seen: Seen) -> str:
    """What a message says and holds."""
    held = {"text": "", "document": f"[file {seen.file_name}]"}.get(seen.kind, f"[{seen.kind.replace('_', ' ')}]")
    return "\n".join(filter(None, (held, seen.text)))
