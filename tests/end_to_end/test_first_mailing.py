"""A message of every kind reaches every customer as it is, and the report tells the truth about it."""

import pytest
from telethon import functions, types

from tests.office import Office, until
from userbot.sandbox.samples import KINDS
from userbot.sandbox.seen import Entity

TEXT = "Dear customers! A new offer: see the shop"
BARE = {"sticker", "poll", "location", "venue", "contact", "video_note"}
FILES = set(KINDS) - {"poll", "location", "venue", "contact"}
FORMATTING: list[Entity] = [("bold", 0, 15), ("italic", 19, 5), ("text_url", 33, 8, "https://example.com/")]


async def test_a_formatted_text_reaches_everybody(team: Office) -> None:
    customers = team.customers(12)
    await team.open()
    message = team.say(TEXT, entities=FORMATTING)
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 12 sent.")
    for customer in customers:
        [got] = team.arrived(customer)
        assert (got.text, got.entities, got.has_author) == (TEXT, FORMATTING, False)
    assert not any(line.had_author for line in team.sent())


async def test_every_kind_arrives_as_it_is(team: Office) -> None:
    customers = team.customers(2)
    await team.open()
    for kind in KINDS:
        caption = "" if kind in BARE else f"A {kind}"
        message = team.say(caption, media=kind, entities=[("bold", 2, len(kind))] if caption else [])
        await team.ask("/send all", reply_to=message)
    await until(lambda: sum("Finished. 2 sent." in said for said in team.said()) >= len(KINDS))
    sources = {each.id: each for each in team.telegram.messages(team.group)}
    for customer in customers:
        got = {each.kind: each for each in team.arrived(customer)}
        assert got.keys() == set(KINDS)
        for line in team.sent(customer):
            assert line.source is not None
            assert not line.had_author
            source, copy = sources[line.source], got[line.kind]
            assert (copy.text, copy.entities, copy.file_name) == (source.text, source.entities, source.file_name)
            if source.kind in FILES:
                assert team.telegram.download(customer, copy.id) == team.telegram.download(team.group, source.id)


@pytest.mark.parametrize("replied_to", [0, 2])
async def test_an_album_stays_one(team: Office, replied_to: int) -> None:
    customers = team.customers(3)
    await team.open()
    team.say("before")
    album = team.telegram.post_album(team.group, team.boss, ["photo", "video", "photo"], "Three at once")
    team.say("after")
    assert "album of 3" in await team.ask("/send all", reply_to=album[replied_to])
    await team.notice("Finished. 3 sent.")
    for customer in customers:
        got = team.arrived(customer)
        assert [each.kind for each in got] == ["photo", "video", "photo"]
        assert [each.text for each in got] == ["Three at once", "", ""]
        assert len({each.grouped_id for each in got}) == 1
        assert got[0].grouped_id is not None


async def test_nothing_of_a_mailing_shows_in_a_topic(team: Office) -> None:
    [customer, *_] = team.customers(5)
    await team.open()
    topic = await team.topic_of(customer)
    before = len(team.telegram.messages(team.group, topic))
    await team.ask("/send all", reply_to=team.say("An offer"))
    await team.notice("Finished")
    assert len(team.telegram.messages(team.group, topic)) == before


async def test_a_test_reaches_only_who_asked(team: Office) -> None:
    team.customers(3)
    await team.open()
    message = team.say("Does this look right?")
    await team.ask("/send test", reply_to=message)
    await team.notice("sid1: test of “Does this look right?”: sent.")
    [line] = team.sent()
    assert (line.peer, line.text, line.had_author) == (team.boss, "Does this look right?", False)
    assert not any(each.file_name for each in team.telegram.messages(team.group))


async def test_the_account_tests_into_its_saved_messages(team: Office) -> None:
    team.customers(3)
    await team.open()
    await team.ask("/send test", reply_to=team.say("Does this look right?"), by=team.owner)
    await team.notice("sid1: test of “Does this look right?”: sent.")
    assert [each.text for each in team.arrived(team.owner)] == ["Does this look right?"]
    assert not team.sent()


async def test_the_report_agrees_with_the_ledger(team: Office) -> None:
    customers = team.customers(40)
    team.telegram.block(customers[3], team.owner)
    team.telegram.delete_account(customers[4])
    await team.open()
    await team.ask("/send all", reply_to=team.say("An offer"))
    await team.notice("Finished. 38 sent, 1 failed, 1 skipped.")
    rows = team.report_rows("Finished")
    assert [int(row["user_id"]) for row in rows] == customers
    delivered = {line.peer: line for line in team.sent()}
    for row in rows:
        line = delivered.get(int(row["user_id"]))
        assert (row["status"] == "sent") == (line is not None)
        if line is not None:
            assert (row["step"], row["message_id"], row["reason"]) == ("1", str(line.message), "")
    refused = {int(row["user_id"]): (row["status"], row["reason"]) for row in rows if row["status"] != "sent"}
    assert refused == {
        customers[3]: ("failed", "blocked the account (USER_IS_BLOCKED)"),
        customers[4]: ("skipped", "deleted their account"),
    }


async def test_who_blocked_the_account_is_not_tried_again(team: Office) -> None:
    customers = team.customers(3)
    team.telegram.block(customers[1], team.owner)
    await team.open()
    message = team.say("An offer")
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 2 sent, 1 failed.")
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 2 sent, 1 skipped.")
    assert "Left out 1: blocked the account." in await team.notice("Left out")


async def test_who_writes_again_is_mailed_again(team: Office) -> None:
    [customer] = team.customers(1)
    team.telegram.block(customer, team.owner)
    await team.open()
    message = team.say("An offer")
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 1 failed.")
    team.telegram.block(customer, team.owner, blocked=False)
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 1 skipped.")
    assert "Started. It goes to nobody." in await team.notice("▶ sid2")
    team.telegram.write(customer, team.owner, "Hello again!")
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 1 sent.")


async def test_a_test_is_tried_whatever_was_before(team: Office) -> None:
    team.telegram.block(team.boss, team.owner)
    await team.open()
    message = team.say("An offer")
    await team.ask("/send test", reply_to=message)
    await team.notice("✖ sid1: test of “An offer”: 1 failed. Reason: blocked the account.")
    team.telegram.block(team.boss, team.owner, blocked=False)
    await team.ask("/send test", reply_to=message)
    await team.notice("✔ sid2: test of “An offer”: sent.")


async def test_a_mailing_to_nobody(team: Office) -> None:
    await team.open()
    await team.ask("/send all", reply_to=team.say("An offer"))
    assert "Started. It goes to nobody." in await team.notice("▶ sid1")
    await team.notice("Finished: nothing to send.")


async def test_dialogs_are_learnt_page_by_page_and_from_the_archive(team: Office) -> None:
    customers = team.customers(250)
    archived = [types.InputFolderPeer(team.telegram.peer(team.owner, each), 1) for each in customers[:120]]
    team.telegram.ask(team.owner, functions.folders.EditPeerFoldersRequest(archived))
    await team.open()
    await team.ask("/send all", reply_to=team.say("An offer"))
    await team.notice("Finished. 250 sent.")
    assert {line.peer for line in team.sent()} == set(customers)


async def test_who_writes_while_the_program_runs_is_a_customer(team: Office) -> None:
    await team.open()
    message = team.say("An offer")
    stranger = team.telegram.add_person("Nina", "New")
    team.telegram.write(stranger, team.owner, "Hello, are you open?")
    await until(lambda: team.knows(stranger))
    await team.ask("/send all", reply_to=message)
    await team.notice("Finished. 1 sent.")
    assert [each.text for each in team.arrived(stranger)] == ["An offer"]


async def test_a_stop_in_mid_mailing_and_a_restart(team: Office) -> None:
    customers = team.customers(300)
    await team.open()
    team.telegram.latency(0.05)
    await team.ask("/send all", reply_to=team.say("An offer"))
    await until(lambda: len(team.sent()) >= 60)
    await team.close()
    half = len(team.sent())
    assert 60 <= half < 300
    await team.open()
    await team.notice("Finished. 300 sent.")
    assert sorted(line.peer for line in team.sent()) == customers
    rows = {(int(row["user_id"]), int(row["message_id"])) for row in team.report_rows("Finished")}
    assert rows == {(line.peer, line.message) for line in team.sent()}
    assert sum("Started" in said for said in team.said()) == 1
