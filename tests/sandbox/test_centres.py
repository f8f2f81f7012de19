"""Two data centres, over real connections: who and what lives in the other one is looked for there."""

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from telethon import TelegramClient, errors
from telethon.tl import functions, types

from tests.sandbox.raw import Connect, RawClient
from userbot.sandbox.methods.centres import EXPORT_LIFE
from userbot.sandbox.people import Sandbox
from userbot.sandbox.server import Server
from userbot.sandbox.world import ABROAD, World

PHONE = "4915100000001"


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """Telethon keeps the addresses of data centres for all clients of a process."""
    TelegramClient._config = None
    yield
    TelegramClient._config = None


@pytest.fixture
def ann(world: World) -> int:
    return world.new_user("Ann", phone=PHONE)


async def log_in(client: Any, world: World) -> None:
    await client.send_code_request(PHONE)
    await client.sign_in(PHONE, world.value("SELECT code FROM login_codes"))


async def upload(client: Any) -> Any:
    file = await client.upload_file(b"0123456789", file_name="numbers.txt")
    media = types.InputMediaUploadedDocument(file, "text/plain", [types.DocumentAttributeFilename("numbers.txt")])
    sent = await client(functions.messages.SendMediaRequest(types.InputPeerSelf(), media, "", random_id=1))
    return next(each.message for each in sent.updates if hasattr(each, "message")).media.document


async def test_a_phone_number_that_lives_abroad(client: Any, world: World, ann: int) -> None:
    world.move(ann, ABROAD)
    await log_in(client, world)
    assert (client.session.dc_id, (client.session.server_address, client.session.port)) == (4, world.addresses[4])
    assert (await client.get_me()).id == ann
    assert (await client(functions.help.GetNearestDcRequest())).this_dc == ABROAD


async def test_a_key_is_good_where_it_was_made(client: Any, server: Server, world: World) -> None:
    stranger = RawClient(client.session.auth_key.key)
    await stranger.connect(world.addresses[ABROAD])
    stranger.ask(functions.help.GetConfigRequest())
    assert (-404).to_bytes(4, "little", signed=True) in await stranger.ended()
    stranger.close()


async def test_a_file_of_another_data_centre(client: Any, world: World, ann: int) -> None:
    await log_in(client, world)
    world.move(ann, ABROAD)
    with pytest.raises(errors.UserMigrateError) as caught:
        await client._sender.send(functions.updates.GetStateRequest())
    assert caught.value.new_dc == ABROAD
    document = await upload(await abroad(client, world))
    assert document.dc_id == ABROAD
    world.move(ann, 2)
    location = types.InputDocumentFileLocation(document.id, document.access_hash, document.file_reference, "")
    with pytest.raises(errors.FileMigrateError):
        await client(functions.upload.GetFileRequest(location, 0, 4096))
    assert await client.download_media(document, bytes) == b"0123456789"
    document.dc_id = 2
    assert await client.download_media(document, bytes) == b"0123456789"


async def abroad(client: Any, world: World) -> Any:
    """The client itself, taken to the other data centre with its login."""
    exported = await client(functions.auth.ExportAuthorizationRequest(ABROAD))
    other = await at(world.addresses[ABROAD], client)
    await other(functions.auth.ImportAuthorizationRequest(exported.id, exported.bytes))
    return other


async def at(address: tuple[str, int], client: Any) -> Any:
    """A stranger in the other data centre; ends with the client."""
    client.other = TelegramClient(None, 1, "hash")
    client.other.session.set_dc(ABROAD, *address)
    await client.other.connect()
    return client.other


@pytest.fixture(autouse=True)
async def _closed(client: Any) -> Any:
    client.other = None
    yield
    if client.other is not None:
        await client.other.disconnect()


async def test_only_home_tells_what_happens(client: Any, world: World, ann: int) -> None:
    """A login that was taken abroad to fetch a file gets no updates there."""
    await log_in(client, world)
    other = await abroad(client, world)
    heard: list[str] = []
    client.add_event_handler(lambda _update: heard.append("home"))
    other.add_event_handler(lambda _update: heard.append("abroad"))
    with world.transaction():
        world.push(ann, types.UpdateShort(types.UpdateConfig(), world.now()))
    async with asyncio.timeout(60):
        while not heard:
            await asyncio.sleep(0.01)
    await other(functions.help.GetConfigRequest())
    assert heard == ["home"]


async def test_what_cannot_be_exported_and_imported(client: Any, world: World, ann: int) -> None:
    await log_in(client, world)
    for dc in (2, 5):
        with pytest.raises(errors.DcIdInvalidError):
            await client(functions.auth.ExportAuthorizationRequest(dc))
    exported = await client(functions.auth.ExportAuthorizationRequest(ABROAD))
    request = functions.auth.ImportAuthorizationRequest
    clock = world.clock
    stranger = await at(world.addresses[ABROAD], client)
    for user, data, late in ((ann + 1, exported.bytes, 0), (ann, bytes(40), 0), (ann, exported.bytes, EXPORT_LIFE + 2)):
        moment = clock() + late
        world.clock = partial(float, moment)
        with pytest.raises(errors.AuthBytesInvalidError):
            await stranger(request(user, data))
    world.clock = clock
    with pytest.raises(errors.AuthBytesInvalidError):
        await client(request(ann, exported.bytes))
    assert (await stranger(request(ann, exported.bytes))).user.id == ann


async def test_both_are_found_again_after_a_restart(connect: Connect, server: Server, world: World) -> None:
    before = dict(world.addresses)
    await server.go_away()
    await server.come_back()
    assert world.addresses == before


async def test_people_abroad(tmp_path: Any, key_folder: Any) -> None:
    async with Sandbox(tmp_path / "abroad", keys=key_folder) as sandbox:
        gus = sandbox.add_person("Gus", abroad=True)
        assert sandbox.world.home_of(gus) == ABROAD
    async with Sandbox(tmp_path / "abroad", keys=key_folder) as sandbox:
        assert sandbox.world.home_of(gus) == ABROAD
        sandbox.move(gus, abroad=False)
        assert sandbox.world.home_of(gus) == 2
