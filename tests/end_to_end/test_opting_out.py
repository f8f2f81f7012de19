"""Who wants no more mailings gets none, from that moment on, until they or an operator take it back."""

from tests.office import HandClock, Office, until
from tests.ticking import ticking


async def test_by_hand_and_back(team: Office) -> None:
    first, second = team.customers(2)
    await team.open()
    topic = await team.topic_of(first)
    assert "/optin takes that back" in await team.ask("/optout", topic=topic, by=team.operator)
    assert "already" in await team.ask("/optout", topic=topic, by=team.operator)
    message = team.say("News")
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 1 sent, 1 skipped.")
    assert [line.peer for line in team.sent()] == [second]
    assert "gets mailings again" in await team.ask("/optin", topic=topic, by=team.operator)
    await team.ask("/send all", reply_to=team.say("More"))
    await team.notice("Finished. 2 sent.")


async def test_what_an_operator_sends_them_still_arrives(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    topic = await team.topic_of(customer)
    await team.ask("/send welcome", reply_to=team.say("Hello"))
    await team.ask("/optout", topic=topic)
    await team.ask("/send welcome", topic=topic, by=team.operator)
    await until(lambda: team.sent(customer))


async def test_what_is_left_of_a_chain_is_skipped_at_once(slow: Office, clock: HandClock) -> None:
    first, second = slow.customers(2)
    await slow.open()
    topic = await slow.topic_of(first)
    await slow.ask("/send chain", reply_to=slow.say("One"))
    await slow.ask("/send chain 30d", reply_to=slow.say("Two"))
    await slow.ask("/send all chain")
    async with ticking(clock, seconds=0.2):
        await until(lambda: len(slow.sent()) == 2)
        await slow.written_down(1, 2)
        await slow.ask("/optout", topic=topic)
        await until(lambda: "skipped" in {each[2].name.lower() for each in slow.journal(1)})
    assert [each[0] for each in slow.journal(1) if each[2].name == "SKIPPED"] == [first]
    async with ticking(clock, seconds=86400):
        await slow.notice("Finished. 3 sent, 1 skipped.")
    assert [line.peer for line in slow.sent()].count(second) == 2


async def test_a_topic_that_is_nobodys(team: Office) -> None:
    await team.open()
    topic = team.telegram.add_topic(team.group, team.owner, "Nobody's")
    assert "belongs to no customer" in await team.ask("/optout", topic=topic)


async def test_a_customer_who_writes_the_word(team: Office) -> None:
    first, second, third = team.customers(3)
    team.options["opt_out_words"] = "stop, No more"
    await team.open()
    topic = await team.topic_of(first)
    team.telegram.write(first, team.owner, "  STOP! ")
    team.telegram.write(second, team.owner, "no  more.")
    team.telegram.write(third, team.owner, "please stop")
    await until(lambda: {line.peer for line in team.sent()} == {first, second})
    assert all("no more mailings" in line.text for line in team.sent())
    assert "/optin takes that back" in (await team.notice(f"({first}) wants no more mailings"))
    assert [each.topic for each in team.telegram.messages(team.group) if f"({first}) wants no" in each.text] == [topic]
    assert [each.topic for each in team.telegram.messages(team.group) if f"({second}) wants no" in each.text] == [1]
    team.telegram.write(first, team.owner, "stop")
    await team.ask("/send all", reply_to=team.say("News"))
    await team.notice("Finished. 1 sent, 2 skipped.")
    assert [line.peer for line in team.sent()].count(first) == 1  # confirmed once
    team.telegram.write(first, team.owner, "Start")
    await team.notice(f"({first}) wants mailings again")
    await team.ask("/send all", reply_to=team.say("More"))
    await team.notice("Finished. 2 sent, 1 skipped.")


async def test_a_word_written_while_nobody_listened(team: Office) -> None:
    first, _ = team.customers(2)
    team.options["desk"] = False
    await team.open()
    await team.close()
    team.telegram.write(first, team.owner, "unsubscribe")
    await team.open()
    await until(lambda: team.sent(first))
    await team.ask("/send all", reply_to=team.say("News"))
    await team.notice("Finished. 1 sent, 1 skipped.")
    await team.close()
    await team.open()
    await team.ask("/send all", reply_to=team.say("More"))
    await team.notice("Finished. 1 sent, 1 skipped.")
    assert len(team.sent(first)) == 1
