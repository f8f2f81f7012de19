"""A check says what a mailing would come to, and makes nothing; a large one waits for a second word."""

import csv
import io

import pytest

from tests.office import HandClock, Office, until


def rows(team: Office) -> dict[int, tuple[str, str]]:
    """The list that a check attached: what would become of each, and why."""
    found = csv.DictReader(io.StringIO(team.report("Check of")))
    assert found.fieldnames == ["user_id", "username", "name", "would", "reason"]
    return {int(row["user_id"]): (row["would"], row["reason"]) for row in found}


async def test_who_would_get_it_and_when(slow: Office, clock: HandClock) -> None:
    slow.options |= {"cap": "1/7d", "monthly_limit": 5, "quiet_hours": "20:00-07:00", "timezone": "Europe/Berlin"}
    one, two, three = slow.customers(3)
    await slow.open()
    await slow.template("pair", "", "10m")
    await slow.ask(f"/send list {one}", reply_to=slow.say("An offer"))
    await slow.notice("Finished. 1 sent.")
    answer = await slow.ask("/send check all pair 2027-01-15 20:30 local")
    assert answer.splitlines() == [
        "Check of template pair to all customers: nothing is sent.",
        "It would go to 2 recipients, 4 messages in all.",
        "Left out 1: had 1 mailing in 7 d.",
        "This month has 4 left of 5 (MONTHLY_LIMIT).",
        "It would begin 2027-01-16 06:00 UTC (07:00) and end about 2027-01-16 06:10 UTC (07:10).",
        "@SpamBot says the account is free.",
    ]
    await until(lambda: slow.telegram.messages(slow.group)[-1].file_name == "check.csv")
    assert rows(slow) == {one: ("skipped", "had 1 mailing in 7 d"), two: ("sent", ""), three: ("sent", "")}
    assert "pair" not in await slow.ask("/send sendings")
    assert len(slow.sent()) == 1


async def test_every_form(team: Office) -> None:
    one, two, three = team.customers(3)
    team.telegram.set_spambot("Unfortunately, your account is now limited until 15 Jan 2127, 20:00 UTC.")
    await team.open()
    await team.mark("vip", [one, two])
    message = team.say("An offer")
    await team.template("pair", "", "")
    assert "It would go to 2 recipients, 2 messages in all." in await team.ask("/send check mark vip", reply_to=message)
    listed = await team.ask(f"/send check list pair {one},99")
    assert "Check of template pair to the listed ids: nothing is sent." in listed
    assert "It would go to 1 recipient, 2 messages in all.\nLeft out 1: no dialog." in listed
    assert "@SpamBot says the account is limited until 2127-01-15 20:00 UTC." in listed
    filed = await team.ask_with_file("/send check file pair", f"{three}\nx\n".encode())
    assert "to the file's ids: nothing is sent.\nIt would go to 1 recipient" in filed
    assert "It would go to nobody." in await team.ask("/send check list pair 99")
    assert await team.ask("/send check mark vpi template pair") != ""
    assert (await team.ask("/send check pair")).splitlines()[-1] == "/send check all pair"
    assert team.sent() == []


async def test_a_large_run_waits_for_a_go(slow: Office, clock: HandClock) -> None:
    slow.options["confirm_above"] = 2
    slow.customers(3)
    await slow.open()
    message = slow.say("An offer")
    command = slow.say("/send all", reply_to=message)
    answer = await slow.answer(command)
    assert answer.startswith("sid1: “An offer” to all customers. It waits for a go.\nIt would go to 3 recipients")
    assert "Go: /send sid1 go\nCancel: /send sid1 del" in answer
    await slow.close()
    await slow.open()
    clock.advance(2 * 86400)
    assert "It waits for a go." in await slow.ask("/send sid1")
    assert await slow.ask("/send go") == "Which sending? Reply to its notice, or name it: /send sidN go"
    assert "Mailings are started by" in await slow.ask("/send sid1 go", by=slow.operator)
    notice = next(each.id for each in slow.telegram.messages(slow.group) if "It waits for a go." in each.text)
    assert await slow.ask("/send go", reply_to=notice) == "sid1: “An offer” to all customers. Starts now."
    await slow.notice("Finished. 3 sent.")
    assert "only one that has not begun can wait for a go." in await slow.ask("/send sid1 go")


async def test_a_go_before_the_time_lets_it_start_then(slow: Office, clock: HandClock) -> None:
    slow.options["confirm_above"] = 2
    one, two, _ = slow.customers(3)
    await slow.open()
    message = slow.say("An offer")
    await slow.ask("/send all 1h", reply_to=message)
    assert "Starts 2027-01-15 09:00 UTC, in 1 h." in await slow.ask("/send sid1 go")
    assert "sid1 needs no go: it starts 2027-01-15 09:00 UTC." in await slow.ask("/send sid1 go")
    assert "Starts now." in await slow.ask(f"/send list {one},{two}", reply_to=message)
    await slow.notice("Finished. 2 sent.")
    clock.advance(3600)
    await slow.notice("Finished. 3 sent.")


async def test_an_audience_that_has_grown_by_the_start_wants_a_word(slow: Office, clock: HandClock) -> None:
    slow.options["confirm_above"] = 3
    slow.customers(3)
    await slow.open()
    assert "Starts" in await slow.ask("/send all 1h", reply_to=slow.say("An offer"))
    slow.customers(1)
    clock.advance(3600)
    asked = await slow.notice("It goes to 4 recipients now.")
    assert asked.startswith("sid1: “An offer” to all customers. It waits for a go.\n")
    assert "Go: /send sid1 go\nCancel: /send sid1 del" in asked
    await slow.close()
    await slow.open()
    assert "It waits for a go." in await slow.ask("/send sid1")
    slow.customers(3)  # a few more are no reason to ask again
    clock.advance(3 * 3600)
    await slow.ask("/send sid1 go")
    await slow.notice("Finished. 7 sent.")


async def test_a_go_holds_for_some_more_and_not_for_many(slow: Office, clock: HandClock) -> None:
    slow.options["confirm_above"] = 2
    slow.customers(3)
    await slow.open()
    assert "It waits for a go." in await slow.ask("/send all 1h", reply_to=slow.say("An offer"))
    await slow.ask("/send sid1 go")
    slow.customers(3)
    clock.advance(3600)
    await slow.notice("It goes to 6 recipients now, and the go was for 3.")
    await slow.ask("/send sid1 go")
    await slow.notice("Finished. 6 sent.")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("/send check", "/send check all NAME"),
        ("/send check alle pair", "/send check all pair"),
        ("/send check list pair", "/send check list pair IDS"),
    ],
)
async def test_what_is_mistyped(team: Office, typed: str, hint: str) -> None:
    await team.open()
    assert (await team.ask(typed)).splitlines()[-1] == hint
