"""Templates that are compared: everybody gets one of them, and it is said which is answered more."""

from tests.office import HandClock, Office, until
from tests.ticking import ticking
from userbot.core.model import Written
from userbot.store import receipts
from userbot.store.place import opened


async def test_everybody_gets_one_of_them_whole(team: Office) -> None:
    people = team.customers(40)
    await team.open()
    await team.template("short", "")
    await team.template("Long", "", "", "")
    answer = await team.ask("/send all Short,long")
    assert answer.startswith("sid1: templates short, Long to all")
    assert "Every recipient gets one of the 2, by chance and in equal shares" in answer
    await team.notice("Finished.")
    got = [tuple(each.text for each in team.arrived(person)) for person in people]
    assert set(got) == {("short 1",), ("Long 1", "Long 2", "Long 3")}
    rows = team.report_rows("Finished.")
    assert {(row["user_id"], row["variant"], row["step"]) for row in rows} == {
        (str(person), text.split()[0], text.split()[1])
        for person, texts in zip(people, got, strict=True)
        for text in texts
    }
    assert len(rows) == sum(map(len, got)) == len(team.sent())


async def test_the_answers_are_compared(team: Office) -> None:
    people = team.customers(80)
    await team.open()
    await team.template("red", "")
    await team.template("blue", "")
    await team.mark("vip", people)
    await team.ask("/send mark vip template red,blue")
    await team.notice("Finished. 80 sent.")
    reds = [person for person in people if team.arrived(person)[0].text == "red 1"]
    shown = await team.ask("/send sid1")
    assert f"red: 0 of {len(reds)} answered, 0.0 %" in shown
    assert "Too few answers yet to say whether one is better." in shown
    answers = {each: Written(2**31, team.clock.now()) for each in reds}
    async with opened(team.settings()) as database, database.transaction() as on:
        await receipts.answered(on, answers, team.clock.now())
    shown = await team.ask("/send sid1")
    assert f"red: {len(reds)} of {len(reds)} answered, 100.0 %\nblue: 0 of {80 - len(reds)} answered, 0.0 %" in shown
    assert shown.endswith("red is answered most, by more than chance explains (95 %).")


async def test_one_that_is_gone_before_the_start_holds_the_sending(slow: Office, clock: HandClock) -> None:
    slow.customers(3)
    await slow.open()
    await slow.template("red", "")
    await slow.template("blue", "")
    assert "Is “blue” meant?\n/send all red,blue" in await slow.ask("/send all red,bleu")
    assert "A test sends one template." in await slow.ask("/send test red,blue")
    await slow.ask("/send all red,blue 1h")
    await slow.ask("/send blue del")
    clock.advance(3600)
    await slow.notice("its template is deleted or empty")
    assert not slow.sent()


async def test_what_was_left_comes_in_the_same_version(slow: Office, clock: HandClock) -> None:
    people = slow.customers(20)
    await slow.open()
    await slow.template("red", "", "1h")
    await slow.template("blue", "", "2h", "1h")
    await slow.ask("/send all red,blue")
    await slow.written_down(1, sent=20)
    await slow.ask("/send sid1 stop")
    await slow.notice("■ sid1")
    await slow.ask("/send sid1 retry")
    await until(lambda: "It goes to 20 recipients." in slow.said()[-1])
    async with ticking(clock, 60):
        await slow.notice("✔ sid2: the rest of sid1")
    got = {tuple(seen.text for seen in slow.arrived(each)) for each in people}
    assert got == {("red 1", "red 2"), ("blue 1", "blue 2", "blue 3")}
