"""What a sending left undelivered is brought later: to whom it may concern still, and never twice."""

from tests.office import HandClock, Office, until
from tests.ticking import ticking


async def test_a_stopped_chain_goes_on_from_the_step_that_each_one_lacks(slow: Office, clock: HandClock) -> None:
    [anna, ben, carl] = slow.customers(3)
    await slow.open()
    await slow.template("chain", "", "1h", "1h")
    await slow.ask("/send all chain")
    await slow.written_down(1, sent=3)
    clock.advance(3600)
    await slow.written_down(1, sent=6)
    assert "goes on still" in await slow.ask("/send sid1 retry")
    await slow.ask("/send sid1 stop")
    await slow.notice("■ sid1")
    slow.telegram.block(carl, slow.owner)
    clock.advance(600)
    await slow.ask("/send sid1 retry")
    await until(lambda: "It goes to 3 recipients." in slow.said()[-1])
    clock.advance(3000)  # the third message is due an hour after the second, as before
    await slow.notice("✔ sid2: the rest of sid1")
    assert [each.text for each in slow.arrived(anna)] == ["chain 1", "chain 2", "chain 3"]
    assert [each.text for each in slow.arrived(ben)] == ["chain 1", "chain 2", "chain 3"]
    assert "already. What that one leaves: /send sid2 retry" in await slow.ask("/send sid1 retry")


async def test_who_can_never_get_it_is_left_out_and_counted(slow: Office, clock: HandClock) -> None:
    [anna, ben, carl] = slow.customers(3)
    await slow.open()
    slow.telegram.refuse("USER_IS_BLOCKED", 400, recipient=anna)
    slow.telegram.refuse("SOMETHING_ODD", 400, recipient=ben, times=3)
    async with ticking(clock):
        await slow.ask("/send all", reply_to=slow.say("An offer"))
        assert "1 sent, 2 failed" in await slow.notice("✔ sid1")
    answer = await slow.ask("/send sid1 retry 1h")
    assert answer.startswith("sid2: the rest of sid1, “An offer”.")
    clock.advance(3600)
    assert "1 sent, 1 skipped" in await slow.notice("✔ sid2")
    assert [len(slow.arrived(each)) for each in (anna, ben, carl)] == [0, 1, 1]
    rows = slow.report_rows("✔ sid2")
    assert [(row["user_id"], row["status"]) for row in rows] == [(str(anna), "skipped"), (str(ben), "sent")]


async def test_what_went_out_unrecorded_is_not_sent_again(slow: Office) -> None:
    people = slow.customers(3)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("An offer"))
    await slow.notice("✔ sid1")
    await slow.close()
    # As after a crash and a stop: two of them got it, and nobody wrote it down.
    await slow.store(
        "UPDATE delivery SET status = 3, reason = 'the sending was stopped', sent_at = NULL, message_id = NULL"
        " WHERE peer_id <> ?",
        people[0],
    )
    await slow.store("UPDATE sending SET sent = 1, skipped = 2, status = 'stopped'")
    await slow.open()
    await slow.ask("/send sid1 retry")
    assert "Finished. 2 sent." in await slow.notice("✔ sid2")
    assert [len(slow.arrived(each)) for each in people] == [1, 1, 1]
    assert len(slow.sent()) == 3


async def test_nothing_is_left(slow: Office) -> None:
    slow.customers(2)
    await slow.open()
    await slow.ask("/send all", reply_to=slow.say("An offer"))
    await slow.notice("✔ sid1")
    assert await slow.ask("/send sid1 retry") == "sid1 left nothing: everybody got everything."


async def test_who_has_answered_meanwhile_gets_no_more_of_a_chain_that_ends_so(slow: Office, clock: HandClock) -> None:
    [anna, ben] = slow.customers(2)
    await slow.open()
    await slow.template("chain", "", "1h")
    await slow.ask("/send chain until answer")
    await slow.ask("/send all chain")
    await slow.written_down(1, sent=2)
    await slow.ask("/send sid1 stop")
    await slow.notice("■ sid1")
    slow.telegram.write(anna, slow.owner, "Tell me more")
    clock.advance(3600)
    await slow.ask("/send sid1 retry")
    assert "1 sent, 1 skipped" in await slow.notice("✔ sid2")
    assert [row["reason"] for row in slow.report_rows("✔ sid2")] == ["answered", ""]
    assert (len(slow.arrived(anna)), len(slow.arrived(ben))) == (1, 2)
