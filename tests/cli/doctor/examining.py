"""`userbot doctor` in a folder, and what it finds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from typer.testing import CliRunner

from tests.cli.conftest import Shop
from userbot.cli.main import app as command_line
from userbot.config import Settings, load
from userbot.store.database import Connection
from userbot.store.place import opened


async def examined(shop: Shop) -> tuple[int, list[str]]:
    """The command's exit code and findings, each with its advice; in this process, which is started already."""
    found = await asyncio.to_thread(CliRunner().invoke, command_line, ["--home", str(shop.shell.folder), "doctor"])
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found.exit_code, found.output.replace("\n  ", " | ").splitlines()


async def wrong(shop: Shop) -> str:
    """The one thing that is wrong."""
    code, findings = await examined(shop)
    assert code == 1
    [finding] = [each for each in findings if each.startswith("✗ ")]
    return finding.removeprefix("✗ ").replace(f"{shop.shell.folder}/", "")


async def mentioned(shop: Shop) -> str:
    """The one thing that is neither good nor wrong, where nothing is wrong."""
    code, findings = await examined(shop)
    [finding] = [each for each in findings if not each.startswith("✓ ")]
    assert (code, finding[:2]) == (0, "· ")
    return finding[2:]


def settings(shop: Shop) -> Settings:
    return load(shop.shell.folder)


def change(shop: Shop, **changed: object) -> None:
    shop.shell.configure(**shop.settings | {"BACKEND_GROUP": shop.group} | changed)


@asynccontextmanager
async def written(shop: Shop) -> AsyncIterator[Connection]:
    async with opened(settings(shop)) as database, database.transaction() as on:
        yield on


def as_member(shop: Shop) -> int:
    """Another group, where the account is a member like any other."""
    group = shop.telegram.add_group("Theirs", shop.boss, [shop.account])
    change(shop, BACKEND_GROUP=group)
    return group
