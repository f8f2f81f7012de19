"""What was delivered is taken back: everywhere, nothing else, and whatever happens meanwhile."""

from tests.office import HandClock, Office, until


def texts(team: Office, person: int) -> list[str]:
    return [each.text for each in team.arrived(person)]


async def test_everything_is_taken_back_and_nothing_else(team: Office) -> None:
    people = team.customers(250)
    await team.open()
    await team.ask("/send all", reply_to=team.say("An offer"))
    await team.notice("✔ sid1")
    await team.ask("/send all", reply_to=team.say("A mistake"))
    await team.notice("✔ sid2")
    team.telegram.world.faults.calls.clear()
    assert "sid3: recall of sid2, “A mistake”" in await team.ask("/send sid2 recall")
    assert "Finished. 250 recalled." in await team.notice("✔ sid3: recall of sid2, “A mistake”")
    assert all(texts(team, person) == ["An offer"] for person in people)
    rows = team.report_rows("✔ sid3")
    assert [(row["user_id"], row["status"]) for row in rows] == [(str(each), "recalled") for each in people]
    assert len([said for said in team.said() if "sid3:" in said]) == 2
    # A handful one by one at first, then a hundred in a call.
    assert team.telegram.world.faults.calls["messages.deleteMessages"] <= 12


async def test_one_that_runs_is_ended_first_while_another_one_goes_on(team: Office) -> None:
    people = team.customers(1200)
    await team.open()
    team.telegram.latency(0.1)
    await team.ask("/send all", reply_to=team.say("An offer"))
    await team.ask("/send all", reply_to=team.say("A mistake"))
    await until(lambda: len(team.sent()) > 300)
    await team.ask("/send sid2 recall")
    assert "Finished" in await team.notice("✔ sid3: recall of sid2")
    assert "A mistake" not in {text for person in people for text in texts(team, person)}
    assert len(team.sent()) < 2 * len(people)
    team.telegram.latency(0)
    assert "Finished. 1,200 sent." in await team.notice("✔ sid1")
    assert all(texts(team, person) == ["An offer"] for person in people)


async def test_albums_and_chains_go_as_a_whole_from_people_and_from_chats(team: Office) -> None:
    [anna, ben] = team.customers(2)
    chat = team.telegram.add_group("A group", team.owner, [anna, ben])
    team.telegram.post(chat, anna, "Hello")
    await team.open()
    album = team.telegram.post_album(team.group, team.boss, ["photo", "photo", "photo"], "Three")
    await team.ask("/send chain", reply_to=album[0])
    await team.ask("/send chain", reply_to=team.say("And a word"))
    await team.ask(f"/send list chain {anna},{ben},{chat}")
    await team.notice("✔ sid1")
    assert len(team.arrived(anna)) == 4
    notice = next(each.id for each in team.telegram.messages(team.group) if "✔ sid1" in each.text)
    await team.ask("/send recall", reply_to=notice)
    assert "Finished. 6 recalled." in await team.notice("✔ sid2: recall of sid1")
    assert not team.arrived(anna) + team.arrived(ben)
    assert [each.text for each in team.telegram.messages(chat) if each.sender == team.owner and each.text] == []


async def test_an_album_of_which_only_the_first_id_is_known_stays_whole(slow: Office) -> None:
    [anna, ben] = slow.customers(2)
    await slow.open()
    album = slow.telegram.post_album(slow.group, slow.boss, ["photo", "photo", "photo"], "Three")
    await slow.ask("/send all", reply_to=album[0])
    await slow.notice("✔ sid1")
    # As it was written down before all ids were kept.
    await slow.store("UPDATE delivery SET message_ids = NULL WHERE peer_id = ?", anna)
    await slow.ask("/send sid1 recall")
    assert "1 recalled, 1 skipped" in await slow.notice("✔ sid2")
    assert [row["reason"] for row in slow.report_rows("✔ sid2")] == ["Telegram did not tell which message it is", ""]
    assert (len(slow.arrived(anna)), len(slow.arrived(ben))) == (3, 0)


async def test_whatever_cannot_be_taken_back_spoils_it_for_nobody(slow: Office, clock: HandClock) -> None:
    people = slow.customers(30)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("A mistake"))
    await slow.notice("✔ sid1")
    slow.telegram.refuse("MESSAGE_DELETE_FORBIDDEN", 403, times=3, method="messages.deleteMessages")
    await slow.ask("/send sid1 recall")
    await until(lambda: "✔ sid2" in " ".join(slow.said()))
    assert sum("A mistake" in texts(slow, person) for person in people) == 2
    assert "28 recalled, 2 failed" in await slow.notice("✔ sid2")


async def test_what_there_is_not_to_take_back(slow: Office) -> None:
    slow.customers(2)
    await slow.open()
    assert "There is no sid7." in await slow.ask("/send sid7 recall")
    assert "Which sending?" in await slow.ask("/send recall")
    await slow.ask("/send all 1h", reply_to=slow.say("An offer"))
    assert await slow.ask("/send sid1 recall") == "sid1 has delivered nothing."


async def test_quiet_hours_hold_up_no_recall(slow: Office, clock: HandClock) -> None:
    slow.options |= {"quiet_hours": "08:30-20:00"}
    [anna] = slow.customers(1)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("A mistake"))
    await slow.notice("✔ sid1")
    clock.advance(3600)
    await slow.ask("/send sid1 recall")
    await slow.notice("✔ sid2")
    assert texts(slow, anna) == []
