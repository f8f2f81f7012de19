"""CAP: how many mailings one person gets at most."""

from tests.office import HandClock, Office


async def test_who_has_had_enough_is_left_out(slow: Office, clock: HandClock) -> None:
    slow.options["cap"] = "1/7d"
    one, two, three = slow.customers(3)
    await slow.open()
    message = slow.say("An offer")
    await slow.template("pair", "", "1h")
    await slow.ask(f"/send list pair {one}")
    await slow.written_down(1, sent=1)
    clock.advance(3600)
    await slow.notice("Finished. 2 sent.")
    await slow.ask(f"/send list {two}", reply_to=message)
    await slow.notice("Finished. 1 sent.")
    await slow.ask("/send all", reply_to=message)
    assert "Left out 2: had 1 mailing in 7 d." in await slow.notice("Started. It goes to 1 recipient.\nLeft out")
    await slow.notice("Finished. 1 sent, 2 skipped.")
    reasons = {int(row["user_id"]): row["reason"] for row in slow.report_rows("1 sent, 2 skipped")}
    assert reasons == {one: "had 1 mailing in 7 d", two: "had 1 mailing in 7 d", three: ""}
    topic = await slow.topic_of(one)
    await slow.ask("/send pair", topic=topic)
    await slow.notice("pair to this topic")
    clock.advance(7 * 86400)
    await slow.ask("/send all", reply_to=slow.say("Another offer"))
    await slow.notice("Finished. 3 sent.")
