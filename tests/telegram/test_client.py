"""One connection as the account: in which data centre it lives, and how it ends."""

import asyncio
from pathlib import Path

import pytest
from telethon import errors, functions

from tests.office import PATIENCE, office, until
from tests.telegram.persons import PHONE, Person, code
from userbot.config import Settings
from userbot.core.delivery import UNWANTED, Refused, Sent
from userbot.errors import NotLoggedInError
from userbot.sandbox.people import Sandbox
from userbot.sandbox.world import ABROAD
from userbot.telegram import calls
from userbot.telegram.client import connected
from userbot.telegram.gateway import Gateway
from userbot.telegram.login import login


async def test_an_account_in_another_data_centre(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    sandbox.move(anna)
    await login(settings, Person(PHONE, code(sandbox)))
    for _ in range(2):
        async with connected(settings) as client:
            assert (client.session.dc_id, (await client.get_me()).id) == (ABROAD, anna)


async def test_an_account_that_is_moved(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    """The login goes along."""
    await login(settings, Person(PHONE, code(sandbox)))
    for abroad in (True, False):
        async with connected(settings) as client:
            sandbox.move(anna, abroad=abroad)
            with pytest.raises(errors.UserMigrateError):
                await client(functions.updates.GetStateRequest())
        for _ in range(2):
            async with connected(settings) as client:
                assert (await client.get_me()).id == anna
                assert client.session.dc_id == sandbox.world.home_of(anna)


async def test_a_move_that_is_not_finished_loses_nothing(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    await login(settings, Person(PHONE, code(sandbox)))
    sandbox.move(anna)
    sandbox.refuse("AUTH_BYTES_INVALID", method="auth.importAuthorization")
    with pytest.raises(Exception, match="AUTH_BYTES_INVALID"):
        async with connected(settings):
            pass
    async with connected(settings) as client:
        assert (await client.get_me()).id == anna


async def test_a_session_that_was_ended_abroad(sandbox: Sandbox, settings: Settings, anna: int) -> None:
    sandbox.move(anna)
    await login(settings, Person(PHONE, code(sandbox)))
    sandbox.log_out(anna)
    with pytest.raises(NotLoggedInError):
        async with connected(settings):
            pass
    assert (await login(settings, Person(PHONE, code(sandbox)))).me.id == anna


async def test_a_client_ends_in_the_middle_of_reconnecting(tmp_path: Path) -> None:
    """At whatever moment: Telethon forgets that it was asked to when a try to connect fails just then."""
    async with office(tmp_path, tmp_path) as team:
        for wait in range(40):
            async with asyncio.timeout(PATIENCE), connected(team.settings()) as client:
                client._sender._delay = 0.0001  # it tries all the time, so that the wrong moment comes soon
                await team.telegram.go_away()
                await asyncio.sleep(0.01 + wait / 5000)
            await team.telegram.come_back()


async def test_the_session_file_tells_who_the_account_is(
    sandbox: Sandbox, settings: Settings, anna: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Telethon notes it as a user 0 whose access hash is the account's id."""
    await login(settings, Person(PHONE, code(sandbox)))
    async with connected(settings) as client:
        assert client.session.get_entity_rows_by_id(0)[1] == anna
    assert caplog.records == []


async def test_a_call_that_nobody_wants_any_more_when_the_connection_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "ANSWER_SECONDS", PATIENCE)
    async with office(tmp_path, tmp_path) as team, connected(team.settings()) as client:
        customer, source = team.customers(1)[0], team.say("News")
        gateway = await Gateway.enter(client, team.group)
        [hash_] = [each.input_entity.access_hash for each in await client.get_dialogs() if each.id == customer]
        wanted = asyncio.Event()
        wanted.set()
        await team.telegram.go_away()
        await until(lambda: not client._sender._transport_connected())
        forward = asyncio.ensure_future(gateway.forward([source], customer, hash_, [1], wanted.is_set))
        await asyncio.sleep(0)
        wanted.clear()
        await team.telegram.come_back()
        outcome = await forward
        assert isinstance(outcome, Refused)
        assert outcome.code == UNWANTED.code
        assert not team.sent()
        wanted.set()
        assert isinstance(await gateway.forward([source], customer, hash_, [1], wanted.is_set), Sent)
