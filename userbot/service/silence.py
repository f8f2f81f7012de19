"""Commands for another connection, about which this one keeps silent, unless nobody else answers either.

A lone number in a command names a connection, and a tired person means a recipient, or mistypes. Which connections
there are no connection knows; whether one answers all can see.
"""

import asyncio
from collections import OrderedDict

from userbot.core import grammar
from userbot.core.grammar import All, Check, Command, File, Listed, Marked, Mistake, Run, ShowSendings, Test
from userbot.core.language import gettext
from userbot.core.model import Incoming
from userbot.core.ports import Clock

PATIENCE = 10.0
"""Seconds for which another connection may think about its answer."""

_REMEMBERED = 1000


class Silence:
    """Keeps silent about what is for others, and notices when nobody speaks."""

    def __init__(self, clock: Clock, instance: int) -> None:
        """`instance` names this connection."""
        self._clock = clock
        self._instance = instance
        self._replied: OrderedDict[int, None] = OrderedDict()
        self._waiting: set[int] = set()

    def heard(self, incoming: Incoming) -> None:
        """Take note of what is replied to."""
        if incoming.reply_to is not None:
            self._replied[incoming.reply_to] = None
            if len(self._replied) > _REMEMBERED:
                self._replied.popitem(last=False)

    def is_for_another(self, command: Command | Mistake) -> bool:
        """Whether a command names another connection."""
        return isinstance(command, Run | ShowSendings | Check) and _instance(command) not in {None, self._instance}

    async def lasts(self, incoming: Incoming) -> bool:
        """Whether nobody has answered after a while; False at once for a command that is waited for already."""
        if incoming.message_id in self._waiting:
            return False
        self._waiting.add(incoming.message_id)
        try:
            await self._clock.wait(asyncio.Event(), PATIENCE)
        finally:
            self._waiting.discard(incoming.message_id)
        return incoming.message_id not in self._replied

    def words(self, incoming: Incoming, command: Command | Mistake) -> str:
        """That nobody of that name is there; with the command in which the number is a recipient."""
        assert isinstance(command, Run | ShowSendings | Check)
        number = _instance(command)
        what = gettext("No connection here is called {number}; this one is {own}.", number=number, own=self._instance)
        if isinstance(command, ShowSendings) or f"i{number}" in incoming.text.lower().split():
            return what
        assert number is not None
        run = command.run if isinstance(command, Check) else command
        match run.target:
            case Listed(ids):
                meant = Run(Listed((number, *ids)), run.template, run.time, None)
            case Test() | All() | File() | Marked():
                meant = Run(Listed((number,)), run.template, run.time, None)
            case _:
                return what
        advice = gettext("If {number} is a recipient:", number=number)
        return f"{what} {advice}\n{grammar.render(meant if run is command else Check(meant))}"


def _instance(command: Run | ShowSendings | Check) -> int | None:
    """The connection that a command names."""
    return command.run.instance if isinstance(command, Check) else command.instance
