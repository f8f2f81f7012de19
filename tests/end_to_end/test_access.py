"""Who may do what, where; and that a command counts once, as it was first written."""

from pathlib import Path

import pytest

from tests.office import HandClock, Office, office, until
from userbot.sandbox import boxes, render
from userbot.sandbox.world import nobody_listens

REFUSED = (
    "Mailings are started by the account itself, the group's creator, and whoever EXTENSIONS_ALLOWED names. "
    "Ask them to add you there."
)


async def test_other_operators_are_told_who_may(team: Office) -> None:
    team.customers(2)
    await team.open()
    message = team.say("An offer")
    for command in ("/send", "/send test", "/send all", "/send welcome", "/send nonsense for ever"):
        assert await team.ask(command, by=team.operator, reply_to=message) == REFUSED
    for command in ("/send", "/send templates", "/send sendings", "/send sid1 stop"):
        assert await team.ask(command, by=team.operator) == REFUSED
    assert "No sendings yet" in await team.ask("/send sendings")
    assert not team.sent()


@pytest.mark.parametrize("allowed", ["1, {operator},2", "."])
async def test_the_setting_opens_it(team: Office, allowed: str) -> None:
    team.options["extensions_allowed"] = allowed.format(operator=team.operator)
    await team.open()
    assert "No templates yet" in await team.ask("/send templates", by=team.operator)


async def test_the_account_and_the_creator_always_may(team: Office) -> None:
    creator = team.telegram.add_person("Carla", "Creator")
    team.group = team.telegram.add_group("Carla's", creator, [team.owner, team.boss])
    team.options["extensions_allowed"] = ""
    await team.open()
    assert "No templates yet" in await team.ask("/send templates", by=creator)
    assert "No templates yet" in await team.ask("/send templates", by=team.owner)
    assert await team.ask("/send templates", by=team.boss) == REFUSED


async def test_an_anonymous_administrator_is_told_why_not(team: Office) -> None:
    team.customers(2)
    team.telegram.promote(team.group, team.boss)
    await team.open()
    message = team.say("An offer", anonymous=True)
    answer = await team.ask("/send all", reply_to=message, anonymous=True)
    assert answer == "You write as the group, so nobody can tell who you are. Turn off “Remain anonymous”."
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 2 sent.")


async def test_who_left_has_no_effect(team: Office) -> None:
    team.customers(2)
    await team.open()
    message = team.say("An offer")
    await team.ask("/send test", reply_to=message)
    await team.close()
    command = team.say("/send all", reply_to=message)
    team.telegram.leave(team.group, team.boss)
    await team.open()
    assert "test of “An offer”" in await team.ask("/send sid1", by=team.owner)
    assert not any(each.reply_to == command for each in team.telegram.messages(team.group))
    assert "sid2" not in await team.ask("/send sendings", by=team.owner)


async def test_other_places_are_silent(team: Office) -> None:
    team.customers(2)
    elsewhere = team.telegram.add_group("Elsewhere", team.boss, [team.owner])
    await team.open()
    message = team.telegram.post(elsewhere, team.boss, "An offer")
    team.telegram.post(elsewhere, team.boss, "/send all", reply_to=message)
    team.telegram.post(elsewhere, team.owner, "/send templates")
    team.telegram.write(team.boss, team.owner, "/send templates")
    team.telegram.write(team.owner, team.boss, "/send templates")
    assert "No sendings yet" in await team.ask("/send sendings")
    assert {line.peer for line in team.telegram.ledger(team.owner)} == {team.group}


async def test_edits_are_ignored(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    await slow.open()
    message = slow.say("An offer")
    old = slow.say("/send templates")
    await slow.answer(old)
    slow.telegram.edit(slow.boss, slow.group, old, "/send sendings")
    other = slow.say("Hello", reply_to=message)
    slow.telegram.edit(slow.boss, slow.group, other, "/send all")
    await slow.ask("/send templates")
    clock.advance(60)  # the history is read once more
    await slow.ask("/send templates")
    await slow.close()
    await slow.open()
    assert "No sendings yet" in await slow.ask("/send sendings")
    assert sum(each.reply_to == old for each in slow.telegram.messages(slow.group)) == 1
    assert not any(each.reply_to == other for each in slow.telegram.messages(slow.group))


async def test_an_update_that_comes_twice_counts_once(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    await slow.open()
    command = slow.say("/send all", reply_to=slow.say("An offer"))
    row = render.row(slow.telegram.world, slow.group, command)
    assert row is not None
    boxes.tell(slow.telegram.world, row)
    await slow.notice("Finished. 2 sent.")
    boxes.tell(slow.telegram.world, row)
    clock.advance(60)
    await slow.ask("/send templates")
    assert "sid2" not in await slow.ask("/send sendings")
    assert sum(each.reply_to == command for each in slow.telegram.messages(slow.group)) == 1


async def test_what_no_update_brought_is_read_in_the_history(slow: Office, clock: HandClock) -> None:
    await slow.open()
    await slow.ask("/send templates")
    world = slow.telegram.world
    publish, world.publish = world.publish, nobody_listens
    command = slow.say("/send templates")
    world.publish = publish
    clock.advance(60)
    assert "No templates yet" in await slow.answer(command)


async def test_what_was_written_while_the_program_was_down(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    await slow.open()
    message = slow.say("An offer")
    await slow.ask("/send templates")
    await slow.close()
    old = slow.say("/send all", reply_to=message)
    clock.advance(3700)
    new = slow.say("/send all", reply_to=message)
    clock.advance(3500)
    await slow.open()
    assert await slow.answer(old) == ("This was written 2 h ago, while userbot was down. Send it again if it holds.")
    assert "sid1: “An offer” to all customers" in await slow.answer(new)
    await slow.notice("Finished. 2 sent.")
    await slow.close()
    await slow.open()
    assert "sid2" not in await slow.ask("/send sendings")


async def test_what_was_written_before_the_first_start_is_not_meant(team: Office) -> None:
    before = team.say("/send templates")
    await team.open()
    await team.ask("/send templates")
    await team.close()
    await team.open()
    await team.ask("/send templates")
    assert not any(each.reply_to == before for each in team.telegram.messages(team.group))


async def test_a_command_may_name_the_account(team: Office) -> None:
    await team.open()
    other = team.say("/send@somebody_else templates")
    assert "No templates yet" in await team.ask("/send@The_Shop templates")
    assert not any(each.reply_to == other for each in team.telegram.messages(team.group))


async def test_a_group_without_topics_is_general_alone(tmp_path: Path, keys: Path) -> None:
    async with office(tmp_path, keys) as team:
        team.telegram.set_group(team.group, forum=False)
        [customer] = team.customers(1)
        await team.open()
        await team.ask("/send all", reply_to=team.say("An offer"))
        await team.notice("Finished. 1 sent.")
        await until(lambda: team.arrived(customer))
