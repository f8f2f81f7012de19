"""People whom Telegram half shows, or not at all: nobody goes unheard, nobody is judged before they are known."""

from typing import Any

import pytest

from tests.office import HandClock, Office, until
from tests.ticking import ticking
from userbot.cli.doctor import _group
from userbot.telegram import account
from userbot.telegram.client import connected

PARTICIPANT = "channels.getParticipant"


def guests(team: Office) -> None:
    """Move everybody into a group whose creator is somebody else: the account is a plain member there."""
    team.group = team.telegram.add_group("Guests", team.boss, [team.owner, team.operator])


@pytest.mark.parametrize("chances", [{"half_known": 1.0}, {"unnamed": 1.0}, {"too_long": 1.0, "half_known": 1.0}])
async def test_an_operator_who_is_half_known_is_heard_and_can_try_a_message(
    team: Office, chances: dict[str, Any]
) -> None:
    guests(team)
    await team.open()
    team.telegram.contrary(on=False, **chances)
    await team.ask("/send test", reply_to=team.say("News"))
    await until(lambda: team.sent(team.boss))


async def test_where_members_are_hidden_general_is_told_once_and_what_to_do(team: Office) -> None:
    guests(team)
    topic = team.telegram.add_topic(team.group, team.boss, "A dialog")
    team.telegram.set_group(team.group, hidden=True)
    await team.open()
    assert "Telegram does not tell userbot who you are" in await team.ask("/send templates", topic=topic)
    assert "Telegram does not tell userbot who you are" in await team.ask("/send all", reply_to=team.say("News"))
    assert "administrator" in await team.notice("⚠ Telegram does not tell userbot who gives a command")
    own = team.say("/send templates", by=team.owner)
    assert "no templates" in (await team.answer(own)).casefold()
    await team.close()
    async with connected(team.settings()) as client:
        findings = list(_group(await account.group(client, team.group), desk=True))
        assert ["administrator" in each.advice for each in findings if each.good is False] == [True]
        team.telegram.promote(team.group, team.owner)
        assert all(each.good for each in _group(await account.group(client, team.group), desk=True))
    await team.open()
    assert "no templates" in (await team.ask("/send templates")).casefold()
    assert sum("⚠ Telegram does not tell" in text for text in team.said()) == 1
    assert team.sent() == []


@pytest.mark.parametrize("code", ["PARTICIPANT_ID_INVALID", "CHAT_ADMIN_REQUIRED", "NEVER_HEARD_OF"])
async def test_no_refusal_makes_a_stranger(team: Office, code: str) -> None:
    await team.open()
    team.telegram.refuse(code, times=None, method=PARTICIPANT)
    assert "Telegram does not tell userbot who you are" in await team.ask("/send templates")


async def test_who_cannot_be_looked_up_just_now_waits(slow: Office, clock: HandClock) -> None:
    await slow.open()
    slow.telegram.refuse("INTERNAL", 500, times=1, method=PARTICIPANT)
    command = slow.say("/send templates")
    await until(lambda: slow.telegram.counters().get("INTERNAL"))
    async with ticking(clock, seconds=1):
        assert "no templates" in (await slow.answer(command)).casefold()
    assert slow.telegram.counters()["INTERNAL"] == 1


@pytest.mark.parametrize("chances", [{"short": 1.0}, {"unnamed": 1.0}, {"half_known": 1.0}, {"too_long": 1.0}])
async def test_who_writes_is_written_down_however_half_the_update_is(
    slow: Office, clock: HandClock, chances: dict[str, Any]
) -> None:
    slow.customers(3)
    await slow.open()
    await slow.ask("/send templates")
    stranger = slow.telegram.add_person("New")
    slow.telegram.contrary(on=False, **chances)
    slow.telegram.write(stranger, slow.owner, "Hello", media="photo" if "half_known" in chances else None)
    slow.telegram.contrary(on=False)
    async with ticking(clock, seconds=1):
        await until(lambda: slow.knows(stranger))


async def test_kinds_nobody_has_heard_of_are_skipped_and_logged_once(
    team: Office, caplog: pytest.LogCaptureFixture
) -> None:
    team.customers(5)
    team.telegram.contrary(on=False, odd_dialogs=1.0)
    await team.open()
    await team.ask("/send all", reply_to=team.say("News"))
    await team.notice("Finished. 5 sent.")
    assert "ERROR" not in {record.levelname for record in caplog.records}
    assert caplog.text.count("a Community,") <= 1


async def test_flood_waits_before_anything_runs_are_waited_for(slow: Office, clock: HandClock) -> None:
    slow.telegram.refuse("FLOOD_WAIT_0", 420, times=1, method="users.getUsers")
    slow.telegram.refuse("FLOOD_WAIT_0", 420, times=1, method="messages.getDialogs")
    slow.telegram.refuse("FLOOD_WAIT_0", 420, times=1, method="messages.getHistory")
    async with ticking(clock, seconds=0.1):
        await slow.open()
        await slow.ask("/send templates")
        await slow.close()
    slow.telegram.refuse("FLOOD_WAIT_0", 420, times=1, method="messages.getDialogs")
    async with connected(slow.settings()) as client:
        supergroups, _ = await account.groups(client)
        assert [each.id for each in supergroups] == [slow.group]
    assert slow.telegram.counters()["FLOOD_WAIT_0"] == 4


async def test_a_long_history_is_read_on_where_a_flood_wait_met_it(slow: Office, clock: HandClock) -> None:
    slow.telegram.contrary(on=False)  # calls are counted
    await slow.open()
    await slow.ask("/send templates")
    await slow.close()
    for number in range(350):
        slow.say(f"Message {number}")
    command = slow.say("/send templates")
    slow.telegram.refuse("FLOOD_WAIT_30", 420, times=None, method="messages.getHistory", every=3)
    before = slow.telegram.world.faults.calls["messages.getHistory"]
    await slow.open()
    await until(lambda: slow.telegram.counters().get("FLOOD_WAIT_30"))
    async with ticking(clock, seconds=5):
        assert "no templates" in (await slow.answer(command)).casefold()
    assert slow.telegram.world.faults.calls["messages.getHistory"] - before <= 20
