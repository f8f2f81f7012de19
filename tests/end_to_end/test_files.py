"""A file of recipients: every layout a person saves, and one clear sentence for what is none."""

import pytest

from tests.office import Office


@pytest.mark.parametrize(
    ("layout", "encoding"),
    [
        ("{0},{1},{2}", "utf-8"),
        ("{0} {1} {2}", "utf-8"),
        ("{0};{1};{2}", "utf-8-sig"),
        ("{0}\r\n{1}\r\n{2}\r\n", "utf-8-sig"),
        ("{0}, {1};\n{2}", "utf-8"),
        ('name,user_id,city\r\nAnna,{0},Ulm\r\n"Bo, jr",{1},\r\nCem,{2},Bonn\r\n', "utf-8-sig"),
        ("id;name\n{0};Anna\n{1};Bo\n{2};Cem\n", "utf-8"),
    ],
)  # fmt: skip
async def test_layouts(team: Office, layout: str, encoding: str) -> None:
    customers = team.customers(5)
    await team.open()
    answer = await team.ask_with_file(
        "/send file", layout.format(*customers).encode(encoding), reply_to=team.say("An offer")
    )
    assert "The file holds 3 ids." in answer
    await team.notice("Finished. 3 sent.")
    assert [line.peer for line in team.sent()] == customers[:3]


async def test_what_counts_once_what_is_none_and_who_has_no_dialog(team: Office) -> None:
    one, two, *_ = team.customers(5)
    stranger = team.telegram.add_person("Stranger")
    await team.open()
    ids = f"{one}\n{two}\n{one}\n+4915112345678\nhello\n{stranger}\n0\n{one}".encode()
    answer = await team.ask_with_file("/send file", ids, reply_to=team.say("An offer"))
    assert "The file holds 3 ids." in answer
    assert "Repeated and counted once: 2." in answer
    assert "No ids, left out: 3 (“+4915112345678”, “hello”, “0”)." in answer
    started = await team.notice("Started. It goes to 2 recipients.")
    assert "Left out 1: no dialog." in started
    await team.notice("Finished. 2 sent, 1 skipped.")
    assert [(row["user_id"], row["status"], row["reason"]) for row in team.report_rows("Finished")] == [
        (str(one), "sent", ""),
        (str(two), "sent", ""),
        (str(stranger), "skipped", "no dialog"),
    ]


async def test_a_template_to_a_file(team: Office) -> None:
    customers = team.customers(5)
    await team.open()
    await team.template("welcome", "", "")
    await team.ask_with_file("/send file welcome", " ".join(map(str, customers[2:])).encode())
    await team.notice("Finished. 6 sent.")
    assert [each.text for each in team.arrived(customers[2])] == ["welcome 1", "welcome 2"]
    assert not team.arrived(customers[0])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "There are no recipients in the file."),
        (b" \n\n ", "There are no recipients in the file."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "The file is no text in UTF-8. Save a spreadsheet as “CSV UTF-8”."),
        (b"Anna Bo Cem", "There is no user id in the file; it begins with: “Anna”, “Bo”, “Cem”"),
        (b"1" * (50 * 1024 * 1024), "The file is larger than 20 MB. Send it in parts."),
    ],
    ids=["empty", "blank", "binary", "no ids", "50 MB"],
)
async def test_files_that_are_none(team: Office, data: bytes, sentence: str) -> None:
    team.customers(2)
    await team.open()
    assert await team.ask_with_file("/send file", data, reply_to=team.say("An offer")) == sentence
    assert "No sendings yet" in await team.ask("/send sendings")


@pytest.mark.parametrize("in_reply", [True, False])
async def test_a_missing_file(team: Office, in_reply: bool) -> None:
    await team.open()
    message = team.say("An offer")
    await team.template("welcome", "")
    answer = await team.ask("/send file", reply_to=message) if in_reply else await team.ask("/send file welcome")
    assert answer == "Attach a text or CSV file with user ids, and write the command as its caption."


async def test_many_ids_of_strangers_stay_out(team: Office) -> None:
    [customer] = team.customers(1)
    await team.open()
    ids = "\n".join(map(str, [customer, *range(10**9, 10**9 + 50_000)]))
    answer = await team.ask_with_file("/send file", ids.encode(), reply_to=team.say("An offer"))
    assert "The file holds 50,001 ids." in answer
    await team.notice("Finished. 1 sent, 50,000 skipped.")
    assert len(team.report_rows("Finished")) == 50_001
