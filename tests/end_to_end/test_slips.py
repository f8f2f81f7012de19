"""Slips that must not hurt: own notices, files with a wrong word, near names, missing commas, corrections."""

from pathlib import Path

import pytest

from tests.office import HandClock, Office, office

FILE_FORM = "/send file welcome [TIME] [INSTANCE]"
NOTICE = "You replied to a notice of userbot itself. Reply to the message that is to be sent."
COMMAND = "You replied to a command. Reply to the message that is to be sent."


async def test_no_notice_and_no_command_is_ever_mailed(slow: Office) -> None:
    slow.customers(3)
    await slow.open()
    source = slow.say("An offer")
    command = slow.say("/send all 1h", reply_to=source)
    await slow.answer(command)
    [notice] = [each.id for each in slow.telegram.messages(slow.group) if each.reply_to == command]
    for text in ("/send all", "/send test", "/send mark vip", "/send welcome"):
        assert await slow.ask(text, reply_to=notice) == NOTICE
        assert await slow.ask(text, reply_to=command) == COMMAND
    for other in ("/mark vip", "/export", "/bind 5", "/send@somebody_else all"):
        assert await slow.ask("/send all", reply_to=slow.say(other)) == COMMAND
    assert "No templates yet" in await slow.ask("/send templates")
    assert not slow.sent()


async def test_a_notice_is_known_across_a_restart(slow: Office) -> None:
    await slow.open()
    command = slow.say("/send templates")
    await slow.answer(command)
    await slow.close()
    await slow.open()
    [notice] = [each.id for each in slow.telegram.messages(slow.group) if each.reply_to == command]
    assert await slow.ask("/send all", reply_to=notice) == NOTICE


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/send all", "“/send all” does not look at the attached file.\n/send file NAME"),
        ("/send list welcome", "“/send list” does not look at the attached file.\n/send file welcome"),
        (
            "/send mark vip template welcome",
            "“/send mark” does not look at the attached file. Left out: “vip”, “template”.\n" + FILE_FORM,
        ),
    ],
)
async def test_a_file_with_another_word_is_declined(team: Office, command: str, answer: str) -> None:
    [customer] = team.customers(1)
    await team.open()
    await team.template("welcome", "")
    assert await team.ask_with_file(command, str(customer).encode()) == answer
    assert not team.sent()


async def test_a_name_near_a_word_of_the_command_is_declined(team: Office) -> None:
    await team.open()
    message = team.say("Hello!")
    for name, keyword in (("alle", "all"), ("al", "all"), ("tset", "test"), ("hilfe", "help"), ("Gp", "go")):
        answer = await team.ask(f"/send {name}", reply_to=message)
        assert answer.startswith(f"“{name}” is nearly “{keyword}”: for a template choose another name.\n/send")
    assert "is new" in await team.ask("/send shop", reply_to=message)  # two slips from stop
    assert "is nearly “test”" in await team.ask("/send shop name tst")
    assert await team.ask("/send templates") == "shop · 1 message"


async def test_a_template_that_is_not_there_is_guessed(team: Office) -> None:
    customers = team.customers(1)
    await team.open()
    await team.template("welcome", "")
    await team.mark("vip", customers)
    for wrong, meant, right in (
        ("/send all welcom 2h", "welcome", "/send all welcome 2h"),
        ("/send welcome_ del", "welcome", "/send welcome del"),
        ("/send wlecome", "welcome", "/send welcome"),
        ("/send all vip", "vip", "/send mark vip template NAME"),
        ("/send alle", "all", "/send all NAME"),
    ):
        name = wrong.removeprefix("/send all ").removeprefix("/send ").split()[0]
        assert await team.ask(wrong) == f"There is no template {name}. Is “{meant}” meant?\n{right}"
    assert await team.ask("/send nothing") == "There is no template nothing. /send templates shows them all."
    assert not team.sent()


async def test_a_number_that_is_no_connection_is_answered_when_nobody_else_does(slow: Office, clock: HandClock) -> None:
    first, second = slow.customers(2)
    await slow.open()
    message = slow.say("An offer")
    commands = {
        slow.say(f"/send list {first} {second}", reply_to=message): f"/send list {first},{second}",
        slow.say("/send all 2h 777", reply_to=message): "/send list 2h 777",
        slow.say("/send all i777", reply_to=message): "",
        slow.say("/send sendings 777"): "",
    }
    await slow.ask("/send templates")
    clock.advance(10)
    for command, hint in commands.items():
        what, _, advice = (await slow.answer(command)).partition("\n")
        assert what.startswith("No connection here is called ")
        assert f"this one is {slow.owner}" in what
        assert advice == hint
    assert not slow.sent()


async def test_a_mistake_corrected_within_a_minute_is_read_again(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    await slow.open()
    message = slow.say("An offer")
    wrong = slow.say("/send al 5x", reply_to=message)
    assert "is no time" in await slow.answer(wrong)
    clock.advance(50)
    slow.telegram.edit(slow.boss, slow.group, wrong, "/send all")
    await slow.notice("Finished. 2 sent.")
    slow.telegram.edit(slow.boss, slow.group, wrong, "/send test")
    late = slow.say("/send all 5x", reply_to=message)
    await slow.answer(late)
    clock.advance(61)
    slow.telegram.edit(slow.boss, slow.group, late, "/send all")
    await slow.ask("/send templates")
    clock.advance(60)  # and the history is read once more
    await slow.ask("/send templates")
    assert len(slow.sent()) == 2
    assert sum(each.reply_to == late for each in slow.telegram.messages(slow.group)) == 1


async def test_a_correction_that_no_update_brought_is_found_in_the_history(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    await slow.open()
    wrong = slow.say("/send all 5x", reply_to=slow.say("An offer"))
    await slow.answer(wrong)
    await slow.close()
    slow.telegram.edit(slow.boss, slow.group, wrong, "/send all")
    await slow.open()
    await slow.notice("Finished. 2 sent.")


async def test_usernames_of_people_with_a_dialog(team: Office) -> None:
    anna = team.telegram.add_person("Anna", username="Anna_K")
    team.telegram.write(anna, team.owner, "Hello!")
    stranger = team.telegram.add_person("Sam", username="sam_the_man")
    await team.open()
    await team.ask("/send list @anna_k", reply_to=team.say("An offer"))
    await team.notice("Finished. 1 sent.")
    assert [line.peer for line in team.sent()] == [anna]
    assert await team.ask("/send list @anna_k,@sam_the_man", reply_to=team.say("An offer")) == (
        "The account has no dialog with @sam_the_man."
    )
    topic = team.telegram.add_topic(team.group, team.owner, "A topic")
    assert await team.ask("/bind @ANNA_K", topic=topic) == f"This topic is Anna's now ({anna})."
    assert await team.ask("/bind @sam_the_man", topic=topic) == "The account has no dialog with @sam_the_man."
    assert stranger not in {line.peer for line in team.sent()}


async def test_the_same_to_the_same_is_named_for_a_week(slow: Office, clock: HandClock) -> None:
    first, second, third = slow.customers(3)
    await slow.open()
    [message] = await slow.template("offer", "")
    await slow.ask("/send all", reply_to=message)
    await slow.notice("Finished. 3 sent.")
    clock.advance(2 * 86_400)
    answer = await slow.ask("/send all offer 1h")  # the same message, by way of a template
    assert "⚠ The same went to them 2 d ago: sid1: “offer 1” to all customers." in answer
    assert "⚠ The same is to go to them already: sid2: template offer to all customers" in (
        await slow.ask("/send all offer 2h")
    )
    assert "⚠" not in await slow.ask(f"/send list offer 1h {first},{second}")
    assert "⚠ The same is to go to them already: sid4" in await slow.ask(f"/send list offer 1h {second},{third}")
    assert "⚠" not in await slow.ask(f"/send list offer 1h {third + 1}")
    assert "⚠" not in await slow.ask("/send test offer")
    for number in (2, 3):
        await slow.ask(f"/send sid{number} del")
    clock.advance(7 * 86_400)
    assert "⚠" not in await slow.ask("/send all 1h", reply_to=message)


async def test_one_message_twice_in_a_template(team: Office) -> None:
    await team.open()
    message = team.say("Hello!")
    for time in ("", "1h", "2h"):
        await team.ask(f"/send chain {time}", reply_to=message)
    assert await team.ask(f"/send chain del {message}") == (
        f"Message {message} is in template chain 3 times: say which by its place, 1, 2, 3."
    )
    assert await team.ask("/send chain for 2 30m") == "Template chain, message 2: 30m after the previous."
    assert await team.ask("/send chain del 3") == "Message 3 is out of template chain; it has 2 messages now."
    assert "has no message 3." in await team.ask("/send chain del 3")


async def test_a_command_for_somebody_else_is_left_alone(team: Office) -> None:
    await team.open()
    other = team.say("/mark@somebody_else vip")
    await team.ask("/send templates")
    assert not any(each.reply_to == other for each in team.telegram.messages(team.group))


async def test_sentences_are_sentences(slow: Office) -> None:
    slow.customers(2)
    await slow.open()
    await slow.ask("/send all 1h", reply_to=slow.say("An offer"))
    assert await slow.ask("/send sid1 resume") == "sid1 awaits its start: only a paused sending can be resumed."
    assert await slow.ask("/send sid1 pause") == "sid1 awaits its start: only a running sending can be paused."


async def test_templates_with_names_that_became_words(tmp_path: Path, keys: Path) -> None:

    async with office(tmp_path, keys) as team:
        await team.open()
        await team.template("offer", "")
        await team.close()
        await team.store("INSERT INTO fact VALUES ('renamed templates', '[[\"go\", \"go-1\"]]')")
        await team.open()
        assert "go → go-1" in await team.notice("new names")
        await team.close()
        await team.open()
        await team.ask("/send templates")
        assert sum("new names" in said for said in team.said()) == 1
