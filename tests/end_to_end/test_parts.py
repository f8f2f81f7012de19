"""Files go up and down part by part: a flood wait, or another data centre, makes none begin anew."""

import pytest

from tests.office import HandClock, Office, until
from userbot.sandbox.world import ABROAD


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("userbot.telegram.files.PART", 4096)


@pytest.mark.parametrize("big", [False, True])
async def test_an_upload_goes_on_after_a_flood_wait(
    team: Office, monkeypatch: pytest.MonkeyPatch, *, big: bool
) -> None:
    if big:
        monkeypatch.setattr("userbot.telegram.files.BIG", 1)
    method = "upload.saveBigFilePart" if big else "upload.saveFilePart"
    team.telegram.refuse("FLOOD_PREMIUM_WAIT_1", 420, method=method, after=2)
    team.customers(300)
    await team.open()
    await team.ask("/send all", reply_to=team.say("News"))
    await team.notice("Finished. 300 sent.")
    await until(lambda: any(each.file_name for each in team.telegram.messages(team.group)))
    assert len(team.report_rows("Finished.")) == 300
    parts = -(-len(team.report("Finished.").encode("utf-8-sig")) // 4096)
    assert parts > 3
    assert team.telegram.world.faults.calls[method] == parts + 1


async def test_a_download_goes_on_after_a_flood_wait(team: Office) -> None:
    team.telegram.refuse("FLOOD_PREMIUM_WAIT_1", 420, method="upload.getFile", after=2)
    customers = team.customers(3)
    await team.open()
    ids = "\n".join(map(str, [*range(1, 4000), *customers])).encode()
    answer = await team.ask_with_file("/send file", ids, reply_to=team.say("An offer"))
    assert "The file holds 4,002 ids." in answer
    assert team.telegram.world.faults.calls["upload.getFile"] == -(-len(ids) // 4096) + 1


async def test_a_file_of_another_data_centre(team: Office) -> None:
    team.telegram.move(team.boss)
    customers = team.customers(3)
    await team.open()
    ids = "\n".join(map(str, customers)).encode()
    answer = await team.ask_with_file("/send file", ids, reply_to=team.say("An offer"))
    assert "The file holds 3 ids." in answer
    await team.notice("Finished. 3 sent.")
    counts = team.telegram.world.faults.calls
    assert (counts["auth.exportAuthorization"], counts["auth.importAuthorization"]) == (1, 1)


async def test_an_account_that_is_moved_in_the_middle(team: Office) -> None:
    """The program begins anew where the account is now, and sends on."""
    team.options["restart_delay"] = 0.2
    customers = team.customers(300)
    team.telegram.latency(0.02)
    await team.open()
    await team.ask("/send all", reply_to=team.say("News"))
    await until(lambda: len(team.sent()) > 50)
    team.telegram.move(team.owner)
    await team.notice("Finished. 300 sent.")
    assert [each.peer for each in sorted(team.sent(), key=lambda each: each.peer)] == customers
    assert team.telegram.world.home_of(team.owner) == ABROAD


@pytest.mark.parametrize("in_topic", [False, True])
async def test_a_command_that_is_gone_is_answered_without_a_reply(
    slow: Office, clock: HandClock, *, in_topic: bool
) -> None:
    [customer] = slow.customers(1)
    await slow.open()
    topic = await slow.topic_of(customer) if in_topic else 1
    slow.telegram.refuse("FLOOD_WAIT_30", 420, method="messages.sendMessage")
    command = slow.say("/send templates", topic=topic)
    await until(lambda: slow.telegram.counters().get("FLOOD_WAIT_30"))
    slow.telegram.delete(slow.group, [command])
    clock.advance(31)
    await until(lambda: any("template" in each for each in slow.said(topic)))
    answer = slow.telegram.messages(slow.group, topic)[-1]
    assert (answer.sender, answer.reply_to) == (slow.owner, None)
