"""Templates from their first message to their end: made, shown, changed, sent, deleted."""

from tests.office import Office, until
from userbot.core.model import MAX_STEPS


async def test_made_extended_and_shown(team: Office) -> None:
    await team.open()
    assert (
        await team.ask("/send templates")
        == "No templates yet. In General, reply to a message with /send NAME to make one."
    )
    text = team.say("Hello!")
    photo = team.say("Look", media="photo")
    album = team.telegram.post_album(team.group, team.boss, ["photo", "photo"], "Two")
    assert await team.ask("/send Welcome", reply_to=text) == (
        "Template Welcome is new.\n1. text · at the start\nTry it: /send test Welcome"
    )
    assert await team.ask("/send welcome 5m", reply_to=photo) == (
        "Template Welcome has 2 messages now.\n2. photo · 5m after the previous\nTry it: /send test Welcome"
    )
    assert "3. album of 2 · 1d 2h after the previous" in await team.ask("/SEND WELCOME 1d 2h", reply_to=album[1])
    link = "https://t.me/c/" + str(team.group).removeprefix("-100")
    assert await team.ask("/send welcome") == (
        "Template Welcome · 3 messages\n"
        f"1. text · at the start · id {text}\n   {link}/{text}\n"
        f"2. photo · 5m after the previous · id {photo}\n   {link}/{photo}\n"
        f"3. album of 2 · 1d 2h after the previous · id {album[0]}\n   {link}/{album[0]}"
    )
    await team.template("bye", "")
    assert await team.ask("/send templates") == "bye · 1 message\nWelcome · 3 messages"


async def test_renamed(team: Office) -> None:
    await team.open()
    await team.template("spring", "")
    await team.template("summer", "")
    assert await team.ask("/send spring name Easter-2027") == "Template spring is called Easter-2027 now."
    assert await team.ask("/send easter-2027 name SUMMER") == (
        "There is a template summer already. Choose another name."
    )
    assert await team.ask("/send summer name Summer") == "Template summer is called Summer now."
    assert await team.ask("/send templates") == "Easter-2027 · 1 message\nSummer · 1 message"
    assert await team.ask("/send spring") == "There is no template spring. /send templates shows them all."


async def test_retimed(team: Office) -> None:
    await team.open()
    first, second = await team.template("welcome", "", "1h")
    assert await team.ask(f"/send welcome for {second} 2h 30m") == (
        "Template welcome, message 2: 2h 30m after the previous."
    )
    assert await team.ask(f"/send welcome for {first} 2031-12-27 14:25") == (
        "Template welcome, message 1: 2031-12-27 14:25 UTC."
    )
    assert await team.ask(f"/send welcome for {second}") == "Template welcome, message 2: right after."
    assert await team.ask("/send welcome for 4711 5m") == (
        f"Template welcome has no message 4711. Its ids: {first}, {second}."
    )
    assert "1. text · 2031-12-27 14:25 UTC" in await team.ask("/send welcome")


async def test_cut_and_deleted(team: Office) -> None:
    await team.open()
    first, second = await team.template("welcome", "", "")
    assert await team.ask(f"/send welcome del {first}") == (
        "Message 1 is out of template welcome; it has 1 message now."
    )
    assert f"1. text · right after · id {second}" not in await team.ask("/send welcome")
    await team.ask(f"/send welcome del {second}")
    assert "It is empty. Reply to a message with /send welcome to add it." in await team.ask("/send welcome")
    assert await team.ask("/send test welcome") == ("Template welcome is empty. Reply to a message with /send welcome.")
    assert await team.ask("/send welcome del") == ("Template welcome is deleted. Sendings under way keep their copy.")
    assert "There is no template" in await team.ask("/send welcome")
    assert "is new" in await team.ask("/send welcome", reply_to=first)


async def test_an_album_is_one_step_and_arrives_as_one(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    album = team.telegram.post_album(team.group, team.boss, ["photo", "video", "photo"], "Three at once")
    await team.ask("/send welcome", reply_to=team.say("Hello!"))
    await team.ask("/send welcome", reply_to=album[2])
    await team.ask("/send all welcome")
    await team.notice("Finished. 2 sent.")
    hello, *rest = team.arrived(customer)
    assert (hello.text, [each.kind for each in rest]) == ("Hello!", ["photo", "video", "photo"])
    assert len({each.grouped_id for each in rest}) == 1
    assert await team.ask(f"/send welcome del {album[1]}") == (
        "Message 2 is out of template welcome; it has 1 message now."
    )


async def test_a_message_that_was_edited_is_sent_as_it_is_now(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    [message] = await team.template("welcome", "")
    team.telegram.edit(team.boss, team.group, message, "Better words")
    await team.ask("/send all welcome")
    await team.notice("Finished. 1 sent.")
    assert [each.text for each in team.arrived(customer)] == ["Better words"]


async def test_a_message_that_was_deleted_is_shown_as_gone_and_holds_the_sending(team: Office) -> None:
    customers = team.customers(30)
    await team.open()
    _, second = await team.template("welcome", "", "")
    team.telegram.delete(team.group, [second])
    shown = await team.ask("/send welcome")
    assert f"2. text · right after · id {second}\n   ⚠ deleted in the group: it cannot be sent" in shown
    await team.ask("/send all welcome")
    held = await team.notice("⏸")
    assert "message 2 cannot be sent: the message was deleted from the group" in held
    assert sum("⏸" in said for said in team.said()) == 1
    await team.ask("/send sid1 stop")
    await team.notice("Stopped. 30 sent, 30 skipped.")
    assert {line.peer for line in team.sent()} == set(customers)


async def test_a_reply_to_a_message_that_is_gone(team: Office) -> None:
    await team.open()
    message = team.say("Hello!")
    command = team.say("/send welcome", reply_to=message)
    await team.answer(command)
    team.telegram.delete(team.group, [message])
    assert await team.ask("/send test welcome") == "sid1: test of template welcome. Starts now."
    await team.notice("message 1 cannot be sent: the message was deleted")


async def test_no_more_than_a_hundred_messages(team: Office) -> None:
    await team.open()
    message = team.say("Hello!")
    commands = [team.say("/send long", reply_to=message) for _ in range(MAX_STEPS)]
    assert f"has {MAX_STEPS} messages now" in await team.answer(commands[-1])
    assert await team.ask("/send long", reply_to=message) == (
        "Template long has 100 messages already; more than that is no chain."
    )
    await team.ask("/send long")
    await until(lambda: sum(said.count(f"id {message}") for said in team.said()) >= MAX_STEPS)


async def test_a_template_holds_no_step_in_the_past(slow: Office) -> None:
    await slow.open()
    assert await slow.ask("/send welcome 2024-12-27 14:25", reply_to=slow.say("Hello!")) == (
        "2024-12-27 14:25 UTC is past. It is 2027-01-15 08:00 UTC now."
    )


async def test_mistakes_are_answered_with_the_nearest_valid_form(team: Office) -> None:
    await team.open()
    for wrong, nearest in (
        ("/send al welcome", "/send all welcome"),
        ("/send welcome for 5m", "/send welcome for MESSAGE_ID 5m"),
        ("/send list welcome 1 2 3", "/send list welcome 1,2,3"),
    ):
        what, hint = (await team.ask(wrong)).split("\n")
        assert what
        assert hint == nearest
    assert "No templates yet" in await team.ask("/send templates")
    assert "No sendings yet" in await team.ask("/send sendings")
