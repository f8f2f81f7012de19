"""What the desk learns late, half or not at all: whoever writes gets a topic, and nobody else."""

from functools import partial

from tests.end_to_end.test_desk import dialog, topic_named
from tests.office import Office, until


async def test_bots_telegram_itself_and_the_account_get_no_topic(desk: Office) -> None:
    await desk.open()
    bot = desk.telegram.add_person("Helper", bot=True)
    desk.telegram.write(bot, desk.owner, "I am a bot")
    desk.telegram.write(777000, desk.owner, "Login code: 12345")
    desk.telegram.write(desk.owner, desk.owner, "A note to myself")
    await dialog(desk)
    assert list(desk.telegram.topics(desk.group).values()) == ["Ada"]


async def test_a_first_start_with_old_dialogs_opens_topics_only_for_who_writes_from_then_on(desk: Office) -> None:
    people = desk.customers(50)
    await desk.open()
    desk.telegram.write(people[7], desk.owner, "I again")
    await until(lambda: topic_named(desk, "Customer 8"))
    assert len(desk.telegram.topics(desk.group)) == 1


async def test_what_came_while_the_program_was_down_is_caught_up_in_order(desk: Office) -> None:
    await desk.open()
    ada, topic = await dialog(desk)
    said = desk.say("Before", topic=topic)
    await until(lambda: desk.arrived(ada))
    await desk.close()
    for number in range(150):
        desk.telegram.write(ada, desk.owner, str(number))
    desk.say("Meanwhile", by=desk.operator, topic=topic)
    desk.telegram.edit(desk.boss, desk.group, said, "Edited meanwhile")
    bob = desk.telegram.add_person("Bob")
    desk.telegram.write(bob, desk.owner, "I am new")
    await desk.open()
    await until(lambda: len(desk.inside(topic)) == 153)
    assert desk.inside(topic)[3:] == [str(number) for number in range(150)]
    await until(lambda: [each.text for each in desk.arrived(ada)] == ["Edited meanwhile", "Meanwhile"])
    assert desk.inside(await until(lambda: topic_named(desk, "Bob"))) == ["I am new"]


async def test_what_is_too_much_to_be_told_is_found_at_the_end_of_the_dialogs(desk: Office) -> None:
    desk.customers(30)
    await desk.open()
    ada, topic = await dialog(desk)
    await desk.close()
    desk.telegram.too_long(20)
    bob = desk.telegram.add_person("Bob")
    for number in range(15):
        desk.telegram.write(ada, desk.owner, f"a{number}")
        desk.telegram.write(bob, desk.owner, f"b{number}")
    await desk.open()
    await until(lambda: desk.inside(topic)[1:] == [f"a{number}" for number in range(15)])
    other = await until(lambda: topic_named(desk, "Bob"))
    await until(lambda: desk.inside(other) == [f"b{number}" for number in range(15)])
    assert len(desk.telegram.topics(desk.group)) == 2
    desk.telegram.write(ada, desk.owner, "And on")
    await until(lambda: desk.inside(topic)[-1] == "And on")


async def test_much_that_operators_wrote_while_the_program_was_down_goes_out(desk: Office) -> None:
    """More than a channel's difference tells."""
    await desk.open()
    ada, topic = await dialog(desk)
    await desk.close()
    desk.telegram.too_long(20)
    desk.say("The first", by=desk.operator, topic=topic)
    for number in range(30):
        desk.say(f"Noise {number}")
    desk.say("The last", by=desk.operator, topic=topic)
    await desk.open()
    await until(lambda: [each.text for each in desk.arrived(ada)] == ["The first", "The last"])


async def test_a_customer_who_is_only_half_known_is_looked_up(desk: Office) -> None:
    await desk.open()
    desk.telegram.contrary(on=False, half_known=1.0)
    for name in ("Ada", "Bob"):
        person = desk.telegram.add_person(name)
        desk.telegram.write(person, desk.owner, f"I am {name}")
    for name in ("Ada", "Bob"):
        topic = await until(partial(topic_named, desk, name))
        await until(partial(desk.inside, topic))
        assert desk.inside(topic) == [f"I am {name}"]
