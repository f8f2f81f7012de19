"""Who cannot be reached is remembered and left out, until they write again."""

from tests.office import Office, until


async def test_who_blocked_or_left_is_left_out_of_the_next_sending(team: Office) -> None:
    customers = team.customers(30)
    blocked, deleted = customers[3], customers[7]
    await team.open()
    await until(lambda: team.knows(customers[-1]))
    team.telegram.block(blocked, team.owner)
    team.telegram.delete_account(deleted)
    await team.ask("/send all", reply_to=team.say("One"))
    # The dialogs are read once more before it starts, and tell of the one; only a try can tell of the other.
    await team.notice("Finished. 28 sent, 1 failed, 1 skipped.")
    reasons = {int(row["user_id"]): row["reason"] for row in team.report_rows("Finished") if row["status"] != "sent"}
    assert reasons == {blocked: "blocked the account (USER_IS_BLOCKED)", deleted: "deleted their account"}
    team.telegram.block(blocked, team.owner, blocked=False)

    await team.ask("/send all", reply_to=team.say("Two"))
    started = await team.notice("▶ sid2")
    assert "It goes to 28 recipients." in started
    assert "Left out 2: blocked the account" in started
    assert "deleted their account" in started
    await team.notice("Finished. 28 sent, 2 skipped.")
    skipped = {int(row["user_id"]): row for row in team.report_rows("sid2") if row["status"] == "skipped"}
    assert {number: row["reason"] for number, row in skipped.items()} == reasons
    assert team.sent(blocked) == []

    team.telegram.write(blocked, team.owner, "I am back")
    await until(lambda: team._stored("SELECT 1 FROM peer WHERE id = ? AND gone IS NULL", blocked))
    await team.ask("/send all", reply_to=team.say("Three"))
    await team.notice("Finished. 29 sent, 1 skipped.")
    assert [line.text for line in team.sent(blocked)] == ["Three"]


async def test_who_blocks_between_two_steps_gets_no_third(team: Office) -> None:
    customers = team.customers(10)
    await team.open()
    await team.template("chain", "now", "1s", "now")
    await team.ask("/send all chain")
    await team.written_down(1, 10)
    team.telegram.block(customers[0], team.owner)
    await team.notice("Finished. 28 sent, 1 failed, 1 skipped.")
    rows = [row for row in team.report_rows("Finished") if int(row["user_id"]) == customers[0]]
    assert [row["status"] for row in rows] == ["sent", "failed", "skipped"]
