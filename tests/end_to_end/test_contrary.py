"""A day on a Telegram that surprises at every turn: half-known people, late, double, short and missing updates, odd
dialogs, floods. `CONTRARY=1 pytest tests/end_to_end` puts every other test through it."""

import pytest

from tests.office import Office, until

SEEDS = (2, 3)


@pytest.mark.parametrize("seed", [3])
async def test_a_day_on_which_nothing_comes_as_expected(team: Office, seed: int) -> None:
    customers = team.customers(120)
    chat = team.telegram.add_group("A chat", team.owner)
    team.telegram.contrary(on=True, seed=seed)
    await team.open()
    chain = await team.template("chain", "now", "1s")
    await team.ask("/send all chain")
    await team.notice("▶ sid1")
    newcomers = [team.telegram.add_person(f"New {number}") for number in range(5)]
    for each in newcomers:
        team.telegram.write(each, team.owner, "Hello")
    await team.notice("Finished. 240 sent.")
    await team.ask("/send all", reply_to=team.say("News"))
    await until(lambda: len(team.sent()) == 240 + 125)
    await team.ask(f"/send list {chat},{newcomers[0]}", reply_to=team.say("For two"))
    await team.notice("Finished. 2 sent.")
    await team.close()
    while_closed = team.telegram.add_person("Late")
    team.telegram.write(while_closed, team.owner, "Are you there?")
    command = team.say("/send all", reply_to=team.say("Once more"))
    await team.open()
    await team.answer(command)
    await until(lambda: len(team.sent()) == 240 + 125 + 2 + 126)
    assert [line.source for line in team.sent(customers[0])][:2] == chain
    assert [line.text for line in team.sent(newcomers[0])] == ["News", "For two", "Once more"]
    assert [line.text for line in team.sent(while_closed)] == ["Once more"]


@pytest.mark.parametrize("seed", SEEDS)
async def test_operators_in_a_contrary_group(team: Office, seed: int) -> None:
    [customer] = team.customers(1)
    team.group = team.telegram.add_group("Guests", team.boss, [team.owner, team.operator])
    team.telegram.contrary(on=True, seed=seed)
    await team.open()
    topic = await team.topic_of(customer)
    await team.template("hello", "now")
    await team.ask("/send hello", by=team.operator, topic=topic)
    await until(lambda: team.sent(customer))
    assert "Mailings are started by" in await team.ask("/send all hello", by=team.operator)
    await team.ask("/send test hello")
    await until(lambda: team.sent(team.boss))
    await team.ask_with_file("/send file hello", f"user_id\n{customer}\n".encode())
    await team.notice("Finished. 1 sent.")
    assert len(team.sent(customer)) == 2
