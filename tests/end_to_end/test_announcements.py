"""Of a mailing General has two messages: the answer to the command, which is edited, and the end with its report."""

from pathlib import Path

from tests.office import HandClock, Office, office, until


def about(team: Office, number: int) -> list[str]:
    return [said for said in team.said() if f"sid{number}" in said]


async def test_two_messages_for_a_mailing(slow: Office, clock: HandClock) -> None:
    slow.customers(3)
    await slow.open()
    command = slow.say("/send all 1h", reply_to=slow.say("Dear customers! We have a new offer on our website."))
    title = "sid1: “Dear customers! We have a new offer on …” to all customers"
    assert (await slow.answer(command)).startswith(f"{title}.\nStarts 2027-01-15 09:00 UTC, in 1 h.")
    clock.advance(3600)
    await slow.notice("Finished. 3 sent.")
    await until(lambda: "Ended" in about(slow, 1)[0])
    announcement, end = about(slow, 1)
    assert announcement == await slow.answer(command)
    assert announcement.splitlines()[:5] == [
        f"▶ {title}",
        "Ordered by Boss, 2027-01-15 08:00 UTC.",
        "Started. It goes to 3 recipients.",
        "████████████████████ 100 %",
        "3 sent",
    ]
    assert end.startswith(f"✔ {title}\nFinished. 3 sent.")


async def test_a_cancelled_one_says_so_where_it_was_announced(slow: Office) -> None:
    slow.customers(2)
    await slow.open()
    command = slow.say("/send all 1h", reply_to=slow.say("An offer"))
    await slow.answer(command)
    await slow.ask("/send sid1 del")
    await until(lambda: about(slow, 1)[0] == "sid1: “An offer” to all customers. Cancelled.")


async def test_an_edit_that_telegram_holds_up_holds_up_nothing_else(slow: Office, clock: HandClock) -> None:
    slow.customers(3)
    await slow.open()
    await slow.ask("/send all 1m", reply_to=slow.say("An offer"))
    slow.telegram.refuse("FLOOD_WAIT_300", 420, times=1, method="messages.editMessage")
    clock.advance(60)
    await slow.notice("Finished. 3 sent.")
    assert "No templates yet" in await slow.ask("/send templates")
    assert "▶" not in about(slow, 1)[0]
    clock.advance(301)
    await until(lambda: about(slow, 1)[0].startswith("▶ sid1"))


async def test_one_that_was_deleted_or_is_too_old_to_be_edited_is_posted_anew(tmp_path: Path, keys: Path) -> None:
    clock = HandClock()
    async with office(tmp_path, keys, clock) as team:
        creator = team.telegram.add_person("Carla", "Creator")
        team.group = team.telegram.add_group("Carla's", creator, [team.owner, team.boss])
        team.customers(2)
        await team.open()
        message = team.say("An offer")
        old = team.say("/send all 3d", reply_to=message)
        await team.answer(old)
        gone = team.say("/send test 1m", reply_to=message)
        await team.answer(gone)
        clock.advance(3 * 86_400)
        assert "Started. It goes to 2 recipients." in await team.notice("▶ sid1")
        assert (await team.answer(old)).endswith("Cancel: /send sid1 del")
        command = team.say("/send all 1h", reply_to=message)
        await team.answer(command)
        [notice] = [each.id for each in team.telegram.messages(team.group) if each.reply_to == command]
        team.telegram.delete(team.group, [notice])
        clock.advance(3600)
        assert "Started. It goes to 2 recipients." in await team.notice("▶ sid3")


async def test_a_start_while_the_program_was_down_edits_the_same_message(slow: Office, clock: HandClock) -> None:
    slow.customers(3)
    await slow.open()
    command = slow.say("/send all 1h", reply_to=slow.say("An offer"))
    await slow.answer(command)
    await slow.close()
    clock.advance(4000)
    await slow.open()
    await slow.notice("Finished. 3 sent.")
    await until(lambda: about(slow, 1)[0].startswith("▶ sid1"))
    assert len(about(slow, 1)) == 2


async def test_a_test_promises_no_report(slow: Office, clock: HandClock) -> None:
    await slow.open()
    await slow.template("chain", "", "5m")
    await slow.ask("/send test chain")
    await slow.written_down(1, sent=1)
    assert await slow.ask("/send sid1 stop") == "sid1: test of template chain. Stopped."
    assert "✖ sid1" in await slow.notice("1 skipped")
