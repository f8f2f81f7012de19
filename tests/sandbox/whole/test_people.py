"""An unmodified Telethon client in front of the whole sandbox."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from telethon import errors, events, functions, types

from tests.sandbox.clients import PATIENCE, PHONE, client_of, until
from userbot.sandbox.people import Sandbox
from userbot.sandbox.samples import KINDS
from userbot.sandbox.world import SPAMBOT

PASSWORD = "correct horse"
forwarding = functions.messages.ForwardMessagesRequest


async def test_login_with_code_and_password(sandbox: Sandbox, tmp_path: Path) -> None:
    user = sandbox.add_person("Anna", "Example", phone=PHONE, password=PASSWORD)
    async with client_of(sandbox.address(), sandbox.public_key(), tmp_path / "anna") as client:
        assert not await client.is_user_authorized()
        await client.send_code_request(PHONE)
        with pytest.raises(errors.PhoneCodeInvalidError):
            await client.sign_in(PHONE, "0")
        with pytest.raises(errors.SessionPasswordNeededError):
            await client.sign_in(PHONE, sandbox.login_code(PHONE))
        with pytest.raises(errors.PasswordHashInvalidError):
            await client.sign_in(password="wrong")
        assert (await client.sign_in(password=PASSWORD)).id == user
        assert (await client.get_me()).first_name == "Anna"
        sandbox.log_out(user)
        assert await client.get_me() is None


async def test_login_by_qr(sandbox: Sandbox, me: int, tmp_path: Path) -> None:
    async with client_of(sandbox.address(), sandbox.public_key(), tmp_path / "me") as client:
        shown = await client.qr_login()
        waiting = asyncio.create_task(shown.wait(PATIENCE))
        await asyncio.sleep(0)
        sandbox.accept_qr(shown.url, me)
        assert (await waiting).id == me
        assert await client.is_user_authorized()


def test_a_time_of_its_own(sandbox: Sandbox, me: int) -> None:
    anna = sandbox.add_person("Anna")
    for moment in (2_000_000_000, 1_900_000_000):
        sandbox.at(moment, since=time.monotonic(), speed=1_000.0)
        sandbox.write(anna, me, "What time is it?")
        assert moment <= sandbox.dialog(me, anna)[-1].date < moment + 100_000


async def test_all_dialogs(sandbox: Sandbox, me: int, client: Any) -> None:
    first = sandbox.populate(me, 250)
    group = sandbox.add_group("Backend", me)
    dialogs = await client.get_dialogs()
    assert dialogs.total == len(dialogs) == 252
    assert {dialog.id for dialog in dialogs} == {*range(first, first + 250), group, 777000}
    assert {dialog.name for dialog in dialogs} >= {"Customer 1", "Customer 250", "Backend", "Telegram"}


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_reaches_a_customer(sandbox: Sandbox, me: int, client: Any, kind: str) -> None:
    customer = sandbox.add_person("Carl")
    sandbox.write(customer, me, "hello")
    group = sandbox.add_group("Backend", me)
    post = sandbox.post(group, me, "caption", media=kind, entities=[("bold", 0, 7)])
    await client.get_dialogs()
    source = await client.get_messages(group, ids=post)
    assert source.message == "caption"
    await client(forwarding(group, [post], customer, drop_author=True, random_id=[7]))
    delivered = sandbox.dialog(customer, me)[-1]
    assert (delivered.kind, delivered.text, delivered.has_author) == (kind, "caption", False)
    assert delivered.entities == [("bold", 0, 7)]
    line = sandbox.ledger(me)[-1]
    assert (line.peer, line.source, line.random_id, line.kind) == (customer, post, 7, kind)


async def test_albums_and_files(sandbox: Sandbox, me: int, client: Any) -> None:
    customer = sandbox.add_person("Carl")
    sandbox.write(customer, me, "hello")
    group = sandbox.add_group("Backend", me)
    album = sandbox.post_album(group, me, ["photo", "video", "photo"], caption="three")
    listed = sandbox.post_file(group, me, "ids.csv", b"user_id\n1\n", mime="text/csv", caption="/send file")
    await client.get_dialogs()
    await client(forwarding(group, album, customer, drop_author=True, random_id=[1, 2, 3]))
    delivered = sandbox.dialog(customer, me)[-3:]
    assert [seen.kind for seen in delivered] == ["photo", "video", "photo"]
    assert len({seen.grouped_id for seen in delivered}) == 1
    message = await client.get_messages(group, ids=listed)
    assert message.file.name == "ids.csv"
    assert await message.download_media(bytes) == b"user_id\n1\n"
    assert (await (await client.get_messages(group, ids=album[0])).download_media(bytes)).startswith(b"\xff\xd8")
    report = await client.send_file(group, b"a,b\n" * 300_000, file_name="report.csv")
    assert sandbox.download(group, report.id) == b"a,b\n" * 300_000


async def test_the_random_id_rule(sandbox: Sandbox, me: int, client: Any) -> None:
    customer = sandbox.add_person("Carl")
    sandbox.write(customer, me, "hello")
    group = sandbox.add_group("Backend", me)
    post = sandbox.post(group, me, "offer")
    await client.get_dialogs()
    request = forwarding(group, [post], customer, drop_author=True, random_id=[7])
    first = await client(request)
    second = await client(request)
    assert first.updates[0] == second.updates[0]
    sandbox.still_running()
    request = forwarding(group, [post], customer, drop_author=True, random_id=[8])
    with pytest.raises(errors.RandomIdDuplicateError):
        await client(request)
    assert (await client(request)).updates[0].random_id == 8
    assert len(sandbox.dialog(customer, me)) == 3
    assert [line.random_id for line in sandbox.ledger(me)] == [7, 8]


async def test_telethon_repeats_what_the_network_lost(sandbox: Sandbox, me: int, client: Any) -> None:
    customer = sandbox.add_person("Carl")
    sandbox.write(customer, me, "hello")
    await client.get_dialogs()
    sandbox.cut_before()
    await client.send_message(customer, "one")
    sandbox.cut_after()
    await client.send_message(customer, "two")
    assert [seen.text for seen in sandbox.dialog(customer, me)] == ["hello", "one", "two"]
    assert sandbox.counters() == {"cut_before": 1, "cut_after": 1, "repeated": 1}


async def test_the_flood_limit(sandbox: Sandbox, me: int, client: Any) -> None:
    customer = sandbox.add_person("Carl")
    sandbox.write(customer, me, "hello")
    await client.get_dialogs()
    sandbox.flood_limit(rate=0.001, burst=2, wait=30)
    await client.send_message(customer, "one")
    await client.send_message(customer, "two")
    with pytest.raises(errors.FloodWaitError) as caught:
        await client.send_message(customer, "three")
    assert caught.value.seconds == 30
    assert sandbox.counters() == {"flood_wait": 1}


async def test_spambot(sandbox: Sandbox, me: int, client: Any) -> None:
    sandbox.set_spambot("your account is now limited", delay=0.05)
    async with client.conversation("SpamBot", timeout=PATIENCE) as talk:
        await talk.send_message("/start")
        assert (await talk.get_response()).raw_text == "your account is now limited"
    sandbox.block(me, SPAMBOT)
    with pytest.raises(errors.YouBlockedUserError):
        await client.send_message("SpamBot", "/start")


async def test_people_who_cannot_be_reached(sandbox: Sandbox, me: int, client: Any) -> None:
    gone, angry = sandbox.add_person("Gone"), sandbox.add_person("Angry")
    for each in (gone, angry):
        sandbox.write(each, me, "hello")
    await client.get_dialogs()
    sandbox.delete_account(gone)
    sandbox.block(angry, me)
    with pytest.raises(errors.InputUserDeactivatedError):
        await client.send_message(gone, "hello")
    with pytest.raises(errors.UserIsBlockedError):
        await client.send_message(angry, "hello")


async def test_a_stranger_is_not_found_by_id(sandbox: Sandbox, client: Any) -> None:
    stranger = sandbox.add_person("Sam")
    with pytest.raises(ValueError, match="Could not find the input entity"):
        await client.get_input_entity(stranger)


async def test_groups(sandbox: Sandbox, me: int, client: Any) -> None:
    olga, pete = sandbox.add_person("Olga"), sandbox.add_person("Pete")
    group = sandbox.add_group("Backend", olga, [me, pete], username="backend")
    topic = sandbox.add_topic(group, olga, "Prices")
    sandbox.promote(group, pete)
    entity = await client.get_entity("backend")
    assert entity.forum
    admins = await client.get_participants(entity, filter=types.ChannelParticipantsAdmins())
    assert {user.id for user in admins} == {olga, pete}
    sandbox.promote(group, pete, admin=False)
    assert not (await client.get_permissions(entity, pete)).is_admin
    sent = await client.send_message(entity, "hello", reply_to=topic)
    assert (sent.reply_to.forum_topic, sent.reply_to.reply_to_msg_id) == (True, topic)
    assert [seen.text for seen in sandbox.messages(group, topic)] == ["", "hello"]
    sandbox.close_topic(group, topic)
    with pytest.raises(errors.RPCError, match="TOPIC_CLOSED"):
        await client.send_message(entity, "hello", reply_to=topic)
    sandbox.close_topic(group, topic, closed=False)
    sandbox.set_group(group, slow_mode=60)
    await client.send_message(entity, "hello")
    with pytest.raises(errors.SlowModeWaitError):
        await client.send_message(entity, "hello")
    sandbox.restrict(group, me)
    with pytest.raises(errors.ChatWriteForbiddenError):
        await client.send_message(entity, "hello")
    sandbox.kick(group, pete)
    sandbox.leave(group, me)
    with pytest.raises(errors.UserNotParticipantError):
        await client.get_permissions(entity, me)


async def test_what_is_typed_on_the_phone_arrives(sandbox: Sandbox, me: int, client: Any) -> None:
    group = sandbox.add_group("Backend", me)
    heard: list[Any] = []

    async def hear(event: Any) -> None:
        heard.append((event.chat_id, event.raw_text, event.out))

    client.add_event_handler(hear, events.NewMessage)
    sandbox.post(group, me, "/send all")
    await client.send_message("me", "my own client's messages do not come back")
    sandbox.write(sandbox.add_person("Carl"), me, "hello")
    await until(lambda: len(heard) >= 2)
    assert heard[0] == (group, "/send all", True)
    assert heard[1][1:] == ("hello", False)


async def test_reading_is_noticed(sandbox: Sandbox, me: int, client: Any) -> None:
    customer = sandbox.add_person("Carl")
    sandbox.write(customer, me, "hello")
    await client.get_dialogs()
    read: list[int] = []

    async def note(update: Any) -> None:
        read.append(update.max_id)

    client.add_event_handler(note, events.Raw(types.UpdateReadHistoryOutbox))
    sent = await client.send_message(customer, "an offer")
    sandbox.read(customer, me)
    await until(lambda: read)
    assert read == [sent.id]
