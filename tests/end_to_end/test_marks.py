"""Labels: made, set on customers in their topics and by file, what follows from them, and mailings to them."""

from tests.office import Office, until


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


async def test_labels_are_made_changed_and_removed(team: Office) -> None:
    team.customers(1)
    await team.open()
    assert await team.ask("/mark") == "No labels yet. Make one: /mark new NAME"
    assert "There are none yet: /mark new NAME makes one." in await team.ask("/mark vip")
    assert "Label VIP is new." in await team.ask("/mark new VIP")
    assert await team.ask("/mark new vip") == "There is a label VIP already."
    assert await team.ask("/mark vpi") == "There is no label vpi. Is “VIP” meant?\n/mark VIP"
    await team.ask("/mark new old")
    assert await team.ask("/mark vip after ol") == "There is no label ol. Is “old” meant?\n/mark vip after old"
    assert await team.ask("/mark vip after old") == "Setting VIP removes: old."
    assert await team.ask("/mark old del") == "Label old is used by VIP: change these first."
    assert await team.ask("/mark vip ticker ⭐") == "Topics of customers with VIP show ⭐."
    assert await team.ask("/mark vip name best") == "Label VIP is called best now."
    assert await team.ask("/mark") == "best · 0 customers · after old · ticker ⭐\nold · 0 customers"
    assert await team.ask("/mark best after clear") == "Setting best removes no other label."
    assert "deleted" in await team.ask("/mark old del")
    assert "There is no template welcome." in await team.ask("/mark best sends welcome")
    await team.template("welcome", "")
    assert await team.ask("/mark best sends welcome") == "Setting best sends template welcome."
    assert await team.ask("/send welcome del") == "Template welcome is sent by labels: best.\n/mark best sends CLEAR"
    assert await team.ask("/mark best sends clear") == "Setting best sends nothing."
    assert "CLEAR instead takes it back." in await team.ask("/mark help")
    assert "Ask them to add you there." in await team.ask("/mark", by=team.operator)


async def test_an_unknown_mark(team: Office) -> None:
    await team.open()
    await team.mark("vip", [])
    message = team.say("An offer")
    assert (
        await team.ask("/send mark vpi", reply_to=message) == "There is no label vpi. Is “vip” meant?\n/send mark vip"
    )
    answer = await team.ask("/send mark customers", reply_to=message)
    assert answer == "There is no label customers. The labels are: vip."
    assert not team.sent()


async def test_in_a_customers_topic(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    topic = await team.topic_of(customer)
    for name in ("old", "vip", "warm"):
        await team.ask(f"/mark new {name}")
    await team.ask("/mark vip after old")
    await team.ask("/mark warm is vip and wrote 1d")

    async def here(text: str) -> str:
        return await team.ask(text, topic=topic, by=team.operator)

    assert await here("/mark") == "Customer 1 has no labels. Set one: /mark NAME"
    assert await here("/mark old") == "Customer 1 has the label old now."
    assert await here("/mark old") == "Customer 1 has the label old already."
    assert await here("/mark vip") == "Customer 1 has the label vip now. Removed: old."
    assert await here("/mark") == "Customer 1: vip"
    assert await here("/mark del old") == "Customer 1 does not have the label old."
    assert "is computed: nobody sets" in await here("/mark warm")
    assert await here("/mark wam") == "There is no label wam. Is “warm” meant?\n/mark warm"
    shown = await team.ask("/mark warm")
    assert "Label warm · 1 customer\nis vip and wrote 1d\nCustomer 1: https://t.me/c/" in shown
    assert "Used by: warm" in await team.ask("/mark vip")
    assert await here("/mark del vip") == "Customer 1 has the label vip no more."
    bare = team.telegram.add_topic(team.group, team.owner, "Nobody's")
    assert "belongs to nobody yet" in await team.ask("/mark vip", topic=bare)


async def test_tickers_stand_in_the_name_of_the_topic(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    topic = await team.topic_of(customer)
    team.telegram.rename_topic(team.group, topic, "Ann, the big one")

    async def called(name: str) -> None:
        await until(lambda: team.telegram.topics(team.group)[topic] == name)

    for name, ticker in (("vip", "⭐"), ("late", "slow payer")):
        await team.ask(f"/mark new {name}")
        await team.ask(f"/mark {name} ticker {ticker}")
        await team.ask(f"/mark {name}", topic=topic)
    await called("⭐ slow payer Ann, the big one")
    await team.close()
    await team.open()
    await team.ask("/mark del late", topic=topic)
    await called("⭐ Ann, the big one")
    await team.ask("/mark vip ticker CLEAR")
    await called("Ann, the big one")


async def test_a_computed_label(team: Office) -> None:
    customers = team.customers(4)
    await team.open()
    await team.mark("vip", customers[:2])
    await team.mark("new", customers[1:3])
    for name in ("warm", "hot"):
        await team.ask(f"/mark new {name}")
    message = team.say("An offer")
    await team.ask(f"/send list {customers[1]}", reply_to=message)
    await team.notice("✔ sid1")
    answer = await team.ask("/mark warm is (vip or new) and not got sid1")
    assert answer == "Label warm · 2 customers: (vip or new) and not got sid1"
    answer = await team.ask("/mark hot is warm and met 1d or wram")
    assert answer == "There is no label wram. Is “warm” meant?\n/mark hot is warm and met 1d or warm"
    assert "There is no sid99." in await team.ask("/mark hot is got sid99")
    await team.ask("/mark hot is warm or silent 5m")
    assert "That is a circle: hot → warm → hot." in await team.ask("/mark warm is vip and not hot")
    assert await team.ask("/mark warm del") == "Label warm is used by hot: change these first."
    assert "is set by hand" in await team.ask("/mark vip is new")
    assert "is computed: nobody sets it" in await team.ask("/mark warm sends welcome")
    await team.ask("/send mark warm", reply_to=message)
    await team.notice("✔ sid2")
    assert sorted(line.peer for line in team.sent()) == [customers[0], customers[1], customers[2]]
    await team.ask("/mark warm is CLEAR")
    assert "warm · 0 customers" in await team.ask("/mark")


async def test_a_label_from_a_file_sends_once(team: Office) -> None:
    customers = team.customers(4)
    await team.open()
    await team.ask("/mark new vip")
    await team.template("welcome", "", "1h")
    await team.ask("/mark vip sends welcome")
    ids = f"{customers[0]}\n{customers[1]}\n9999999\nhello".encode()
    answer = await team.ask_with_file("/mark vip file", ids)
    assert "Label vip: 2 new, 0 already set, 1 unknown, 1 invalid." in answer
    assert "sid1: template welcome to the listed ids. Starts now." in answer
    await team.written_down(1, 2)
    answer = await team.ask_with_file("/mark vip file", "\n".join(map(str, customers[:3])).encode())
    assert "Label vip: 1 new, 2 already set" in answer
    assert "sid2" in answer
    await team.written_down(2, 1)
    assert sorted(line.peer for line in team.sent()) == customers[:3]


async def test_a_label_sends_once_however_often_it_is_set_while_it_runs(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    topic = await team.topic_of(customer)
    await team.ask("/mark new vip")
    await team.template("welcome", "", "1h")
    await team.ask("/mark vip sends welcome")
    assert "sid1: template welcome to this topic. Starts now." in await team.ask("/mark vip", topic=topic)
    await until(team.sent)
    assert "already" in await team.ask("/mark vip", topic=topic)
    await team.ask("/mark del vip", topic=topic)
    assert await team.ask("/mark vip", topic=topic) == "Customer 1 has the label vip now."
    await team.ask("/send sid1 stop", topic=topic)
    await team.notice("Stopped")
    await team.ask("/mark del vip", topic=topic)
    assert "sid2" in await team.ask("/mark vip", topic=topic)
    await until(lambda: len(team.sent()) == 2)


async def test_what_a_label_sends_ends_for_who_opts_out(team: Office) -> None:
    customers = team.customers(2)
    await team.open()
    topics = [await team.topic_of(each) for each in customers]
    await team.ask("/mark new vip")
    await team.template("welcome", "", "1h")
    await team.ask("/mark vip sends welcome")
    await team.ask("/mark vip", topic=topics[0])
    await until(team.sent)
    for topic in topics:
        await team.ask("/optout", topic=topic)
    await until(lambda: any("skipped" in each for each in team.said(topics[0])))
    await team.ask("/mark vip", topic=topics[1])
    await until(lambda: any("skipped. Reason: opted out" in each for each in team.said(topics[1])))
    assert len(team.arrived(customers[0])) >= 1
    assert [line.peer for line in team.sent() if line.source].count(customers[0]) == 1
    rows = await team.ask("/export")
    assert rows == "2 customers"
    assert {each["state"] for each in team.report_rows("2 customers")} == {"opted out"}


async def test_the_customers_as_a_file(team: Office) -> None:
    customers = team.customers(3)
    await team.open()
    topic = await team.topic_of(customers[0])
    await team.mark("vip", customers[:2])
    await team.mark("Best", customers[:1])
    assert await team.ask("/export vpi") == "There is no label vpi. Is “vip” meant?\n/export vip"
    assert await team.ask("/export") == "3 customers"
    rows = team.report_rows("3 customers")
    assert [int(each["user_id"]) for each in rows] == customers
    first, *_ = rows
    assert first["marks"].split() == ["vip", "Best"]
    assert (first["topic"], first["state"], first["name"]) == (str(topic), "ok", "Customer 1")
    assert first["first_contact"].startswith("20")
    assert await team.ask("/export VIP") == "Label vip · 2 customers"
    assert [int(each["user_id"]) for each in team.report_rows("2 customers")] == customers[:2]
