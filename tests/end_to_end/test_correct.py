"""Another text in place of what was delivered, at everybody who has it."""

from tests.office import HandClock, Office, until


def texts(team: Office, person: int) -> list[str]:
    return [each.text for each in team.arrived(person)]


async def test_a_text_is_corrected_and_nobody_gets_a_new_message(team: Office) -> None:
    people = team.customers(40)
    await team.open()
    await team.ask("/send all", reply_to=team.say("Half prise"))
    await team.notice("✔ sid1")
    await team.ask("/send sid1 correct", reply_to=team.say("Half price"))
    assert "Finished. 40 corrected." in await team.notice("✔ sid2: correction of sid1, “Half prise”")
    assert all(texts(team, person) == ["Half price"] for person in people)
    assert {row["status"] for row in team.report_rows("✔ sid2")} == {"corrected"}
    assert len(team.sent()) == 40
    # Once more, with the same words: that counts as done.
    await team.ask("/send sid1 correct", reply_to=team.say("Half price"))
    assert "Finished. 40 corrected." in await team.notice("✔ sid3")


async def test_of_a_chain_the_step_is_named_and_captions_count(team: Office) -> None:
    [anna] = team.customers(1)
    await team.open()
    await team.ask("/send chain", reply_to=team.say("First"))
    await team.ask("/send chain", reply_to=team.say("A caption", media="photo"))
    await team.ask("/send all chain")
    await team.notice("✔ sid1")
    right = team.say("A better caption", media="photo")
    assert "Which of the messages?" in await team.ask("/send sid1 correct", reply_to=right)
    assert "only the same kind" in await team.ask("/send sid1 correct 1", reply_to=right)
    assert "sid1 has 2 messages." in await team.ask("/send sid1 correct 3", reply_to=right)
    await team.ask("/send sid1 correct 2", reply_to=right)
    await team.notice("✔ sid2")
    assert texts(team, anna) == ["First", "A better caption"]


async def test_a_correction_has_everybodys_own_name(team: Office) -> None:
    anna = team.telegram.add_person("Anna *")
    team.telegram.write(anna, team.owner, "Hello!")
    await team.open()
    await team.ask("/send all", reply_to=team.say("Der {first_name}"))
    await team.notice("✔ sid1")
    right = team.say("Dear {first_name}!", entities=[("bold", 5, 12)])
    await team.ask("/send sid1 correct", reply_to=right)
    await team.notice("✔ sid2")
    [shown] = team.arrived(anna)
    assert (shown.text, shown.entities) == ("Dear Anna *!", [("bold", 5, 6)])


async def test_who_is_named_stays_named(team: Office) -> None:
    [anna] = team.customers(1)
    await team.open()
    await team.ask("/send all", reply_to=team.say("Aks Ben"))
    await team.notice("✔ sid1")
    right = team.say("Ask Ben", entities=[("mention_name", 4, 3, team.operator)])
    await team.ask("/send sid1 correct", reply_to=right)
    await team.notice("✔ sid2")
    [shown] = team.arrived(anna)
    assert (shown.text, shown.entities) == ("Ask Ben", [("mention_name", 4, 3, team.operator)])


async def test_what_is_too_old_is_counted_and_left(slow: Office, clock: HandClock) -> None:
    people = slow.customers(12)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("Half prise"))
    await slow.notice("✔ sid1")
    clock.advance(49 * 3600)
    await slow.ask("/send sid1 correct", reply_to=slow.say("Half price"))
    assert "Finished. 12 failed." in await slow.notice("✔ sid2")
    assert all("48 hours" in row["reason"] for row in slow.report_rows("✔ sid2"))
    assert all(texts(slow, person) == ["Half prise"] for person in people)


async def test_a_copy_that_is_gone_spoils_it_for_nobody(slow: Office) -> None:
    people = slow.customers(3)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("Half prise"))
    await slow.notice("✔ sid1")
    mine = [each.id for each in slow.telegram.dialog(slow.owner, people[1]) if each.sender == slow.owner]
    slow.telegram.take_back(slow.owner, mine)
    await slow.ask("/send sid1 correct", reply_to=slow.say("Half price"))
    assert "2 corrected, 1 failed" in await slow.notice("✔ sid2")
    await until(lambda: texts(slow, people[2]) == ["Half price"])
