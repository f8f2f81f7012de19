"""Whoever is alarmed stops what runs: with any of the words they try, from any notice, at once."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from tests.office import HandClock, Office, until
from userbot.core.delivery import UNWANTED, Outcome
from userbot.core.model import Incoming, Notice
from userbot.service.guard import Guard, Verdict
from userbot.service.inbox import Inbox
from userbot.service.voice import Voice
from userbot.store.database import Connection
from userbot.telegram.gateway import Gateway


async def mailing(team: Office) -> int:
    """A mailing under way, slow enough to be met in the middle; returns the id of its announcement."""
    team.customers(3000)
    await team.open()
    source = team.say("An offer")
    team.telegram.latency(0.3)
    command = team.say("/send all", reply_to=source)
    await team.answer(command)
    await until(lambda: len(team.sent()) > 20)
    return announcement(team, 1)


async def two_mailings(team: Office, customers: int) -> int:
    """Two at once, "One" and "Two", to everybody; returns the id of the message that the second one sends."""
    team.customers(customers)
    await team.open()
    one, two = team.say("One"), team.say("Two")
    team.telegram.latency(0.3)
    await team.ask("/send all", reply_to=one)
    await team.ask("/send all", reply_to=two)
    await until(lambda: {line.text for line in team.sent()} >= {"One", "Two"})
    return two


def announcement(team: Office, number: int) -> int:
    [found] = [
        each.id
        for each in team.telegram.messages(team.group)
        if each.sender == team.owner and f"▶ sid{number}:" in each.text
    ]
    return found


async def more(team: Office, messages: int) -> None:
    """Wait until so many more are delivered."""
    enough = len(team.sent()) + messages
    await until(lambda: len(team.sent()) >= enough)


async def test_nothing_goes_out_while_who_stops_it_waits_for_their_turn(
    team: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    forward, hear, ask = Gateway.forward, Inbox.hear, Guard.ask
    calls, heard, asked, free = Counter[str](), asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def counted(*given: Any) -> Outcome:
        calls["begun"] += 1
        outcome = await forward(*given)
        calls["ended"] += 1
        return outcome

    def noted(inbox: Inbox, incoming: Incoming, **more: Any) -> None:
        hear(inbox, incoming, **more)
        if incoming.text == "/send pause":
            heard.set()

    async def late(guard: Guard) -> Verdict:
        asked.set()
        await free.wait()
        return await ask(guard)

    monkeypatch.setattr(Gateway, "forward", counted)
    monkeypatch.setattr(Inbox, "hear", noted)
    await mailing(team)
    monkeypatch.setattr(Guard, "ask", late)
    check = team.say("/send check all", reply_to=team.say("Another offer"))
    await asked.wait()
    pause = team.say("/send pause")
    await heard.wait()
    await until(lambda: calls["begun"] == calls["ended"])
    begun = calls["begun"]
    team.telegram.write(newcomer := team.telegram.add_person("New"), team.owner, "Hello!")
    await until(lambda: team.knows(newcomer))
    assert calls["begun"] == begun
    free.set()
    assert "nothing is sent" in await team.answer(check)
    assert "Paused: " in await team.answer(pause)
    await team.ask("/send resume")
    await more(team, 10)


async def test_a_reply_to_the_announcement_means_its_sending(team: Office) -> None:
    notice = await mailing(team)
    assert "sid1: “An offer” to all customers. Paused: " in await team.ask("/send pause", reply_to=notice)
    assert await team.ask("/send resume", reply_to=notice) == "sid1: “An offer” to all customers. It goes on."
    answer = await team.ask("/send stop", reply_to=notice)
    assert answer == "sid1: “An offer” to all customers. Stopped; the report follows."
    await team.notice("■ sid1")
    assert "No templates yet" in await team.ask("/send templates")


async def test_no_call_begins_once_the_answer_is_written(team: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    forward, say = Gateway.forward, Voice.say

    async def begins(*given: Any) -> Any:
        events.append("call")
        return await forward(*given)

    async def writes(voice: Voice, on: Connection, notice: Notice) -> None:
        events.append(notice.text)
        await say(voice, on, notice)

    monkeypatch.setattr(Gateway, "forward", begins)
    monkeypatch.setattr(Voice, "say", writes)
    notice = await mailing(team)
    for word in ("pause", "resume", "pause", "resume", "stop"):
        await team.ask(f"/send {word}", reply_to=notice)
        if word == "resume":
            await more(team, 50)
    await team.notice("■ sid1")
    held = False
    for event in events:
        assert not (held and event == "call")
        held = "Paused: " in event or "Stopped" in event or (held and "It goes on" not in event)
    assert sum("Paused: " in event for event in events) == 2
    assert 100 < len(team.sent()) < 3000


async def test_without_a_number_all_that_run(team: Office) -> None:
    await two_mailings(team, 1000)
    answer = await team.ask("/send pause")
    assert "sid1: “One” to all customers. Paused: " in answer
    assert "sid2: “Two” to all customers. Paused: " in answer
    assert "Nothing runs now." in await team.ask("/send stop")
    await team.ask("/send sid2 resume")
    assert (await team.ask("/send stop now")).startswith("sid2: “Two” to all customers. Stopped")
    assert await team.ask("/send resume") == "sid1: “One” to all customers. It goes on."
    team.telegram.latency(0)
    await team.notice("Finished. 1,000 sent.")
    assert await team.ask("/send resume") == "Nothing was paused by an operator."


async def test_a_reply_to_the_message_itself_means_what_sends_it(team: Office) -> None:
    two = await two_mailings(team, 2000)
    assert "sid1" not in await team.ask("/send stop", reply_to=two)
    assert "Running since" in await team.ask("/send sid1")


async def test_every_operator_may_hold_and_only_that(team: Office) -> None:
    notice = await mailing(team)
    assert "EXTENSIONS_ALLOWED" in await team.ask("/send stop", by=team.operator, reply_to=notice)
    assert "Paused: " in await team.ask("/send pause", by=team.operator, reply_to=notice)
    assert "EXTENSIONS_ALLOWED" in await team.ask("/send resume", by=team.operator)
    await team.ask("/send sid1 resume")
    assert "Paused: " in await team.ask("/send sid1 pause", by=team.operator)
    await team.ask("/send sid1 resume")
    assert "Paused: " in await team.ask("/send pause", by=team.operator)


@pytest.mark.parametrize("word", ["stop", "/stop", "/cancel", "STOP!!", "стоп"])
async def test_a_bare_cry_is_told_how_while_something_runs(team: Office, word: str) -> None:
    await mailing(team)
    assert await team.ask(word, by=team.operator) == "To stop sid1: /send stop. To hold: /send pause."
    await team.ask("/send stop")
    await team.notice("■ sid1")
    cry = team.say(word)
    await team.ask("/send templates")
    assert not any(each.reply_to == cry for each in team.telegram.messages(team.group))


@pytest.mark.parametrize("word", ["cancel", "halt", "stpo"])
async def test_another_word_as_a_reply_to_a_notice_is_told_the_right_one(team: Office, word: str) -> None:
    notice = await mailing(team)
    assert await team.ask(f"/send {word}", reply_to=notice) == (
        f"“{word}” is not understood: is “stop” meant?\n/send stop"
    )
    assert "No templates yet" in await team.ask("/send templates")


async def test_a_pause_by_hand_outlasts_the_reason_of_another(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    slow.telegram.set_spambot("I’m afraid your account is now limited until 15 Jan 2027, 09:00 UTC.")
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("An offer"))
    await slow.notice("It goes on by itself after")
    assert "Paused: " in await slow.ask("/send sid1 pause")
    slow.telegram.set_spambot()
    clock.advance(2 * 3600)
    assert "Paused: an operator paused it." in await slow.ask("/send sid1")
    await slow.ask("/send sid1 resume")
    await slow.notice("Finished. 2 sent.")


async def test_who_ordered_it_in_a_topic_may_call_it_off(slow: Office) -> None:
    [customer] = slow.customers(1)
    await slow.open()
    await slow.template("welcome", "")
    topic = await slow.topic_of(customer)
    other = slow.telegram.add_person("Otto", "Other")
    slow.telegram.join(slow.group, other)
    command = slow.say("/send welcome 1h", topic=topic, by=slow.operator)
    await slow.answer(command)
    [notice] = [each.id for each in slow.telegram.messages(slow.group, topic) if each.reply_to == command]
    refused = "Only who ordered sid1 and administrators may do that."
    assert await slow.ask("/send sid1 del", topic=topic, by=other) == refused
    assert await slow.ask("/send del", topic=topic, by=other, reply_to=notice) == refused
    assert "Cancelled." in await slow.ask("/send del", topic=topic, by=slow.operator, reply_to=notice)
    await slow.ask("/send welcome 1h", topic=topic, by=slow.operator)
    assert "Cancelled." in await slow.ask("/send sid2 del", by=slow.operator)  # in General
    await slow.ask("/send welcome 1h", topic=topic, by=slow.operator)
    assert "Which sending?" in await slow.ask("/send stop", topic=topic, by=slow.operator)


async def test_what_waits_for_the_connection_begins_no_more_once_the_answer_is_written(
    team: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = asyncio.Event()
    connection.set()
    waiting = 0
    outcomes: list[Any] = []
    forward = Gateway.forward

    async def later(*given: Any) -> Any:
        nonlocal waiting
        if connection.is_set():
            return await forward(*given)
        waiting += 1
        await connection.wait()
        outcomes.append(await forward(*given))
        return outcomes[-1]

    monkeypatch.setattr(Gateway, "forward", later)
    notice = await mailing(team)
    connection.clear()
    await until(lambda: waiting > 5)
    assert "Paused: " in await team.ask("/send pause", reply_to=notice)
    connection.set()
    await until(lambda: len(outcomes) == waiting)
    assert {outcome.code for outcome in outcomes} == {UNWANTED.code}


async def test_a_stop_that_everything_under_way_outruns_is_told_all_the_same(team: Office) -> None:
    team.customers(5)
    await team.open()
    team.telegram.latency(1.0)
    await team.ask("/send all", reply_to=team.say("An offer"))
    await until(lambda: team.telegram.world.faults.calls["messages.forwardMessages"] == 5)
    await team.ask("/send sid1 stop")
    assert "5 sent" in await team.notice("■ sid1")
    assert [row["status"] for row in team.report_rows("■ sid1")] == ["sent"] * 5
