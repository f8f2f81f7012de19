"""Messages that everybody gets with their own name in them."""

import pytest

from tests.office import Office
from userbot.service.rate_limiter import PACE


def _people(team: Office, *names: tuple[str, str]) -> list[int]:
    """Customers of these first and last names."""
    made = [team.telegram.add_person(*each) for each in names]
    for each in made:
        team.telegram.write(each, team.owner, "Hello!")
    return made


async def test_everybody_gets_their_own_copy(team: Office) -> None:
    ada, bob, rtl = _people(team, ("<b>Ada</b>", "Love*lace"), ("👩‍👧 Bob", ""), ("עדה", "لوف"))
    await team.open()
    text = "🎉 Dear {first_name}, {last_name|friend}: {braces}"
    bold = ("bold", text.index("{first_name") + 1, len("{first_name}"))  # 🎉 is two code units
    link = ("text_url", bold[1] + 12, len(", {last_name|friend}"), "https://example.org/")
    message = team.say(text, entities=[bold, link])
    answer = await team.ask("/send all", reply_to=message)
    assert "Everybody gets their own: {first_name} {last_name|friend}" in answer
    await team.notice("Finished. 3 sent.")
    [of_ada], [of_bob], [of_rtl] = team.arrived(ada), team.arrived(bob), team.arrived(rtl)
    assert of_ada.text == "🎉 Dear <b>Ada</b>, Love*lace: {braces}"
    assert of_bob.text == "🎉 Dear 👩‍👧 Bob, friend: {braces}"
    assert of_rtl.text == "🎉 Dear עדה, لوف: {braces}"
    assert of_ada.entities == [("bold", 8, 10), ("text_url", 18, 11, "https://example.org/")]
    assert of_bob.entities == [("bold", 8, 9), ("text_url", 17, 8, "https://example.org/")]
    assert of_rtl.entities == [("bold", 8, 3), ("text_url", 11, 5, "https://example.org/")]
    assert not any(each.has_author for each in (of_ada, of_bob, of_rtl))


async def test_a_flood_wait_for_reading_the_message_does_not_slow_the_mailing_down(team: Office) -> None:
    customers = team.customers(50)
    await team.open()
    team.telegram.refuse("FLOOD_WAIT_1", 420, times=1, method="channels.getMessages", after=1)
    await team.ask("/send all", reply_to=team.say("For {id}"))
    await team.notice("Finished. 50 sent.")
    assert team.telegram.counters()["FLOOD_WAIT_1"] == 1
    await team.close()
    [[rate]] = team._stored("SELECT json_extract(value, '$.rate') FROM fact WHERE name = ?", PACE)
    assert rate is None
    assert {each.text for each in team.sent()} == {f"For {each}" for each in customers}


@pytest.mark.parametrize("kind", ["photo", "voice", "document"])
async def test_media_go_by_reference_even_when_it_has_expired(team: Office, kind: str) -> None:
    ada, bob = _people(team, ("Ada", ""), ("Bob", ""))
    await team.open()
    message = team.say("For {first_name}", media=kind, entities=[("italic", 4, 12)])
    await team.ask("/send welcome", reply_to=message)
    await team.ask(f"/send list welcome {ada}")
    await team.notice("Finished. 1 sent.")
    team.telegram.expire_files()
    await team.ask(f"/send list welcome {bob}")
    await team.notice("sid2")
    await team.written_down(2, sent=1)
    [of_ada], [of_bob] = team.arrived(ada), team.arrived(bob)
    assert (of_ada.text, of_bob.text) == ("For Ada", "For Bob")
    assert of_ada.kind == of_bob.kind == kind
    assert of_bob.entities == [("italic", 4, 3)]


async def test_an_album_is_copied_as_one(team: Office) -> None:
    [ada] = _people(team, ("Ada", "Lovelace"))
    await team.open()
    album = team.telegram.post_album(team.group, team.boss, ["photo", "video", "photo"], "Look, {name}")
    answer = await team.ask("/send welcome", reply_to=album[0])
    assert "Everybody gets their own: {name}" in answer
    await team.ask("/send all welcome")
    await team.notice("Finished. 1 sent.")
    arrived = team.arrived(ada)
    assert [each.kind for each in arrived] == ["photo", "video", "photo"]
    assert [each.text for each in arrived] == ["Look, Ada Lovelace", "", ""]
    assert len({each.grouped_id for each in arrived}) == 1


async def test_a_poll_is_forwarded_as_it_is_and_that_is_said(team: Office) -> None:
    [ada] = _people(team, ("Ada", ""))
    await team.open()
    poll = team.say("{first_name}, your choice?", media="poll")
    # The answer to a run that starts at once soon says how far it is.
    answer = await team.ask("/send all 1h", reply_to=poll)
    assert "{first_name} stays as it is written: a message of this kind (poll) cannot be changed." in answer
    await team.ask("/send all", reply_to=poll)
    await team.notice("Finished. 1 sent.")
    assert [each.kind for each in team.arrived(ada)] == ["poll"]


async def test_placeholders_that_come_with_an_edit(team: Office) -> None:
    [ada] = _people(team, ("Ada", ""))
    await team.open()
    [message] = await team.template("welcome", "")
    team.telegram.edit(team.boss, team.group, message, "Better, {first_name}")
    assert "Everybody gets their own: {first_name}" in await team.ask("/send welcome")
    assert "Would read: Better, Ada" in await team.ask("/send check all welcome")
    await team.ask("/send all welcome")
    await team.notice("Finished. 1 sent.")
    assert [each.text for each in team.arrived(ada)] == ["Better, Ada"]


async def test_a_check_shows_how_three_real_recipients_would_read_it(team: Office) -> None:
    people = _people(team, ("Ada", "Lovelace"), ("Bob", ""), ("*Eve*", ""), ("Zoe", ""))
    await team.open()
    await team.mark("vip", people[1:])
    message = team.say("Dear {first_name} {last_name|friend}")
    answer = await team.ask("/send check all", reply_to=message)
    lines = [line for line in answer.splitlines() if line.startswith("Would read: ")]
    assert lines == [
        "Would read: Dear Ada Lovelace",
        "Would read: Dear Bob friend",
        "Would read: Dear *Eve* friend",
    ]
    await team.ask("/send welcome", reply_to=message)
    answer = await team.ask("/send check mark vip template welcome")
    assert answer.count("Would read: ") == 3
    assert "Ada" not in answer
    assert "Would read" not in await team.ask("/send check all", reply_to=team.say("Dear all"))
    assert not team.sent()
