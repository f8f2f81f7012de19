"""Lists that lose nothing: open ones first, no tests among them, and a file with all there are."""

import csv
import io

from tests.office import HandClock, Office, until


async def test_tests_hide_no_mailing(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    await slow.open()
    message = slow.say("An offer")
    for hours in (1, 2, 3):
        await slow.ask(f"/send all {hours}h", reply_to=message)
    for _ in range(12):
        await slow.ask("/send test", reply_to=message)
    await until(lambda: sum("✔" in said for said in slow.said()) == 12)
    shown = await slow.ask("/send sendings")
    assert [line.split(":")[0] for line in shown.splitlines()[::2]] == ["sid3", "sid2", "sid1"]
    assert "   awaits · 2027-01-15 11:00 UTC · Boss" in shown
    assert "test" not in shown


async def test_what_is_not_shown_is_in_the_file(slow: Office) -> None:
    [customer] = slow.customers(1)
    await slow.open()
    message = slow.say("=An offer")
    await slow.ask("/send all 1h", reply_to=message)
    for _ in range(12):
        await slow.ask(f"/send list {customer}", reply_to=message)
    await until(lambda: sum("Finished. 1 sent." in said for said in slow.said()) == 12)
    command = slow.say("/send sendings")
    shown = await slow.answer(command)
    assert shown.startswith("sid1: “=An offer” to all customers\n   awaits")
    assert [line.split(":")[0] for line in shown.splitlines()[:-1:2]] == [
        "sid1",
        *(f"sid{n}" for n in range(13, 3, -1)),
    ]
    assert shown.splitlines()[-1] == "… and 2 more: all are in the file."
    rows = list(csv.DictReader(io.StringIO(slow.report("all are in the file."))))
    assert [row["sid"] for row in rows] == [str(number) for number in range(13, 0, -1)]
    assert rows[-1] == {
        "sid": "1",
        "what": "“=An offer”",
        "audience": "all",
        "mark": "",
        "status": "awaits",
        "ordered_by": "Boss",
        "ordered_at_utc": "2027-01-15 08:00:00",
        "start_at_utc": "2027-01-15 09:00:00",
        "started_at_utc": "",
        "ended_at_utc": "",
        "recipients": "0",
        "sent": "0",
        "failed": "0",
        "skipped": "0",
        "pending": "0",
    }


async def test_a_sending_answers_in_words_and_with_its_report_when_asked(slow: Office, clock: HandClock) -> None:
    slow.customers(2)
    await slow.open()
    await slow.template("chain", "", "1h")
    await slow.ask("/send all chain")
    await slow.written_down(1, sent=2)
    status = await slow.ask("/send sid1")
    assert status.splitlines()[:3] == [
        "sid1: template chain to all customers",
        "Ordered by Boss, 2027-01-15 08:00 UTC.",
        "Running since 2027-01-15 08:00 UTC.",
    ]
    assert not any(each.file_name for each in slow.telegram.messages(slow.group))
    await slow.ask("/send sid1 report")
    assert len(slow.report_rows("Running since")) == 4
    clock.advance(3600)
    await slow.notice("Finished. 4 sent.")
    await slow.ask("/send sid1")
    assert len(slow.report_rows("It finished")) == 4


async def test_a_list_of_templates_loses_nothing(team: Office) -> None:
    await team.open()
    message = team.say("Hello!")
    names = [f"{'n' * 60}{number:03}" for number in range(60)]
    commands = [team.say(f"/send {name}", reply_to=message) for name in names]
    await team.answer(commands[-1])
    shown = await team.ask("/send templates")
    assert "more: all are in the file." in shown
    rows = list(csv.DictReader(io.StringIO(team.report("all are in the file."))))
    assert [row["name"] for row in rows] == names
