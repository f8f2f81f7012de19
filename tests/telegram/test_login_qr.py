"""Logging in by QR code: shown, scanned, renewed."""

import asyncio

import pytest

from tests.telegram.persons import PASSWORD, Person
from userbot.config import Settings
from userbot.sandbox.people import Sandbox
from userbot.telegram import login as module
from userbot.telegram.client import connected
from userbot.telegram.login import login


async def test_qr_of_an_account_in_another_data_centre(sandbox: Sandbox, settings: Settings, guarded: int) -> None:
    sandbox.move(guarded)
    person = Person(PASSWORD)
    logging_in = asyncio.ensure_future(login(settings, person, qr=True))
    sandbox.accept_qr(await person.shown.get(), guarded)
    assert (await logging_in).me.id == guarded
    async with connected(settings) as client:
        assert client.session.dc_id == 4


async def test_qr(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    person = Person()
    logging_in = asyncio.ensure_future(login(settings, person, qr=True))
    sandbox.accept_qr(await person.shown.get(), anna)
    assert (await logging_in).me.id == anna
    assert person.asked == []


async def test_qr_with_a_password(sandbox: Sandbox, settings: Settings, guarded: int) -> None:
    person = Person("wrong horse", PASSWORD)
    logging_in = asyncio.ensure_future(login(settings, person, qr=True))
    sandbox.accept_qr(await person.shown.get(), guarded)
    assert (await logging_in).me.id == guarded


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QR_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
async def test_qr_is_renewed(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    person = Person()
    logging_in = asyncio.ensure_future(login(settings, person, qr=True))
    old, new = await person.shown.get(), await person.shown.get()
    assert old != new
    sandbox.accept_qr(new, anna)
    assert (await logging_in).me.id == anna


@pytest.mark.usefixtures("impatient")
async def test_qr_without_the_update(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    """The token was accepted, and the news of it got lost."""
    sandbox.world.publish_to_key = lambda _key, _updates: None
    person = Person()
    logging_in = asyncio.ensure_future(login(settings, person, qr=True))
    sandbox.accept_qr(await person.shown.get(), anna)
    assert (await logging_in).me.id == anna
