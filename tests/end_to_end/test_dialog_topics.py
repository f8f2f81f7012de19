"""In a dialog topic every operator sends templates to its customer or chat, and sees this topic's sendings alone."""

from tests.office import HandClock, Office, until


async def test_any_operator_sends_a_template_to_the_topics_customer(team: Office) -> None:
    one, two = team.customers(2)
    await team.open()
    await team.template("welcome", "", "")
    topic = await team.topic_of(one)
    assert (
        await team.ask("/send welcome", topic=topic, by=team.operator)
        == "sid1: template welcome to this topic. Starts now."
    )
    await team.notice("✔ sid1: template welcome to this topic: sent.")
    assert [each.text for each in team.arrived(one)] == ["welcome 1", "welcome 2"]
    assert not team.arrived(two)
    assert "welcome · 2 messages" in await team.ask("/send templates", topic=topic, by=team.operator)
    status = await team.ask("/send sid1", topic=topic, by=team.operator)
    assert "It finished" in status
    assert not any(each.file_name for each in team.telegram.messages(team.group))
    assert "sid1: template welcome to one dialog topic" in await team.ask("/send sendings")


async def test_help_and_mistakes_are_the_topics_own(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    topic = await team.topic_of(customer)
    assert (await team.ask("/send", topic=topic)).startswith("Send a template to this topic's customer:")
    what, hint = (await team.ask("/send all welcome", topic=topic)).split("\n")
    assert what == "“/send all” is started in General. Here a template goes to this topic."
    assert hint == "/send welcome"
    assert "Templates are changed in General" in await team.ask("/send welcome del", topic=topic)
    assert await team.ask("/send nothing", topic=topic) == (
        "There is no template nothing. /send templates shows them all."
    )
    assert not team.sent()


async def test_only_this_topics_sendings_are_shown(team: Office) -> None:
    one, two = team.customers(2)
    await team.open()
    await team.template("welcome", "")
    first, second = await team.topic_of(one), await team.topic_of(two)
    await team.ask("/send welcome", topic=first)
    await team.notice("sid1: template welcome to this topic: sent.")
    assert "No sendings in this topic yet." in await team.ask("/send sendings", topic=second)
    await team.ask("/send all welcome")
    await team.notice("Finished. 2 sent.")
    shown = await team.ask("/send sendings", topic=first)
    assert "sid1: template welcome to this topic" in shown
    assert "sid2" not in shown
    refused = "sid{} is not of this topic. /send sendings shows what is."
    assert await team.ask("/send sid2", topic=first) == refused.format(2)
    assert await team.ask("/send sid1", topic=second) == refused.format(1)


async def test_later_and_cancelled_from_general(slow: Office, clock: HandClock) -> None:
    [customer] = slow.customers(1)
    await slow.open()
    await slow.template("welcome", "")
    topic = await slow.topic_of(customer)
    assert await slow.ask("/send welcome 1h", topic=topic, by=slow.operator) == (
        "sid1: template welcome to this topic.\nStarts 2027-01-15 09:00 UTC, in 1 h.\nCancel: /send sid1 del"
    )
    await slow.ask("/send welcome 2h", topic=topic)
    await slow.ask("/send sid1 del")
    clock.advance(7200)
    await slow.notice("✔ sid2: template welcome to this topic: sent.")
    assert len(slow.sent()) == 1
    notices = slow.said(topic)
    assert "✔ sid2: template welcome to this topic: sent." in notices


async def test_a_customer_who_blocked_the_account(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    await team.template("welcome", "", "")
    topic = await team.topic_of(customer)
    team.telegram.block(customer, team.owner)
    await team.ask("/send welcome", topic=topic)
    await team.notice("✖ sid1: template welcome to this topic: 1 failed, 1 skipped. Reason: blocked the account.")


async def test_a_topic_that_belongs_to_nobody(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    await team.template("welcome", "")
    topic = team.telegram.add_topic(team.group, team.boss, "New topic")
    assert await team.ask("/send welcome", topic=topic) == (
        "This topic belongs to nobody yet. An administrator binds it: /bind USER_ID"
    )
    assert "EXTENSIONS_ALLOWED" in await team.ask(f"/bind {customer}", topic=topic, by=team.operator)
    assert await team.ask("/bind 4711", topic=topic) == (
        "The account has no dialog with 4711, so the topic cannot be bound to it."
    )
    assert await team.ask(f"/bind {customer}", topic=topic) == f"This topic is Customer 1's now ({customer})."
    await team.ask("/send welcome", topic=topic)
    await until(lambda: team.arrived(customer))


async def test_a_topic_bound_to_a_chat(team: Office) -> None:
    chat = team.telegram.add_group("Book club", team.boss, [team.owner], forum=False)
    await team.open()
    await team.template("welcome", "")
    topic = await team.topic_of(chat)
    await team.ask("/send welcome", topic=topic)
    await team.notice("✔ sid1: template welcome to this topic: sent.")
    assert "welcome 1" in [each.text for each in team.telegram.messages(chat) if each.sender == team.owner]


async def test_chats_as_recipients_and_slow_mode(slow: Office, clock: HandClock) -> None:
    quick, late = (slow.telegram.add_group(name, slow.boss, [slow.owner], forum=False) for name in ("Quick", "Late"))
    unknown = slow.telegram.add_group("Not ours", slow.boss, [], forum=False)
    slow.telegram.set_group(late, slow_mode=60)
    [customer] = slow.customers(1)
    await slow.open()
    await slow.template("welcome", "", "")
    start = int(clock.now())
    await slow.ask(f"/send list welcome {late},{quick},{unknown},{customer}")
    await slow.written_down(1, sent=5)
    assert {(line.peer, line.text) for line in slow.sent()} == {
        (late, "welcome 1"),
        *((peer, f"welcome {step}") for peer in (quick, customer) for step in (1, 2)),
    }
    await until(lambda: (late, 2) in [each[:2] for each in slow.journal(1) if each[3] == start + 60])
    clock.advance(60)
    await slow.notice("Finished. 6 sent, 2 skipped.")
    assert [line.date - start for line in slow.sent(late)] == [0, 60]
