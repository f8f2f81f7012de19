"""The desk beside mailings: what they deliver never shows, an answer to one says so, and nobody waits for anybody."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.test_arrivals import in_doubt
from tests.end_to_end.test_desk import dialog, shown, topic_named
from tests.office import HandClock, Office, until
from tests.ticking import ticking
from tests.torture.scene import scene
from userbot.core.model import GENERAL


def _holds(team: Office, topic: int, text: str) -> bool:
    return text in team.inside(topic)


async def test_what_a_mailing_delivers_does_not_show_and_the_first_answer_says_what_it_answers(desk: Office) -> None:
    people = desk.customers(3)
    await desk.open()
    ada, topic = await dialog(desk)
    album = desk.telegram.post_album(desk.group, desk.boss, ["photo", "photo"], "News")
    await desk.template("welcome", "", "")
    await desk.ask("/send welcome", reply_to=album[0])
    await desk.ask("/send all welcome")
    await desk.notice("Finished")
    desk.telegram.write(desk.owner, ada, "By hand")
    desk.telegram.write(ada, desk.owner, "Thank you")
    desk.telegram.write(ada, desk.owner, "Thank you again")
    desk.telegram.write(people[0], desk.owner, "Me too")
    await until(lambda: "answers sid1" in desk.inside(topic))
    other = await until(lambda: topic_named(desk, "Customer 1"))
    await until(lambda: sorted(desk.inside(other)) == ["Me too", "answers sid1"])
    await until(lambda: "Thank you again" in desk.inside(topic))
    assert sorted(desk.inside(topic)) == sorted(
        ["Ada was here", "By hand", "Thank you", "answers sid1", "Thank you again"]
    )
    thanks = next(each for each in shown(desk, topic) if each.text == "Thank you")
    assert next(each.reply_to for each in shown(desk, topic) if each.text == "answers sid1") == thanks.id


@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
async def test_a_delivery_whose_answer_is_lost_does_not_show(desk: Office, fault: str) -> None:
    people = desk.customers(3)
    await desk.open()
    for each in people:
        desk.telegram.write(each, desk.owner, "Hello")
    await until(lambda: len(desk.telegram.topics(desk.group)) == 3)
    getattr(desk.telegram, fault)(times=2)
    await desk.ask("/send all", reply_to=desk.say("News"))
    await until(lambda: len(desk.sent()) == 3)
    for each in people:
        desk.telegram.write(each, desk.owner, "Thanks")
    await desk.notice("Finished. 3 sent")
    for number in range(1, 4):
        topic = topic_named(desk, f"Customer {number}")
        assert topic is not None
        await until(partial(_holds, desk, topic, "Thanks"))
        assert [each for each in desk.inside(topic) if "sid" not in each] == ["Hello", "Thanks"]


@pytest.mark.parametrize(
    "chances",
    [{"short": 1.0}, {"unnamed": 1.0}, {"half_known": 1.0}, {"too_long": 1.0}, {"twice": 1.0}, {"late": 1.0}],
)
async def test_however_telegram_tells_of_it(desk: Office, chances: dict[str, Any]) -> None:
    await desk.open()
    ada, topic = await dialog(desk)
    desk.telegram.contrary(on=False, **chances)
    for number in range(5):
        desk.telegram.write(ada, desk.owner, str(number))
        desk.say(f"Answer {number}", by=desk.operator, topic=topic)
    desk.telegram.write(desk.owner, ada, "By hand")
    await until(lambda: len(desk.inside(topic)) == 12)
    await until(lambda: len(desk.arrived(ada)) == 6)
    written = [each for each in desk.inside(topic) if "Answer" not in each]
    assert written == ["Ada was here", "0", "1", "2", "3", "4", "By hand"]
    assert [each.text for each in desk.arrived(ada) if "Answer" in each.text] == [f"Answer {n}" for n in range(5)]


async def test_many_who_write_at_once_wait_for_their_topics_and_operators_do_not(
    counter: Office, clock: HandClock
) -> None:
    """One topic a second, with flood waits; General hears once that it takes long."""
    await counter.open()
    ada, topic = await dialog(counter)
    counter.telegram.refuse("FLOOD_WAIT_2", 420, times=None, method="messages.createForumTopic", every=2)
    people = [counter.telegram.add_person(f"Person {number:03}") for number in range(100)]
    for text in ("one", "two"):
        for each in people:
            counter.telegram.write(each, counter.owner, text)
    await until(lambda: counter.telegram.counters().get("FLOOD_WAIT_2"))
    counter.say("I am not waiting", by=counter.operator, topic=topic)
    await until(lambda: counter.arrived(ada))
    async with ticking(clock, seconds=1):
        await until(lambda: len(counter.telegram.topics(counter.group)) == 101)
        for number, title in counter.telegram.topics(counter.group).items():
            if number != topic:
                await until(partial(_holds, counter, number, "two"))
                assert title.startswith("Person")
                assert counter.inside(number) == ["one", "two"]
    waits = [each for each in counter.said(1) if "wait for their topics" in each]
    assert len(waits) == 1


async def test_what_the_owner_writes_shows_though_a_delivery_is_in_doubt(
    counter: Office, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paused while its answer is lost, it is not asked about again: which session wrote it, only the news can say."""
    monkeypatch.setattr("userbot.telegram.calls.ANSWER_SECONDS", 1.0)
    await counter.open()
    ada, topic = await dialog(counter)
    counter.telegram.lose_answers()
    await counter.ask("/send all", reply_to=counter.say("News"))
    await until(lambda: counter._stored("SELECT 1 FROM delivery WHERE tries = ?", 1))
    assert "Paused: 1 pending" in await counter.ask("/send sid1 pause")
    counter.telegram.write(counter.owner, ada, "By hand")
    counter.telegram.write(ada, counter.owner, "Thanks")
    async with ticking(clock, seconds=1):
        await until(partial(_holds, counter, topic, "answers sid1"))
    assert counter.inside(topic) == ["Ada was here", "By hand", "Thanks", "answers sid1"]


async def test_so_it_does_after_a_kill_in_the_middle_of_the_call(tmp_path: Path) -> None:
    async with asyncio.timeout(120), scene(tmp_path, 1, contrary=False) as at:
        [anna] = at.customers
        await in_doubt(at, 1)
        await at.program.kill()
        await at.telegram.call("write", sender=anna, recipient=at.account, text="Thanks")
        await at.telegram.call("write", sender=at.account, recipient=anna, text="By hand")
        await at.telegram.call("write", sender=anna, recipient=at.account, text="Fine")
        await at.telegram.call("clear_faults")
        await at.program.start()
        inside: list[str] = []
        while "Fine" not in inside:
            said = await at.telegram.call("messages", group=at.group)
            inside = [each["text"] for each in said if each["topic"] != GENERAL and each["kind"] != "service"]
        assert [each for each in inside if each != "answers sid1"] == ["Thanks", "By hand", "Fine"]
