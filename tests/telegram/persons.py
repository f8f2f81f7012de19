"""Somebody who logs in, with answers ready."""

import asyncio
from collections.abc import Callable

from userbot.errors import UserbotError
from userbot.sandbox.people import Sandbox

PHONE = "+4915112345678"
PASSWORD = "correct horse"

Answer = str | Callable[[], str]


class Person:
    """Somebody with answers ready, in this order."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, bool]] = []
        self.said: list[str] = []
        self.shown: asyncio.Queue[str] = asyncio.Queue()

    async def ask(self, question: str, *, hidden: bool = False) -> str:
        self.asked.append((question, hidden))
        if not self.answers:
            raise UserbotError("no more answers")
        answer = self.answers.pop(0)
        return answer if isinstance(answer, str) else answer()

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def show_code(self, link: str) -> None:
        self.shown.put_nowait(link)


def code(sandbox: Sandbox) -> Callable[[], str]:
    return lambda: sandbox.login_code(PHONE)


def wrong(sandbox: Sandbox) -> Callable[[], str]:
    return lambda: str((int(sandbox.login_code(PHONE)) - 9999) % 90000 + 10000)
