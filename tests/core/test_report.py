"""The report: what a spreadsheet makes of it, and that nothing in a name can run there."""

import csv
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, strategies as st

from userbot.core.model import DeliveryStatus
from userbot.core.report import COLUMNS, ReportRow, header, lines

PLAIN = ReportRow(42, "someone", "Some One", 1, DeliveryStatus.SENT, None, 1_795_000_000.9, 1_795_000_059.0, 17)


def read(*rows: ReportRow) -> list[dict[str, str]]:
    """The rows as a program that reads CSV sees them."""
    text = (header() + lines(rows)).encode()
    return list(csv.DictReader(StringIO(text.decode("utf-8-sig"), newline="")))


def changed(**changes: Any) -> ReportRow:
    return PLAIN._replace(**changes)


def named(name: str) -> ReportRow:
    return PLAIN._replace(name=name)


def test_a_row_says_everything_once() -> None:
    assert read(changed(read_at=1_795_000_080.0, answered_at=1_795_000_140.0, variant="welcome")) == [
        {
            "user_id": "42",
            "username": "someone",
            "name": "Some One",
            "step": "1",
            "variant": "welcome",
            "status": "sent",
            "reason": "",
            "due_at_utc": "2026-11-18 11:06:40",
            "sent_at_utc": "2026-11-18 11:07:39",
            "read_at_utc": "2026-11-18 11:08:00",
            "answered_at_utc": "2026-11-18 11:09:00",
            "message_id": "17",
        }
    ]


def test_what_is_not_known_is_empty() -> None:
    (row,) = read(ReportRow(-1001234567890, None, None, 3, DeliveryStatus.SKIPPED, "no dialog", None, None, None))
    assert row == dict.fromkeys(COLUMNS, "") | {
        "user_id": "-1001234567890",
        "step": "3",
        "status": "skipped",
        "reason": "no dialog",
    }


@pytest.mark.parametrize("status", DeliveryStatus)
def test_statuses_are_words(status: DeliveryStatus) -> None:
    (row,) = read(changed(status=int(status)))
    assert row["status"] == status.name.lower()


def test_it_begins_with_a_byte_order_mark_and_the_columns() -> None:
    assert header().encode().startswith(b"\xef\xbb\xbfuser_id,username,")
    assert header().endswith("message_id\r\n")
    assert lines([PLAIN]).endswith("\r\n")


def test_pages_make_one_table() -> None:
    assert lines([PLAIN]) + lines([]) + lines([PLAIN, PLAIN]) == lines([PLAIN] * 3)


@pytest.mark.parametrize(
    "name",
    [
        "=1+1", "+1", "-1", "@sum(a1)", "\t=1", "\r=1", "\n=1", "\tx", "\rx", "＝1+1", "＋1", "－1", "＠a1", " =1",
        "   \t@x", "\u00a0=1", '"=1"', "=", "-", '=HYPERLINK("http://evil","click")', "=cmd|' /C calc'!A0",
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", ["name", "username", "reason"])
def test_a_formula_is_only_text(name: str, column: str) -> None:
    (row,) = read(changed(**{column: name}))
    assert row[column].startswith("'")
    assert row[column].replace("'", "") == name.replace("'", "")


@pytest.mark.parametrize(
    "name", ["Ann;=1+1;", "Ann; =1", 'Ann;"=1"', "Ann\n=1", "Ann\r\n+1", "Ann\t@x", "Ann\u037e;-1"]
)
def test_nor_does_a_formula_run_behind_what_another_locale_takes_for_a_separator(name: str) -> None:
    (row,) = read(named(name))
    for separator in ";\t\r\n":
        for cell in row["name"].split(separator):
            assert not cell.strip(' "').startswith(tuple("=+-@"))
    assert row["name"].replace("'", "") == name


@pytest.mark.parametrize(
    "name", ["Ann", "Anne-Marie", "a=b", "1+1", "me@home", "O'Neil", "'", "", "Ann; Bob", " x", "🙂"]
)
def test_an_ordinary_name_stays_as_it_is(name: str) -> None:
    assert read(named(name))[0]["name"] == name


@pytest.mark.parametrize("user_id", [-1001234567890, -5, 42, 2**52])
def test_ids_stay_numbers(user_id: int) -> None:
    (row,) = read(changed(user_id=user_id))
    assert int(row["user_id"]) == user_id


@pytest.mark.parametrize("name", ['"', 'a "b" c', "a,b", "a\nb", "a\r\nb", '",\r\n"', "a;b", "a\x00b", "نص", "Łódź"])
def test_quotes_and_line_breaks_survive(name: str) -> None:
    rows = read(named(name), PLAIN)
    assert rows[0]["name"] == name
    assert rows[1] == read(PLAIN)[0]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_no_text_breaks_the_table_or_runs(names: list[str]) -> None:
    rows = read(*(named(name) for name in names))
    assert len(rows) == len(names)
    for row, name in zip(rows, names, strict=True):
        assert row["message_id"] == "17"
        assert not row["name"].startswith(tuple("=+-@\t\r\n＝＋－＠"))
        assert row["name"].replace("'", "") == name.replace("'", "")
