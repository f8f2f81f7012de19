"""A mailing to everybody with a mark: of a message, and of a template."""

from tests.office import Office


async def test_a_message_and_a_template_go_to_the_marked_alone(team: Office) -> None:
    customers = team.customers(5)
    await team.open()
    await team.mark("VIP", customers[:3])
    answer = await team.ask("/send mark vip", reply_to=team.say("An offer"))
    assert "sid1: “An offer” to everyone with the mark VIP" in answer
    await team.notice("Finished. 3 sent.")
    await team.template("special_offer", "")
    answer = await team.ask("/send mark Vip template special_offer")
    assert "sid2: template special_offer to everyone with the mark VIP" in answer
    await team.notice("✔ sid2")
    for customer in customers[:3]:
        assert [each.text for each in team.arrived(customer)] == ["An offer", "special_offer 1"]
    assert len(team.sent()) == 6


async def test_who_has_the_mark_and_no_dialog_is_left_out(team: Office) -> None:
    customers = team.customers(2)
    await team.open()
    message = team.say("An offer")
    await team.ask("/send test", reply_to=message)  # makes the boss known, without a dialog of their own
    await team.notice("sent.")
    await team.mark("vip", [*customers, team.boss])
    await team.ask("/send mark vip", reply_to=message)
    await team.notice("Finished. 2 sent, 1 skipped.")
    assert "Left out 1: no dialog." in await team.notice("Started. It goes to 2 recipients.")


async def test_an_unknown_mark(team: Office) -> None:
    await team.open()
    assert await team.ask("/send mark vip", reply_to=team.say("An offer")) == "There is no mark vip."
