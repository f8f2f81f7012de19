"""The README is followed word for word, in a fresh place: what is to be typed is typed, and what it shows is seen.

A block ``console`` is a terminal: what stands behind `$`, and behind a question, is typed. A block ``ini`` goes into
`.env`. A block ``text`` is General: what stands behind `You ▸` the account's owner writes there, on their phone, and
`You ↩` is a reply to the last message that is no command. In place of Telegram is the embedded one, in place of what
`make` and `pipx` install the environment of the tests (`tests.wheel` follows those lines, over the network). Where
something is different every time stands a …, in a line of its own for any number of lines; and a code is whatever
Telegram has sent.
"""

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD, PATIENCE, PHONE, ROOT, Shell
from tests.cli.terminals import CTRL_C, LARGE, Screen, on_terminal
from userbot.sandbox.people import Sandbox
from userbot.sandbox.seen import Seen

PAGE = (ROOT / "README.md").read_text("utf-8")
BASH = ("bash", "--norc", "--noprofile", "--noediting", "-i")
PROMPT = "$ "
HOME = "/home/anna"
"""Where the README's reader is at home."""

INSTALLED = ("$ make ", "$ pipx ")
QUESTION = re.compile(r"(Phone number, with the country code: |Code: |Two-step password:) ?(.*)")
SAID = re.compile(r"(?m)^(You ▸|You ↩|userbot ▸) ")


def blocks() -> list[tuple[str, str]]:
    """Each block's kind and text, in order."""
    found = re.findall(r"(?ms)^ *```(console|ini|text)\n(.*?)\n *```$", PAGE)
    return [(kind, re.sub(r"(?m)^   ", "", text)) for kind, text in found]


def matches(shown: str, seen: str) -> bool:
    parts = [r"(?:.*\n)*?" if each == "…" else re.escape(each).replace("…", ".*") + r"\n" for each in shown.split("\n")]
    return re.fullmatch("".join(parts), "".join(f"{each.rstrip()}\n" for each in seen.splitlines())) is not None


@dataclass
class Reader:
    """Somebody who follows the README."""

    telegram: Sandbox
    account: int
    screen: Screen
    home: Path
    written: set[int] = field(default_factory=set)
    """What they wrote in General."""
    message: int = 0
    """What a reply is a reply to."""
    read: int = 0
    """How much of what userbot said was read."""

    async def type(self, block: str) -> str:
        """Type what a block says, and return what was seen."""
        began, first = len(self.screen.shown), not block.startswith("^C")
        for position, line in enumerate(block.split("\n")):
            question = QUESTION.fullmatch(line)
            if line.startswith("^C"):
                self.screen.press(CTRL_C)
            elif line.startswith(PROMPT):
                if position:
                    await self.screen.until(PROMPT)
                self.screen.type(line.removeprefix(PROMPT))
            elif question:
                await self.screen.until(question[1])
                self.screen.type(self._answer(*question.groups()))
        for words in ["is ready", "\n"] if block.startswith("$ userbot run") else [PROMPT]:
            await self.screen.until(words)
        seen = "\n".join(self.screen.lines(began)).replace(str(self.home), HOME)
        return (PROMPT if first else "") + seen.removesuffix(PROMPT).rstrip()

    def _answer(self, question: str, shown: str) -> str:
        if question == "Code: ":
            return self.telegram.login_code(PHONE)
        return PASSWORD if question == "Two-step password:" else shown

    def note(self, block: str) -> None:
        """Write settings into the file."""
        env = self.home / "shop" / ".env"
        text = env.read_text("utf-8")
        for line in block.split("\n"):
            name = line.partition("=")[0]
            text, count = re.subn(rf"(?m)^#?{name}=.*$", line, text)
            assert count == 1, name
        env.write_text(text, "utf-8")

    async def talk(self, block: str) -> None:
        """Write in General, and read what userbot says."""
        [group] = self.telegram.world.column("SELECT id FROM channels")
        for who, what in zip(*[iter(SAID.split(block)[1:])] * 2, strict=True):
            text = what.strip("\n")
            if who == "userbot ▸":
                await self._hear(group, text)
                continue
            assert self._unread(group) == [], "userbot said more than is shown"
            number = self.telegram.post(group, self.account, text, reply_to=self.message if who == "You ↩" else None)
            self.written.add(number)
            if not text.startswith("/"):
                self.message = number

    async def _hear(self, group: int, shown: str) -> None:
        """Wait until userbot's next message says what is shown."""
        said = [_said(each) for each in self._unread(group)]
        try:
            async with asyncio.timeout(PATIENCE):
                while not (said and matches(shown, said[0])):
                    await asyncio.sleep(0.05)
                    said = [_said(each) for each in self._unread(group)]
        except TimeoutError:
            assert said[:1] == [shown]
        self.read += 1

    def _unread(self, group: int) -> list[Seen]:
        all_of_them = [each for each in self.telegram.messages(group) if each.kind != "service"]
        return [each for each in all_of_them if each.id not in self.written][self.read :]


def _said(message: Seen) -> str:
    return f"{message.text}\n📎 {message.file_name}" if message.file_name else message.text


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    """In a home of their own, at a shell in which `userbot` is installed."""
    home, programs = tmp_path / "anna", tmp_path / "bin"
    home.mkdir()
    programs.mkdir()
    (programs / "userbot").symlink_to(Path(sys.executable).with_name("userbot"))
    async with Sandbox(tmp_path / "telegram") as telegram:
        account = telegram.add_person("Anna", "Example", username="anna_ex", phone=PHONE, password=PASSWORD)
        telegram.populate(account, 3)
        host, port = telegram.address()
        given = {"TELEGRAM_SERVER": f"{host}:{port}", "TELEGRAM_SERVER_KEY": str(telegram.public_key())}
        path = f"{programs}:{Path(shutil.which('bash') or '/bin/bash').parent}"
        environment = given | {"HOME": str(home), "PS1": PROMPT, "PATH": path}
        async with on_terminal(Shell(home), program=BASH, size=LARGE, **environment) as screen:
            await screen.until(PROMPT)
            yield Reader(telegram, account, screen, home)


async def test_the_readme_word_for_word(reader: Reader) -> None:
    for kind, block in blocks():
        if kind == "ini":
            reader.note(block)
        elif kind == "text":
            await reader.talk(block)
        elif not block.startswith(INSTALLED):
            seen = await reader.type(block)
            assert matches(re.sub(r"(?m)^Code: .*$", "Code: …", block), seen), seen
