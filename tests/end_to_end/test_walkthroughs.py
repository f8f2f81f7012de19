"""The three examples of the description of /send, step by step as it tells them, to the second."""

from tests.office import HandClock, Office


async def test_a_quick_notice(slow: Office) -> None:
    customers = slow.customers(5)
    await slow.open()
    words = "Dear customers! We have a new offer on our website, don't miss it!"
    message = slow.say(words)
    await slow.ask("/send test", reply_to=message)
    await slow.notice("sid1: test of “Dear customers! We have a new offer on …”: sent.")
    assert [each.text for each in slow.arrived(slow.boss)] == [words]
    assert not any(slow.arrived(customer) for customer in customers)
    await slow.ask("/send all", reply_to=message)
    await slow.notice("Started. It goes to 5 recipients.")
    await slow.notice("Finished. 5 sent.")
    for customer in customers:
        assert [each.text for each in slow.arrived(customer)] == [words]
    assert [row["status"] for row in slow.report_rows("Finished")] == ["sent"] * 5


async def test_a_template_with_a_chain(slow: Office, clock: HandClock) -> None:
    [customer, *others] = slow.customers(4)
    await slow.open()
    hello = slow.say("Hello! Thank you for your interest in our services.")
    assert "Template onboarding is new." in await slow.ask("/send onboarding", reply_to=hello)
    more = slow.say("Within an hour we will send you detailed information.")
    assert "2. text · 5m after the previous" in await slow.ask("/send onboarding 5m", reply_to=more)
    catalogue = slow.telegram.post_file(
        slow.group, slow.boss, "catalogue.pdf", b"%PDF-1.7", mime="application/pdf", caption="Our catalogue"
    )
    assert "3. file · 1h after the previous" in await slow.ask("/send onboarding 1h", reply_to=catalogue)

    topic = await slow.topic_of(customer)
    start = int(clock.now())
    await slow.ask("/send onboarding", topic=topic, by=slow.operator)
    await slow.written_down(1, sent=1)
    clock.advance(100)
    await slow.ask("/send all onboarding")
    await slow.written_down(2, sent=4)
    for seconds, number, sent in ((200, 1, 2), (100, 2, 8), (3500, 1, 3), (100, 2, 12)):
        clock.advance(seconds - 1)
        await slow.ask("/send sendings")
        clock.advance(1)
        await slow.written_down(number, sent)
    await slow.notice("Finished. 12 sent.")
    await slow.notice("✔ sid1: template onboarding to this topic: sent.")

    for person in others:
        got = [(each.kind, each.text, each.date - start) for each in slow.arrived(person)]
        assert got == [
            ("text", "Hello! Thank you for your interest in our services.", 100),
            ("text", "Within an hour we will send you detailed information.", 400),
            ("document", "Our catalogue", 4000),
        ]
    assert sorted(each.date - start for each in slow.arrived(customer)) == [0, 100, 300, 400, 3900, 4000]


async def test_a_mailing_by_mark(slow: Office) -> None:
    customers = slow.customers(6)
    await slow.open()
    await slow.mark("vip", customers[1:3])
    await slow.ask("/send special_offer", reply_to=slow.say("Only for you", media="photo"))
    await slow.ask("/send mark vip template special_offer")
    await slow.notice("Finished. 2 sent.")
    assert {line.peer for line in slow.sent()} == set(customers[1:3])
    assert [(each.kind, each.text) for each in slow.arrived(customers[1])] == [("photo", "Only for you")]
